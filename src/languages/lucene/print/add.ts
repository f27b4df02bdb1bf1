import type { Addition, Predicate, TextEdit } from '../../../model';
import { rowTest } from '../../../syntax/row-test';
import { existsTest } from '../../../syntax/value-test';
import { lex } from '../parse/lexer';
import { parse } from '../parse/parser';
import { print } from './print';

/** Edits that write a row into a query as a further clause that must hold, or must not. Null for kinds Lucene cannot say, and where the text's end is open. */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const printed = print(addition.polarity === 'exclusion' ? { kind: 'not', span: { start: 0, end: 0 }, of: rowAsHere(addition) } : rowAsHere(addition));
  if ('refused' in printed) return null;
  const { tree, diagnostics } = parse(text, lex(text));
  if (tree === null) return [{ span: { start: 0, end: text.length }, text: printed.text }];
  if (diagnostics.some(({ code }) => code === 'lucene/unclosed' || code === 'lucene/too-deep')) return null;
  const { start, end } = tree;
  // AND makes the clause before it one that must hold: of several that need not it would choose one.
  const isChoice = tree.kind === 'clauses' && tree.of[0]!.start <= start && tree.of.some(({ demand }) => demand === 'should');
  return [...(isChoice ? [{ span: { start, end: start }, text: '(' }] : []), { span: { start: end, end }, text: `${isChoice ? ')' : ''} AND ${printed.text}` }];
}

/** The row as Lucene can say it: letters' case is the field's, a network is a value like others, and nothing is there where not anything is. */
function rowAsHere(addition: Addition): Predicate {
  const row = rowTest(addition, 'lucene');
  const { span, left } = row;
  if (addition.op === 'is_null') return { kind: 'not', span, of: existsTest({ span, operator: span }, left) };
  if (addition.op === 'keyword' || addition.op === 'term') return { ...row, left: null, compare: 'token' };
  const values = row.values.map((value) => (value.kind === 'regex' ? { ...value, whole: true as const } : value));
  return { ...row, values, case: 'exact', ...(addition.op === 'cidr_match' ? { compare: 'equals', word: 'eq' } : null) };
}
