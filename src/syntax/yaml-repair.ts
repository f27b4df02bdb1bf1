import type { Diagnostic } from '../model';
import { parseYaml, type YamlText } from './yaml';

/**
 * Parses YAML that some readers take and the standard does not: a quoted top-level value whose further lines are not indented.
 * Such line breaks are read as the blanks they fold to, so every place stays what it is; each gets a remark.
 */
export function parseLenientYaml(text: string): YamlText {
  const parsed = parseYaml(text);
  if (!parsed.diagnostics.some(({ severity }) => severity === 'error')) return parsed;
  const breaks = unindentedBreaks(text);
  if (breaks.length === 0) return parsed;
  const pieces: string[] = [];
  let from = 0;
  for (const at of breaks) {
    pieces.push(text.slice(from, at));
    from = at + 1;
  }
  const repaired = parseYaml([...pieces, text.slice(from)].join(' '));
  const remarks = breaks.map((at): Diagnostic => ({
    code: 'yaml/unindented',
    severity: 'info',
    span: { start: at + 1, end: at + 2 },
    message: 'YAML wants a line that continues a quoted text indented: Python’s reader takes it as it is, stricter ones refuse it.',
    fix: { title: 'Indent the line', edits: [{ span: { start: at + 1, end: at + 1 }, text: '  ' }] },
  }));
  return { ...repaired, diagnostics: [...remarks, ...repaired.diagnostics] };
}

const OPENING = /([A-Za-z_][\w-]*):[ \t]+(['"])/y;
const KEY = /[A-Za-z_][\w-]*:(?:\s|$)/y;

/** Line breaks inside quoted top-level values that a line without indentation follows; a value that swallows what looks like a key is left alone. */
function unindentedBreaks(text: string): readonly number[] {
  const found: number[] = [];
  for (let line = 0; line < text.length;) {
    OPENING.lastIndex = line;
    const opening = OPENING.exec(text);
    const close = opening === null ? -1 : closingQuote(text, OPENING.lastIndex, opening[2]!);
    if (opening !== null && close !== -1) {
      const inside = breaksBetween(text, OPENING.lastIndex, close);
      if (inside !== null) {
        found.push(...inside);
        line = close;
      }
    }
    const next = text.indexOf('\n', line);
    line = next === -1 ? text.length : next + 1;
  }
  return found;
}

/** The quote that ends a value and its line; -1 when there is none. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return /^[ \t]*(?:#.*)?$/.test(text.slice(at + 1, lineEnd(text, at))) ? at : -1;
    }
  }
  return -1;
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
};

/** Null when a line between looks like a key: then a quote is missing, and nobody knows where. */
function breaksBetween(text: string, from: number, to: number): readonly number[] | null {
  const found: number[] = [];
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) {
    if (/[ \t\r\n]/.test(text[at + 1] ?? ' ')) continue;
    KEY.lastIndex = at + 1;
    if (KEY.test(text)) return null;
    found.push(at);
  }
  return found;
}
