import type { Operand, Predicate, Span, Test } from '../../model';
import { holdsNetwork } from '../../knowledge/ecs';
import { globParts, openParts } from '../../syntax/glob';
import { allOf, anyOf, notOf, placeOf, truthAt, unread } from '../../syntax/predicates';
import { boundOperand, existsTest, fieldOperand, rangeTest, valueOperand, valueTest, type RangeEnd } from '../../syntax/value-test';
import { at, itemsAt, textAt, type DocumentNode, type TableNode } from './tree';

/** The demands of a rule's `filters` (saved Kibana filters around the Elasticsearch query DSL), disabled ones left out; what is not read is unread. */
export function filtersOf(rule: TableNode): readonly Predicate[] {
  return itemsAt(rule, 'filters').flatMap((filter) => {
    if (filter.kind !== 'table' || textAt(filter, 'meta', 'disabled') === 'true') return [];
    const demand = demandOf(filter);
    return [textAt(filter, 'meta', 'negate') === 'true' ? notOf(demand, filter) : demand];
  });
}

/** The places of parts of a predicate that are not read. */
export function unreadIn(predicates: readonly Predicate[]): readonly Span[] {
  const found: Span[] = [];
  const visit = (predicate: Predicate): void => {
    if (predicate.kind === 'unread') found.push(predicate.span);
    else if (predicate.kind === 'not') visit(predicate.of);
    else if (predicate.kind !== 'test') predicate.of.forEach(visit);
  };
  predicates.forEach(visit);
  return found;
}

function demandOf(filter: TableNode): Predicate {
  const exists = at(filter, 'exists');
  if (exists?.kind === 'table') return clauseOf('exists', exists, exists, 0);
  const query = at(filter, 'query');
  if (query?.kind === 'table') return dslOf(query, 0);
  // Older exports keep the filter in its description only.
  const key = at(filter, 'meta', 'key');
  const params = at(filter, 'meta', 'params', 'query') ?? at(filter, 'meta', 'params');
  if (key?.kind === 'text' && textAt(filter, 'meta', 'type') === 'phrase' && params !== undefined) {
    const value = literalOf(params);
    if (value !== null) return valueTest({ span: filter, operator: key }, fieldOperand(key.value, key), [value], isNetwork(key.value, [value]));
  }
  return notRead(filter, 'filter');
}

const notRead = (node: Span, what: string): Predicate => unread(node, 'unmodelled', what);

const isNetwork = (field: string, values: readonly Operand[]): boolean =>
  holdsNetwork(
    field,
    values.map((value) => (value.kind === 'literal' ? value.text : '')),
  );

/** One object of the query DSL: its clauses must all hold. */
function dslOf(query: TableNode, depth: number): Predicate {
  return allOf(
    [...query.entries].map(([name, { key, value }]) => clauseOf(name, value, key, depth)),
    query,
  );
}

/** Brackets of the DSL deeper than this are not read. */
const DEEPEST = 20;

/** A clause by its name. `match` looks for any of its words where the field is analysed, `match_phrase` for all in a row; a `wildcard` and `prefix` may mind letters' case or not. */
function clauseOf(name: string, clause: DocumentNode, key: Span, depth: number): Predicate {
  if (clause.kind !== 'table') return notRead(clause, `filter ${name}`);
  if (depth > DEEPEST) return unread(clause, 'limit', 'filter');
  switch (name) {
    case 'bool':
      return boolOf(clause, depth);
    case 'match_all':
      return truthAt(key);
    case 'match_none':
      return truthAt(key, false);
    case 'exists': {
      const field = at(clause, 'field');
      return field?.kind === 'text' ? existsTest({ span: clause, operator: key }, fieldOperand(field.value, field)) : notRead(clause, 'filter exists');
    }
    case 'nested': {
      const path = at(clause, 'path');
      const query = at(clause, 'query');
      if (path?.kind !== 'text' || query?.kind !== 'table') return notRead(clause, 'filter nested');
      const inner = dslOf(query, depth + 1);
      return {
        kind: 'all',
        span: placeOf(clause),
        of: inner.kind === 'all' && inner.same === undefined ? inner.of : [inner],
        same: fieldOperand(path.value, path),
      };
    }
    case 'match':
    case 'match_phrase':
    case 'term':
    case 'terms':
    case 'wildcard':
    case 'prefix':
    case 'regexp':
    case 'range':
      return allOf(
        [...clause.entries].flatMap(([field, entry]) => (field === 'boost' || field === '_name' ? [] : [testOf(name, clause, field, entry.key, entry.value)])),
        clause,
      );
    default:
      return notRead(clause, `filter ${name}`);
  }
}

function boolOf(clause: TableNode, depth: number): Predicate {
  const read = (key: string): readonly Predicate[] =>
    itemsAt(clause, key).map((item) => (item.kind === 'table' ? dslOf(item, depth + 1) : notRead(item, `filter ${key}`)));
  const all: Predicate[] = [...read('must'), ...read('filter'), ...read('must_not').map((of) => notOf(of, of.span))];
  const should = read('should');
  const least = at(clause, 'minimum_should_match');
  // `should` is a demand only where nothing else is, or where a number says so; beside others it orders what is found.
  const count = least === undefined ? (all.length === 0 ? '1' : '0') : textAt(least);
  if (should.length > 0 && count !== '0') all.push(count === '1' ? anyOf(should, clause) : notRead(least ?? clause, `minimum_should_match ${count}`));
  return allOf(all, clause);
}

/** What may stand beside a value without changing what is found. */
const HARMLESS: ReadonlySet<string> = new Set(['value', 'query', 'boost', '_name', 'rewrite', 'case_insensitive', 'type']);

type TestName = 'match' | 'match_phrase' | 'term' | 'terms' | 'wildcard' | 'prefix' | 'regexp' | 'range';

function testOf(name: TestName, clause: TableNode, field: string, key: Span, value: DocumentNode): Predicate {
  const left = fieldOperand(field, key);
  const place = { span: clause, operator: key };
  if (name === 'range') return rangeOf(field, key, value);
  const odd = value.kind === 'table' ? [...value.entries.keys()].find((option) => !HARMLESS.has(option)) : undefined;
  if (odd !== undefined) return notRead(value, `filter ${name} with ${odd}`);
  const nodes = itemsAt(value.kind === 'table' ? (at(value, 'value') ?? at(value, 'query')) : value);
  const values = nodes.flatMap((node) => operandOf(name, node) ?? []);
  if (values.length !== nodes.length || values.length === 0) return notRead(value, `filter ${name}`);
  const inOrder = name === 'terms' ? values.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0)) : values;
  const test = valueTest(place, left, inOrder, isNetwork(field, values));
  return textAt(value, 'case_insensitive') === 'true' ? { ...test, case: 'fold' } : test;
}

const textOf = (value: Operand): string => (value.kind === 'literal' ? value.text : '');

function operandOf(name: Exclude<TestName, 'range'>, node: DocumentNode): Operand | null {
  if (node.kind !== 'text' || name === 'term' || name === 'terms' || name === 'match_phrase') return literalOf(node);
  const { value, start, end } = node;
  const span = { start, end };
  switch (name) {
    case 'match':
      return valueOperand({ text: value, wild: [], isQuoted: false }, span);
    case 'regexp':
      return { kind: 'regex', span, text: value, dialect: 'lucene', flags: '', whole: true };
    case 'prefix':
      return { kind: 'glob', span, parts: openParts(globParts(value, []), false, true) };
    case 'wildcard':
      return valueOperand({ ...unescaped(value), isQuoted: true }, span);
    default:
      return name satisfies never;
  }
}

function literalOf(node: DocumentNode): Operand | null {
  if (node.kind === 'text') return { kind: 'literal', span: placeOf(node), type: 'string', text: node.value };
  if (node.kind !== 'scalar') return null;
  return { kind: 'literal', span: placeOf(node), type: /^(?:true|false)$/.test(node.source) ? 'boolean' : 'number', text: node.source };
}

/** Options of a range that leave its ends what they are. */
const RANGE_OPTIONS: ReadonlySet<string> = new Set(['boost', 'format', '_name']);

function rangeOf(field: string, key: Span, bounds: DocumentNode): Predicate {
  if (bounds.kind !== 'table') return notRead(bounds, 'filter range');
  const ends: { from: RangeEnd | null; to: RangeEnd | null } = { from: null, to: null };
  for (const [name, { value }] of bounds.entries) {
    const side = name === 'gt' || name === 'gte' ? 'from' : name === 'lt' || name === 'lte' ? 'to' : null;
    if (side === null && RANGE_OPTIONS.has(name)) continue;
    if (side === null || ends[side] !== null || (value.kind !== 'text' && value.kind !== 'scalar')) return notRead(bounds, `filter range with ${name}`);
    ends[side] = { value: boundOperand({ text: textAt(value), isQuoted: value.kind === 'text' }, value), isOpen: name === 'gt' || name === 'lt' };
  }
  return rangeTest({ span: bounds, operator: key }, fieldOperand(field, key), ends.from, ends.to);
}

/** In a wildcard a backslash makes the next character plain. */
function unescaped(pattern: string): { readonly text: string; readonly wild: readonly number[] } {
  let text = '';
  const wild: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\' && at + 1 < pattern.length) at++;
    else if (pattern[at] === '*' || pattern[at] === '?') wild.push(text.length);
    text += pattern[at]!;
  }
  return { text, wild };
}

/** A pattern of the DSL as a value of an exception. */
export const wildcardOperand = (pattern: string, span: Span): Operand => valueOperand({ ...unescaped(pattern), isQuoted: true }, span);

/** A comparison of a field, made of an exception's entry. */
export const entryTest = (span: Span, field: string, key: Span, values: readonly Operand[]): Test =>
  valueTest({ span, operator: key }, fieldOperand(field, key), values, isNetwork(field, values));
