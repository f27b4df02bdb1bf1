import type { EventValue } from '../model';
import { isIso } from './pieces';

/** The numbers of an address stay those of one. */
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** Identifiers and digests keep their length. */
const DIGITS = /[0-9a-f]{8}\}?$/i;

/** Values of its kind in place of one, others for each number from 1 on: in its form, then with the number after it, and before it. */
export function numbered(base: EventValue | undefined, at: number): readonly EventValue[] {
  if (typeof base === 'number') return [base + at, base - at];
  const text = base === undefined ? 'example' : String(base);
  if (ADDRESS.test(text)) return ['198.18', '10.20'].map((net) => `${net}.${Math.floor(at / 250)}.${(at % 250) + 1}`);
  return [inForm(text, at), `${text}${at + 1}`, `${at + 1}${text}`];
}

function inForm(text: string, at: number): string {
  if (isIso(text)) return new Date(Date.parse(text) + at).toISOString();
  if (DIGITS.test(text)) {
    const [digits, end] = [at.toString(16).padStart(4, '0'), text.endsWith('}') ? text.length - 1 : text.length];
    return text.slice(0, end - digits.length) + digits + text.slice(end);
  }
  // Before the domain of an account, the ending of a file, the domain of a host.
  const name = Math.max(text.lastIndexOf('\\'), text.lastIndexOf('/')) + 1;
  const end = text.includes('@') ? text.indexOf('@') : text.indexOf('.', name);
  return end <= name ? `${text}${at + 1}` : `${text.slice(0, end)}${at + 1}${text.slice(end)}`;
}
