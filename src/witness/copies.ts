import type { EventValue, Operand, Predicate, Rule } from '../model';
import { tableMark } from '../run/reads';
import { plainOf } from '../run/value';
import { fieldsIn, namesIn, type Count, type Demand, type Demands, type Plan } from './demands';
import { CHOICES } from './measures';
import { numbered } from './numbered';
import { valueOf } from './pieces';
import { equalTo, isThere, keyOf } from './pins';
import { placesIn, put, valueAt, type Place } from './places';
import { fieldsFor, type Fields, type Goal, type Search } from './search';
import { momentText, timeField } from './shape';
import { sideOf } from './sides';

/** What the events of a pipeline are made of: what is asked of the fields of all its sides, and how many of each there are. */
export interface Made {
  readonly rule: Rule;
  readonly plan: Plan;
  readonly counts: readonly Count[];
  readonly sides: number;
  readonly tables: Demands['tables'];
  readonly common: Demands['common'];
  readonly of: readonly Demand[];
  readonly search: Search;
}

/** So many events of each side alike, but for the different values that are counted, and a moment apart. `fewer`: one less where there are several. */
export function copiesOf(fields: Fields, { rule, plan, counts, sides, tables, common, of, search }: Made, fewer: boolean): readonly Fields[] {
  const time = timeField(rule);
  // What stands beside in a group shares its keys with one of the events.
  const goals = of.flatMap((one): readonly Goal[] => (one.isSilent === true && isAcross(one) ? [] : [{ predicate: one.predicate, want: 'true' }]));
  const copies: Fields[] = [];
  const all = Array.from({ length: sides }, (_, side) => plan.rows(side)).reduce((sum, rows) => sum + rows, 0);
  for (let side = 0; side < sides; side++) {
    const rows = plan.rows(side) - (fewer && plan.rows(side) > 1 ? 1 : 0);
    // Of counts of the same values the one of most is enough.
    const most = new Map(
      counts
        .flatMap((count) => variedOn(side, count))
        .toSorted((a, b) => plan.kinds(a) - plan.kinds(b))
        .map((count) => [keyOf(count.of), count]),
    );
    const varied = [...most.values()].filter((count) => plan.kinds(count) > 1);
    const variants = varied.map((count) => ({ stride: strideOf(count, counts, plan), changes: variantsOf(count, plan.kinds(count), fields, goals, search) }));
    for (let at = 0; at < rows; at++) {
      const whole = new Map([...fields, ...variants.flatMap(({ stride, changes }) => changes[Math.floor(at / stride) % changes.length]!)]);
      const copy = new Map<string, EventValue>(tableMark(rule.taxonomy, tables.get(side)));
      for (const [marked, value] of whole) {
        const { side: own, name } = sideOf(marked);
        if (own === side || common.get(side)?.has(marked) === true) copy.set(name, value);
      }
      if (all > 1 && !copy.has(time)) copy.set(time, momentText(search.reading.scope.now, copies.length));
      copies.push(copy);
    }
  }
  return [...copies, ...crowdOf(copies[0], { rule, plan, counts })];
}

const isAcross = ({ predicate }: Demand): boolean => new Set(fieldsIn(predicate).map((name) => sideOf(name).side)).size > 1;

/** A count as one of values that events of a side are to have. */
const variedOn = (side: number, count: Count): readonly Varied[] =>
  [count, ...(count.also ?? [])].flatMap((one) => (one.side === side && one.of !== undefined ? [{ ...count, side, of: one.of }] : []));

type Varied = Count & { readonly of: Operand };

/** Of groups of groups each has as many events. */
const strideOf = ({ side, level }: Count, counts: readonly Count[], plan: Plan): number =>
  [...new Set(counts.flatMap((count) => (count.side === side && count.level > level ? [count.level] : [])))].reduce(
    (stride, higher) => stride * Math.max(1, plan.rowsAt(side, higher)),
    1,
  );

/** Events of groups of their own, alike but for what is grouped by. */
function crowdOf(first: Fields | undefined, { rule, plan, counts }: Pick<Made, 'rule' | 'plan' | 'counts'>): readonly Fields[] {
  if (plan.crowd === undefined || first === undefined) return [];
  const time = timeField(rule);
  const keys = new Set(counts.flatMap(({ by }) => by.flatMap(namesIn)).filter((name) => name !== time && sideOf(name).side === 0));
  return Array.from({ length: plan.crowd }, (_, at) => new Map([...first, ...[...keys].map((key) => [key, numbered(first.get(key), 100 + at)[0]!] as const)]));
}

/** Where a value can be changed freely its number is put to it; else one is looked for that is none of those before, so often. */
const MOST_LOOKED_FOR = 12;

type Changes = readonly (readonly [string, EventValue])[];

/** What is changed of an event so that what is counted is different each time, all conditions kept and within one group: as many as are found of those wanted. */
function variantsOf({ of, by }: Varied, wanted: number, fields: Fields, goals: readonly Goal[], search: Search): readonly Changes[] {
  const variants: Changes[] = [[]];
  const places = placesIn(of);
  const same = by.flatMap((key): readonly Goal[] => {
    const value = plainValue(key, fields, search);
    return value === undefined ? [] : [{ predicate: isValue(key, value), want: 'true' }];
  });
  const kept = [...goals, ...same];
  const first = plainValue(of, fields, search);
  const before = first === undefined ? [] : [first];
  const given = textsGiven(of);
  let way: { readonly place: Place; readonly form: number } | null = null;
  for (let at = 1; at < wanted && !search.effort.isLate; at++) {
    if (at > MOST_LOOKED_FOR && way !== null) {
      // What went well so often goes on: the events are judged together.
      variants.push([changed(fields, way.place, at)[way.form]!]);
      continue;
    }
    const free = places
      .flatMap((place) => changed(fields, place, at).map((change, form) => ({ place, form, change, fields: new Map([...fields, change]) })))
      .map((one) => ({ ...one, counted: plainValue(of, one.fields, search) }))
      .find(
        ({ change, fields: made, counted }) =>
          counted !== undefined && !before.includes(counted) && fieldsFor(kept, search, made)?.get(change[0]) === change[1],
      );
    if (free !== undefined) {
      way = free;
      variants.push([free.change]);
      before.push(free.counted!);
      continue;
    }
    const asked = of.kind === 'field' ? [] : [...given.filter((value) => !before.includes(value)), String(numbered(first, at)[0])];
    const made = firstOf(asked, (value) => withValue(of, value, kept, search, fields));
    if (made !== null) {
      variants.push([...made].filter(([field, one]) => fields.get(field) !== one));
      before.push(plainValue(of, made, search)!);
      continue;
    }
    if (at > MOST_LOOKED_FOR) break;
    const others = before.map((value): Goal => ({ predicate: isValue(of, value), want: 'untrue' }));
    const found = fieldsFor([...kept, { predicate: isThere(of), want: 'true' }, ...others], search, fields);
    const value = found === null ? undefined : plainValue(of, found, search);
    if (found === null || value === undefined) break;
    variants.push([...found].filter(([field, one]) => fields.get(field) !== one));
    before.push(value);
  }
  return variants;
}

/** What is made of the first that something is made of; null: nothing is of any. */
function firstOf<T, M>(items: readonly T[], make: (item: T) => M | null): M | null {
  for (const item of items) {
    const made = make(item);
    if (made !== null) return made;
  }
  return null;
}

/** The texts that choices within an operand may give. */
function textsGiven(operand: Operand): readonly string[] {
  if (operand.kind === 'literal') return operand.type === 'string' ? [operand.text] : [];
  return operand.kind === 'call' && CHOICES.has(operand.fn) ? operand.args.flatMap(textsGiven) : [];
}

/** Fields that make an operand come to a value; null: none are found. */
function withValue(of: Operand, value: string, kept: readonly Goal[], search: Search, fields: Fields): Fields | null {
  const found = fieldsFor([...kept, { predicate: isValue(of, value), want: 'true' }], search, fields);
  return found !== null && plainValue(of, found, search) === value ? found : null;
}

/** A field with another value at a place, in each form that may be given to it. */
function changed(fields: Fields, place: Place, at: number): readonly (readonly [string, EventValue])[] {
  const { field } = place;
  const row: Record<string, EventValue> = fields.has(field) ? { [field]: fields.get(field)! } : {};
  return numbered(valueAt(row, place), at).map((value) => {
    const made = { ...row };
    put(made, place, value);
    return [field, made[field]!] as const;
  });
}

const isValue = (of: Operand, value: EventValue): Predicate => ({ ...equalTo('', value, of.span), left: of });

/** What an operand is of an event; undefined where it is nothing, or no plain value. */
function plainValue(operand: Operand, fields: Fields, { reading }: Search): EventValue | undefined {
  const value = plainOf(valueOf(operand, reading, Object.fromEntries(fields) as never) ?? null);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
