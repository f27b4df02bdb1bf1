import { holdsNetwork } from '../../../knowledge/ecs';
import type { Call, FieldRef, Glob, Literal, Operand, Predicate, Span, Test, Time } from '../../../model';
import { allOf, anyOf, notOf, placeOf, unread } from '../../../syntax/predicates';
import { boundOperand, existsTest, fieldOperand, freeTextTest, rangeTest, valueOperand, valueTest } from '../../../syntax/value-test';
import type { Clause, FieldName, Node, Term } from '../tree';

/** What a query demands, and the places of clauses that change only the order of what is found. */
interface Lowered {
  readonly predicate: Predicate;
  readonly wishes: readonly Span[];
}

export function lower(text: string, tree: Node): Lowered {
  const wishes: Span[] = [];
  return { predicate: lowerNode(text, tree, wishes), wishes };
}

function lowerNode(text: string, node: Node, wishes: Span[]): Predicate {
  switch (node.kind) {
    case 'clauses':
      return lowerClauses(text, node, wishes);
    case 'term':
      return lowerTerm(text, node);
    case 'range': {
      const { field, from, to, operator } = node;
      const end = ({ term, isOpen }: typeof from) => (term === null ? null : { value: boundOf(term), isOpen });
      return rangeTest({ span: node, operator }, refOf(field), end(from), end(to));
    }
    case 'lost':
      return unread(node, node.isTooDeep === true ? 'limit' : 'syntax-error');
    default:
      return node satisfies never;
  }
}

/**
 * Clauses of one level: all that must hold, and none that must not. Of the others one is enough where none must;
 * beside one that must they are wishes. What could not be read is none.
 */
function lowerClauses(text: string, node: Extract<Node, { kind: 'clauses' }>, wishes: Span[]): Predicate {
  const place = placeOf(node);
  const isWish = node.of.some(({ demand, node: of }) => demand === 'must' && of.kind !== 'lost');
  const parts: Predicate[] = [];
  const choices: Predicate[] = [];
  let choiceAt = 0;
  for (const clause of node.of) {
    if (clause.demand === 'not') parts.push(notOf(lowerNode(text, clause.node, wishes), spanOfClause(clause)));
    else if (clause.demand === 'must' || (isWish && clause.node.kind === 'lost')) parts.push(lowerNode(text, clause.node, wishes));
    else if (isWish) wishes.push(spanOfClause(clause));
    else {
      if (choices.length === 0) choiceAt = parts.length;
      choices.push(lowerNode(text, clause.node, wishes));
    }
  }
  if (choices.length > 0) parts.splice(choiceAt, 0, anyOf(choices, place));
  return allOf(parts, place);
}

const spanOfClause = ({ start, node }: Clause): Span => ({ start: Math.min(start, node.start), end: node.end });

const refOf = (field: FieldName | null): FieldRef | null => (field === null ? null : fieldOperand(field.name, field, field.wild));

const operandOf = ({ text, wild, kind, start, end }: Term): Literal | Glob => valueOperand({ text, wild, isQuoted: kind === 'phrase' }, { start, end });

const boundOf = ({ text, kind, start, end }: Term): Literal | Time => boundOperand({ text, isQuoted: kind === 'phrase' }, { start, end });

/** One value. `_exists_:f` and `f:*` ask whether there is any, `*:*` finds everything. */
function lowerTerm(text: string, { field, term, suffix, start, end }: Extract<Node, { kind: 'term' }>): Test {
  const span = { start, end };
  const isStar = /^\*+$/.test(term.text) && term.wild.length === term.text.length;
  if (isStar && (field === null || (field.name === '*' && field.wild.length === 1))) return existsTest({ span, operator: span }, null);
  const value = term.kind === 'regex' ? regexOf(term) : suffixed(text, term, suffix);
  if (field === null) return freeTextTest(span, value);
  const operator = field.colon;
  if (field.name === '_exists_')
    return existsTest({ span, operator: { start: field.start, end: operator.end } }, fieldOperand(term.text, term, starsIn(term.text)));
  return valueTest({ span, operator }, refOf(field), [value], value.kind === 'literal' && holdsNetwork(field.name, [value.text]));
}

const starsIn = (text: string): readonly number[] => [...text.matchAll(/\*/g)].map(({ index }) => index);

const regexOf = ({ text, start, end }: Term): Operand => ({ kind: 'regex', span: { start, end }, text, dialect: 'lucene', flags: '', whole: true });

/** A value with how near to it others may be: letters changed in a word (2 where no number says it), places between the words of a phrase (0). */
function suffixed(text: string, term: Term, suffix: Span | null): Operand {
  const value = operandOf(term);
  if (suffix === null || value.kind === 'glob') return value;
  const number = text.slice(suffix.start + 1, suffix.end);
  const distance: Literal = { kind: 'literal', span: suffix, type: 'number', text: number === '' ? (term.kind === 'phrase' ? '0' : '2') : number };
  const call: Call = {
    kind: 'call',
    span: { start: term.start, end: suffix.end },
    fn: term.kind === 'phrase' ? 'near' : 'fuzzy',
    name: suffix,
    args: [value, distance],
    written: text.slice(term.start, suffix.end),
  };
  return call;
}
