import type { Family } from '../knowledge/families';
import { argumentsField, lineField } from '../knowledge/fields';
import { isSameKind } from '../knowledge/starting-points';
import { TIME_FIELDS } from '../knowledge/where-asked';
import { asked } from '../logic/condition-text';
import type { Formula, Literal } from '../logic/formula';
import { type Budget, contradicts, implies, impossibleIn, fileNamed, literalFollows, standsInLine } from '../logic/implies';
import { conditionsOf, looksFor } from '../logic/relate';
import { RELATIONS, type EventRef, type Limit, type Reading, type Relation, type RuleMeaning } from '../model';
import { withoutUnknownNames } from '../syntax/predicates';
import { byFieldOf, ENOUGH, type FieldSought, formsOf, likeness, type Sought, tellingIn } from './likeness';
import { storedFormula } from './stored-formula';
import { isTime, sought, telling, withoutWhere } from './where-asked';

/** What is compared of a rule: what it asks in canonical names, letters' case aside, and which events it reads. */
export interface Subject {
  readonly formula: Formula;
  /** The same with the conditions that say which events of a log are meant. */
  readonly withEvents: Formula;
  /** What each of its events meets: of a sequence several, of any other rule one. */
  readonly items: readonly Formula[];
  /** What must all hold, and of that what looks for something. */
  readonly parts: readonly Formula[];
  readonly seeks: readonly Formula[];
  /** Of that, what makes it like another. */
  readonly tells: readonly Formula[];
  /** Beside it stand macros or lists that are not known. */
  readonly hasAside: boolean;
  /** One event that meets the formula fires the rule; `grouped`: one that has the fields it is summed up by. */
  readonly fires: 'event' | 'grouped' | 'more';
  /** What it sums up by, where that leaves other rows than its events; null: nothing. */
  readonly sums: string | null;
  /** What it asks or excludes with an eye on letters' case, which is left aside here. */
  readonly minds: ReadonlySet<string>;
  /** By the place in `PLATFORMS`; 0: not known. */
  readonly platforms: number;
  /** None: not known. */
  readonly events: readonly EventRef[];
}

/** Subjects ready to be compared with one more. */
export interface RelationIndex {
  /** Null: nothing is known of it, or it can never fire. */
  readonly subjects: readonly (Subject | null)[];
  /** How many of them there are. */
  readonly compared: number;
  /** Everything that is looked for, by its key. */
  readonly sought: ReadonlyMap<string, Sought>;
  /** Paths that end in a file's name, by the field that would hold it and the name. */
  readonly byFileName: ReadonlyMap<string, readonly Sought[]>;
  readonly byField: ReadonlyMap<string, FieldSought>;
  /** How many subjects look for exactly this. */
  readonly asking: (literal: Literal) => number;
  /** How much two parts of which the narrower says the wider make rules alike. */
  readonly likeness: (narrow: Formula, wide: Formula) => number;
  /** How much a subject's conditions weigh: rare ones more. */
  readonly weights: Float64Array;
}

/** How one subject of an index stands to another. */
interface Found {
  readonly rule: number;
  readonly relation: Relation;
  readonly reads: Reading;
  readonly limits: readonly Limit[];
}

/** What is known of a rule beside its meaning. */
interface About {
  readonly family: Family | undefined;
  readonly platforms: number;
  readonly events: readonly EventRef[];
  /** Fields it sums up by, as it names them. */
  readonly groupBy: readonly string[];
}

/** A rule of a family as a subject; null where it can never fire, or looks for nothing. */
export function subjectOf(meaning: RuleMeaning, { family, platforms, events, groupBy }: About): Subject | null {
  const predicate = withoutUnknownNames(meaning.predicate);
  const { formula, withEvents } = withoutWhere(storedFormula({ ...meaning, predicate }, family, events), platforms, events);
  // A number's range alone (a score, a size) says nothing of what is looked for.
  if (impossibleIn(formula) !== null || !asked(formula).some(({ set }) => set.kind !== 'range')) return null;
  const parts = conditionsOf(formula);
  const seeks = sought(parts);
  return {
    formula,
    withEvents,
    // Each is one event, which has one value where its fields have one.
    items:
      meaning.isSeries === true && predicate.kind === 'all'
        ? predicate.of.map((part) => storedFormula({ predicate: part, isWhole: true }, family, events))
        : [formula],
    parts,
    seeks,
    tells: telling(seeks),
    hasAside: predicate !== meaning.predicate,
    fires: meaning.isWhole ? 'event' : meaning.isGrouped ? 'grouped' : 'more',
    sums: meaning.isGrouped === true ? sumsOf(groupBy) : null,
    minds: new Set(mindedIn(formula)),
    platforms,
    events,
  };
}

/** Of each moment and something more a row is what happened then: that says what the events do. */
function sumsOf(groupBy: readonly string[]): string | null {
  const names = new Set(groupBy.map((name) => (TIME_FIELDS.has(name) ? '_time' : name.toLowerCase())));
  return names.has('_time') && names.size > 1 ? null : [...names].sort().join(' ');
}

const mindedIn = (formula: Formula): readonly string[] => {
  if (formula.kind === 'literal') return formula.letters === null ? [] : [`${formula.sign ? '' : '!'}${formula.letters}`];
  return formula.kind === 'unread' ? [] : formula.of.flatMap(mindedIn);
};

/** Makes the index. */
export function relationIndexOf(subjects: readonly (Subject | null)[]): RelationIndex {
  const sought = new Map<string, { readonly literal: Literal; readonly rules: number[] }>();
  for (const [rule, subject] of subjects.entries()) {
    if (subject === null) continue;
    for (const literal of asked(subject.formula)) {
      const known = sought.get(literal.key);
      if (known === undefined) sought.set(literal.key, { literal, rules: [rule] });
      else if (known.rules.at(-1) !== rule) known.rules.push(rule);
    }
  }
  const byFileName = new Map<string, Sought[]>();
  for (const one of sought.values()) {
    const named = fileNamed(one.literal);
    if (named !== null) byFileName.set(nameKeyOf(named), [...(byFileName.get(nameKeyOf(named)) ?? []), one]);
  }
  const byField = byFieldOf(sought.values());
  const compared = subjects.filter((subject) => subject !== null).length;
  const asking = (literal: Literal): number => sought.get(literal.key)?.rules.length ?? 1;
  const weights = Float64Array.from(subjects, (subject) => (subject === null ? 0 : weightOf(subject.seeks, asking, compared)));
  const telling = tellingIn(sought, byField);
  return { subjects, compared, sought, byFileName, byField, asking, likeness: (narrow, wide) => likeness(narrow, wide, telling), weights };
}

/** The subjects that look for something `own` looks for, or for a wider or narrower form of it: how each stands to it, by relation, the most alike first. `among`: only of these. */
export function relatedIn(index: RelationIndex, own: Subject, among?: Iterable<number>): readonly Found[] {
  const ownWeight = weightOf(own.seeks, index.asking, index.compared);
  const found: (Found & { readonly weight: number })[] = [];
  for (const rule of among ?? alikeIn(index, asked(own.formula))) {
    const other = index.subjects[rule]!;
    const reading = readingOf(own, other);
    if (reading === null) continue;
    const { reads, inOther, inOwn } = reading;
    const shared = sharedIn(own.seeks, other.seeks);
    if (shared.length === 0) continue;
    const common = shared.map(({ part }) => part);
    const isWhole = own.fires !== 'more' && other.fires !== 'more';
    const [toOther, toOwn] = [budgetOf(WHOLE_STEPS), budgetOf(WHOLE_STEPS)];
    const covers = isWhole && inOther && implies(own.formula, other.formula, toOther);
    const covered = isWhole && inOwn && implies(other.formula, own.formula, toOwn);
    const isOneSum = !covers || !covered || own.sums === other.sums;
    const relation: Relation | null =
      covers && covered && isOneSum
        ? 'same'
        : // Of those that look at the same events each tells something else of them, or all of it.
          covers && (isOneSum || other.sums === null)
          ? 'covers'
          : covered && (isOneSum || own.sums === null)
            ? 'covered'
            : common.every(isTime) || !isAlike(index, own, other, shared)
              ? null
              : meetingOf(own, other, reads, isWhole);
    if (relation === null) continue;
    const weight = weightOf(common, index.asking, index.compared) / Math.max(ownWeight, index.weights[rule]!);
    const isCaseAside = (covers && mindsMore(other, own)) || (covered && mindsMore(own, other));
    const isInLine = (covers && toOther.lines) || (covered && toOwn.lines);
    found.push({
      rule,
      relation,
      reads,
      limits: [...limitsOf(own, other), ...(isCaseAside ? ['letters' as const] : []), ...(isInLine ? ['arguments' as const] : [])],
      weight,
    });
  }
  const rank = (relation: Relation): number => RELATIONS.indexOf(relation);
  return found.sort((a, b) => rank(a.relation) - rank(b.relation) || b.weight - a.weight || a.rule - b.rule);
}

/** A part of one subject, and where another asks it too: the narrower first. */
interface Shared {
  readonly part: Formula;
  readonly forms: ReturnType<typeof formsOf>;
}

const sharedIn = (parts: readonly Formula[], others: readonly Formula[]): readonly Shared[] =>
  parts.map((part) => ({ part, forms: formsOf(part, others) })).filter(({ forms }) => forms.length > 0);

/** Whether more than what any rule may ask by chance, or many do, is common to two subjects that share this. */
function isAlike(index: RelationIndex, own: Subject, other: Subject, shared: readonly Shared[]): boolean {
  const telling = own.tells === own.seeks && other.tells === other.seeks ? shared : sharedIn(own.tells, other.tells);
  return telling.reduce((sum, { forms }) => sum + Math.max(...forms.map(([narrow, wide]) => index.likeness(narrow, wide))), 0) >= ENOUGH;
}

/** How two that do not cover each other stand; null: no event fires both, and that says nothing of them. */
function meetingOf(own: Subject, other: Subject, reads: Reading, isWhole: boolean): 'overlaps' | 'contradicts' | null {
  // What waits for more than one event may meet each condition with another: the two neither exclude each other nor overlap.
  if (own.items.every((item) => other.items.every((one) => contradicts(item, one, budgetOf(WHOLE_STEPS))))) return isWhole ? 'contradicts' : null;
  // Of one log they may read other events, which one of them names among its conditions.
  return reads === 'same' && contradicts(own.withEvents, other.withEvents, budgetOf(WHOLE_STEPS)) ? null : 'overlaps';
}

/** Whether letters' case may keep what covers from an event that the other fires on: it asks for a case, or the other excludes only one. */
const mindsMore = (covering: Subject, covered: Subject): boolean =>
  [...covering.minds].some((minded) => !minded.startsWith('!') && !covered.minds.has(minded)) ||
  [...covered.minds].some((minded) => minded.startsWith('!') && !covering.minds.has(minded));

/** Why less than everything can be told of the two. */
const limitsOf = (own: Subject, other: Subject): readonly Limit[] => [
  ...(own.fires === 'more' ? ['draft-waits' as const] : own.fires === 'grouped' ? ['draft-groups' as const] : []),
  ...(other.fires === 'more' ? ['rule-waits' as const] : other.fires === 'grouped' ? ['rule-groups' as const] : []),
  ...(own.hasAside ? ['draft-aside' as const] : []),
  ...(other.hasAside ? ['rule-aside' as const] : []),
  ...(hasUnread(own.formula) ? ['draft-unread' as const] : []),
  ...(hasUnread(other.formula) ? ['rule-unread' as const] : []),
];

const hasUnread = (formula: Formula): boolean =>
  formula.kind === 'unread' || ((formula.kind === 'all' || formula.kind === 'any') && formula.of.some(hasUnread));

/** How the events of two subjects meet, and whether all of the one's are read by the other; null where no event is read by both. */
function readingOf(own: Subject, other: Subject): { readonly reads: Reading; readonly inOther: boolean; readonly inOwn: boolean } | null {
  const isPlaceless = own.platforms === 0 || other.platforms === 0;
  const shared = own.platforms & other.platforms;
  if (!isPlaceless && shared === 0) return null;
  const isIn = { inOther: isPlaceless || shared === own.platforms, inOwn: isPlaceless || shared === other.platforms };
  if (own.events.length === 0 || other.events.length === 0) return { reads: 'unknown', ...isIn };
  const reads = {
    inOther: own.events.every((event) => other.events.some((one) => meets(event, own, one, other))),
    inOwn: other.events.every((event) => own.events.some((one) => meets(event, other, one, own))),
  };
  const isSame = own.events.some((event) =>
    other.events.some((one) => one.provider === event.provider && (one.id === event.id || one.id === '' || event.id === '')),
  );
  const isKind = isSame || own.events.some((event) => other.events.some((one) => meets(event, own, one, other) || meets(one, other, event, own)));
  if (!isSame && !isKind) return null;
  return { reads: isSame ? 'same' : 'kind', inOther: isIn.inOther && reads.inOther, inOwn: isIn.inOwn && reads.inOwn };
}

/** Whether whoever reads `one` of the other's events reads `event`, or the same thing as another source tells it: as each of the two reads it there, if it does. */
const meets = (event: EventRef, own: Subject, one: EventRef, other: Subject): boolean =>
  one.provider === event.provider
    ? one.id === event.id || one.id === ''
    : isSameKind(event, one) && !tellsElse(own, event, one) && !tellsElse(other, one, event);

/** Whether the subject reads in the source of `one` another event of the kind. */
const tellsElse = ({ events }: Subject, event: EventRef, one: EventRef): boolean =>
  events.some(({ provider, id, title }) => provider === one.provider && id !== '' && id !== one.id && isSameKind(event, { provider, id, title }));

/** Subjects that look for something these literals look for, or for a wider or narrower form of it. */
function alikeIn({ sought, byFileName, byField }: RelationIndex, own: readonly Literal[]): ReadonlySet<number> {
  const found = new Set<number>();
  const take = ({ rules }: Sought): void => rules.forEach((rule) => found.add(rule));
  for (const written of own.slice(0, MOST_LITERALS))
    for (const literal of [written, fileNamed(written)]) {
      if (literal === null) continue;
      const { field, key, set } = literal;
      const same = sought.get(key);
      if (same !== undefined) take(same);
      if (set.kind === 'named') continue;
      const held = (known: ReturnType<typeof byField.get>): readonly Sought[] =>
        known === undefined || set.kind !== 'pattern' || set.inner === null ? [] : known.held(set.inner).map((at) => known.plain[at]!);
      const known = byField.get(field);
      // Of two plain texts the wider one stands in the other.
      const plain = set.kind === 'pattern' && set.inner !== null ? held(known) : (known?.plain ?? []);
      for (const one of [...plain, ...(known?.others ?? [])]) if (literalFollows(literal, one.literal) || literalFollows(one.literal, literal)) take(one);
      byFileName.get(nameKeyOf(literal))?.forEach(take);
      const [line, args] = [lineField(field), argumentsField(field)];
      if (line !== null) for (const one of held(byField.get(line))) if (standsInLine(literal, one.literal)) take(one);
      if (args !== null) for (const one of held(byField.get(args))) if (standsInLine(one.literal, literal)) take(one);
    }
  return found;
}

const nameKeyOf = ({ field, set }: Literal): string => `${field} ${set.kind === 'pattern' ? set.pattern : ''}`;

/** So many comparisons of comparisons may one question cost among thousands of rules; past it the answer is "not known". */
const WHOLE_STEPS = 20_000;
const budgetOf = (left: number): Budget => ({ left, lines: false });

/** Values of a draft that are looked up: a list of thousands is told by its first ones. */
const MOST_LITERALS = 200;

/** How much conditions weigh: each by how few of the subjects ask for it. */
const weightOf = (parts: readonly Formula[], asking: RelationIndex['asking'], all: number): number =>
  parts.reduce((sum, part) => sum + Math.log(1 + all / Math.max(1, reachOf(part, asking))), 0);

/** At most so many subjects ask for it. */
function reachOf(part: Formula, asking: RelationIndex['asking']): number {
  if (part.kind === 'literal') return asking(part);
  if (part.kind === 'any') return part.of.reduce((sum, one) => sum + reachOf(one, asking), 0);
  return part.kind === 'all' ? part.of.filter(looksFor).reduce((least, one) => Math.min(least, reachOf(one, asking)), Infinity) : 0;
}
