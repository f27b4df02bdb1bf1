import { type Analysis, type JoinKind, type Polarity, type Predicate, type Span, type Stage, type Taxonomy, type Test, spanOf } from '../model';
import { isContextField } from '../knowledge/families';
import { isTrue } from '../syntax/predicates';
import { walkTests } from '../syntax/walk';
import { type Subject, subjectOf } from '../syntax/classify';

/** A test in its place: what it is to its rule, and which top-level stage holds it (-1: none does). */
export interface PlacedTest {
  readonly test: Test;
  readonly negated: boolean;
  readonly polarity: Polarity;
  readonly stage: number;
  /** Tests that suppress only together, as in `not (A and B)`, share a number. */
  readonly composite: number | null;
  /** The nearest OR branch it stands in; null for what every match must meet, and inside a composite. */
  readonly branch: Span | null;
}

/** How a part of the tree bears on the rule: as a conjunct, not at all, inside this OR branch, or inside the composite `not (A and B)` of this number. */
type Bearing = 'conjunct' | 'aside' | Span | number;

interface Place {
  readonly stage: number;
  readonly absent: boolean;
  /** It asks whether an outer join or a lookup before it found anything: no trait of the event. */
  readonly isMatch: boolean;
}

/** Comparisons that only ask whether there is a value. */
const PRESENCE: ReadonlySet<Test['compare']> = new Set(['exists', 'filled', 'absent', 'empty']);
/** Joins that leave a side's columns empty where it has no row. */
const OUTER: ReadonlySet<JoinKind> = new Set(['left', 'right', 'full']);

/** Of one pipeline, met stage by stage: whether a column's name may be one that only a joined side gives. */
function joinedColumns() {
  const known = new Set<string>();
  const made = new Set<string>();
  let isAny = false;
  const has = ({ name, of = name }: Subject): boolean => made.has(of) || (isAny && !known.has(of));
  return {
    has,
    /** What a condition names before anything is joined is the event's. */
    name(subject: Subject): void {
      if (!has(subject)) known.add(subject.of ?? subject.name);
    },
    join({ operations = [] }: Stage): void {
      for (const operation of operations) {
        if (operation.kind === 'join' && OUTER.has(operation.how)) isAny = true;
        if (operation.kind !== 'lookup' || operation.onlyMatching === true) continue;
        if (operation.makes.length === 0) isAny = true;
        for (const { to } of operation.makes) made.add(to);
      }
    },
  };
}

/** Which stage holds each test, and whether that stage demands absence. The later, narrower stage names a test that stands in several. */
function placesOf(analysis: Analysis): ReadonlyMap<Test, Place> {
  const places = new Map<Test, Place>();
  const visit = (stages: readonly Stage[], top: number | null, underAbsent: boolean): void => {
    const joined = joinedColumns();
    stages.forEach((stage, index) => {
      const place: Place = { stage: top ?? index, absent: underAbsent || stage.evidence === 'absent', isMatch: false };
      if (stage.predicate !== undefined)
        walkTests(stage.predicate, (test) => {
          const subject = subjectOf(test.left);
          places.set(test, subject !== null && PRESENCE.has(test.compare) && joined.has(subject) ? { ...place, isMatch: true } : place);
          if (subject !== null) joined.name(subject);
        });
      for (const branch of stage.branches ?? []) visit(branch.stages, place.stage, place.absent);
      joined.join(stage);
    });
  };
  visit(analysis.stages, null, false);
  return places;
}

/**
 * The rule's comparisons in written order, each once per sign, with their polarity (rule model, section 4):
 * a negated conjunct is an exclusion with all its leaves, inner `not`s flipping back; a negation inside an OR branch is conditional.
 */
export function placedTests(analysis: Analysis, taxonomy: Taxonomy): readonly PlacedTest[] {
  const places = placesOf(analysis);
  const placed: PlacedTest[] = [];
  const seen = { plain: new Map<Test, number>(), negated: new Map<Test, number>() };
  let composites = 0;

  const put = (test: Test, negated: boolean, bearing: Bearing): void => {
    const place = places.get(test);
    const polarity = polarityOf(test, negated, place?.isMatch === true ? 'aside' : bearing, place?.absent === true, taxonomy);
    const next: PlacedTest = {
      test,
      negated,
      polarity,
      stage: place?.stage ?? -1,
      composite: typeof bearing === 'number' ? bearing : null,
      branch: typeof bearing === 'object' ? bearing : null,
    };
    const known = negated ? seen.negated : seen.plain;
    const at = known.get(test);
    if (at === undefined) known.set(test, placed.push(next) - 1);
    else if (isStronger(next, placed[at]!)) placed[at] = next;
  };

  const visit = (predicate: Predicate, negated: boolean, bearing: Bearing): void => {
    switch (predicate.kind) {
      case 'all':
      case 'any': {
        const isChoice = (predicate.kind === 'any') !== negated && predicate.of.length > 1;
        const inner = isChoice && negated && bearing === 'conjunct' ? composites++ : bearing;
        // What stands beside what always holds (the right side of an outer join) demands nothing.
        if (isChoice && !negated && predicate.of.some(isTrue)) {
          for (const part of predicate.of) visit(part, negated, 'aside');
          return;
        }
        for (const part of predicate.of)
          visit(part, negated, isChoice && !negated && typeof bearing !== 'number' && bearing !== 'aside' ? spanOf(part.span.start, part.span.end) : inner);
        return;
      }
      case 'not':
        visit(predicate.of, !negated, bearing);
        return;
      case 'test':
        // A word of a search stands among the terms, not among the comparisons.
        if (predicate.word !== 'term') put(predicate, negated, bearing);
        return;
      case 'unread':
        return;
      default:
        predicate satisfies never;
    }
  };
  visit(analysis.predicate, false, 'conjunct');
  return placed;
}

function polarityOf(test: Test, negated: boolean, bearing: Bearing, absent: boolean, taxonomy: Taxonomy): Polarity {
  const subject = subjectOf(test.left);
  const isComputed = subject?.derived === true && subject.of === undefined;
  if (bearing === 'aside') return 'context';
  // What is scoped out is an exclusion like any other; what is computed may bear a context field's name.
  if (subject !== null && !isComputed && !negated && isContextField(taxonomy, subject.of ?? subject.name)) return 'context';
  if (absent) return 'absent';
  if (isComputed) return 'threshold';
  if (!negated) return 'indicator';
  return typeof bearing === 'object' ? 'conditional' : 'exclusion';
}

/** A test met twice keeps the place where it says most: certain before conditional, alone before in company. */
function isStronger(next: PlacedTest, old: PlacedTest): boolean {
  if (old.polarity === 'context') return next.polarity !== 'context';
  if (old.polarity === 'conditional') return next.polarity !== 'conditional';
  return old.composite !== null && next.composite === null && next.polarity === old.polarity;
}
