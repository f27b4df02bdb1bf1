import { pathField } from '../knowledge/fields';
import { STARTING_POINTS, pointOn, pointsReading } from '../knowledge/starting-points';
import { PLATFORMS, type DraftFacts, type StartingPoint, type Triple } from '../model';
import type { Catalog } from './catalog';
import { countRules } from './guide-counts';
import { markingOf } from './marking';
import { tripleOf } from './rule';
import { tally } from './postings';
import { listAt } from './store/columns';
import { rulesUnder } from './techniques';

/** An alternative says at least this share of what the best of its field says. */
const STRONG = 0.5;
/** So many values of one field are alternatives of each other, and so many rules are more than one author's idea. */
const VALUES = 4;
const SHARED = 2;
/** A second field belongs to the first where this share of the rules that look for the first look for it as well. */
const OFTEN = 0.25;
/** Most: where most rules that look for something are about the technique it tells the technique by itself; and what is looked for beside something is so beside most of it. */
const TOLD = 0.5;
/** Of what hardly any rule has, a few by chance say little. */
const RARE = 3;
/** A part of a text tells something with so many letters and digits. */
const SHORTEST = 2;

/** A file's name and what its maker called it say the same: a rule that asks for both misses renamed and rebuilt tools. */
const SAME: readonly (readonly [string, string])[] = [
  ['OriginalFileName', 'process_name'],
  ['Image', 'process_name'],
];
/** What says where to look rather than what for: the draft's start says it already. */
const WHERE: ReadonlySet<string> = new Set([
  'Channel',
  'EventID',
  'EventType',
  'Provider_Name',
  'data_stream.dataset',
  'event.category',
  'event.dataset',
  'event.kind',
  'event.module',
  'event.outcome',
  'event.provider',
  'event.type',
]);

/**
 * Where a rule of a technique may begin to look, the best first: the classes of events in which the values of one field tell its rules best from all others, weighed
 * by how many read them. Where none of them says what it reads, the first class of the platform that most of them are for.
 */
export function startingPointsOf(catalog: Catalog, technique: string): readonly StartingPoint[] {
  const tagged = rulesUnder(catalog.list, technique, true);
  const classes = classesOf(catalog);
  const rated = STARTING_POINTS.map((point) => {
    const readers = tagged.filter((rule) => (classes[rule]! & bitOf(point)) !== 0);
    const first = firstOf(catalog, candidatesOf(catalog, tagged, classes, point), point.main);
    return { point, says: weightOf(catalog, first, tagged.length) * Math.sqrt(readers.length) };
  });
  const found = rated.filter(({ says }) => says > 0).sort((a, b) => b.says - a.says);
  if (found.length > 0) return found.map(({ point }) => point);
  const rules = PLATFORMS.map((_, bit) => tagged.reduce((sum, rule) => sum + ((catalog.list.platforms[rule]! >> bit) & 1), 0));
  return [pointOn(PLATFORMS[rules.indexOf(Math.max(...rules))]!)];
}

/**
 * What a draft of a technique that looks at a class of events may take over from its rules, an alternative a row: the values of one field that tell them best from
 * all others, and those of a second that they look for beside it. No exclusions: nobody has asked for them yet.
 */
export function startRowsOf(catalog: Catalog, technique: string, point: StartingPoint, draft: DraftFacts): readonly Triple[] {
  const { ofValue } = markingOf(draft);
  const fitting = candidatesOf(catalog, rulesUnder(catalog.list, technique, true), classesOf(catalog), point).filter(({ triple }) => {
    const mark = ofValue(triple, 'indicator');
    return mark === 'missing' || mark === 'near';
  });
  const first = firstOf(catalog, fitting, point.main);
  if (first.length === 0) return [];
  const own = unionOf(first, ({ rules }) => rules);
  const all = unionOf(first, (one) => one.all);
  const { field } = first[0]!.triple;
  const beside = fitting
    .filter(({ triple }) => triple.field !== field && !isSame(triple.field, field) && !first.some((one) => triple.value.includes(one.triple.value)))
    .map((one) => ({ ...one, rules: one.rules.filter((rule) => own.has(rule)), all: one.all.filter((rule) => all.has(rule)) }))
    .filter(({ rules }) => rules.length >= SHARED);
  const second = bestOf(catalog, beside, own.size);
  const met = unionOf(second, ({ rules }) => rules);
  // Only what rules look for beside it: no event has the field of one and the number of another.
  const together = first.filter(({ rules }) => rules.some((rule) => met.has(rule)));
  const kept = unionOf(together, ({ rules }) => rules).size;
  const isTold = own.size >= all.size * TOLD;
  const belongs = met.size > 0 && kept >= own.size * TOLD && (!isTold || met.size >= own.size * OFTEN);
  return (belongs ? [...together, ...second] : first).map(({ triple }) => triple);
}

/** A value that some rules look for, and which of all rules that read the same class of events do. */
interface Candidate {
  readonly triple: Triple;
  readonly rules: readonly number[];
  readonly all: readonly number[];
}

/** Of each rule that guides count a bit for each starting point whose platform it has and whose events it reads. */
function classesOf({ list, facts }: Catalog): Int32Array {
  const bitsOf = facts.eventTable.map((event) => pointsReading(event).reduce((bits, point) => bits | bitOf(point), 0));
  const onPlatform = PLATFORMS.map((platform) => STARTING_POINTS.reduce((bits, point) => (point.platform === platform ? bits | bitOf(point) : bits), 0));
  return Int32Array.from({ length: list.count }, (_, rule) => {
    const fit = onPlatform.reduce((bits, own, bit) => (((list.platforms[rule]! >> bit) & 1) === 1 ? bits | own : bits), 0);
    return list.counted[rule] === 1 ? listAt(facts.events, rule).reduce((bits, event) => bits | bitsOf[event]!, 0) & fit : 0;
  });
}

const bitOf = ({ name }: StartingPoint): number => 1 << STARTING_POINTS.findIndex((point) => point.name === name);

/** The values by which rules of a technique look for events of one class and no other; those of rules that read others too where there are none. */
function candidatesOf({ facts, indicators }: Catalog, tagged: readonly number[], classes: Int32Array, point: StartingPoint): readonly Candidate[] {
  const bit = bitOf(point);
  const readers = tagged.filter((rule) => (classes[rule]! & bit) !== 0);
  const alone = readers.filter((rule) => classes[rule] === bit);
  const own = alone.length >= SHARED ? alone : readers;
  const isOwn = new Set(own);
  return countRules(facts, own).indicators.flatMap(([number]) => {
    const triple = tripleOf(facts, number);
    if (!isTelling(triple, point.main)) return [];
    const all = [...listAt(indicators.rules, number)].filter((rule) => (classes[rule]! & bit) !== 0);
    return [{ triple, all, rules: all.filter((rule) => isOwn.has(rule)) }];
  });
}

/** The alternatives a draft looks for first: of the field such events are told apart by, where rules compare it. */
function firstOf(catalog: Catalog, candidates: readonly Candidate[], main: string): readonly Candidate[] {
  const own = candidates.filter(({ triple, rules }) => rules.length >= SHARED && (pathField(triple.field) ?? triple.field) === main);
  return bestOf(catalog, own.length > 0 ? own : candidates, unionOf(candidates, ({ rules }) => rules).size);
}

/** The comparison of one field whose best values say most together, and these values. */
function bestOf(catalog: Catalog, candidates: readonly Candidate[], of: number): readonly Candidate[] {
  const shared = candidates.filter(({ rules }) => rules.length >= SHARED);
  const groups = new Map<string, Candidate[]>();
  for (const candidate of shared.length > 0 ? shared : candidates) {
    const key = `${candidate.triple.kind} ${candidate.triple.field}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  let best: readonly Candidate[] = [];
  let most = 0;
  for (const values of groups.values()) {
    const way = alternatives(catalog, values, of);
    const says = weightOf(catalog, way, of);
    if (says > most) [best, most] = [way, says];
  }
  return best;
}

/** The strongest of some values of one comparison, none within another; parts of one text that the same rules ask for are no alternatives. */
function alternatives(catalog: Catalog, values: readonly Candidate[], of: number): readonly Candidate[] {
  const rated = values.map((one) => ({ one, says: weightOf(catalog, [one], of) })).sort((a, b) => b.says - a.says);
  const chosen: Candidate[] = [];
  for (const { one, says } of rated) {
    if (chosen.length === VALUES || says < rated[0]!.says * STRONG) break;
    const { kind, value } = one.triple;
    const known = unionOf(chosen, ({ rules }) => rules);
    const isWithin = chosen.some(({ triple }) => triple.value.includes(value) || value.includes(triple.value));
    const isBeside = one.rules.filter((rule) => known.has(rule)).length > one.rules.length / 2;
    if (kind === 'eq' || (!isWithin && !isBeside)) chosen.push(one);
  }
  return chosen;
}

/** What alternatives say of so many rules: the more, the more of these look for one of them than of all others do. What several vendors think of says more than what one repeats. */
function weightOf({ list }: Catalog, way: readonly Candidate[], of: number): number {
  const own = unionOf(way, ({ rules }) => rules);
  const widely = tally(list.vendors, own).reduce((sum, count) => sum + Math.sqrt(count), 0);
  return own.size === 0 ? 0 : widely * Math.log1p(own.size / of / ((unionOf(way, ({ all }) => all).size + RARE) / list.count));
}

const unionOf = (way: readonly Candidate[], rulesOf: (one: Candidate) => readonly number[]): ReadonlySet<number> => new Set(way.flatMap(rulesOf));

const isTelling = ({ field, kind, value }: Triple, main: string): boolean =>
  (!WHERE.has(field) || field === main) && kind !== 'regex_match' && value !== '' && (kind === 'eq' || value.replace(/[^\p{L}\p{N}]/gu, '').length >= SHORTEST);

const isSame = (a: string, b: string): boolean => SAME.some((pair) => pair.includes(a) && pair.includes(b));
