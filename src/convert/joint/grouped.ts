import type { FieldRef, Predicate, Refusal } from '../../model';
import { allOf, anyOf, placeOf } from '../../syntax/predicates';
import { adapt } from '../adapt';
import type { Manner } from '../manner';
import { COUNT, isMeasure, type JointType, renamed } from './joint';
import { refusedAt, type TargetJoint } from './several';

/** A column that sums up the events of a group; `where`: only these count. */
export interface GroupMeasure {
  readonly name: string;
  readonly type: JointType;
  readonly of: FieldRef | null;
  readonly percentile: number;
  readonly where: Predicate | null;
}

/** Several events as a pipeline asks for them: filtered, summed up by groups, and a condition on the sums. */
interface Grouped {
  readonly where: Predicate;
  readonly by: readonly FieldRef[];
  readonly measures: readonly GroupMeasure[];
  readonly having: Predicate;
}

/** What events must be together as filters around a sum. `keyless`: the pipeline has a group of events without a key, which are left out then. */
export function groupedOf(joint: TargetJoint, manner: Manner, keyless: boolean): Grouped | { readonly refused: readonly Refusal[] } {
  const { type, parts, span, of, condition, percentile } = joint;
  const [first] = parts;
  const by = first!.by;
  const other = parts.flatMap((part) => part.by.filter(({ name }, at) => name !== by[at]!.name))[0];
  if (other !== undefined) return refusedAt(other.span, `a group by fields of different names (\`${by.map(({ name }) => name).join('`, `')}\` and \`${other.name}\`)`);
  if (of.length > 1) return refusedAt(of[1]!.span, 'values of several fields that count together');
  const named = columnsOf(joint);
  const present = keyless ? by.map((field) => said(presenceOf(field), manner)) : [];
  const either = anyOf(
    parts.map(({ predicate }) => predicate),
    first!.predicate.span,
  );
  const measures = isMeasure(type)
    ? [{ name: named.get(COUNT)!, type, of: of[0] ?? null, percentile: percentile ?? 50, where: null }]
    : parts.map(({ name, predicate }): GroupMeasure => ({ name: named.get(name)!, type: 'event_count', of: null, percentile: 50, where: predicate }));
  const asked = condition.kind === 'all' && condition.of.length === 0 && !isMeasure(type) ? allOf(measures.map(({ name }) => isAny(name, span)), span) : counted(renamed(condition, named));
  return { where: allOf([...present, either], span), by, measures, having: said(asked, manner) };
}

/** Names of columns: of the number that is measured, or of each part. */
function columnsOf({ type, parts }: TargetJoint): ReadonlyMap<string, string> {
  if (isMeasure(type)) return new Map([[COUNT, type]]);
  const names = parts.map(({ name }) => (/^[A-Za-z]\w*$/.test(name) ? name : name.replace(/\W+/g, '_').replace(/^(?=\d|_|$)/, 'rule_')));
  return new Map(parts.map(({ name }, at) => [name, names.indexOf(names[at]!) === at ? names[at]! : `${names[at]!}_${at + 1}`]));
}

/** In the words of the target, where nothing is lost of a number or of a name. */
const said = (predicate: Predicate, manner: Manner): Predicate =>
  adapt(predicate, { manner, label: '', hasMany: false, nameOf: ({ name }) => ({ name }), lose: () => undefined, refuse: () => undefined });

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

const isAny = (name: string, span: FieldRef['span']): Predicate => ({
  kind: 'test',
  span,
  left: { kind: 'field', name, span },
  compare: 'greater',
  values: [{ kind: 'literal', span, type: 'number', text: '0' }],
  case: 'fold',
  missing: 'false',
  word: 'gt',
});

/** A condition over columns that are there: that a rule fires is a number of its events. */
function counted(condition: Predicate): Predicate {
  if (condition.kind === 'all' || condition.kind === 'any') return { ...condition, of: condition.of.map(counted) };
  if (condition.kind === 'not') return { ...condition, of: counted(condition.of) };
  if (condition.kind !== 'test' || condition.left?.kind !== 'field') return condition;
  const { name, span } = condition.left;
  return condition.compare === 'exists' ? isAny(name, placeOf(span)) : { ...condition, left: { kind: 'field', name, span: placeOf(span) } };
}
