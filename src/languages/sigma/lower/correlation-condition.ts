import type { ColumnRef, FieldRef, Predicate, Span, Test } from '../../../model';
import { truthAt, unread } from '../../../syntax/predicates';
import type { Remarks } from '../diagnostics';
import { parseCondition } from '../parse/condition';
import { type Condition, walkCondition } from '../tree';
import { mapperOf, moveDiagnostic } from '../parse/condition-place';
import { BOUNDS } from './correlation-words';
import { entryOf, headOf, type SigmaEntry, type SigmaMap, type SigmaScalar, scalarsOf } from '../parse/yaml-node';
import type { WrittenCondition } from './section';

interface CorrelationCondition {
  readonly predicate: Predicate;
  /** The boolean condition, each rule's name a test that it fires; null where the condition is a threshold, or none. */
  readonly over: Predicate | null;
  /** The counted quantity. */
  readonly derived: ColumnRef | null;
  /** The fields whose values are counted or summed. */
  readonly of: readonly ColumnRef[];
  readonly percentile: number | null;
  /** Rules a boolean condition names, as scalars with the names' places, and those of them that must not fire. */
  readonly names: readonly SigmaScalar[];
  readonly absent: readonly string[];
  readonly written: readonly WrittenCondition[];
}

/** The threshold on what the correlation counts, or a boolean condition over the rules. */
export function conditionOf(section: SigmaMap, type: string, rules: readonly SigmaScalar[], text: string, remarks: Remarks): CorrelationCondition {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  const entry = entryOf(section, 'condition');
  const nothing: CorrelationCondition = {
    predicate: truthAt(section.span),
    over: null,
    derived: null,
    of: [],
    percentile: null,
    names: [],
    absent: [],
    written: [],
  };
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.type === 'null')) {
    if (!isTemporal && type !== '')
      remarks.remark('sigma/missing-key', entry?.span ?? headOf(section), 'This correlation needs a `condition`, such as `gte: 10`.');
    return nothing;
  }
  const { value } = entry;
  if (value.kind === 'map') return thresholdOf(value, section, type, remarks);
  if (value.kind === 'scalar' && value.type === 'string') {
    if (!isTemporal) {
      remarks.remark(
        'sigma/correlation-condition',
        value.span,
        'Only temporal correlations take a condition over rules; this type takes a bound, such as `gte: 10`.',
      );
      return nothing;
    }
    return { ...nothing, ...booleanOf(value, rules, text, remarks) };
  }
  remarks.remark('sigma/wrong-type', value.span, 'A correlation condition is a mapping with a bound, such as `gte: 10`.');
  return nothing;
}

function thresholdOf(map: SigmaMap, section: SigmaMap, type: string, remarks: Remarks): CorrelationCondition {
  const bounds = map.entries.filter((entry) => Object.hasOwn(BOUNDS, entry.key));
  for (const entry of map.entries) {
    if (!Object.hasOwn(BOUNDS, entry.key) && entry.key !== 'field' && entry.key !== 'percentile') {
      remarks.remark(
        'sigma/correlation-condition',
        entry.span,
        `\`${entry.key}\` has no place here; known are gt, gte, lt, lte, eq, neq, field and percentile.`,
      );
    }
  }
  if (bounds.length === 2 && isRange(bounds)) {
    const message = 'Two bounds are a range, as the specification has it; pySigma takes exactly one bound.';
    remarks.remark('sigma/correlation-range', bounds[1]!.span, message);
  } else if (bounds.length !== 1) {
    remarks.remark(
      'sigma/correlation-condition',
      bounds[1]?.span ?? map.span,
      `A correlation condition has one bound (gt, gte, lt, lte, eq or neq), or a lower and an upper one; this one has ${bounds.length === 0 ? 'none' : bounds.length}.`,
    );
  }
  const fieldEntry = entryOf(map, 'field');
  const fields = fieldEntry === undefined ? [] : scalarsOf(fieldEntry.value).filter((field) => field.text !== '');
  if (type.startsWith('value_') && fields.length === 0) {
    remarks.remark('sigma/missing-key', headOf(map), `\`${type}\` needs the \`field\` whose values it takes.`);
  }
  const percentile = entryOf(map, 'percentile');
  if (percentile !== undefined && !isCount(percentile)) remarks.remark('sigma/correlation-condition', percentile.value.span, 'A percentile is a whole number.');
  const derived = derivedOf(section, type, fields, percentile);
  const tests = bounds.map((bound): Predicate => {
    if (!isCount(bound)) remarks.remark('sigma/correlation-condition', bound.value.span, 'A bound is a whole number.');
    const test = boundTest(bound, derived);
    return bound.key === 'neq' ? { kind: 'not', span: bound.span, of: test } : test;
  });
  const of = fields.map(({ text: name, span }) => ({ name, span }));
  return {
    predicate: tests.length === 1 ? tests[0]! : { kind: 'all', span: map.span, of: tests },
    over: null,
    derived,
    of,
    percentile: percentileNumber(percentile),
    names: [],
    absent: [],
    written: [],
  };
}

/** A lower and an upper bound. */
const isRange = (bounds: readonly SigmaEntry[]): boolean =>
  bounds.filter(({ key }) => key.startsWith('gt')).length === 1 && bounds.filter(({ key }) => key.startsWith('lt')).length === 1;

const percentileNumber = (entry: SigmaEntry | undefined): number | null =>
  entry !== undefined && isCount(entry) && entry.value.kind === 'scalar' ? Math.trunc(Number(entry.value.text)) || 0 : null;

/** `gte: 10`, as a comparison of what is counted. */
function boundTest({ key, value, span, keySpan }: SigmaEntry, derived: FieldRef): Test {
  const { word, compare } = BOUNDS[key]!;
  return {
    kind: 'test',
    span,
    left: derived,
    compare,
    values: value.kind === 'scalar' ? [{ kind: 'literal', type: 'number', text: value.text, span: value.span }] : [unread(value.span, 'syntax-error', 'bound')],
    case: 'fold',
    missing: 'false',
    word,
    operator: keySpan,
  };
}

const isCount = ({ value }: SigmaEntry): boolean =>
  value.kind === 'scalar' &&
  (value.type === 'boolean' || /^\s*[-+]?\d+(?:\.\d*)?\s*$/.test(value.text)) &&
  !(value.type === 'string' && value.text.includes('.'));

/** What is counted, in the correlation's own words: `event_count`, `value_count(User)`. */
function derivedOf(section: SigmaMap, type: string, fields: readonly SigmaScalar[], percentile: SigmaEntry | undefined): FieldRef {
  const inside = fields.map((field) => field.text);
  if (percentile?.value.kind === 'scalar') inside.push(percentile.value.text);
  const name = type === 'temporal' || type === 'temporal_ordered' ? 'rule_count' : type === '' ? 'count' : type;
  const span: Span = fields[0]?.span ?? entryOf(section, 'type')?.value.span ?? headOf(section);
  return { kind: 'field', name: inside.length === 0 ? name : `${name}(${inside.join(', ')})`, span, derived: true };
}

function booleanOf(
  node: SigmaScalar,
  rules: readonly SigmaScalar[],
  text: string,
  remarks: Remarks,
): Pick<CorrelationCondition, 'over' | 'names' | 'absent' | 'written'> {
  const place = mapperOf(text, node);
  const known = new Set(rules.map((rule) => rule.text));
  const parsed = parseCondition(node.text, known);
  for (const diagnostic of parsed.diagnostics) remarks.add(moveDiagnostic(diagnostic, place));
  const named = new Map<string, SigmaScalar>();
  const absent: string[] = [];
  walkCondition(parsed.condition, (leaf, negated) => {
    if (leaf.kind === 'of') remarks.remark('sigma/correlation-condition', place(leaf.span), 'Here rules are named one by one; `of` is for search identifiers.');
    if (leaf.kind !== 'name') return;
    if (known.size > 0 && !known.has(leaf.name))
      remarks.remark('sigma/correlation-condition', place(leaf.span), `\`${leaf.name}\` is not in the list of rules above.`);
    if (!named.has(leaf.name)) named.set(leaf.name, { kind: 'scalar', type: 'string', text: leaf.name, span: place(leaf.span), style: 'plain', source: null });
    if (negated) absent.push(leaf.name);
  });
  if (parsed.condition.kind !== 'error') {
    for (const rule of rules)
      if (!named.has(rule.text)) remarks.remark('sigma/correlation-condition', rule.span, `The condition does not name \`${rule.text}\`.`);
  }
  const written: WrittenCondition = { scalar: node, lexemes: parsed.lexemes, condition: parsed.condition, place, isBroken: parsed.diagnostics.length > 0 };
  return { over: firing(parsed.condition, place), names: [...named.values()], absent, written: [written] };
}

/** A condition over rules: a name holds where its rule fires. */
function firing(condition: Condition, place: (span: Span) => Span): Predicate {
  const span = place(condition.span);
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { kind: condition.kind === 'and' ? 'all' : 'any', span, of: condition.of.map((part) => firing(part, place)) };
    case 'not':
      return { kind: 'not', span, of: firing(condition.of, place) };
    case 'name': {
      const left: FieldRef = { kind: 'field', name: condition.name, span, derived: true };
      return { kind: 'test', span, left, compare: 'exists', values: [], case: 'fold', missing: 'false', word: 'is_not_null' };
    }
    case 'of':
      return unread(span, 'unmodelled', 'pattern over rules');
    case 'error':
      return unread(span, 'syntax-error', 'condition');
    default:
      return condition satisfies never;
  }
}
