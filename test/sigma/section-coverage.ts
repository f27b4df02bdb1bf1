import type { Context } from '../../src/model';
import { openSigma } from '../../src/languages/sigma/lower/documents';
import { sigma } from '../../src/languages/sigma';
import { entryOf } from '../../src/languages/sigma/parse/yaml-node';
import { uncovered } from '../support/laws';

const CONTEXT: Context = { languages: new Map() };

/**
 * The coverage law for Sigma: what stands in `detection`, `filter` and `correlation`; the keys around them are no query. Names of search identifiers
 * (coloured as macros) join parts and mean nothing by themselves.
 */
export function uncoveredSections(text: string): readonly string[] {
  const sections = openSigma(text).documents.flatMap(({ kind, root }) =>
    (kind === 'rule' ? ['detection'] : [kind, 'detection']).flatMap((key) => entryOf(root, key)?.value.span ?? []),
  );
  const analysis = sigma.analyse(text, CONTEXT);
  const tokens = analysis.tokens.filter(
    ({ type, start, end }) =>
      type !== 'macro' &&
      !/^\s+of\b/i.test(text.slice(end, end + 8)) &&
      sections.some((section) => start >= section.start && end <= section.end) &&
      !/^[\w-]+$/.test(keyAt(text, start, end)),
  );
  return uncovered(text, { ...analysis, tokens });
}

/** The section's own keys (`type`, `timespan`, `condition`) are words of the language. */
function keyAt(text: string, start: number, end: number): string {
  return /^\s*:/.test(text.slice(end, end + 4)) && WORDS.has(text.slice(start, end)) ? text.slice(start, end) : '';
}

const WORDS: ReadonlySet<string> = new Set(
  'condition timeframe rules type timespan group-by aliases generate field percentile gt gte lt lte eq neq'.split(' '),
);
