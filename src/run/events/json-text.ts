import type { EventValue } from '../../model';
import { CAPS } from './sink';

/** Reads one JSON text (RFC 8259); throws what `JSON.parse` throws. Whole numbers that a number cannot hold become text, so that no digit is lost. */
export function parseJson(text: string): EventValue {
  return JSON.parse(/\d{16}/.test(text) ? quoteNumbers(text, (number) => (isLongInteger(number) ? number : null)) : text) as EventValue;
}

const isLongInteger = (number: string): boolean => number.length >= 16 && /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));

/** A JSON text with some of its numbers as texts; `quoted`: what stands in such a text, null where a number stays one. */
export function quoteNumbers(text: string, quoted: (number: string) => string | null): string {
  let written = '';
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = afterString(text, at);
      continue;
    }
    if (code !== MINUS && !isDigit(code)) {
      at++;
      continue;
    }
    const start = at++;
    while (at < text.length && isNumberPart(text.charCodeAt(at))) at++;
    const number = quoted(text.slice(start, at));
    if (number === null) continue;
    written += `${text.slice(from, start)}"${number}"`;
    from = at;
  }
  return written + text.slice(from);
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
// Digits, + - . e E
const isNumberPart = (code: number): boolean => isDigit(code) || code === 0x2b || code === MINUS || code === 0x2e || code === 0x45 || code === 0x65;

function afterString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return text.length;
}

/** Whether a value has more objects and lists inside each other than an event may have. */
export function isTooDeep(value: EventValue, left: number = CAPS.nesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return (value as readonly EventValue[]).some((member) => isTooDeep(member, left - 1));
  const object = value as Readonly<Record<string, EventValue>>;
  for (const name in object) {
    const member = object[name]!;
    if (typeof member === 'object' && member !== null && isTooDeep(member, left - 1)) return true;
  }
  return false;
}
