import type { Addition, Predicate, Span, Test, TextEdit } from '../../../model';
import { joinableOf } from '../../../syntax/conjuncts';
import { rowTest } from '../../../syntax/row-test';
import { existsTest } from '../../../syntax/value-test';
import { analyse } from '../lower/analyse';
import { lex } from '../parse/lexer';
import { parse } from '../parse/parser';
import type { Node, ValueNode } from '../tree';
import { print } from './print';

/** Kinds whose values can stand in one list. */
const LISTED: ReadonlySet<Test['word']> = new Set(['eq', 'in', 'starts_with', 'ends_with', 'contains', 'wildcard']);

/** Edits that write a row into a query: into the field's own list where there is one, else as a further `and`. Null for kinds kuery cannot say, and where the text's end is open. */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const row = rowAsHere(addition);
  const printed = print(row);
  if ('refused' in printed) return null;
  const { predicate, diagnostics } = analyse(text);
  const { tree } = parse(text, lex(text));
  const isExclusion = addition.polarity === 'exclusion';
  const clause = isExclusion ? (row.kind === 'not' ? `not (${printed.text})` : `not ${printed.text}`) : printed.text;
  if (tree === null) return [{ span: { start: 0, end: text.length }, text: clause }];
  if (diagnostics.some(({ code }) => code === 'kuery/unclosed' || code === 'kuery/too-deep')) return null;

  const value = row.kind === 'test' && LISTED.has(row.word) ? valueIn(row) : null;
  const host = value === null ? null : joinableOf(predicate, addition, (test) => LISTED.has(test.word) && test.compare !== 'cidr');
  const place = host === null ? null : placeIn(tree, host);
  if (place !== null && value !== null) {
    if (place.isListed) return [{ span: { start: place.end, end: place.end }, text: ` or ${value}` }];
    return [
      { span: { start: place.start, end: place.start }, text: '(' },
      { span: { start: place.end, end: place.end }, text: ` or ${value})` },
    ];
  }
  const { start, end } = tree;
  const gap = text.slice(start, end).includes('\n') ? '\n' : ' ';
  const isChoice = tree.kind === 'or' && !tree.closed;
  return [...(isChoice ? [{ span: { start, end: start }, text: '(' }] : []), { span: { start: end, end }, text: `${isChoice ? ')' : ''}${gap}and ${clause}` }];
}

/** The row as kuery can say it: letters' case is the field's, a network is a value like others, and nothing is there where not anything is. */
function rowAsHere(addition: Addition): Predicate {
  const row = rowTest(addition, 'lucene');
  const { span, left } = row;
  if (addition.op === 'is_null') return { kind: 'not', span, of: existsTest({ span, operator: span }, left) };
  if (addition.op === 'keyword' || addition.op === 'term') return { ...row, left: null, compare: 'token' };
  return { ...row, case: 'exact', ...(addition.op === 'cidr_match' ? { compare: 'equals', word: 'eq' } : null) };
}

/** The row's value as it stands after a colon. */
function valueIn(row: Test): string | null {
  const printed = print({ ...row, left: null, compare: 'token', case: 'fold' });
  return 'text' in printed ? printed.text : null;
}

/** Where the comparison's last value stands, and whether a further one can follow it in its list. */
function placeIn(tree: Node, { values }: Test): (Span & { readonly isListed: boolean }) | null {
  const last = values.reduce((latest, { span }) => (span.end > latest.end ? span : latest), values[0]!.span);
  const visitValue = (value: ValueNode, isListed: boolean): (Span & { readonly isListed: boolean }) | null => {
    switch (value.kind) {
      case 'literal': {
        const { start, end } = value.literal;
        return start === last.start && end === last.end ? { start, end, isListed: isListed || value.start < start } : null;
      }
      case 'and':
      case 'or':
        return firstOf(value.of, (part) => visitValue(part, value.kind === 'or' && value.closed));
      case 'not':
        return visitValue(value.of, false);
      case 'lost':
        return null;
      default:
        return value satisfies never;
    }
  };
  const visit = (node: Node): (Span & { readonly isListed: boolean }) | null => {
    if (node.start > last.start || node.end < last.end) return null;
    switch (node.kind) {
      case 'and':
      case 'or':
        return firstOf(node.of, visit);
      case 'not':
      case 'nested':
        return visit(node.of);
      case 'is':
        return visitValue(node.value, false);
      case 'range':
      case 'text':
      case 'lost':
        return null;
      default:
        return node satisfies never;
    }
  };
  return visit(tree);
}

function firstOf<T, U>(list: readonly T[], find: (item: T) => U | null): U | null {
  for (const item of list) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
