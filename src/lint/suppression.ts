import type { Diagnostic, Token } from '../model';

/** `rulewright-disable-next-line ID …`, or `rulewright-disable ID …` for the whole file, in a comment; without an ID: every check. */
const MARK = /rulewright-disable(-next-line)?\b((?:[ \t,]+[a-z]+\/[a-z0-9-]+)*)/g;

interface Suppression {
  /** Null: every check. */
  readonly ids: ReadonlySet<string> | null;
  /** The stretch of text it speaks of; null: the whole file. */
  readonly from: number | null;
  readonly to: number;
}

/** The remarks that the author of the document has not silenced by a comment. Tokens say what is a comment. */
export function withoutSuppressed(text: string, tokens: readonly Token[], diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!text.includes('rulewright-disable')) return diagnostics;
  const suppressions = tokens.filter(({ type }) => type === 'comment').flatMap((token) => suppressionsIn(text, token));
  return diagnostics.filter(
    ({ code, span }) =>
      !suppressions.some(({ ids, from, to }) => (ids === null || ids.has(code)) && (from === null || (span.start >= from && span.start < to))),
  );
}

function suppressionsIn(text: string, { start, end }: Token): readonly Suppression[] {
  return [...text.slice(start, end).matchAll(MARK)].map(([, next, written = '']): Suppression => {
    const ids = written.split(/[ \t,]+/).filter((id) => id !== '');
    const named = ids.length === 0 ? null : new Set(ids);
    if (next === undefined) return { ids: named, from: null, to: 0 };
    const line = text.indexOf('\n', end - 1 < start ? start : end - 1);
    const from = line < 0 ? text.length : line + 1;
    const after = text.indexOf('\n', from);
    return { ids: named, from, to: after < 0 ? text.length + 1 : after + 1 };
  });
}
