import type { Analysis, Operator, Parameter, Predicate, Span, Stage, Test } from '../../model';
import { exactTest, type WrittenField } from '../../syntax/written-test';
import { filtersOf } from './filters';
import { historyOf, newTermsOf } from './metadata';
import { at, itemsAt, textAt, type DocumentNode, type TableNode } from './tree';

/** Rule types whose query is one filter and one stage, named after the type. */
const ONE_STAGE: ReadonlySet<string> = new Set(['query', 'saved_query', 'threshold', 'new_terms', 'threat_match']);

/**
 * The query's analysis as the rule's own: a single stage named after the rule's type with its parameters,
 * and what the rule demands besides its query (saved filters, thresholds). `whole` is the place of a rule without a query.
 */
export function ruleAnalysis(query: Analysis, rule: TableNode, whole: Span): Analysis {
  const type = textAt(rule, 'type');
  const demands = [...filtersOf(rule), ...thresholdsOf(rule, type)];
  const parameters = parametersOf(rule, type);
  const [first, ...rest] = query.stages;
  if (first === undefined) {
    if (type !== 'machine_learning') return demands.length === 0 ? query : { ...query, predicate: joined(query.predicate, demands) };
    const stage: Stage = { kind: type, role: 'source', span: whole, parameters, ...(demands.length === 0 ? {} : { predicate: joined(null, demands) }) };
    return { ...query, stages: [stage], predicate: stage.predicate ?? query.predicate };
  }
  const isOne = ONE_STAGE.has(type) && rest.length === 0;
  const stage: Stage = {
    ...first,
    kind: isOne ? type : first.kind,
    role: isOne && type === 'threshold' ? 'aggregate' : first.role,
    ...(parameters.length === 0 ? {} : { parameters: [...(first.parameters ?? []), ...parameters] }),
    ...(demands.length === 0 ? {} : { predicate: joined(first.predicate ?? null, demands) }),
    ...(isOne && type === 'threshold' ? { groupBy: itemsAt(rule, 'threshold', 'field').map(fieldOf) } : {}),
  };
  return { ...query, stages: [stage, ...rest], predicate: demands.length === 0 ? query.predicate : joined(query.predicate, demands) };
}

function joined(query: Predicate | null, demands: readonly Predicate[]): Predicate {
  const of = [...(query === null ? [] : query.kind === 'all' ? query.of : [query]), ...demands];
  const span = of.reduce((all, { span: { start, end } }) => ({ start: Math.min(all.start, start), end: Math.max(all.end, end) }), of[0]!.span);
  return { kind: 'all', span, of };
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });
const fieldOf = (node: DocumentNode): WrittenField => ({ name: textAt(node), span: spanOf(node) });

/** A threshold rule's counts: matching events per group, and distinct values of other fields. Machine learning: the anomaly's score. */
function thresholdsOf(rule: TableNode, type: string): readonly Test[] {
  const least = (name: string, place: DocumentNode, value: DocumentNode, op: Operator = 'ge'): Test =>
    exactTest({
      kind: 'test',
      span: spanOf(value),
      field: { name, span: spanOf(place), derived: true },
      op,
      values: [{ text: textAt(value), span: spanOf(value), type: 'number' }],
      caseSensitive: false,
    });
  if (type === 'machine_learning') {
    const score = at(rule, 'anomaly_threshold');
    return score === undefined ? [] : [least('anomaly_score', score, score)];
  }
  if (type !== 'threshold') return [];
  const count = at(rule, 'threshold', 'value');
  const distinct = itemsAt(rule, 'threshold', 'cardinality').flatMap((item) => {
    const [field, value] = [at(item, 'field'), at(item, 'value')];
    return field === undefined || value === undefined ? [] : [least(`count_distinct(${textAt(field)})`, field, value)];
  });
  return [...(count === undefined ? [] : [least('count', count, count)]), ...distinct];
}

function parametersOf(rule: TableNode, type: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  const put = (name: string, value: string, place: DocumentNode | undefined): void => {
    if (value !== '' && place !== undefined) parameters.push({ name, value, span: spanOf(place) });
  };
  const list = (name: string, node: DocumentNode | undefined): void =>
    put(
      name,
      itemsAt(node)
        .map((item) => textAt(item))
        .join(', '),
      node,
    );
  const plain = (name: string, node: DocumentNode | undefined): void => put(name, textAt(node).trim(), node);

  if (type === 'new_terms') {
    const fields = newTermsOf(rule);
    if (fields.length > 0)
      parameters.push({ name: 'New terms', value: fields.map((node) => textAt(node)).join(', '), span: { start: fields[0]!.start, end: fields.at(-1)!.end } });
    plain('History since', historyOf(rule));
  }
  if (type === 'threshold') {
    list('Threshold field', at(rule, 'threshold', 'field'));
    plain('Threshold value', at(rule, 'threshold', 'value'));
    for (const item of itemsAt(rule, 'threshold', 'cardinality')) put('Cardinality', `${textAt(item, 'field')} ≥ ${textAt(item, 'value')}`, item);
  }
  if (type === 'threat_match') {
    list('Threat index', at(rule, 'threat_index'));
    plain('Threat query', at(rule, 'threat_query'));
    const mappings = itemsAt(rule, 'threat_mapping');
    put('Threat mapping', mappings.map(mappingText).join(' or '), mappings[0]);
  }
  if (type === 'machine_learning') {
    list('Job', at(rule, 'machine_learning_job_id'));
    plain('Anomaly threshold', at(rule, 'anomaly_threshold'));
  }
  const suppression = at(rule, 'alert_suppression');
  list('Suppressed by', at(suppression, 'group_by'));
  const duration = at(suppression, 'duration');
  put('Suppressed for', `${textAt(duration, 'value')}${textAt(duration, 'unit')}`, duration);
  return parameters;
}

const mappingText = (mapping: DocumentNode): string =>
  itemsAt(mapping, 'entries')
    .map((entry) => `${textAt(entry, 'field')} = ${textAt(entry, 'value')}`)
    .join(' and ');
