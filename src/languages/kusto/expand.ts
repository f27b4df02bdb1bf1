import { readOptions, readSub } from './clauses';
import { readExpression, readNamed, readUnary } from './expression';
import { readType } from './literal';
import { readList } from './list';
import { expected, isMark, isWord, type Reader, takeAs, takeMark, takeWord } from './reader';
import type { Expr, OpPart } from './tree';

// 'mv-expand' Options Named [ 'to' 'typeof' '(' type ')' ] { ',' … } [ 'limit' Expression ]
// 'mv-apply' … 'on' '(' Operators ')'
export function readExpand(reader: Reader, hasSub: boolean): OpPart {
  const options = readOptions(reader, ['kind', 'bagexpansion', 'with_itemindex', 'hint']);
  const columns = readList(reader, () => {
    const column = readNamed(reader);
    if (takeWord(reader, 'to') !== null) {
      if (isWord(reader, 'typeof')) readType(reader);
      else expected(reader, 'The type stands in `typeof( … )`.');
    }
    return column;
  }, ['limit', 'on', 'id']);
  if (takeWord(reader, 'limit') !== null) readExpression(reader);
  if (!hasSub) return { form: 'expand', columns, sub: null, options };
  if (takeWord(reader, 'on') === null) expected(reader, 'The word `on` and a sub-query in brackets are missing here.');
  return { form: 'expand', columns, sub: readSub(reader, '(', ')'), options };
}

// 'make-series' Options Series { ',' Series } 'on' Expression Axis [ 'by' Named { ',' Named } ]
// Series = Named [ 'default' '=' Expression ]     Axis = [ 'from' … ] [ 'to' … ] 'step' … | 'in' 'range' '(' … ')'
export function readSeries(reader: Reader): OpPart {
  const options = readOptions(reader, ['kind', 'hint']);
  const columns = readList(reader, () => {
    const column = readNamed(reader);
    if (isWord(reader, 'default') && isMark(reader, '=', 1)) {
      takeAs(reader, 'modifier');
      takeMark(reader, '=');
      readExpression(reader);
    }
    return column;
  }, ['on', 'default']);
  if (takeWord(reader, 'on') === null) expected(reader, 'The word `on` and the column of the axis are missing here.');
  // A whole expression would read `in range(…)` as a comparison.
  const on = readUnary(reader);
  let step: Expr | null = null;
  for (const word of ['from', 'to', 'step']) {
    if (takeWord(reader, word) === null) continue;
    const value = readExpression(reader);
    if (word === 'step') step = value;
  }
  if (isWord(reader, 'in')) {
    takeAs(reader, 'keyword');
    if (!isWord(reader, 'range')) expected(reader, 'The axis is `in range(first, last, step)`.');
    const range = readUnary(reader);
    step = range.kind === 'call' ? (range.args[2] ?? null) : null;
  }
  const by = takeWord(reader, 'by') === null ? [] : readList(reader, () => readNamed(reader));
  return { form: 'series', columns, on, step, by, options };
}
