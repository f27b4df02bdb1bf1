import type { Compare, FieldRef, GlobPart, Literal, Missing, Operand, Operator, Predicate, Regex, RuleMeaning, Test, Unread } from '../../model';
import { OPERATORS, REGEX_DIALECTS } from '../../model';
import { packInts, unpackInts } from './columns';
import { MOST_VALUE } from './truncate';

/**
 * What rules mean, as stored: one preorder of numbers for all predicates, over a table of operands and texts.
 * Texts of the facts are named by their place there; others follow them. Places in rules are not kept: every span is empty.
 */
export interface StoredMeaning {
  /** Texts that the facts do not hold. */
  readonly texts: readonly string[];
  /** How many numbers each operand takes, and all of them in order; an operand's parts come before it. */
  readonly operandLengths: string;
  readonly operands: string;
  /** How many numbers each rule takes (0: nothing is kept of it), and all of them in order. */
  readonly lengths: string;
  readonly nodes: string;
}

const HERE = { start: 0, end: 0 };

const COMPARES = [
  'equals',
  'regex',
  'cidr',
  'token',
  'less',
  'at-most',
  'greater',
  'at-least',
  'between',
  'exists',
  'absent',
  'filled',
  'empty',
] as const satisfies readonly Compare[];
const MISSINGS = ['false', 'true', 'unknown'] as const satisfies readonly Missing[];
const LITERALS = ['string', 'number', 'boolean', 'null'] as const satisfies readonly Literal['type'][];
const REASONS = ['unmodelled', 'syntax-error', 'unknown', 'limit'] as const satisfies readonly Unread['reason'][];
/** Numbers of nodes and operands; the order is part of the stored form. */
const NODES = ['all', 'any', 'not', 'test', 'unread'] as const satisfies readonly Predicate['kind'][];
const OPERANDS = ['field', 'literal', 'glob', 'regex', 'time', 'call', 'list', 'condition', 'unread'] as const satisfies readonly Operand['kind'][];

/** How a rule fires, by its number. */
const FIRINGS: readonly Omit<RuleMeaning, 'predicate'>[] = [
  { isWhole: false },
  { isWhole: true },
  { isWhole: false, isGrouped: true },
  { isWhole: false, isOfEach: true },
  { isWhole: false, isSeries: true },
];

/** Encodes what rules mean, in their order; null: nothing is kept of it. `placeOf` gives a text's place in the facts, -1 where it is not there; `known` is their number. */
export function encodeMeaning(meanings: readonly (RuleMeaning | null)[], known: number, placeOf: (text: string) => number): StoredMeaning {
  const texts = new Map<string, number>();
  const text = (written: string): number => {
    const place = placeOf(written);
    if (place >= 0) return place;
    let own = texts.get(written);
    if (own === undefined) texts.set(written, (own = known + texts.size));
    return own;
  };
  const operands = new Map<string, number>();
  const coded: number[][] = [];
  const intern = (numbers: number[]): number => {
    const key = numbers.join();
    let place = operands.get(key);
    if (place === undefined) {
      operands.set(key, (place = coded.length));
      coded.push(numbers);
    }
    return place;
  };
  /** A value that is cut decides nothing any more. */
  const cut = (written: string): number[] | null =>
    written.length <= MOST_VALUE ? null : [OPERANDS.indexOf('unread'), REASONS.indexOf('limit'), text('a value longer than the catalog keeps') + 1];

  const operandOf = (operand: Operand): number => intern(numbersOf(operand));
  const numbersOf = (operand: Operand): number[] => {
    const tag = OPERANDS.indexOf(operand.kind);
    switch (operand.kind) {
      case 'field':
        return [
          tag,
          text(operand.name),
          (operand.derived ? 1 : 0) +
            (operand.of === undefined ? 0 : 2) +
            (operand.canonical === undefined ? 0 : 4) +
            (operand.wild === undefined ? 0 : 8) +
            (operand.member ? 16 : 0),
          ...[operand.of, operand.canonical].flatMap((name) => (name === undefined ? [] : [text(name)])),
          ...(operand.wild ?? []),
        ];
      case 'literal':
        // What its author hid is not kept.
        if (operand.secret === true) return [OPERANDS.indexOf('unread'), REASONS.indexOf('unknown'), 0];
        return cut(operand.text) ?? [tag, LITERALS.indexOf(operand.type) + (operand.words === true ? LITERALS.length : 0), text(operand.text)];
      case 'glob': {
        if (operand.secret === true) return [OPERANDS.indexOf('unread'), REASONS.indexOf('unknown'), 0];
        const long = operand.parts.find((part) => typeof part === 'object' && 'text' in part && part.text.length > MOST_VALUE);
        if (long !== undefined && typeof long === 'object' && 'text' in long) return cut(long.text)!;
        return [tag, operand.letters === undefined ? 0 : 1, ...operand.parts.flatMap(partOf)];
      }
      case 'regex':
        return cut(operand.text) ?? [tag, REGEX_DIALECTS.indexOf(operand.dialect) * 2 + (operand.whole ? 1 : 0), text(operand.flags), text(operand.text)];
      case 'time':
        return cut(operand.text) ?? [tag, text(operand.text)];
      case 'call':
        return [tag, text(operand.fn), operand.derived ? 1 : 0, ...operand.args.map(operandOf)];
      case 'list':
        return [tag, ...operand.of.map(operandOf)];
      case 'condition': {
        const nodes: number[] = [];
        putNode(operand.of, nodes);
        return [tag, ...nodes];
      }
      case 'unread':
        return [tag, REASONS.indexOf(operand.reason), operand.note === undefined || operand.note.length > MOST_VALUE ? 0 : text(operand.note) + 1];
      default:
        return operand satisfies never;
    }
  };
  const partOf = (part: GlobPart): readonly number[] => {
    if (part === 'any-run') return [0];
    if (part === 'any-char') return [1];
    return 'text' in part ? [2, text(part.text)] : [3, operandOf(part.of)];
  };
  const putNode = (node: Predicate, into: number[]): void => {
    into.push(NODES.indexOf(node.kind));
    switch (node.kind) {
      case 'all':
      case 'any':
        into.push(node.of.length * 2 + (node.kind === 'all' && node.same !== undefined ? 1 : 0));
        if (node.kind === 'all' && node.same !== undefined) into.push(operandOf(node.same));
        for (const part of node.of) putNode(part, into);
        return;
      case 'not':
        return putNode(node.of, into);
      case 'unread':
        into.push(operandOf(node));
        return;
      case 'test':
        into.push(node.left === null ? 0 : operandOf(node.left) + 1, flagsOf(node), node.values.length, ...node.values.map(operandOf));
        return;
      default:
        node satisfies never;
    }
  };

  const lengths: number[] = [];
  const nodes: number[] = [];
  for (const meaning of meanings) {
    const before = nodes.length;
    if (meaning !== null) {
      nodes.push(meaning.isWhole ? 1 : meaning.isGrouped ? 2 : meaning.isOfEach ? 3 : meaning.isSeries ? 4 : 0);
      putNode(meaning.predicate, nodes);
    }
    lengths.push(nodes.length - before);
  }
  return {
    texts: [...texts.keys()],
    operandLengths: packInts(coded.map((numbers) => numbers.length)),
    operands: packInts(coded.flat()),
    lengths: packInts(lengths),
    nodes: packInts(nodes),
  };
}

/** The one word beside a comparison that decides: a set is asked for one of its members. */
const MEMBER = 'set_has_element';

/** Everything of a test but its sides, in one number. */
const flagsOf = (test: Test): number =>
  (((((COMPARES.indexOf(test.compare) + (test.modifiers?.includes(MEMBER) === true ? COMPARES.length : 0)) * OPERATORS.length + OPERATORS.indexOf(test.word)) *
    3 +
    MISSINGS.indexOf(test.missing)) *
    2 +
    (test.case === 'exact' ? 1 : 0)) *
    2 +
    (test.every ? 1 : 0)) *
    2 +
  (test.over === undefined ? 0 : 1);

/** Reads what a rule means by its number; null where nothing is kept. Throws when the stored form does not hold together. */
export type Meanings = (rule: number) => RuleMeaning | null;

/** `known`: the texts of the facts. */
export function decodeMeaning(stored: StoredMeaning, rules: number, known: readonly string[]): Meanings {
  const starts = startsOf(unpackInts(stored.lengths));
  const nodes = unpackInts(stored.nodes);
  const operandStarts = startsOf(unpackInts(stored.operandLengths));
  const operands = unpackInts(stored.operands);
  if (starts.length !== rules + 1 || starts.at(-1) !== nodes.length || operandStarts.at(-1) !== operands.length)
    throw new Error('its columns differ in length');
  const textAt = (place: number): string => {
    const text = place < known.length ? known[place] : stored.texts[place - known.length];
    if (text === undefined) throw new Error('a column points to nothing');
    return text;
  };
  const oneOf = <T>(list: readonly T[], place: number): T => {
    const found = list[place];
    if (found === undefined) throw new Error('a column points to nothing');
    return found;
  };
  const made = new Map<number, Operand>();

  const operandAt = (place: number): Operand => {
    const known_ = made.get(place);
    if (known_ !== undefined) return known_;
    if (place < 0 || place >= operandStarts.length - 1) throw new Error('a column points to nothing');
    const operand = readOperand(operandStarts[place]!, operandStarts[place + 1]!, place);
    made.set(place, operand);
    return operand;
  };
  const readOperand = (start: number, end: number, self: number): Operand => {
    const at = (index: number): number => operands[start + index] ?? 0;
    /** Parts stand before what holds them, so that no operand can hold itself. */
    const inner = (place: number): Operand => {
      if (place >= self) throw new Error('an operand holds itself');
      return operandAt(place);
    };
    switch (oneOf(OPERANDS, at(0))) {
      case 'field': {
        const flags = at(2);
        const field: FieldRef = { kind: 'field', name: textAt(at(1)), span: HERE };
        return {
          ...field,
          ...(flags & 1 ? { derived: true as const } : null),
          ...(flags & 2 ? { of: textAt(at(3)) } : null),
          ...(flags & 4 ? { canonical: textAt(at(flags & 2 ? 4 : 3)) } : null),
          ...(flags & 8 ? { wild: [...operands.subarray(start + 3 + (flags & 2 ? 1 : 0) + (flags & 4 ? 1 : 0), end)] } : null),
          ...(flags & 16 ? { member: true as const } : null),
        };
      }
      case 'literal':
        return {
          kind: 'literal',
          span: HERE,
          type: oneOf(LITERALS, at(1) % LITERALS.length),
          text: textAt(at(2)),
          ...(at(1) >= LITERALS.length ? { words: true as const } : null),
        };
      case 'glob': {
        const parts: GlobPart[] = [];
        for (let next = 2; start + next < end; next++) {
          const sign = at(next);
          if (sign === 0) parts.push('any-run');
          else if (sign === 1) parts.push('any-char');
          else parts.push(sign === 2 ? { text: textAt(at(++next)) } : { of: inner(at(++next)) });
        }
        return { kind: 'glob', span: HERE, parts, ...(at(1) === 1 ? { letters: 'percent' as const } : null) };
      }
      case 'regex': {
        const regex: Regex = { kind: 'regex', span: HERE, text: textAt(at(3)), dialect: oneOf(REGEX_DIALECTS, at(1) >> 1), flags: textAt(at(2)) };
        return at(1) & 1 ? { ...regex, whole: true } : regex;
      }
      case 'time':
        return { kind: 'time', span: HERE, text: textAt(at(1)) };
      case 'call': {
        const args = [...operands.subarray(start + 3, end)].map(inner);
        const fn = textAt(at(1));
        const written = `${fn}(${args.map(shownOf).join(', ')})`;
        return { kind: 'call', span: HERE, fn, name: HERE, args, written, ...(at(2) === 1 ? { derived: true as const } : null) };
      }
      case 'list':
        return { kind: 'list', span: HERE, of: [...operands.subarray(start + 1, end)].map(inner) };
      case 'condition':
        return { kind: 'condition', span: HERE, of: reader(operands, start + 1, end, inner)() };
      case 'unread':
        return { kind: 'unread', span: HERE, reason: oneOf(REASONS, at(1)), ...(at(2) === 0 ? null : { note: textAt(at(2) - 1) }) };
    }
  };
  /** Reads one predicate of a stretch of numbers. */
  const reader = (numbers: Int32Array, start: number, end: number, operandOf: (place: number) => Operand): (() => Predicate) => {
    let next = start;
    const take = (): number => {
      if (next >= end) throw new Error('a predicate ends too early');
      return numbers[next++]!;
    };
    const read = (): Predicate => {
      const kind = oneOf(NODES, take());
      switch (kind) {
        case 'all':
        case 'any': {
          const size = take();
          const same = size & 1 ? operandOf(take()) : null;
          if (same !== null && same.kind !== 'field') throw new Error('a column points to nothing');
          const of = Array.from({ length: Math.min(size >> 1, end - next) }, read);
          return same !== null && kind === 'all' ? { kind, span: HERE, same, of } : { kind, span: HERE, of };
        }
        case 'not':
          return { kind, span: HERE, of: read() };
        case 'unread': {
          const operand = operandOf(take());
          if (operand.kind !== 'unread') throw new Error('a column points to nothing');
          return operand;
        }
        case 'test': {
          const left = take();
          const flags = take();
          const values = Array.from({ length: Math.min(take(), end - next) }, () => operandOf(take()));
          return testOf(left === 0 ? null : operandOf(left - 1), flags, values);
        }
      }
    };
    return read;
  };
  const testOf = (left: Operand | null, flags: number, values: readonly Operand[]): Test => {
    const kinds = flags >> 3;
    const words = Math.floor(kinds / 3);
    const kind = Math.floor(words / OPERATORS.length);
    return {
      kind: 'test',
      span: HERE,
      left,
      compare: oneOf(COMPARES, kind % COMPARES.length),
      values,
      case: flags & 4 ? 'exact' : 'fold',
      missing: oneOf(MISSINGS, kinds % 3),
      word: oneOf<Operator>(OPERATORS, words % OPERATORS.length),
      ...(flags & 2 ? { every: true as const } : null),
      ...(flags & 1 ? { over: 'all' as const } : null),
      ...(kind >= COMPARES.length ? { modifiers: [MEMBER] } : null),
    };
  };

  return (rule) => {
    const [start, end] = [starts[rule]!, starts[rule + 1]!];
    if (start === end) return null;
    return { ...oneOf(FIRINGS, nodes[start]!), predicate: reader(nodes, start + 1, end, operandAt)() };
  };
}

const shownOf = (operand: Operand): string =>
  operand.kind === 'field' ? operand.name : operand.kind === 'call' ? operand.written : operand.kind === 'literal' ? operand.text : '…';

function startsOf(lengths: Int32Array): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  for (let at = 0; at < lengths.length; at++) starts[at + 1] = starts[at]! + lengths[at]!;
  return starts;
}
