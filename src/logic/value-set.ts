import type { GlobPart } from '../model';

/** Wildcards in a folded pattern; private characters, so that no text of a rule is taken for one. */
const RUN = '\uE000';
const CHAR = '\uE001';

/** Texts that fit a pattern. Of a pattern whose wildcards are any-runs at its ends, `inner` is the text between them, and the ends say what is open. */
interface PatternSet {
  readonly kind: 'pattern';
  readonly pattern: string;
  readonly inner: string | null;
  readonly isOpenBefore: boolean;
  readonly isOpenAfter: boolean;
}

export function patternSet(pattern: string): PatternSet {
  const isOpenBefore = pattern.startsWith(RUN);
  const isOpenAfter = pattern.endsWith(RUN) && pattern.length > 1;
  const inner = pattern.slice(isOpenBefore ? 1 : 0, isOpenAfter ? -1 : undefined);
  return { kind: 'pattern', pattern, inner: isLiteral(inner) ? inner : null, isOpenBefore, isOpenAfter };
}

/** The values of a field that a comparison accepts. `text`: exactly one; a pattern has its wildcards as private characters. */
export type ValueSet =
  | PatternSet
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly lowOpen: boolean; readonly highOpen: boolean }
  | { readonly kind: 'network'; readonly base: bigint; readonly bits: number; readonly width: 32 | 128 }
  /** Every value there is; `filled`: but the empty text. */
  | { readonly kind: 'every'; readonly filled: boolean }
  /** Texts in which this word stands by itself. */
  | { readonly kind: 'word'; readonly text: string }
  /** A regular expression, another field, a function: known only to be what it is. */
  | { readonly kind: 'named'; readonly key: string };

export const patternOf = (parts: readonly GlobPart[]): string | null => {
  let pattern = '';
  for (const part of parts) {
    if (part === 'any-run') pattern += RUN;
    else if (part === 'any-char') pattern += CHAR;
    else if ('of' in part) return null;
    else pattern += part.text.replaceAll(RUN, ' ').replaceAll(CHAR, ' ');
  }
  return pattern.replace(/\uE000+/g, RUN);
};

export const isLiteral = (pattern: string): boolean => !pattern.includes(RUN) && !pattern.includes(CHAR);

/** Patterns longer than this are compared only for being equal: laying one on the other may take the product of their lengths. */
export const LONGEST = 2048;

/** Whether every text that fits `inner` fits `outer`; true is certain. */
function covers(outer: string, inner: string): boolean {
  if (outer === inner || outer === RUN) return true;
  if (outer.length > LONGEST || inner.length > LONGEST) return false;
  let at = 0;
  let next = 0;
  let star = -1;
  let from = 0;
  while (at < inner.length) {
    const sign = outer[next];
    const unit = inner[at]!;
    if (sign === RUN) {
      star = next++;
      from = at;
    } else if (sign !== undefined && unit !== RUN && (sign === unit || sign === CHAR)) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++from;
    } else return false;
  }
  while (outer[next] === RUN) next++;
  return next === outer.length;
}

const plainEnd = (pattern: string, step: 1 | -1): string => {
  let length = 0;
  while (length < pattern.length) {
    const unit = pattern[step === 1 ? length : pattern.length - 1 - length]!;
    if (unit === RUN || unit === CHAR) break;
    length++;
  }
  return step === 1 ? pattern.slice(0, length) : pattern.slice(pattern.length - length);
};

/** Whether no text fits both; true is certain. */
function patternsApart(a: string, b: string): boolean {
  if (isLiteral(a)) return a.length <= LONGEST && b.length <= LONGEST && !covers(b, a);
  if (isLiteral(b)) return patternsApart(b, a);
  const [headA, headB] = [plainEnd(a, 1), plainEnd(b, 1)];
  if (!headA.startsWith(headB) && !headB.startsWith(headA)) return true;
  const [tailA, tailB] = [plainEnd(a, -1), plainEnd(b, -1)];
  return !tailA.endsWith(tailB) && !tailB.endsWith(tailA);
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const numberOf = (set: ValueSet): number | null => (set.kind === 'pattern' && NUMBER.test(set.pattern) ? Number(set.pattern) : null);

function patternIncludes(outer: PatternSet, inner: PatternSet): boolean {
  if (outer.inner === null || inner.inner === null) return covers(outer.pattern, inner.pattern);
  if (outer.inner.length > inner.inner.length) return false;
  if (outer.isOpenBefore && outer.isOpenAfter) return inner.inner.includes(outer.inner);
  if (outer.isOpenBefore) return !inner.isOpenAfter && inner.inner.endsWith(outer.inner);
  if (outer.isOpenAfter) return !inner.isOpenBefore && inner.inner.startsWith(outer.inner);
  return !inner.isOpenBefore && !inner.isOpenAfter && inner.inner === outer.inner;
}

/** Whether every value of `inner` is one of `outer`; true is certain. */
export function includesSet(outer: ValueSet, inner: ValueSet): boolean {
  if (outer.kind === 'every') return !outer.filled || (inner.kind === 'every' ? inner.filled : !(inner.kind === 'pattern' && covers(inner.pattern, '')));
  switch (inner.kind) {
    case 'pattern': {
      if (outer.kind === 'pattern') return patternIncludes(outer, inner);
      const number = numberOf(inner);
      if (outer.kind === 'range') return number !== null && isWithin(outer, number);
      const address = outer.kind === 'network' && isLiteral(inner.pattern) ? addressOf(inner.pattern) : null;
      return outer.kind === 'network' && address !== null && address.width === outer.width && isInNetwork(outer, address.base);
    }
    case 'range':
      return (
        outer.kind === 'range' &&
        (outer.low < inner.low || (outer.low === inner.low && (!outer.lowOpen || inner.lowOpen))) &&
        (outer.high > inner.high || (outer.high === inner.high && (!outer.highOpen || inner.highOpen)))
      );
    case 'network':
      return outer.kind === 'network' && outer.width === inner.width && outer.bits <= inner.bits && isInNetwork(outer, inner.base);
    case 'word':
      return outer.kind === 'word' ? outer.text === inner.text : outer.kind === 'pattern' && covers(outer.pattern, RUN + inner.text + RUN);
    case 'named':
      return outer.kind === 'named' && outer.key === inner.key;
    case 'every':
      return false;
    default:
      return inner satisfies never;
  }
}

/** Whether no value is in both; true is certain, for a field with one value. */
export function areApart(a: ValueSet, b: ValueSet): boolean {
  if (a.kind === 'pattern' && b.kind === 'pattern') return patternsApart(a.pattern, b.pattern) && !isOneValue(a, b);
  if (a.kind === 'range' && b.kind === 'range')
    return a.high < b.low || b.high < a.low || (a.high === b.low && (a.highOpen || b.lowOpen)) || (b.high === a.low && (b.highOpen || a.lowOpen));
  if (a.kind === 'range' && b.kind === 'pattern') {
    const number = numberOf(b);
    return number !== null && !isWithin(a, number);
  }
  if (a.kind === 'pattern' && b.kind === 'range') return areApart(b, a);
  if (a.kind === 'network' && b.kind === 'network') return a.width !== b.width || !(isInNetwork(a, b.base) || isInNetwork(b, a.base));
  if (a.kind === 'network' && b.kind === 'pattern' && isLiteral(b.pattern)) {
    const address = addressOf(b.pattern);
    return address !== null && (address.width !== a.width || !isInNetwork(a, address.base));
  }
  if (a.kind === 'pattern' && b.kind === 'network') return areApart(b, a);
  return false;
}

/** Whether two texts are one number, or one address, written in two ways. */
function isOneValue(a: PatternSet, b: PatternSet): boolean {
  const number = written(a.pattern);
  if (number !== null) return number === written(b.pattern);
  const [one, other] = [addressOf(a.pattern), addressOf(b.pattern)];
  return one !== null && other !== null && one.width === other.width && one.base === other.base;
}

/** A number as decimal or hexadecimal text, or as Sysmon writes a registry's; null for any other text. */
function written(text: string): number | null {
  const hex = /^(?:[dq]word \()?0x([\da-f]{1,12})\)?$/i.exec(text)?.[1];
  return hex !== undefined ? Number.parseInt(hex, 16) : NUMBER.test(text) ? Number(text) : null;
}

const isWithin = (range: Extract<ValueSet, { kind: 'range' }>, number: number): boolean =>
  (range.low < number || (range.low === number && !range.lowOpen)) && (range.high > number || (range.high === number && !range.highOpen));

const isInNetwork = ({ base, bits, width }: Extract<ValueSet, { kind: 'network' }>, address: bigint): boolean =>
  address >> BigInt(width - bits) === base >> BigInt(width - bits);

/** An IPv4 or IPv6 address as a number; null for any other text. IPv4 parts with leading zeros are none. */
function addressOf(text: string): { readonly base: bigint; readonly width: 32 | 128 } | null {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (four !== null) {
    const parts = four.slice(1).map((part) => (part.length > 1 && part.startsWith('0') ? 256 : Number(part)));
    if (parts.some((part) => part > 255)) return null;
    return { base: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n), width: 32 };
  }
  if (!/^[0-9a-f:]{2,39}$/i.test(text) || !text.includes(':')) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const count = groups.reduce((sum, half) => sum + half.length, 0);
  if (groups.some((half) => half.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) || (halves.length === 1 ? count !== 8 : count > 7)) return null;
  const whole = [...groups[0]!, ...Array.from({ length: 8 - count }, () => '0'), ...(groups[1] ?? [])];
  return { base: whole.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n), width: 128 };
}

/** `10.0.0.0/8` as a network; a bare address is one of its own; null for any other text. */
export function networkOf(text: string): Extract<ValueSet, { kind: 'network' }> | null {
  const [address = '', length] = text.trim().split('/');
  const found = addressOf(address);
  if (found === null || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const bits = length === undefined ? found.width : Number(length);
  return bits > found.width ? null : { kind: 'network', base: found.base, bits, width: found.width };
}
