import type { Diagnostic, Token } from '../model';
import { lastStart } from '../syntax/binary-search';

/** `rulewright-disable-next-line ID …`, or `rulewright-disable ID …` for the whole file, in a comment; without an ID: every check. */
const MARK = /rulewright-disable(-next-line)?\b((?:[ \t,]+[a-z]+\/[a-z0-9-]+)*)/g;

/** Stands for every check among the IDs that are silenced. */
const EVERY = '';

/** The IDs silenced in the whole file, and on each line that is spoken of, by where it starts. */
interface Silenced {
  readonly whole: Set<string>;
  readonly lines: ReadonlyMap<number, { readonly to: number; readonly ids: Set<string> }>;
}

/** The remarks that the author of the document has not silenced by a comment. Tokens say what is a comment. */
export function withoutSuppressed(text: string, tokens: readonly Token[], diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!text.includes('rulewright-disable')) return diagnostics;
  const { whole, lines } = silencedIn(text, tokens);
  const starts = [...lines.keys()];
  const isNamed = (ids: ReadonlySet<string>, code: string): boolean => ids.has(EVERY) || ids.has(code);
  return diagnostics.filter(({ code, span }) => {
    if (isNamed(whole, code)) return false;
    const from = starts[lastStart(starts, span.start)];
    const line = from === undefined || from > span.start ? undefined : lines.get(from);
    return line === undefined || span.start >= line.to || !isNamed(line.ids, code);
  });
}

function silencedIn(text: string, tokens: readonly Token[]): Silenced {
  const whole = new Set<string>();
  const lines = new Map<number, { readonly to: number; readonly ids: Set<string> }>();
  let from = 0;
  for (const { type, start, end } of tokens) {
    if (type !== 'comment') continue;
    for (const [, next, written = ''] of text.slice(start, end).matchAll(MARK)) {
      if (next !== undefined) {
        // A comment may hold its line break; several stand on one line.
        const last = Math.max(start, end - 1);
        if (from <= last) from = after(text, last);
        if (!lines.has(from)) lines.set(from, { to: after(text, from), ids: new Set() });
      }
      const ids = next === undefined ? whole : lines.get(from)!.ids;
      for (const id of written === '' ? [EVERY] : written.split(/[ \t,]+/).slice(1)) ids.add(id);
    }
  }
  return { whole, lines };
}

/** Where the line after an offset starts; behind the text where there is none. */
function after(text: string, offset: number): number {
  const line = text.indexOf('\n', offset);
  return line < 0 ? text.length + 1 : line + 1;
}
