import type { Diagnostic } from '../model';
import { parseYaml, type YamlText } from './yaml';

/**
 * Parses YAML that some readers take and the standard does not: a quoted value whose further lines are not indented deeper than the line it begins on.
 * Such line breaks are read as the blanks they fold to, so every place stays what it is; each gets a remark.
 */
export function parseLenientYaml(text: string): YamlText {
  const parsed = parseYaml(text);
  const errors = parsed.diagnostics.flatMap(({ severity, span }) => (severity === 'error' ? [span.start] : [])).sort((a, b) => a - b);
  if (errors.length === 0) return parsed;
  const breaks = unindentedBreaks(text, errors);
  if (breaks.length === 0) return parsed;
  const pieces: string[] = [];
  let from = 0;
  for (const { at } of breaks) {
    pieces.push(text.slice(from, at));
    from = at + 1;
  }
  const repaired = parseYaml([...pieces, text.slice(from)].join(' '));
  const remarks = breaks.map(({ at, lacks }): Diagnostic => ({
    code: 'yaml/unindented',
    severity: 'info',
    span: { start: at + 1, end: at + 2 },
    message: 'YAML wants a line that continues a quoted text indented: Python’s reader takes it as it is, stricter ones refuse it.',
    fix: { title: 'Indent the line', edits: [{ span: { start: at + 1, end: at + 1 }, text: ' '.repeat(lacks) }] },
  }));
  return { ...repaired, diagnostics: [...remarks, ...repaired.diagnostics] };
}

/** A line break inside a quoted text, and how many blanks the line after it lacks. */
interface Break {
  readonly at: number;
  readonly lacks: number;
}

const OPENING = /(?<indent>[ ]*)(?:-[ ]+)?(?:[A-Za-z_][\w|-]*:[ \t]+)?(?<quote>['"])/y;
/** Where a line looks like a key or an item, it is most likely one. */
const KEY = /[ ]*(?:-\s|(?:-[ ]+)?[A-Za-z_][\w|-]*:(?:\s|$))/y;

/** Line breaks inside quoted values that a line with too little indentation follows; a value that swallows what looks like a key or an item is left alone. */
function unindentedBreaks(text: string, errors: readonly number[]): readonly Break[] {
  const found: Break[] = [];
  let next = 0;
  for (let line = 0; line < text.length;) {
    OPENING.lastIndex = line;
    const opening = OPENING.exec(text);
    const close = opening === null ? -1 : closingQuote(text, OPENING.lastIndex, opening.groups!['quote']!);
    if (opening !== null && close !== -1) {
      const inside = breaksBetween(text, OPENING.lastIndex, close, opening.groups!['indent']!.length);
      if (inside !== null) {
        // A text that the reader has no fault with stands as it is.
        while (next < errors.length && errors[next]! < line) next++;
        if (next < errors.length && errors[next]! <= close) for (const one of inside) found.push(one);
        line = close;
      }
    }
    const end = text.indexOf('\n', line);
    line = end === -1 ? text.length : end + 1;
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
function breaksBetween(text: string, from: number, to: number, indent: number): readonly Break[] | null {
  const found: Break[] = [];
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) {
    KEY.lastIndex = at + 1;
    if (KEY.test(text)) return null;
    let first = at + 1;
    while (text[first] === ' ') first++;
    const lacks = indent + 2 - (first - at - 1);
    if (lacks < 2 || /[\t\r\n]/.test(text[first] ?? '\n')) continue;
    found.push({ at, lacks });
  }
  return found;
}
