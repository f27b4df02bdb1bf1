import { RE2JS } from 're2js';
import type { Regex, RegexDialect } from '../model';
import { requiredOf } from './required';

/** A regex made ready, or why we cannot tell what it says. */
export type ReadyRegex = { readonly test: (text: string) => boolean; readonly re: RE2JS; readonly refused?: never } | { readonly refused: string };

/** Compiled ones by text, dialect and flags: compiling costs as much as a hundred tests. */
const ready = new Map<string, ReadyRegex>();
const MOST = 4000;
/** A longer pattern is no one's to read. */
const LONGEST = 20_000;

/** A regex of a rule in linear time, its dialect honoured; `fold`: letters' case does not count. */
export function regexOf({ text, dialect, flags, whole }: Pick<Regex, 'text' | 'dialect' | 'flags' | 'whole'>, fold: boolean): ReadyRegex {
  const key = `${dialect} ${flags} ${fold ? 1 : 0} ${whole === true ? 1 : 0} ${text}`;
  let found = ready.get(key);
  if (found === undefined) {
    if (ready.size >= MOST) ready.clear();
    ready.set(key, (found = compile(text, dialect, flags + (fold && !flags.includes('i') ? 'i' : ''), whole === true)));
  }
  return found;
}

function compile(text: string, dialect: RegexDialect, flags: string, whole: boolean): ReadyRegex {
  if (text.length > LONGEST) return { refused: 'the regular expression is too long' };
  const translated = dialect === 'lucene' ? fromLucene(text) : dialect === 're2' ? { pattern: text } : fromBacktracking(text, flags.includes('m'));
  if ('refused' in translated) return { refused: translated.refused };
  const marks =
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.includes('s') || dialect === 'lucene' ? RE2JS.DOTALL : 0) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0);
  const { pattern } = translated;
  let re: RE2JS;
  try {
    re = RE2JS.compile(pattern, marks);
  } catch (error) {
    return { refused: reasonOf(error) };
  }
  const find = whole ? (value: string): boolean => re.matcher(value).matches() : (value: string): boolean => re.matcher(value).find();
  const isBlind = flags.includes('i') || /\(\?[a-z]*i/.test(pattern);
  const needed = dialect === 'lucene' && /["@]/.test(text) ? null : cheapest(requiredOf(pattern, flags.includes('x')));
  if (needed === null) return { re, test: find };
  if (!isBlind) return { re, test: (value) => needed.some((literal) => value.includes(literal)) && find(value) };
  const low = needed.map((literal) => literal.toLowerCase());
  // A case-blind engine folds more letters than lower-casing does (ſ is s, K is k): beyond ASCII the engine decides alone.
  return low.some((literal) => !isAscii(literal))
    ? { re, test: find }
    : {
        re,
        test: (value) => {
          const folded = value.toLowerCase();
          return (low.some((literal) => folded.includes(literal)) || !isAscii(value)) && find(value);
        },
      };
}

// eslint-disable-next-line no-control-regex
export const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

/** The set whose shortest member is longest; null where none is worth a test. */
function cheapest(sets: readonly (readonly string[])[]): readonly string[] | null {
  let best: readonly string[] | null = null;
  let score = 0;
  for (const set of sets) {
    const shortest = set.reduce((least, literal) => Math.min(least, literal.length), Infinity);
    const worth = set.length > 40 || set.length === 0 ? 0 : shortest - set.length / 10;
    if (shortest >= 2 && worth > score) [best, score] = [set, worth];
  }
  return best;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  return `a regular expression we do not run: ${message.length > 120 ? `${message.slice(0, 120)}…` : message}`;
}

type Translated = { readonly pattern: string } | { readonly refused: string };

/**
 * PCRE, Python, Java and .NET as RE2: `$` and `\Z` also stand before a last line break, `\s` holds the vertical tab, `\h`, `\R`, `\e` and `\uXXXX` are spelled out.
 * Escapes are read in pairs, so that `\\A` stays a backslash and a letter. What needs backtracking is refused by name.
 */
function fromBacktracking(text: string, isMultiline: boolean): Translated {
  let pattern = '';
  let inClass = false;
  let isQuoted = false;
  const multiline = isMultiline || /\(\?[a-z]*m/.test(text);
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (isQuoted) {
      pattern += char;
      if (char === '\\' && text[at + 1] === 'E') {
        pattern += text[++at]!;
        isQuoted = false;
      }
      continue;
    }
    if (char === '\\') {
      const next = text[++at];
      if (next === undefined) return { refused: 'a regular expression that ends in a backslash' };
      if (/[1-9]/.test(next) && !inClass) return { refused: 'a regular expression with a back-reference' };
      switch (next) {
        case 'Z':
          pattern += '\\n?\\z';
          break;
        case 'h':
          pattern += inClass ? ' \\t\\x{a0}' : '[ \\t\\x{a0}]';
          break;
        case 's':
          pattern += inClass ? '\\s\\v' : '[\\s\\v]';
          break;
        case 'S':
          pattern += inClass ? '\\S' : '[^\\s\\v]';
          break;
        case 'R':
          pattern += '(?:\\r\\n|\\n|\\r|\\v|\\f)';
          break;
        case 'e':
          pattern += '\\x{1b}';
          break;
        case 'u': {
          const hex = /^[\da-f]{4}/i.exec(text.slice(at + 1));
          if (hex === null) return { refused: 'a regular expression with an unfinished \\u' };
          pattern += `\\x{${hex[0]}}`;
          at += 4;
          break;
        }
        case 'k':
        case 'g':
        case 'G':
        case 'K':
        case 'X':
          return { refused: `a regular expression with \\${next}` };
        case 'Q':
          isQuoted = true;
          pattern += '\\Q';
          break;
        default:
          // A letter that RE2 does not know means itself in none of the dialects we know; other signs do.
          pattern += /[A-Za-z0-9_]/.test(next) || next > '\x7f' ? (next > '\x7f' || next === '_' ? next : `\\${next}`) : `\\${next}`;
      }
      continue;
    }
    if (inClass) {
      if (char === ']') inClass = false;
      else if (char === '[' && text[at + 1] === ':') {
        const end = text.indexOf(':]', at);
        if (end > 0) {
          pattern += text.slice(at, end + 2);
          at = end + 1;
          continue;
        }
        pattern += '\\[';
        continue;
      } else if (char === '[') {
        pattern += '\\[';
        continue;
      }
      pattern += char;
      continue;
    }
    if (char === '[') {
      inClass = true;
      pattern += char;
      if (text[at + 1] === '^') pattern += text[++at]!;
      // A bracket that comes first is a member.
      if (text[at + 1] === ']') {
        pattern += '\\]';
        at++;
      }
      continue;
    }
    if (char === '(' && text[at + 1] === '?') {
      const kind = /^\(\?(?:[=!>|#&RC\d(]|<[=!]|P[=>])/.exec(text.slice(at, at + 5));
      if (kind !== null)
        return {
          refused:
            /[=!]$/.test(kind[0]) && !kind[0].includes('P') ? 'a regular expression that looks ahead or behind' : `a regular expression with \`${kind[0]}\``,
        };
    }
    if (char === '$' && !multiline) {
      pattern += '(?:\\n?\\z)';
      continue;
    }
    if ((char === '+' || char === '*' || char === '?' || char === '}') && text[at + 1] === '+' && isQuantifierEnd(text, at))
      return { refused: 'a regular expression with a possessive quantifier' };
    pattern += char;
  }
  return { pattern };
}

/** Whether the sign ends a quantifier, so that a plus after it makes it possessive. */
const isQuantifierEnd = (text: string, at: number): boolean => text[at] !== '}' || /\{\d*(?:,\d*)?\}$/.test(text.slice(0, at + 1));

/** Lucene's expressions, always over the whole value: `.` is any character, `"…"` plain text, `@` any text; complement, intersection, ranges of numbers and the empty language are refused. */
function fromLucene(text: string): Translated {
  let pattern = '';
  let inClass = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') {
      const next = text[++at];
      if (next === undefined) return { refused: 'a regular expression that ends in a backslash' };
      pattern += /[dDwWsS]/.test(next) || !/[A-Za-z0-9]/.test(next) ? (next > '\x7f' || next === '_' ? next : `\\${next}`) : next;
    } else if (inClass) {
      if (char === ']') inClass = false;
      pattern += char === '[' ? '\\[' : char;
    } else if (char === '[') {
      inClass = true;
      pattern += char;
      if (text[at + 1] === '^') pattern += text[++at]!;
    } else if (char === '^' || char === '$') pattern += `\\${char}`;
    else if (char === '@') pattern += '.*';
    else if (char === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) return { refused: 'a regular expression with an open quote' };
      pattern += `(?:${RE2JS.quote(text.slice(at + 1, end))})`;
      at = end;
    } else if (char === '~' || char === '&' || char === '<' || char === '#') return { refused: `a regular expression with the operator \`${char}\`` };
    else if (char === '(' && text[at + 1] === '?') return { refused: 'a regular expression with a group that Lucene does not have' };
    else if ((char === '*' || char === '+' || char === '?' || char === '}') && (text[at + 1] === '?' || text[at + 1] === '+')) {
      // A second quantifier repeats the repeated thing; it is not a lazy or possessive one.
      if (char === '}') return { refused: 'a regular expression with two quantifiers in a row' };
      const second = text[++at]!;
      pattern += char === second ? char : '*';
    } else pattern += char;
  }
  return { pattern };
}
