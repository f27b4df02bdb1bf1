import type { Regex, Span } from '../model';
import { regexPieces } from './regex';

/** What a regex says that Lucene's regular expressions cannot, or read in another way; at an offset of its text. */
interface LuceneFault {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

const GROUPS: readonly (readonly [opening: string, what: string])[] = [
  ['(?<=', 'a look-behind'],
  ['(?<!', 'a look-behind'],
  ['(?=', 'a look-ahead'],
  ['(?!', 'a look-ahead'],
  ['(?:', 'a group that is not kept'],
  ['(?<', 'a named group'],
  ['(?', 'flags inside the pattern'],
];

/**
 * Lucene's own dialect knows no look-around, no `(?…)` groups and no back-references; the whole value must fit, so `^` and `$` are plain characters.
 * Source: Elasticsearch, "Regular expression syntax".
 */
function luceneFaults({ text: pattern, dialect }: Regex): readonly LuceneFault[] {
  return regexPieces(pattern, dialect).flatMap(({ start, end, ...piece }): readonly LuceneFault[] => {
    if (piece.kind === 'escape' && /[1-9]/.test(piece.letter))
      return [{ offset: start, length: 2, message: 'Lucene’s regular expressions have no back-references.' }];
    if (pattern.startsWith('(?', start)) {
      const [opening, what] = GROUPS.find(([head]) => pattern.startsWith(head, start))!;
      return [{ offset: start, length: opening.length, message: `Lucene’s regular expressions have no \`${opening}\` (${what}).` }];
    }
    // Written bare, at the end where other dialects have an edge.
    const sign = pattern.slice(start, end);
    if (!(sign === '^' && start === 0) && !(sign === '$' && end === pattern.length && start > 0)) return [];
    return [
      {
        offset: start,
        length: 1,
        message: `The whole value must fit, and \`${sign}\` is a plain character in Lucene’s regular expressions: leave it out.`,
      },
    ];
  });
}

/** The faults of a regex at their places in the query; where escapes blur those, at the regex as a whole. */
export function luceneFindings(text: string, regex: Regex): readonly { readonly span: Span; readonly message: string }[] {
  const { text: pattern, span } = regex;
  const from = span.start + (text.startsWith('"""', span.start) ? 3 : 1);
  const isVerbatim = text.startsWith(pattern, from);
  return luceneFaults(regex).map(({ offset, length, message }) => ({
    span: isVerbatim ? { start: from + offset, end: from + offset + length } : span,
    message,
  }));
}
