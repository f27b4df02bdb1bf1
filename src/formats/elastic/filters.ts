import type { Operator, Predicate, Span, Test, Value } from '../../model';
import { exactTest } from '../../syntax/written-test';
import { at, itemsAt, textAt, type DocumentNode, type TableNode } from './tree';

/** The demands of a rule's `filters` (saved Kibana filters around the Elasticsearch query DSL), disabled ones left out; what is not read is opaque. */
export function filtersOf(rule: TableNode): readonly Predicate[] {
  return itemsAt(rule, 'filters').flatMap((filter) => {
    if (filter.kind !== 'table' || textAt(filter, 'meta', 'disabled') === 'true') return [];
    const demand = demandOf(filter);
    return textAt(filter, 'meta', 'negate') === 'true' ? [{ kind: 'not', span: spanOf(filter), of: demand } as const] : [demand];
  });
}

/** The places of filters, or parts of them, that are not read. */
export function unreadFilters(rule: TableNode): readonly Span[] {
  const unread: Span[] = [];
  const visit = (predicate: Predicate): void => {
    if (predicate.kind === 'unread') unread.push(predicate.span);
    else if (predicate.kind === 'not') visit(predicate.of);
    else if (predicate.kind !== 'test') predicate.of.forEach(visit);
  };
  filtersOf(rule).forEach(visit);
  return unread;
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });

function demandOf(filter: TableNode): Predicate {
  const exists = at(filter, 'exists');
  if (exists?.kind === 'table') return clauseOf('exists', exists, 0);
  const query = at(filter, 'query');
  if (query?.kind === 'table') return dslOf(query, 0);
  // Older exports keep the filter in its description only.
  const field = textAt(filter, 'meta', 'key');
  const params = at(filter, 'meta', 'params', 'query') ?? at(filter, 'meta', 'params');
  if (field !== '' && textAt(filter, 'meta', 'type') === 'phrase' && params !== undefined)
    return testOf(filter, field, at(filter, 'meta', 'key')!, 'eq', [params]);
  return opaque(filter);
}

const opaque = (node: DocumentNode): Predicate => ({ kind: 'unread', span: spanOf(node), reason: 'unmodelled', note: 'filter' });

/** One object of the query DSL: its clauses must all hold. */
function dslOf(query: TableNode, depth: number): Predicate {
  const clauses = [...query.entries].map(([name, { value }]) => clauseOf(name, value, depth));
  return clauses.length === 1 ? clauses[0]! : { kind: 'all', span: spanOf(query), of: clauses };
}

const TESTS: Readonly<Record<string, Operator>> = {
  match: 'eq',
  match_phrase: 'eq',
  term: 'eq',
  terms: 'in',
  wildcard: 'wildcard',
  prefix: 'starts_with',
  regexp: 'regex_match',
};
const RANGES: Readonly<Record<string, Operator>> = { gt: 'gt', gte: 'ge', lt: 'lt', lte: 'le' };

function clauseOf(name: string, clause: DocumentNode, depth: number): Predicate {
  if (clause.kind !== 'table' || depth > 20) return opaque(clause);
  if (name === 'bool') return boolOf(clause, depth);
  if (name === 'exists') {
    const field = at(clause, 'field');
    if (field?.kind !== 'text') return opaque(clause);
    return exactTest({
      kind: 'test',
      span: spanOf(clause),
      field: { name: field.value, span: spanOf(field) },
      op: 'is_not_null',
      values: [],
      caseSensitive: false,
    });
  }
  const op = TESTS[name];
  if (op === undefined && name !== 'range') return opaque(clause);
  const tests = [...clause.entries]
    .filter(([field]) => field !== 'boost')
    .map(([field, { key, value }]) => (op === undefined ? rangeOf(field, key, value) : testOf(clause, field, key, op, valuesOf(value), isCaseless(value))));
  return tests.length === 1 ? tests[0]! : { kind: 'all', span: spanOf(clause), of: tests };
}

const valuesOf = (node: DocumentNode): readonly DocumentNode[] => itemsAt(node.kind === 'table' ? (at(node, 'value') ?? at(node, 'query')) : node);
const isCaseless = (node: DocumentNode): boolean => textAt(node, 'case_insensitive') === 'true';

function boolOf(clause: TableNode, depth: number): Predicate {
  const read = (key: string): readonly Predicate[] => itemsAt(clause, key).map((item) => (item.kind === 'table' ? dslOf(item, depth + 1) : opaque(item)));
  const all: Predicate[] = [...read('must'), ...read('filter'), ...read('must_not').map((of): Predicate => ({ kind: 'not', span: of.span, of }))];
  const should = read('should');
  // `should` is a demand only where nothing else is.
  if (should.length > 0 && (all.length === 0 || textAt(clause, 'minimum_should_match') !== ''))
    all.push(should.length === 1 ? should[0]! : { kind: 'any', span: spanOf(clause), of: should });
  return all.length === 1 ? all[0]! : { kind: 'all', span: spanOf(clause), of: all };
}

function rangeOf(field: string, key: Span, bounds: DocumentNode): Predicate {
  if (bounds.kind !== 'table') return opaque(bounds);
  const tests = [...bounds.entries].flatMap(([name, { value }]): readonly Test[] =>
    RANGES[name] === undefined ? [] : [testOf(value, field, key, RANGES[name], [value])],
  );
  return tests.length === 1 ? tests[0]! : { kind: 'all', span: spanOf(bounds), of: tests };
}

function testOf(node: DocumentNode, field: string, key: Span, op: Operator, nodes: readonly DocumentNode[], isCaseless = false): Test {
  const values = nodes.flatMap((item) => valueOf(item, op));
  const single: Operator = op === 'in' && values.length === 1 ? 'eq' : op;
  if (single === 'in') values.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const isText = !['gt', 'ge', 'lt', 'le'].includes(op);
  return exactTest({ kind: 'test', span: spanOf(node), field: { name: field, span: spanOf(key) }, op: single, values, caseSensitive: isText && !isCaseless });
}

function valueOf(node: DocumentNode, op: Operator): readonly Value[] {
  if (node.kind === 'scalar') return [{ text: node.source, span: spanOf(node), type: /^(?:true|false)$/.test(node.source) ? 'boolean' : 'number' }];
  if (node.kind !== 'text') return [];
  if (op !== 'wildcard') return [{ text: node.value, span: spanOf(node), type: op === 'regex_match' ? 'regex' : 'string' }];
  return [{ ...unescaped(node.value), span: spanOf(node), type: 'string' }];
}

/** In a wildcard a backslash makes the next character plain. */
function unescaped(pattern: string): { text: string; wild: readonly number[] } {
  let text = '';
  const wild: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\' && at + 1 < pattern.length) at++;
    else if (pattern[at] === '*' || pattern[at] === '?') wild.push(text.length);
    text += pattern[at]!;
  }
  return { text, wild };
}
