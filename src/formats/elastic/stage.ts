import type { Analysis, FieldRef, Measure, Operation, Parameter, Predicate, Span, Stage, Test } from '../../model';
import { placeOf, unread } from '../../syntax/predicates';
import { fieldOperand, orderTest } from '../../syntax/value-test';
import { historyOf, newTermsOf } from './metadata';
import { at, itemsAt, textAt, type DocumentNode, type TableNode } from './tree';

/** Rule types whose query is one filter and one stage, named after the type. */
const ONE_STAGE: ReadonlySet<string> = new Set(['query', 'saved_query', 'threshold', 'new_terms', 'threat_match']);

/**
 * The query's analysis as the rule's own: a single stage named after the rule's type with its parameters, and what the rule demands besides
 * its query: `conditions` on the events (saved filters, exceptions), and counts. `whole` is the place of a rule without a query.
 */
export function ruleAnalysis(query: Analysis, rule: TableNode, conditions: readonly Predicate[], whole: Span): Analysis {
  const type = textAt(rule, 'type');
  const counted = countsOf(rule, type);
  const demands = [...conditions, ...counted.thresholds];
  const operations: readonly Operation[] = [
    ...conditions.map((predicate): Operation => ({ kind: 'filter', span: placeOf(predicate.span), predicate })),
    ...counted.operations,
  ];
  const parameters = parametersOf(rule, type);
  const [first, ...rest] = query.stages;
  if (first === undefined) {
    if (type !== 'machine_learning' && type !== 'saved_query') return demands.length === 0 ? query : { ...query, predicate: joined(query.predicate, demands) };
    const saved = type === 'saved_query' ? [unread(at(rule, 'saved_id') ?? whole, 'unknown', `saved query ${textAt(rule, 'saved_id')}`.trim())] : [];
    const predicate = saved.length + demands.length === 0 ? null : joined(null, [...saved, ...demands]);
    const stage: Stage = {
      kind: type,
      role: 'source',
      span: whole,
      operations: [...saved.map((part): Operation => ({ kind: 'filter', span: part.span, predicate: part })), ...operations],
      ...(parameters.length === 0 ? null : { parameters }),
      ...(predicate === null ? null : { predicate }),
    };
    return { ...query, stages: [stage], predicate: predicate ?? query.predicate };
  }
  const isOne = ONE_STAGE.has(type) && rest.length === 0;
  // What a rule asks besides its query, it asks of what the query finds: of its last stage.
  const withDemands = (stage: Stage): Stage =>
    operations.length === 0 && demands.length === 0
      ? stage
      : {
          ...stage,
          operations: [...(stage.operations ?? []), ...operations],
          ...(demands.length === 0 ? null : { predicate: joined(stage.predicate ?? null, demands) }),
        };
  const stage: Stage = {
    ...withDemands(first),
    kind: isOne ? type : first.kind,
    role: isOne && type === 'threshold' ? 'aggregate' : first.role,
    ...(parameters.length === 0 ? null : { parameters: [...(first.parameters ?? []), ...parameters] }),
    ...(isOne && type === 'threshold' ? { groupBy: thresholdFields(rule) } : null),
  };
  return { ...query, stages: [stage, ...rest], predicate: demands.length === 0 ? query.predicate : joined(query.predicate, demands) };
}

function joined(query: Predicate | null, demands: readonly Predicate[]): Predicate {
  const of = [...(query === null ? [] : query.kind === 'all' && query.same === undefined ? query.of : [query]), ...demands];
  const span = of.reduce((all, { span: { start, end } }) => ({ start: Math.min(all.start, start), end: Math.max(all.end, end) }), placeOf(of[0]!.span));
  return { kind: 'all', span, of };
}

const fieldOf = (node: DocumentNode): FieldRef => fieldOperand(textAt(node), node);
const thresholdFields = (rule: TableNode): readonly FieldRef[] =>
  itemsAt(rule, 'threshold', 'field')
    .filter((node) => textAt(node) !== '')
    .map(fieldOf);

interface Counts {
  readonly operations: readonly Operation[];
  /** Comparisons with what is counted. */
  readonly thresholds: readonly Test[];
}

/** What a rule's type does with the events its query finds. */
function countsOf(rule: TableNode, type: string): Counts {
  switch (type) {
    case 'threshold':
      return thresholdOf(rule);
    case 'machine_learning': {
      const score = at(rule, 'anomaly_threshold');
      const job = at(rule, 'machine_learning_job_id');
      const test = score === undefined ? null : atLeast('anomaly_score', score, score);
      return {
        operations: [
          ...(job === undefined ? [] : [unread(job, 'unmodelled', 'machine learning job')]),
          ...(test === null ? [] : [{ kind: 'filter', span: test.span, predicate: test } as const]),
        ],
        thresholds: test === null ? [] : [test],
      };
    }
    case 'new_terms': {
      const fields = newTermsOf(rule);
      const since = textAt(historyOf(rule));
      const span = fields.length === 0 ? rule : { start: fields[0]!.start, end: fields.at(-1)!.end };
      return {
        operations: [unread(span, 'unmodelled', `new terms of ${fields.map((node) => textAt(node)).join(', ')}${since === '' ? '' : ` since ${since}`}`)],
        thresholds: [],
      };
    }
    case 'threat_match':
      return { operations: [threatMatch(rule)], thresholds: [] };
    default:
      return { operations: [], thresholds: [] };
  }
}

/** Events are counted in groups; distinct values of other fields are counted in them too. */
function thresholdOf(rule: TableNode): Counts {
  const count = at(rule, 'threshold', 'value');
  const cardinality = itemsAt(rule, 'threshold', 'cardinality').flatMap((item) => {
    const [field, value] = [at(item, 'field'), at(item, 'value')];
    return field === undefined || value === undefined ? [] : [{ field, value, name: `count_distinct(${textAt(field)})` }];
  });
  const measures: readonly Measure[] = [
    ...(count === undefined ? [] : [{ name: 'count', span: placeOf(count), fn: 'count', args: [] }]),
    ...cardinality.map(({ field, name }): Measure => ({ name, span: placeOf(field), fn: 'count_distinct', args: [fieldOf(field)] })),
  ];
  const thresholds = [
    ...(count === undefined ? [] : [atLeast('count', count, count)]),
    ...cardinality.map(({ field, value, name }) => atLeast(name, field, value)),
  ];
  const place = placeOf(at(rule, 'threshold') ?? rule);
  return {
    operations: [
      { kind: 'aggregate', span: place, how: 'group', measures, by: thresholdFields(rule).map((value) => ({ name: value.name, span: value.span, value })) },
      ...thresholds.map((predicate): Operation => ({ kind: 'filter', span: predicate.span, predicate })),
    ],
    thresholds,
  };
}

/** A comparison with a number that is counted. */
function atLeast(name: string, place: DocumentNode, value: DocumentNode): Test {
  const left: FieldRef = { ...fieldOperand(name, place), derived: true };
  return orderTest({ span: value, operator: place }, left, 'ge', { kind: 'literal', span: placeOf(value), type: 'number', text: textAt(value) });
}

/** Only events that a document of the threat index fits; one of several mappings is enough, which no single step says. */
function threatMatch(rule: TableNode): Operation {
  const mappings = itemsAt(rule, 'threat_mapping');
  const index = itemsAt(rule, 'threat_index');
  const place = placeOf(mappings[0] ?? at(rule, 'threat_index') ?? rule);
  const names = index.map((node) => textAt(node)).join(', ');
  const entries = itemsAt(mappings[0], 'entries');
  const [only, ...others] = mappings;
  if (only === undefined || others.length > 0 || entries.length === 0) return unread(place, 'unmodelled', `threat match with ${names}`);
  const query = at(rule, 'threat_query');
  const isEverything = query === undefined || /^\s*(?:\*(?:\s*:\s*\*)?)?\s*$/.test(textAt(query));
  const operations: readonly Operation[] = [
    { kind: 'read', span: place, sources: index.map((node) => ({ name: textAt(node), span: placeOf(node) })) },
    ...(isEverything ? [] : [unread(query, 'unmodelled', 'threat query')]),
  ];
  return {
    kind: 'join',
    span: place,
    how: 'leftsemi',
    with: { name: names, span: place, stages: [{ kind: 'threat_index', role: 'source', span: place, operations }] },
    on: entries.map((entry) => ({ left: fieldOf(at(entry, 'field') ?? entry), right: fieldOf(at(entry, 'value') ?? entry) })),
  };
}
function parametersOf(rule: TableNode, type: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  const put = (name: string, value: string, place: DocumentNode | undefined): void => {
    if (value !== '' && place !== undefined) parameters.push({ name, value, span: placeOf(place) });
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
