/*
 * A regular expression that is looked for anywhere, as one in the style of Lucene, which must fit the whole value.
 * Source of the target's rules: Elasticsearch, "Regular expression syntax".
 */

/** The pattern, and whether a dot in it met everything but a line break; or why there is none. */
type Translated = { readonly text: string; readonly hasDot: boolean } | { readonly why: string };

interface Wish {
  /** Small letters for capitals: the value is compared in small letters too. */
  readonly lowers: boolean;
}

/** Signs that stand for something in the target. */
const SIGNS = /[.?+*|{}[\]()"\\#@&<>~]/;

const SPELLED: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', e: '\x1b', '0': '\0' };
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: '\t-\r ' };

interface Alternative {
  text: string;
  startsOpen: boolean;
  endsOpen: boolean;
}

/** The same pattern for whole values. Anchors may stand at the ends of its alternatives only; look-around, back-references and word borders have no equal. */
export function lucenePattern(source: string, { lowers }: Wish): Translated {
  let hasDot = false;
  let depth = 0;
  let current: Alternative = { text: '', startsOpen: true, endsOpen: true };
  const alternatives: Alternative[] = [current];
  const plain = (char: string): string => {
    const small = lowers ? char.toLowerCase() : char;
    return SIGNS.test(small) ? `\\${small}` : small;
  };
  /** Whether nothing but the end of an alternative may follow. */
  let isClosed = false;
  /** Whether a brace that repeats is open. */
  let isCounting = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!;
    if (isClosed && !(char === '|' && depth === 0)) return { why: 'an anchor within the expression' };
    switch (char) {
      case '^':
        if (depth > 0 || current.text !== '') return { why: 'an anchor within the expression' };
        current.startsOpen = false;
        break;
      case '$':
        if (depth > 0) return { why: 'an anchor within the expression' };
        current.endsOpen = false;
        isClosed = true;
        break;
      case '|':
        if (depth > 0) current.text += '|';
        else {
          isClosed = false;
          alternatives.push((current = { text: '', startsOpen: true, endsOpen: true }));
        }
        break;
      case '(': {
        const opening = /^\(\?(?::|P?<(?![=!])\w+>)/.exec(source.slice(at, at + 80))?.[0];
        if (opening === undefined && source[at + 1] === '?') return { why: 'a group of its own kind (look-around, flags)' };
        current.text += '(';
        at += (opening ?? '(').length - 1;
        depth++;
        break;
      }
      case ')':
        if (depth === 0) return { why: 'a bracket that closes nothing' };
        depth--;
        current.text += ')';
        break;
      case '.':
        hasDot = true;
        current.text += '.';
        break;
      case '*':
      case '+':
      case '?':
      case '}': {
        if (char === '}' && !isCounting) {
          current.text += '\\}';
          break;
        }
        isCounting = false;
        current.text += char;
        if (source[at + 1] === '?') at++;
        else if (source[at + 1] === '+') return { why: 'a possessive quantifier' };
        break;
      }
      case '{':
        isCounting = /^\{\d+(?:,\d*)?\}/.test(source.slice(at, at + 24));
        current.text += isCounting ? '{' : '\\{';
        break;
      case '[': {
        const read = classAt(source, at, lowers);
        if ('why' in read) return read;
        current.text += read.text;
        at = read.end;
        break;
      }
      case '\\': {
        const read = escapeAt(source, at);
        if ('why' in read) return read;
        at = read.end;
        if (read.anchor === 'start') {
          if (depth > 0 || current.text !== '') return { why: 'an anchor within the expression' };
          current.startsOpen = false;
        } else if (read.anchor === 'end') {
          if (depth > 0) return { why: 'an anchor within the expression' };
          current.endsOpen = false;
          isClosed = true;
        } else current.text += read.isClass === true ? read.text : [...read.text].map(plain).join('');
        break;
      }
      default:
        current.text += plain(char);
    }
  }
  if (depth > 0) return { why: 'a bracket that is not closed' };
  const whole = alternatives.map(({ text, startsOpen, endsOpen }) => `${startsOpen ? '.*' : ''}${text}${endsOpen ? '.*' : ''}`);
  return { text: whole.join('|'), hasDot };
}

type Escape = { readonly text: string; readonly end: number; readonly isClass?: true; readonly anchor?: 'start' | 'end' } | { readonly why: string };

/** What a backslash and what follows it stand for. */
function escapeAt(source: string, at: number): Escape {
  const next = source[at + 1];
  if (next === undefined) return { why: 'a backslash at the end' };
  if (/[dDwWsS]/.test(next)) return { text: `\\${next}`, end: at + 1, isClass: true };
  if (next === 'A') return { text: '', end: at + 1, anchor: 'start' };
  if (next === 'z' || next === 'Z') return { text: '', end: at + 1, anchor: 'end' };
  if (next === 'x' || next === 'u') {
    const found = /^(?:x([\da-f]{2})|x\{([\da-f]{1,6})\}|u([\da-f]{4}))/i.exec(source.slice(at + 1, at + 11));
    const code = found === null ? NaN : Number.parseInt(found[1] ?? found[2] ?? found[3]!, 16);
    return code <= 0x10ffff ? { text: String.fromCodePoint(code), end: at + found![0].length } : { why: `\`\\${next}\`` };
  }
  const spelled = SPELLED[next];
  if (spelled !== undefined) return { text: spelled, end: at + 1 };
  if (/[A-Za-z0-9]/.test(next)) return { why: /[bB]/.test(next) ? 'a border of a word' : /\d/.test(next) ? 'a back-reference' : `\`\\${next}\`` };
  return { text: next, end: at + 1 };
}

type ReadClass = { readonly text: string; readonly end: number } | { readonly why: string };

/** A class in brackets. */
function classAt(source: string, from: number, lowers: boolean): ReadClass {
  let at = from + 1;
  let text = '[';
  if (source[at] === '^') {
    text += '^';
    at++;
  }
  const first = at;
  const plain = (char: string): string => (SIGNS.test(char) || char === '^' || char === '-' ? `\\${char}` : char);
  let last: string | null = null;
  for (; at < source.length; at++) {
    const char = source[at]!;
    if (char === ']' && at > first) return { text: `${text}]`, end: at };
    if (char === '[' && source[at + 1] === ':') return { why: 'a class by its name' };
    if (char === '&' && source[at + 1] === '&') return { why: 'classes that are cut' };
    let one = char;
    if (char === '\\') {
      const read = escapeAt(source, at);
      if ('why' in read) {
        if (source[at + 1] !== 'b') return read;
        one = '\b';
        at++;
      } else {
        at = read.end;
        if (read.anchor !== undefined) return { why: 'an anchor in a class' };
        if (read.isClass === true) {
          const known = CLASSES[read.text[1]!];
          if (known === undefined) return { why: `\`${read.text}\` in a class` };
          text += lowers ? known.replace('A-Z', '') : known;
          last = null;
          continue;
        }
        one = read.text;
      }
    } else if (char === '-' && last !== null && source[at + 1] !== ']' && at + 1 < source.length) {
      const end = source[at + 1] === '\\' ? escapeAt(source, at + 1) : { text: source[at + 1]!, end: at + 1 };
      if ('why' in end) return end;
      if ('isClass' in end && end.isClass === true) return { why: 'a range that ends in a class' };
      const high = end.text;
      if (lowers && (last !== last.toLowerCase()) !== (high !== high.toLowerCase())) return { why: 'a range of capitals and other signs' };
      if (lowers && last < 'A' && high > 'Z' && high < 'a') return { why: 'a range of capitals and other signs' };
      text += `-${plain(lowers ? high.toLowerCase() : high)}`;
      at = end.end;
      last = null;
      continue;
    }
    text += plain(lowers ? one.toLowerCase() : one);
    last = one;
  }
  return { why: 'a class that is not closed' };
}
