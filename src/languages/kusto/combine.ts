import { readOptions, readSource, readTable } from './clauses';
import { readCondition, readExpression, readNamed } from './expression';
import { startsExpression } from './lookahead';
import { readList } from './list';
import { close, expected, isMark, isWord, type Reader, takeAs, takeMark, takeWord, want } from './reader';
import type { Expr, OpPart } from './tree';

// ( 'join' | 'lookup' ) Options Source ( 'on' Expression { ',' Expression } | 'where' Expression )
export function readJoin(reader: Reader): OpPart {
  const options = readOptions(reader, ['kind', 'hint']);
  want(reader, 'source');
  const right = readSource(reader);
  if (isWord(reader, 'where') && reader.cursor.peek().breaks === 0) {
    takeAs(reader, 'keyword');
    return { form: 'join', right, on: [readExpression(reader)], options };
  }
  if (takeWord(reader, 'on') === null) {
    if (right.kind !== 'error') expected(reader, 'The columns to join on are missing here: `on Column`.');
    return { form: 'join', right, on: [], options };
  }
  want(reader, 'key');
  return { form: 'join', right, on: readList(reader, () => readExpression(reader)), options };
}

// 'union' Options Table { ',' Table }
export function readUnion(reader: Reader): OpPart {
  const options = readOptions(reader, ['kind', 'isfuzzy', 'withsource', 'with_source', 'hint']);
  return { form: 'union', tables: readList(reader, () => readTable(reader)), options };
}

// ( 'search' | 'find' ) Options [ 'in' '(' Table { ',' Table } ')' ] [ 'where' ] Expression [ 'project' … ]
export function readSearch(reader: Reader): OpPart {
  const options = readOptions(reader, ['kind', 'withsource', 'with_source', 'datascope', 'hint']);
  let tables: readonly Expr[] = [];
  if (isWord(reader, 'in') && isMark(reader, '(', 1)) {
    takeAs(reader, 'keyword');
    takeMark(reader, '(');
    tables = readList(reader, () => readTable(reader));
    close(reader, ')');
  }
  if (isWord(reader, 'where')) takeAs(reader, 'keyword');
  const condition = readCondition(reader, 'search');
  const columns: Expr[] = [];
  for (const word of ['project', 'project-smart', 'project-away']) {
    if (!isWord(reader, word)) continue;
    takeAs(reader, 'keyword');
    if (startsExpression(reader) || isMark(reader, '*')) columns.push(...readList(reader, () => (word === 'project' ? readNamed(reader) : readTable(reader))));
  }
  return { form: 'search', tables, condition, columns, options };
}
