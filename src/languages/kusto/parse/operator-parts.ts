import type { Column, Expr, OpPart, PatternPart, ScanStep } from '../tree';
import { readOptions, readSortKey, readSource, readSub, readTable } from './clauses';
import { readCondition, readExpression, readNamed, readUnary } from './expression';
import { readColumns, readString, readType, readTypeName } from './literal';
import { readList, startsExpression } from './lookahead';
import { type Reader, close, expected, isMark, isWord, readName, skip, takeAs, takeMark, takeWord, want } from './reader';

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

// 'search' Options [ 'in' '(' Table { ',' Table } ')' ] Expression
export const readSearch = (reader: Reader): OpPart => readSearched(reader);
// 'find' … [ 'where' ] Expression [ 'project' … ]: only it answers with columns of its own.
export const readFind = (reader: Reader): OpPart => readSearched(reader, ['project', 'project-smart', 'project-away']);

function readSearched(reader: Reader, shapes: readonly string[] = []): OpPart {
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
  for (const word of shapes) {
    if (!isWord(reader, word)) continue;
    takeAs(reader, 'keyword');
    if (startsExpression(reader) || isMark(reader, '*'))
      for (const one of readList(reader, () => (word === 'project' ? readFound(reader) : readTable(reader)))) columns.push(one);
  }
  return { form: 'search', tables, condition, columns, options };
}

// Named [ ':' type ]
function readFound(reader: Reader): Expr {
  const column = readNamed(reader);
  if (takeMark(reader, ':') !== null) readTypeName(reader);
  return column;
}

// ( 'parse' | 'parse-where' ) Options Expression 'with' { '*' | string | name [ ':' type ] }
export function readParse(reader: Reader): OpPart {
  const { cursor } = reader;
  const options = readOptions(reader, ['kind', 'flags', 'hint']);
  const of = readExpression(reader);
  if (takeWord(reader, 'with') === null) expected(reader, 'The word `with` and a pattern are missing here.');
  const captures: Column[] = [];
  const pattern: PatternPart[] = [];
  for (;;) {
    const token = cursor.peek();
    if (token.kind === 'string') pattern.push(readString(reader));
    else if (isMark(reader, '*')) {
      const { start, end } = takeAs(reader, 'operator');
      pattern.push({ kind: 'star', span: { start, end } });
    } else if (token.kind === 'name' || isMark(reader, '[')) {
      const name = readName(reader, 'The name of a column');
      if (name === null) break;
      captures.push({ ...name, type: takeMark(reader, ':') === null ? 'string' : readTypeName(reader) });
      pattern.push({ kind: 'capture', ...name });
    } else break;
  }
  return { form: 'parse', of, pattern, captures, options };
}

// 'mv-expand' Options Named [ 'to' 'typeof' '(' type ')' ] { ',' … } [ 'limit' Expression ]
// 'mv-apply' … 'on' '(' Operators ')'
export function readExpand(reader: Reader, hasSub: boolean): OpPart {
  const options = readOptions(reader, ['kind', 'bagexpansion', 'with_itemindex', 'hint']);
  const types: string[] = [];
  const columns = readList(reader, () => {
    const column = readNamed(reader);
    let type = '';
    if (takeWord(reader, 'to') !== null) {
      if (isWord(reader, 'typeof')) type = readType(reader).name;
      else expected(reader, 'The type stands in `typeof( … )`.');
    }
    types.push(type);
    return column;
  }, ['limit', 'on', 'id']);
  const limit = takeWord(reader, 'limit') === null ? null : readExpression(reader);
  if (!hasSub) return { form: 'expand', columns, types, limit, sub: null, options };
  if (takeWord(reader, 'on') === null) expected(reader, 'The word `on` and a sub-query in brackets are missing here.');
  return { form: 'expand', columns, types, limit, sub: readSub(reader, '(', ')'), options };
}

// 'make-series' Options Series { ',' Series } 'on' Expression Axis [ 'by' Named { ',' Named } ]
// Series = Named [ 'default' '=' Expression ]     Axis = [ 'from' … ] [ 'to' … ] 'step' … | 'in' 'range' '(' … ')'
export function readSeries(reader: Reader): OpPart {
  const options = readOptions(reader, ['kind', 'hint']);
  const defaults: (Expr | null)[] = [];
  const columns = readList(reader, () => {
    const column = readNamed(reader);
    const hasDefault = isWord(reader, 'default') && isMark(reader, '=', 1);
    if (hasDefault) {
      takeAs(reader, 'modifier');
      takeMark(reader, '=');
    }
    defaults.push(hasDefault ? readExpression(reader) : null);
    return column;
  }, ['on', 'default']);
  if (takeWord(reader, 'on') === null) expected(reader, 'The word `on` and the column of the axis are missing here.');
  // A whole expression would read `in range(…)` as a comparison.
  const on = readUnary(reader);
  const bound = (word: string): Expr | null => (takeWord(reader, word) === null ? null : readExpression(reader));
  let [from, to, step] = [bound('from'), bound('to'), bound('step')];
  const isInclusive = isWord(reader, 'in');
  if (isInclusive) {
    takeAs(reader, 'keyword');
    if (!isWord(reader, 'range')) expected(reader, 'The axis is `in range(first, last, step)`.');
    const range = readUnary(reader);
    [from, to, step] = range.kind === 'call' ? [range.args[0] ?? null, range.args[1] ?? null, range.args[2] ?? null] : [null, null, null];
  }
  const by = takeWord(reader, 'by') === null ? [] : readList(reader, () => readNamed(reader));
  return { form: 'series', columns, defaults, on, from, to, step, isInclusive, by, options };
}

// 'scan' Options [ 'order' 'by' … ] [ 'partition' 'by' … ] [ 'declare' Columns ] 'with' '(' { Step } ')'
export function readScan(reader: Reader): OpPart {
  const options = [...readOptions(reader, ['with_match_id', 'with_step_name', 'hint'])];
  for (const word of ['order', 'partition']) {
    const at = takeWord(reader, word);
    if (at === null) continue;
    options.push({ name: `${word} by`, value: '', span: at });
    if (takeWord(reader, 'by') === null) expected(reader, 'The word `by` is missing here.');
    readList(reader, () => readSortKey(reader, readNamed), ['with', 'declare', 'partition']);
  }
  const declared = takeWord(reader, 'declare') === null ? [] : readColumns(reader, 'defaults');
  if (takeWord(reader, 'with') === null || takeMark(reader, '(') === null) {
    expected(reader, 'The steps are missing here: `with (step s: condition;)`.');
    return { form: 'scan', declared, steps: [], options };
  }
  const steps: ScanStep[] = [];
  while (!isMark(reader, ')') && !reader.cursor.isEnd()) {
    if (takeWord(reader, 'step') === null) expected(reader, 'The word `step` is missing here.');
    else {
      const step = readStep(reader);
      if (step !== null) steps.push(step);
      if (takeMark(reader, ';') !== null) continue;
      expected(reader, 'A semicolon is missing after the step.');
    }
    skip(reader);
    if (takeMark(reader, ';') === null) break;
  }
  close(reader, ')');
  return { form: 'scan', declared, steps, options };
}

// Step = 'step' name [ 'optional' ] [ 'output' '=' name ] ':' Expression [ '=>' Named { ',' Named } ] ';'
function readStep(reader: Reader): ScanStep | null {
  const name = readName(reader, 'The name of the step', 'macro');
  if (name === null) return null;
  takeWord(reader, 'optional');
  const output = takeWord(reader, 'output') !== null && takeMark(reader, '=') !== null ? takeAs(reader, 'modifier').text : 'all';
  if (takeMark(reader, ':') === null) expected(reader, 'A colon is missing between the name of the step and its condition.');
  const condition = readExpression(reader);
  const set: readonly Expr[] = isMark(reader, '=>') ? (reader.cursor.next(), readList(reader, () => readNamed(reader))) : [];
  return { name, condition, set, output };
}
