import type { Span } from '../../../model';

/** What is wrong inside one lexeme. */
export interface Flaw extends Span {
  readonly what: 'unclosed-string' | 'unclosed-literal' | 'escape' | 'curly-quotes';
}

const ESCAPES = '\\"\'abfnrtv01234567xuU';

/** Typographic quotes, opening and closing: ‘ ’ ‚ ‛ “ ” „. */
export const isCurly = (code: number): boolean => code > 0x2017 && code < 0x201f;
const CURLY_DOUBLE = '“”„"';
const CURLY_SINGLE = "‘’‚'";

/** The end of a text in typographic quotes on this line, as word processors write them; -1 when there is none. */
export function curlyEnd(text: string, start: number): number {
  const quotes = CURLY_DOUBLE.includes(text[start]!) ? CURLY_DOUBLE : CURLY_SINGLE;
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) if (quotes.includes(text[at]!)) return at + 1;
  return -1;
}

/** Where the opening quote of a string that starts here stands, its prefix (`h`, `@`, `h@`) before it; -1 when none starts here. */
export function quoteAt(text: string, at: number): number {
  let quote = at;
  if ((text.charCodeAt(quote) | 32) === 104) quote++;
  if (text.charCodeAt(quote) === 64) quote++;
  const code = text.charCodeAt(quote);
  if (code === 34 || code === 39) return quote;
  return quote === at && (code === 96 || code === 126) && text.startsWith(text[at]!.repeat(3), at) ? quote : -1;
}

/** The end of the string; remarks what is wrong inside. A string ends with its line, but for those in three backticks or tildes. */
export function stringEnd(text: string, start: number, quote: number, flaws: Flaw[]): number {
  const mark = text.charCodeAt(quote);
  if (mark === 96 || mark === 126) {
    const close = text.indexOf(text[quote]!.repeat(3), quote + 3);
    if (close >= 0) return close + 3;
    flaws.push({ what: 'unclosed-string', start, end: quote + 3 });
    return text.length;
  }
  const isVerbatim = quote > start && text.charCodeAt(quote - 1) === 64;
  let at = quote + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === mark) {
      if (!isVerbatim || text.charCodeAt(at + 1) !== mark) return at + 1;
      at++;
    } else if (code === 10 || code === 13) break;
    else if (code === 92 && !isVerbatim) {
      const next = text.charCodeAt(at + 1);
      if (!ESCAPES.includes(text[at + 1] ?? '\n')) flaws.push({ what: 'escape', start: at, end: Math.min(at + 2, text.length) });
      if (next !== 10 && next !== 13) at++;
    }
  }
  const end = Math.min(at, text.length);
  flaws.push({ what: 'unclosed-string', start, end });
  return end;
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** What a string literal says: quotes, prefix and escapes resolved; an escape that is none keeps its backslash. `secret`: it is obfuscated. */
export function stringValue(text: string, { start, end }: Span): { readonly text: string; readonly secret: boolean } {
  const code = text.charCodeAt(start);
  if (isCurly(code)) return { text: text.slice(start + 1, end - 1), secret: false };
  const quote = code === 34 || code === 39 ? start : Math.max(start, quoteAt(text, start));
  const secret = quote > start && (text.charCodeAt(start) | 32) === 104;
  const mark = text[quote]!;
  if (mark === '`' || mark === '~') {
    const close = end - 3 >= quote + 3 && text.startsWith(mark.repeat(3), end - 3) ? end - 3 : end;
    return { text: text.slice(quote + 3, close), secret };
  }
  const raw = text.slice(quote + 1, end > quote + 1 && text[end - 1] === mark ? end - 1 : end);
  if (text[quote - 1] === '@' && quote > start) return { text: raw.replaceAll(mark + mark, mark), secret };
  if (!raw.includes('\\')) return { text: raw, secret };
  const decoded = raw.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|(.))/g,
    (whole, x?: string, u?: string, wide?: string, octal?: string, char?: string) => {
      const hex = x ?? u ?? wide;
      if (hex !== undefined) {
        const point = Number.parseInt(hex, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (char === '\\' || char === '"' || char === "'") return char;
      return NAMED_ESCAPES[char!] ?? whole;
    },
  );
  return { text: decoded, secret };
}
