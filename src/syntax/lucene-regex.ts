import type { Regex, Span } from '../model';

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
function luceneFaults(pattern: string): readonly LuceneFault[] {
  const found: LuceneFault[] = [];
  let isClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '\\') {
      if (!isClass && /[1-9]/.test(pattern[at + 1] ?? ''))
        found.push({ offset: at, length: 2, message: 'Lucene’s regular expressions have no back-references.' });
      at++;
    } else if (isClass) isClass = char !== ']';
    else if (char === '[') isClass = true;
    else if (char === '(' && pattern[at + 1] === '?') {
      const [opening, what] = GROUPS.find(([start]) => pattern.startsWith(start, at))!;
      found.push({ offset: at, length: opening.length, message: `Lucene’s regular expressions have no \`${opening}\` (${what}).` });
    } else if ((char === '^' && at === 0) || (char === '$' && at === pattern.length - 1 && at > 0)) {
      found.push({
        offset: at,
        length: 1,
        message: `The whole value must fit, and \`${char}\` is a plain character in Lucene’s regular expressions: leave it out.`,
      });
    }
  }
  return found;
}

/** The faults of a regex at their places in the query; where escapes blur those, at the regex as a whole. */
export function luceneFindings(text: string, { text: pattern, span }: Regex): readonly { readonly span: Span; readonly message: string }[] {
  const from = span.start + (text.startsWith('"""', span.start) ? 3 : 1);
  const isVerbatim = text.startsWith(pattern, from);
  return luceneFaults(pattern).map(({ offset, length, message }) => ({
    span: isVerbatim ? { start: from + offset, end: from + offset + length } : span,
    message,
  }));
}
