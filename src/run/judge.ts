import type { Event, FieldRef, Predicate, Span, Test, Unread } from '../model';
import { isRefused, type Row } from './dialect';
import type { Reading } from './expression';
import { partIn } from './glob-match';
import { MANY, testOf, type ReadyTest } from './test';
import { both, either, FALSE, NULL, notOf, TRUE, UNKNOWN, verdictOf, type Truth, type Verdict } from './truth';
import { isList, type Bag, type Value } from './value';

/** A predicate made ready to judge rows: the same nodes give the verdict and explain it. */
export interface ReadyNode {
  readonly predicate: Predicate;
  readonly truth: (row: Row) => Truth;
  readonly of: readonly ReadyNode[];
  /** How long judging it takes, roughly, in comparisons of two texts. */
  readonly cost: number;
  /** What a comparison looks at; undefined: the event has none. Absent: nothing in particular. */
  readonly seen?: (row: Row) => Value | undefined;
  /** Why it can never be told. */
  readonly why?: string;
}

/** One node of a rule for one event. */
export interface Explained {
  readonly predicate: Predicate;
  readonly span: Span;
  readonly verdict: Verdict;
  /** The value the comparison saw; undefined: the event has no such field; absent for what looks at no one value. */
  readonly seen?: { readonly value: Value | undefined };
  /** Why it cannot be told. */
  readonly why?: string;
  readonly of: readonly Explained[];
}

/**
 * Makes a predicate ready. Total: what is not covered is a node that cannot be told.
 * `isDemanded`: only whether it is true is asked, so that null is false wherever no negation stands above it.
 */
export function readyNode(predicate: Predicate, reading: Omit<Reading, 'condition'>, isDemanded = false): ReadyNode {
  const full: Reading = { ...reading, condition: (inner) => nodeOf(inner, full, false).truth };
  return nodeOf(predicate, full, isDemanded);
}

function nodeOf(predicate: Predicate, reading: Reading, isDemanded: boolean): ReadyNode {
  switch (predicate.kind) {
    case 'all':
    case 'any': {
      const of = predicate.of.map((part) => nodeOf(part, reading, isDemanded));
      const cost = costOfAll(of);
      if (predicate.kind === 'any') return { predicate, of, cost, truth: anyTruth(together(predicate.of, of, reading, isDemanded)) };
      return { predicate, of, cost, truth: predicate.same === undefined ? allTruth(of) : sameTruth(predicate.same.name, allTruth(of), reading) };
    }
    case 'not': {
      const inner = nodeOf(predicate.of, reading, false);
      return { predicate, of: [inner], cost: inner.cost, truth: (row) => notOf(inner.truth(row)) };
    }
    case 'test':
      return leafOf(predicate, reading, isDemanded);
    case 'unread':
      return { predicate, of: [], cost: 0, truth: () => UNKNOWN, why: whyOf(predicate) };
    default:
      return predicate satisfies never;
  }
}

/** Alternatives that look for texts in one field are one comparison with all the texts: of many it takes a fraction of the time. */
function together(parts: readonly Predicate[], nodes: readonly ReadyNode[], reading: Reading, isDemanded: boolean): readonly ReadyNode[] {
  if (parts.length < MANY) return nodes;
  const alike = new Map<string, Test[]>();
  const rest = nodes.filter(({ predicate }) => {
    if (predicate.kind !== 'test' || !looksForParts(predicate)) return true;
    const { left, case: letters, missing, word } = predicate;
    const key = JSON.stringify([left.name, letters, missing, word]);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [predicate]);
    else known.push(predicate);
    return false;
  });
  return [...rest, ...[...alike.values()].map((tests) => leafOf({ ...tests[0]!, values: tests.flatMap(({ values }) => values) }, reading, isDemanded))];
}

const looksForParts = (test: Test): test is Test & { readonly left: FieldRef } =>
  test.left?.kind === 'field' &&
  test.left.wild === undefined &&
  test.compare === 'equals' &&
  test.every === undefined &&
  test.over === undefined &&
  test.values.every((value) => value.kind === 'glob' && partIn(value.parts) !== null);

/** What costs little is asked first: the first that decides ends it. */
const cheapestFirst = (of: readonly ReadyNode[]): readonly ReadyNode['truth'][] => of.toSorted((a, b) => a.cost - b.cost).map((node) => node.truth);

const costOfAll = (of: readonly ReadyNode[]): number => of.reduce((sum, { cost }) => sum + cost, 0);

/** A field's values are read once an event; words are looked for in all of it. */
const costOf = ({ left, compare, values }: Test): number =>
  (left === null ? 20 : left.kind === 'field' ? 1 : 5) * (compare === 'regex' ? 50 : 1 + values.length);

const allTruth = (of: readonly ReadyNode[]) => {
  const parts = cheapestFirst(of);
  return (row: Row): Truth => {
    let found: Truth = TRUE;
    for (const part of parts) {
      const truth = part(row);
      if (truth === FALSE) return FALSE;
      if (truth !== TRUE) found = both(found, truth);
    }
    return found;
  };
};

/** Whether all hold of one element of a field: of each, the row is looked at as if it were the only one. */
const sameTruth = (name: string, truth: (row: Row) => Truth, reading: Reading) => {
  const read = reading.read(name);
  return (row: Row): Truth => {
    let value: Value | undefined;
    try {
      value = read(row);
    } catch (error) {
      if (!isRefused(error)) throw error;
      return UNKNOWN;
    }
    if (!isList(value)) return truth(row);
    let found: Truth = FALSE;
    for (const item of value) {
      found = either(found, truth({ ...row, [name]: item }));
      if (found === TRUE) return TRUE;
    }
    return found;
  };
};

const anyTruth = (of: readonly ReadyNode[]) => {
  const parts = cheapestFirst(of);
  return (row: Row): Truth => {
    let found: Truth = FALSE;
    for (const part of parts) {
      const truth = part(row);
      if (truth === TRUE) return TRUE;
      if (truth !== FALSE) found = either(found, truth);
    }
    return found;
  };
};

/** A comparison that cannot be made ready cannot be told; one that meets what it does not cover cannot be told of that row. */
function leafOf(test: Test, reading: Reading, isDemanded: boolean): ReadyNode {
  let ready: ReadyTest;
  try {
    ready = testOf(test, reading);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return { predicate: test, of: [], cost: 0, truth: () => UNKNOWN, why: error.message };
  }
  const { truth, seen, why } = ready;
  const isUnsaid = test.left?.kind === 'field' && test.left.wild === undefined ? reading.isUnsaid?.(test.left.name) : undefined;
  return {
    predicate: test,
    of: [],
    cost: costOf(test),
    truth: (row) => {
      if (isUnsaid?.(row) === true) return UNKNOWN;
      try {
        const found = truth(row);
        return isDemanded && found === NULL ? FALSE : found;
      } catch (error) {
        if (!isRefused(error)) throw error;
        return UNKNOWN;
      }
    },
    ...(seen === null ? null : { seen }),
    ...(why === undefined ? null : { why }),
  };
}

const whyOf = ({ reason, note }: Unread): string =>
  note ?? { 'syntax-error': 'not understood', unmodelled: 'not modelled', unknown: 'not known', limit: 'too much to read' }[reason];

/** Every node with its own verdict, whether or not it decided. */
export function explain(node: ReadyNode, event: Event): Explained {
  const row = event as Bag;
  const truth = node.truth(row);
  let seen: { value: Value | undefined } | undefined;
  if (node.seen !== undefined) {
    try {
      seen = { value: node.seen(row) };
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
  }
  return {
    predicate: node.predicate,
    span: node.predicate.span,
    verdict: verdictOf(truth),
    ...(seen === undefined ? null : { seen }),
    ...(node.why === undefined || truth !== UNKNOWN ? null : { why: node.why }),
    of: node.of.map((inner) => explain(inner, event)),
    ...(truth === NULL ? { isNull: true } : null),
  };
}
