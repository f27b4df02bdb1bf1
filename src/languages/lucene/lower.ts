import type { Operator, Predicate, Span, Test, Value } from '../../model';
import { exactTest, type WrittenField } from '../../syntax/written-test';
import type { Bound, FieldName, Node, Term } from './tree';

const span = ({ start, end }: Span): Span => ({ start, end });

/** What a query demands. */
export function lower(node: Node): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind === 'and' ? 'all' : 'any', span: span(node), of: node.of.map(lower) };
    case 'not':
      return { kind: 'not', span: span(node), of: lower(node.of) };
    case 'clauses':
      return lowerClauses(node);
    case 'term':
      return termTest(node.field, node.term, node);
    case 'range':
      return lowerRange(node.field, node.from, node.to, node);
    case 'lost':
      return { kind: 'unread', span: span(node), reason: 'syntax-error' };
    default:
      return node satisfies never;
  }
}

/** Clauses side by side: those with a sign bind; of the others one is enough where none must hold. */
function lowerClauses(node: Extract<Node, { kind: 'clauses' }>): Predicate {
  const place = span(node);
  const must = node.of.filter(({ demand }) => demand === 'must').map((clause) => lower(clause.node));
  const should = node.of.filter(({ demand }) => demand === 'should').map((clause) => lower(clause.node));
  const not = node.of.filter(({ demand }) => demand === 'not').map(({ node: of }): Predicate => ({ kind: 'not', span: span(of), of: lower(of) }));
  const wish: readonly Predicate[] = should.length === 0 ? [] : should.length === 1 ? should : [{ kind: 'any', span: place, of: should }];
  const all = [...must, ...wish, ...not];
  return all.length === 1 ? all[0]! : { kind: 'all', span: place, of: all };
}

const refOf = (field: FieldName | null): WrittenField | null => (field === null ? null : { name: field.name, span: span(field) });

const NUMBER = /^-?\d+(?:\.\d+)?$/;

function valueOf(term: Term, text = term.text, wild: readonly number[] = []): Value {
  const type = term.kind === 'regex' ? 'regex' : term.kind === 'word' && wild.length === 0 && NUMBER.test(text) ? 'number' : 'string';
  return wild.length === 0 ? { text, span: span(term), type } : { text, span: span(term), type, wild };
}

/** One value: its kind follows from where its stars stand. */
function termTest(field: FieldName | null, term: Term, place: Span): Test {
  const { text, wild } = term;
  const test = (op: Operator, values: readonly Value[]): Test =>
    exactTest({
      kind: 'test',
      span: span(place),
      field: refOf(field),
      op,
      values,
      caseSensitive: values.length > 0 && term.kind !== 'phrase',
    });
  if (field === null) return { ...test('keyword', [valueOf(term, text, wild)]), case: 'fold' };
  if (field.name === '_exists_') return { ...test('is_not_null', []), left: { kind: 'field', name: text, span: span(term) } };
  if (term.kind === 'regex') return test('regex_match', [valueOf(term)]);
  const isStar = (at: number): boolean => text[at] === '*' && wild.includes(at);
  const stars = wild.filter((at) => text[at] === '*');
  if (stars.length > 0 && stars.length === text.length) return test('is_not_null', []);
  if (wild.length > stars.length) return test('wildcard', [valueOf(term, text, wild)]);
  const leading = stars.length > 0 && isStar(0) ? 1 : 0;
  const trailing = stars.length > 0 && isStar(text.length - 1) ? 1 : 0;
  if (stars.length > leading + trailing) return test('wildcard', [valueOf(term, text, wild)]);
  const op: Operator = leading > 0 ? (trailing > 0 ? 'contains' : 'ends_with') : trailing > 0 ? 'starts_with' : 'eq';
  return test(op, [valueOf(term, text.slice(leading, text.length - trailing))]);
}

function lowerRange(field: FieldName | null, from: Bound, to: Bound, place: Span): Predicate {
  const test = (op: Operator, terms: readonly Term[]): Test =>
    exactTest({
      kind: 'test',
      span: span(place),
      field: refOf(field),
      op,
      values: terms.map((term) => valueOf(term)),
      caseSensitive: false,
    });
  if (from.term !== null && to.term !== null && !from.isOpen && !to.isOpen) return test('between', [from.term, to.term]);
  const bounds = [
    ...(from.term === null ? [] : [test(from.isOpen ? 'gt' : 'ge', [from.term])]),
    ...(to.term === null ? [] : [test(to.isOpen ? 'lt' : 'le', [to.term])]),
  ];
  if (bounds.length === 0) return test('is_not_null', []);
  return bounds.length === 1 ? bounds[0]! : { kind: 'all', span: span(place), of: bounds };
}
