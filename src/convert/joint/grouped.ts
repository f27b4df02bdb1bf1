import type { FieldRef, Literal, Predicate, Refusal, Test } from '../../model';
import { allOf, anyOf, conjunctsOf, placeOf } from '../../syntax/predicates';
import { adapt } from '../adapt';
import type { Manner } from '../manner';
import { meaningOf } from '../meaning';
import { isThere, renamed, SUM_TYPES, type SumType } from './joint';
import { refusedAt, type Several, type TargetJoint } from './target';

/** A column that sums up the events of a group; `where`: only these count. */
export interface GroupMeasure {
  readonly name: string;
  readonly type: SumType;
  readonly of: FieldRef | null;
  readonly percentile: number;
  readonly where: Predicate | null;
}

/** What a pipeline that sums up groups of events asks of several: any sums, in steps of time, all read together. */
export const AS_GROUPS = {
  slides: false,
  apart: false,
  separates: false,
  sums: new Set(SUM_TYPES),
  manySums: true,
  showsSums: true,
  isOrdered: false,
  spans: 'free',
} as const satisfies Partial<Several>;

/** Several events as a pipeline asks for them: filtered, summed up by groups, and a condition on the sums. */
interface Grouped {
  readonly where: Predicate;
  readonly by: readonly FieldRef[];
  readonly measures: readonly GroupMeasure[];
  readonly having: Predicate;
}

/** What events must be together as filters around a sum. `keyless`: the pipeline has a group of events without a key, which are left out where they are in none. */
export function groupedOf(joint: TargetJoint, manner: Manner, keyless: boolean): Grouped | { readonly refused: readonly Refusal[] } {
  const { type, parts, span, sums, condition, isWithin } = joint;
  const [first] = parts;
  const by = first!.by;
  const other = parts.flatMap((part) => part.by.filter(({ name }, at) => name !== by[at]!.name))[0];
  if (other !== undefined)
    return refusedAt(other.span, `a group by fields of different names (\`${by.map(({ name }) => name).join('`, `')}\` and \`${other.name}\`)`);
  const pair = sums.find(({ of }) => of.length > 1);
  if (pair !== undefined) return refusedAt(pair.of[1]!.span, 'values of several fields that count together');
  const named = columnsOf(joint);
  const either = isWithin
    ? first!.predicate
    : anyOf(
        parts.map(({ predicate }) => predicate),
        first!.predicate.span,
      );
  const said = new Set(conjunctsOf(either).map(meaningOf));
  const present = keyless && !joint.ways.keyless ? by.map((field) => presentIn(field, manner)).filter((part) => !said.has(meaningOf(part))) : [];
  const within = isWithin ? first!.name : null;
  const measures =
    type === 'sums'
      ? sums.map(({ name, type: kind, of, percentile, part }): GroupMeasure => {
          const where = part === null || part === within ? null : (parts.find((one) => one.name === part)?.predicate ?? null);
          return { name: named.get(name)!, type: kind, of: of[0] ?? null, percentile: percentile ?? 50, where };
        })
      : parts.map(({ name, predicate }): GroupMeasure => ({ name: named.get(name)!, type: 'event_count', of: null, percentile: 50, where: predicate }));
  const isAll = type !== 'sums' && condition.kind === 'all' && condition.of.length === 0;
  const asked = isAll
    ? allOf(
        parts.map(({ name }) => isThere(name, span)),
        span,
      )
    : condition;
  return { where: allOf([...present, either], span), by, measures, having: overColumns(renamed(asked, named), manner) };
}

/** Names of columns: one for each sum, or for each part. */
function columnsOf({ type, parts, sums }: TargetJoint): ReadonlyMap<string, string> {
  const counted = type === 'sums' ? sums : parts;
  const names = counted.map(({ name }) => (/^[A-Za-z]\w*$/.test(name) ? name : name.replace(/\W+/g, '_').replace(/^(?=\d|_|$)/, 'n_')));
  return new Map(counted.map(({ name }, at) => [name, names.indexOf(names[at]!) === at ? names[at]! : `${names[at]!}_${at + 1}`]));
}

/** That a field is there, in the words of the target. */
const presentIn = (field: FieldRef, manner: Manner): Predicate =>
  adapt(presenceOf(field), {
    manner,
    language: '',
    label: '',
    from: manner,
    nameOf: ({ name }) => ({ name }),
    lose: () => undefined,
    refuse: () => undefined,
  });

const presenceOf = (field: FieldRef): Predicate => ({
  kind: 'test',
  span: placeOf(field.span),
  left: field,
  compare: 'exists',
  values: [],
  case: 'fold',
  missing: 'false',
  word: 'is_not_null',
});

/** A condition over columns, of which each row has one: that a rule fires is a number of its events. */
function overColumns(condition: Predicate, manner: Manner): Predicate {
  if (condition.kind === 'all' || condition.kind === 'any') return { ...condition, of: condition.of.map((part) => overColumns(part, manner)) };
  if (condition.kind === 'not') return { ...condition, of: overColumns(condition.of, manner) };
  if (condition.kind !== 'test' || condition.left?.kind !== 'field') return condition;
  const span = placeOf(condition.span);
  const left: FieldRef = { kind: 'field', name: condition.left.name, span };
  const zero: Literal = { kind: 'literal', span, type: 'number', text: '0' };
  const test: Test = condition.compare === 'exists' ? { ...condition, left, compare: 'greater', values: [zero], word: 'gt' } : { ...condition, left };
  return { ...test, missing: manner.missing(test.compare, test.values[0] ?? zero) };
}
