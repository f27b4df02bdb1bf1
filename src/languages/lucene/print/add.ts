import type { Addition, Operator, Predicate, Test, TextEdit } from '../../../model';
import { beside, joinableOf } from '../../../syntax/conjuncts';
import { rowTest } from '../../../syntax/row-test';
import { existsTest } from '../../../syntax/value-test';
import { analyse } from '../lower/analyse';
import { lex } from '../parse/lexer';
import { parse } from '../parse/parser';
import { print } from './print';

/** Kinds of which a further value is one more of the alternatives that stand there. */
const JOINED: ReadonlySet<Operator> = new Set(['eq', 'in', 'starts_with', 'ends_with', 'contains', 'wildcard']);

/** Edits that write a row into a query beside its own field's values, else as a further clause that must hold, or must not. Null for kinds Lucene cannot say, and where the text's end is open. */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const row = rowAsHere(addition);
  const asked = print(row);
  const printed = addition.polarity === 'exclusion' ? print({ kind: 'not', span: row.span, of: row }) : asked;
  if ('refused' in asked || 'refused' in printed) return null;
  const { tree, diagnostics } = parse(text, lex(text));
  if (tree === null) return [{ span: { start: 0, end: text.length }, text: printed.text }];
  if (diagnostics.some(({ code }) => code === 'lucene/unclosed' || code === 'lucene/too-deep')) return null;
  const { predicate } = analyse(text);
  const host = JOINED.has(addition.op) ? joinableOf(predicate, addition, (test) => isWrittenOut(text, test)) : null;
  if (host !== null) return beside(predicate, host, ` OR ${asked.text}`);
  const { start, end } = tree;
  // AND makes the clause before it one that must hold: of several that need not it would choose one.
  const isChoice = tree.kind === 'clauses' && tree.of[0]!.start <= start && tree.of.some(({ demand }) => demand === 'should');
  return [...(isChoice ? [{ span: { start, end: start }, text: '(' }] : []), { span: { start: end, end }, text: `${isChoice ? ')' : ''} AND ${printed.text}` }];
}

/** Whether a test is a field, a colon and a value, and none of the values of a group. */
const isWrittenOut = (text: string, { span, left, operator, values, word }: Test): boolean =>
  JOINED.has(word) &&
  left?.kind === 'field' &&
  left.span.start === span.start &&
  operator !== undefined &&
  values.length === 1 &&
  text.slice(operator.end, values[0]!.span.start).trim() === '';

/** The row as Lucene can say it: letters' case is the field's, a network is a value like others, and nothing is there where not anything is. */
function rowAsHere(addition: Addition): Predicate {
  const row = rowTest(addition, 'lucene');
  const { span, left } = row;
  if (addition.op === 'is_null') return { kind: 'not', span, of: existsTest({ span, operator: span }, left) };
  if (addition.op === 'keyword' || addition.op === 'term') return { ...row, left: null, compare: 'token' };
  const values = row.values.map((value) => (value.kind === 'regex' ? { ...value, whole: true as const } : value));
  return { ...row, values, case: 'exact', ...(addition.op === 'cidr_match' ? { compare: 'equals', word: 'eq' } : null) };
}
