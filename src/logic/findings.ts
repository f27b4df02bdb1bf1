import type { Span } from '../model';
import { asked } from './condition-text';
import { joined, type Formula } from './formula';
import { type Budget, contradicts, implies, impossibleIn } from './implies';
import type { ValueSet } from './value-set';

/**
 * What a rule's own conditions do to each other. `never`: no event can meet this beside the other; `always`: every event meets one of these;
 * `idle`: another condition says as much already; `covered`: another value of the same choice takes in this one.
 */
export interface Finding {
  readonly kind: 'never' | 'always' | 'idle' | 'covered';
  readonly span: Span;
  /** What makes it so. */
  readonly by: Span;
  /** Without it the rule asks for the same. */
  readonly isSpare: boolean;
  /** What alone ends it, where it is not spare: taking out the one or the other, or joining the two in the other way. */
  readonly ends: readonly End[];
}

type End = 'without' | 'without-other' | 'rejoined';

/** Steps that all questions about one rule may cost together: enough for lists of a thousand values, and no more for a text made to take long. */
const MOST_STEPS = 2_000_000;

/** What is found in a rule, by place, each of it certain; `cutAt`: the first condition that there were too many others to compare with. */
export interface Findings {
  readonly found: readonly Finding[];
  readonly cutAt: Span | null;
}

export function findingsIn(formula: Formula): Findings {
  const found: Finding[] = [];
  const budget: Budget = { left: MOST_STEPS };
  const impossible = impossibleIn(formula, budget);
  if (impossible !== null) {
    const [by, part] = impossible;
    const ends = formula.kind === 'all' ? endsOf(formula, 'any', by, part, (left) => impossibleIn(left, budget) !== null) : [];
    return { found: [{ kind: 'never', span: part.span, by: by.span, isSpare: false, ends }], cutAt: null };
  }
  const visit = (node: Formula): void => {
    if (node.kind === 'unread' && node.isCut === true) budget.cutAt ??= node.span;
    if (node.kind !== 'all' && node.kind !== 'any') return;
    found.push(
      ...(node.kind === 'all' ? [...deadIn(node.of, budget), ...idleIn(node.of, budget)] : [...alwaysIn(node, budget), ...coveredIn(node.of, budget)]),
    );
    node.of.forEach(visit);
  };
  visit(formula);
  return { found: found.sort((a, b) => a.span.start - b.span.start), cutAt: budget.cutAt ?? null };
}

type Joined = Extract<Formula, { kind: 'all' | 'any' }>;

/** What ends it that two parts stand beside each other as they do; `lasts`: whether what is left has the same fault. */
function endsOf({ kind, of, span }: Joined, other: Joined['kind'], by: Formula, part: Formula, lasts: (left: Formula) => boolean): readonly End[] {
  const ending = (end: End, gone: readonly Formula[], come: readonly Formula[] = []): readonly End[] =>
    lasts(joined(kind, [...of.filter((one) => !gone.includes(one)), ...come], span, true)) ? [] : [end];
  return [...ending('rejoined', [by, part], [joined(other, [by, part], span, true)]), ...ending('without-other', [by]), ...ending('without', [part])];
}

/** Branches of a choice that another condition rules out. */
function deadIn(parts: readonly Formula[], budget: Budget): readonly Finding[] {
  return parts.flatMap((part, at) =>
    part.kind !== 'any'
      ? []
      : part.of.flatMap((branch): readonly Finding[] => {
          // Within an exclusion it is the other way round: what it excludes is asked for anyway.
          const by =
            budget.cutAt !== undefined || asked(branch).length === 0
              ? undefined
              : parts.find((other, index) => index !== at && contradicts(other, branch, budget));
          return by === undefined ? [] : [{ kind: 'never', span: branch.span, by: by.span, isSpare: true, ends: [] }];
        }),
  );
}

/** Whether it only asks whether fields are there. */
const isPresence = (part: Formula): boolean =>
  part.kind === 'literal' ? part.set.kind === 'every' : part.kind !== 'unread' && part.of.length > 0 && part.of.every(isPresence);

/** Of two conditions that say the same, the later is idle. */
function idleIn(parts: readonly Formula[], budget: Budget): readonly Finding[] {
  return parts.flatMap((part, at): readonly Finding[] => {
    // Asking first whether a field is there is a habit, not a slip.
    if (budget.cutAt !== undefined || isPresence(part)) return [];
    const by = parts.find(
      (other, index) =>
        index !== at &&
        other.kind !== 'unread' &&
        implies(other, part, budget) &&
        (index < at || (!implies(part, other, budget) && budget.cutAt === undefined)),
    );
    return by === undefined ? [] : [{ kind: 'idle', span: part.span, by: by.span, isSpare: true, ends: [] }];
  });
}

function coveredIn(parts: readonly Formula[], budget: Budget): readonly Finding[] {
  const covers = coversIn(parts, budget);
  if (covers.length === 0) return [];
  // A value that is looked for in several forms is covered where each of them is.
  const forms = new Map<string, number>();
  for (const { span } of parts) forms.set(placeKey(span), (forms.get(placeKey(span)) ?? 0) + 1);
  return covers.flatMap(({ at, by }): readonly Finding[] => {
    const { span } = parts[at]!;
    const left = forms.get(placeKey(span))! - 1;
    forms.set(placeKey(span), left);
    return left === 0 ? [{ kind: 'covered', span, by: parts[by]!.span, isSpare: true, ends: [] }] : [];
  });
}

const placeKey = ({ start, end }: Span): string => `${start} ${end}`;

/** A value of a choice, by its place, and the one that takes it in. */
interface Cover {
  readonly at: number;
  readonly by: number;
}

/** What was found in a choice, the steps that were left before and after, and at which of its values there were none left; null: there were. */
interface Known {
  readonly covers: readonly Cover[];
  readonly before: number;
  readonly after: number;
  readonly cut: number | null;
}

/** Choices met last, by what they say: who types changes one at a time, and comparing the thousands of values of the others takes longer than all else. */
const known = new Map<string, Known>();
const MOST_KNOWN = 8;
/** Fewer values are compared sooner than looked up. */
const FEW = 32;

function coversIn(parts: readonly Formula[], budget: Budget): readonly Cover[] {
  const said = parts.length < FEW ? null : textOfLiterals(parts);
  const same = said === null ? undefined : known.get(said);
  if (same !== undefined && budget.cutAt === undefined && (budget.left === same.before || (same.cut === null && budget.left >= same.before - same.after))) {
    budget.left -= same.before - same.after;
    if (same.cut !== null) budget.cutAt = parts[same.cut]!.span;
    return same.covers;
  }
  const before = budget.left;
  const covers = parts.flatMap((part, at): readonly Cover[] => {
    if (budget.cutAt !== undefined) return [];
    const by = parts.findIndex(
      (other, index) => index !== at && implies(part, other, budget) && (index < at || (!implies(other, part, budget) && budget.cutAt === undefined)),
    );
    return by === -1 ? [] : [{ at, by }];
  });
  const { cutAt } = budget;
  const cut = cutAt === undefined ? null : parts.findIndex(({ span }) => span === cutAt);
  if (said !== null && cut !== -1) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(said, { covers, before, after: budget.left, cut });
  }
  return covers;
}

/** Equal for choices whose values take each other in alike; null where one of them is no comparison. */
function textOfLiterals(parts: readonly Formula[]): string | null {
  const texts = parts.map((part) => (part.kind === 'literal' ? `${part.key} ${part.exact} ${part.many}` : null));
  return texts.includes(null) ? null : texts.join('\n');
}

/** Two sides of a choice of which one always holds: `a != "x" or a != "y"`, `a > 5 or a < 10`. */
function alwaysIn(choice: Joined, budget: Budget): readonly Finding[] {
  const pair = alwaysPair(choice.of, budget);
  if (pair === null) return [];
  const [by, part] = pair;
  const ends = endsOf(choice, 'all', by, part, (left) => left.kind === 'any' && alwaysPair(left.of, budget) !== null);
  return [{ kind: 'always', span: part.span, by: by.span, isSpare: false, ends }];
}

function alwaysPair(parts: readonly Formula[], budget: Budget): readonly [Formula, Formula] | null {
  const failing = parts.map((part) => (asked(part).length > 0 && part.kind !== 'literal' ? null : failingOf(part)));
  for (const [at, part] of failing.entries()) {
    // Of two sides that each leave out a few values the others meet neither.
    if (part === null || (part.kind === 'literal' && !part.sign)) continue;
    const other = failing.findIndex((side, index) => index !== at && side !== null && budget.cutAt === undefined && contradicts(part, side, budget));
    if (other !== -1) return [parts[Math.min(at, other)]!, parts[Math.max(at, other)]!];
  }
  // What asks for several things fails where one of them does: another side holds there.
  for (const part of parts) {
    if (part.kind !== 'all' || part.of.length === 0) continue;
    const by = part.of.map((one) => {
      const where = failingOf(one);
      return where === null || budget.cutAt !== undefined
        ? undefined
        : parts.find((other, at) => other !== part && failing[at] != null && contradicts(where, failing[at], budget));
    });
    if (by.every((one) => one !== undefined)) return [part, by[0]!];
  }
  return null;
}

/** Where a part does not hold, of events that have its field; null where that is not told. */
function failingOf(part: Formula): Formula | null {
  switch (part.kind) {
    case 'literal': {
      const { set, sign } = part;
      if (set.kind === 'every') return null;
      const [kept, rest] = set.kind === 'range' && sign ? [true, beyond(set)] : [!sign, set];
      return rest === null ? null : { ...part, sign: kept, set: rest, absent: false, key: `${part.key}~` };
    }
    case 'all':
    case 'any': {
      const of = part.of.map(failingOf);
      return of.every((one) => one !== null) ? { kind: part.kind === 'all' ? 'any' : 'all', of, span: part.span } : null;
    }
    case 'unread':
      return null;
    default:
      return part satisfies never;
  }
}

type Range = Extract<ValueSet, { kind: 'range' }>;

/** The numbers that a range with one end leaves out. */
function beyond({ low, high, lowOpen, highOpen }: Range): Range | null {
  if (low === -Infinity) return { kind: 'range', low: high, high: Infinity, lowOpen: !highOpen, highOpen: true };
  return high === Infinity ? { kind: 'range', low: -Infinity, high: low, lowOpen: true, highOpen: !lowOpen } : null;
}
