import type { Regex } from '../model';

/** A text that a regular expression finds, and whether nothing may stand before or after it. */
interface RegexText {
  readonly text: string;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** Characters of one place: ranges of code units, or all others. */
interface Chars {
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly negated: boolean;
}

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'chars'; readonly of: Chars }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] }
  | { readonly kind: 'group'; readonly name: string; readonly number: number; readonly of: Node }
  | { readonly kind: 'repeat'; readonly of: Node; readonly least: number; readonly most: number }
  | { readonly kind: 'start' | 'end' };

/** More choices than these are not tried one after another. */
const MOST_VARIANTS = 48;
const LONGEST_TEXT = 4000;
const DEEPEST = 100;

/** Texts for groups of an expression, by their number or name. */
type Filled = ReadonlyMap<number | string, string>;

/** Small texts that fit, the plainest first, with texts for groups where they are given; none where the expression holds what is not read here. */
export function* regexTexts(
  { text, dialect, flags, whole }: Pick<Regex, 'text' | 'dialect' | 'flags' | 'whole'>,
  filled: Filled = new Map(),
): Generator<RegexText> {
  if (flags.includes('x')) return;
  const node = nodeOf(text, dialect === 'lucene');
  if (node === null) return;
  const seen = new Set<string>();
  for (let variant = 0; variant < MOST_VARIANTS; variant++) {
    const made = sample(node, variant, filled);
    if (made.text.length > LONGEST_TEXT || seen.has(made.text)) continue;
    seen.add(made.text);
    yield whole === true ? { text: made.text, atStart: true, atEnd: true } : made;
  }
}

const DIGIT: Chars['ranges'] = [[48, 57]];
const WORD: Chars['ranges'] = [
  [97, 122],
  [65, 90],
  [48, 57],
  [95, 95],
];
const SPACE: Chars['ranges'] = [
  [32, 32],
  [9, 13],
];
const CLASSES: Readonly<Record<string, Chars>> = {
  d: { ranges: DIGIT, negated: false },
  D: { ranges: DIGIT, negated: true },
  w: { ranges: WORD, negated: false },
  W: { ranges: WORD, negated: true },
  s: { ranges: SPACE, negated: false },
  S: { ranges: SPACE, negated: true },
  h: { ranges: [[32, 32]], negated: false },
  R: { ranges: [[10, 10]], negated: false },
};
const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', a: '\x07', e: '\x1b', 0: '\0' };
const POSIX: Readonly<Record<string, Chars['ranges']>> = {
  alpha: [
    [97, 122],
    [65, 90],
  ],
  digit: DIGIT,
  alnum: [
    [97, 122],
    [65, 90],
    [48, 57],
  ],
  upper: [[65, 90]],
  lower: [[97, 122]],
  space: SPACE,
  blank: [[32, 32]],
  punct: [
    [45, 46],
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  xdigit: [
    [48, 57],
    [97, 102],
    [65, 70],
  ],
  word: WORD,
  print: [[32, 126]],
  graph: [[33, 126]],
  cntrl: [[0, 31]],
};
/** Any character but a line break. */
const DOT: Chars = { ranges: [[10, 13]], negated: true };

/** The expression as a tree; null where it holds something that is not read here. What it gives is tried before it is used. */
function nodeOf(pattern: string, isLucene: boolean): Node | null {
  let at = 0;
  let isLost = false;
  let groups = 0;
  const lose = (): Node => {
    isLost = true;
    at = pattern.length;
    return { kind: 'text', text: '' };
  };

  const alternation = (depth: number): Node => {
    const of = [sequence(depth)];
    while (pattern[at] === '|') {
      at++;
      of.push(sequence(depth));
    }
    return of.length === 1 ? of[0]! : { kind: 'any', of };
  };

  const sequence = (depth: number): Node => {
    const of: Node[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') of.push(repeated(atom(depth)));
    return { kind: 'all', of };
  };

  const repeated = (of: Node): Node => {
    let node = of;
    for (;;) {
      const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})[?+]?/.exec(pattern.slice(at, at + 16));
      if (found === null) return node;
      at += found[0].length;
      const sign = found[0][0];
      const least = sign === '{' ? Number(found[1]) : sign === '+' ? 1 : 0;
      const most = sign === '{' ? (found[2] === undefined ? least : found[3] === '' ? least + 1 : Number(found[3])) : sign === '?' ? 1 : least + 1;
      if (least > LONGEST_TEXT) return lose();
      node = { kind: 'repeat', of: node, least, most };
    }
  };

  const group = (depth: number): Node => {
    const rest = pattern.slice(at, at + 80);
    const flags = /^\(\?[a-zA-Z-]+\)/.exec(rest);
    if (flags !== null) {
      at += flags[0].length;
      return flags[0].includes('x') ? lose() : { kind: 'text', text: '' };
    }
    const head = /^\((?:\?(?:P?<\w+>|[a-zA-Z-]*:))?/.exec(rest)![0];
    if (depth > DEEPEST || (head === '(' && rest[1] === '?') || /\?[a-z]*x/.test(head)) return lose();
    at += head.length;
    const name = /<(\w+)>/.exec(head)?.[1] ?? '';
    const number = head === '(' || name !== '' ? ++groups : 0;
    const inner = alternation(depth + 1);
    if (pattern[at] !== ')') return lose();
    at++;
    return number === 0 ? inner : { kind: 'group', name, number, of: inner };
  };

  const atom = (depth: number): Node => {
    const char = pattern[at]!;
    if (char === '(') return group(depth);
    if (char === '[') return charClass();
    at++;
    if (char === '.') return { kind: 'chars', of: DOT };
    if (isLucene && char === '@') return { kind: 'text', text: '' };
    if (isLucene && char === '"') {
      const end = pattern.indexOf('"', at);
      if (end < 0) return lose();
      const text = pattern.slice(at, end);
      at = end + 1;
      return { kind: 'text', text };
    }
    if (!isLucene && char === '^') return { kind: 'start' };
    if (!isLucene && char === '$') return { kind: 'end' };
    return char === '\\' ? escape() : { kind: 'text', text: char };
  };

  const escape = (): Node => {
    const next = pattern[at++];
    if (next === undefined) return lose();
    if (!isLucene) {
      if (next === 'A') return { kind: 'start' };
      if (next === 'Z' || next === 'z') return { kind: 'end' };
      if (next === 'b' || next === 'B') return { kind: 'text', text: '' };
      if (next === 'Q') {
        const end = pattern.indexOf('\\E', at);
        const text = pattern.slice(at, end < 0 ? undefined : end);
        at = end < 0 ? pattern.length : end + 2;
        return { kind: 'text', text };
      }
      if (next === 'p' || next === 'P') {
        const name = /^(?:\{[^}]*\}|.)/.exec(pattern.slice(at, at + 40));
        at += name?.[0].length ?? 0;
        return { kind: 'text', text: next === 'P' ? '-' : /^\{?(?:N|digit)/i.test(name?.[0] ?? '') ? '1' : /Lu/.test(name?.[0] ?? '') ? 'A' : 'a' };
      }
    }
    const member = escaped(next);
    return typeof member === 'string' ? { kind: 'text', text: member } : { kind: 'chars', of: member };
  };

  /** What an escape stands for, in a class or outside one. */
  const escaped = (next: string): string | Chars => {
    if (Object.hasOwn(CLASSES, next)) return CLASSES[next]!;
    if (!isLucene && (next === 'x' || next === 'u')) {
      const hex = /^(?:\{([\da-f]+)\}|([\da-f]{4})|([\da-f]{2}))/i.exec(pattern.slice(at, at + (next === 'x' && pattern[at] !== '{' ? 2 : 10)));
      if (hex !== null) {
        at += hex[0].length;
        const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3]!, 16);
        return code > 0x10ffff ? next : String.fromCodePoint(code);
      }
    }
    return !isLucene && Object.hasOwn(CONTROLS, next) ? CONTROLS[next]! : next;
  };

  const charClass = (): Node => {
    at++;
    const negated = pattern[at] === '^';
    if (negated) at++;
    const ranges: (readonly [number, number])[] = [];
    let isFirst = true;
    while (at < pattern.length && (pattern[at] !== ']' || (isFirst && !isLucene))) {
      isFirst = false;
      const posix = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 12));
      if (posix !== null) {
        at += posix[0].length;
        ranges.push(...(POSIX[posix[1]!] ?? []));
        continue;
      }
      const low = member();
      if (typeof low !== 'string') {
        // A negated class within a class would be its complement: a few characters of it do.
        ranges.push(...(low.negated ? PLAIN.filter((char) => holds(low, char)).map((char) => [char.charCodeAt(0), char.charCodeAt(0)] as const) : low.ranges));
        continue;
      }
      if (pattern[at] === '-' && pattern[at + 1] !== ']' && at + 1 < pattern.length) {
        at++;
        const high = member();
        if (typeof high !== 'string') return lose();
        ranges.push([low.charCodeAt(0), high.charCodeAt(0)]);
      } else ranges.push([low.charCodeAt(0), low.charCodeAt(0)]);
    }
    if (pattern[at] !== ']') return lose();
    at++;
    return { kind: 'chars', of: { ranges, negated } };
  };

  const member = (): string | Chars => {
    const char = pattern[at++]!;
    if (char !== '\\') return char;
    const next = pattern[at++];
    return next === undefined ? char : next === 'b' && !isLucene ? '\b' : escaped(next);
  };

  const whole = alternation(0);
  return isLost || at < pattern.length ? null : whole;
}

const holds = ({ ranges, negated }: Chars, char: string): boolean => {
  const code = char.charCodeAt(0);
  return ranges.some(([from, to]) => from <= code && code <= to) !== negated;
};

/** Characters people know, tried in this order. */
const PLAIN: readonly string[] = [...'a1A .-_/\\:=,;"\'()[]{}<>|&+*?!@#$%^~`\tbcdefxyz023456789BXYZ'];

function charOf(of: Chars, turn: number): string {
  const known = PLAIN.filter((char) => holds(of, char));
  if (known.length > 0) return known[turn % known.length]!;
  const [first] = of.ranges;
  return of.negated || first === undefined ? '\u0100' : String.fromCharCode(first[0]);
}

/** One text of the tree; each choice takes its share of the variant's number. */
function sample(node: Node, variant: number, filled: Filled): RegexText {
  let left = variant;
  const choose = (count: number): number => {
    const chosen = left % count;
    left = Math.floor(left / count);
    return chosen;
  };
  let [text, atStart, atEnd] = ['', false, false];
  const visit = (inner: Node): void => {
    if (text.length > LONGEST_TEXT) return;
    switch (inner.kind) {
      case 'text':
        text += inner.text;
        break;
      case 'chars':
        text += charOf(inner.of, 0);
        break;
      case 'all':
        inner.of.forEach(visit);
        break;
      case 'any':
        visit(inner.of[choose(inner.of.length)]!);
        break;
      case 'group': {
        const given = filled.get(inner.number) ?? filled.get(inner.name);
        if (given === undefined) visit(inner.of);
        else text += given;
        break;
      }
      case 'repeat': {
        // A run that may be empty is left out at first, then there once.
        const count = inner.most > inner.least ? inner.least + choose(2) : inner.least;
        for (let turn = 0; turn < count && text.length <= LONGEST_TEXT; turn++) visit(inner.of);
        break;
      }
      case 'start':
        if (text === '') atStart = true;
        break;
      case 'end':
        atEnd = true;
        break;
      default:
        inner satisfies never;
    }
  };
  visit(node);
  return { text, atStart, atEnd };
}
