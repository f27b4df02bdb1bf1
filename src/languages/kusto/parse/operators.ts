import type { Expr, NestedLevel, Op, OpPart, Option, Pipeline } from '../tree';
import { counterpartOf } from '../../../knowledge/counterparts';
import { ALIASES, OPERATORS } from '../vocabulary';
import { readLooseOptions, readOptions, readSortKey, readSub, readTable, readWithOptions } from './clauses';
import { readCondition, readExpression, readNamed, readUnary } from './expression';
import { readColumns } from './literal';
import { readList, startsExpression } from './lookahead';
import { readExpand, readFind, readJoin, readParse, readScan, readSearch, readSeries, readUnion } from './operator-parts';
import { type Reader, expected, isCommand, isMark, readName, remark, skip, takeAs, takeMark, takeWord, want } from './reader';

const NO_OPTIONS: Op['options'] = [];

/** Reads one tabular operator, its word first; null, with a remark, when none stands here. */
export function readOperator(reader: Reader): Op | null {
  const { cursor } = reader;
  want(reader, 'operator');
  const token = cursor.peek();
  const word = { start: token.start, end: token.end };
  if (token.kind !== 'name') {
    expected(reader, 'An operator is missing after the pipe, such as `where` or `summarize`.');
    const skipped = isMark(reader, '|') ? null : skip(reader);
    return skipped === null ? null : { kind: 'unknown', word: skipped, span: skipped, options: [], form: 'unknown' };
  }
  const known = isCommand(token);
  const meant = known ? token.text : (nearestOperator(token.text) ?? token.text);
  if (!known) refuse(reader, token.text, meant);
  const kind = ALIASES.get(meant) ?? meant;
  const read = READERS.get(kind);
  takeAs(reader, known ? 'key' : 'invalid');
  if (read === undefined) {
    // Patterns of graphs have clauses with the names of operators.
    skip(reader, /graph/.test(kind));
    return { kind, word, span: { start: word.start, end: cursor.last }, options: [], form: 'unknown' };
  }
  reader.operators.push(kind);
  // What was read is completed in place: a copy would cost more than the reading.
  const op = read(reader) as { -readonly [Key in keyof Op]: Op[Key] };
  reader.operators.pop();
  op.options ??= NO_OPTIONS;
  op.kind = kind;
  op.word = word;
  op.span = { start: word.start, end: cursor.last };
  return op as Op;
}

/** Remarks a word that is no operator; it is read as the one that was probably meant. */
function refuse(reader: Reader, word: string, meant: string): void {
  const { start, end } = reader.cursor.peek();
  if (reader.failedAt === start) return;
  reader.failedAt = start;
  if (meant === word) remark(reader, 'kusto/unknown-operator', { start, end }, `\`${word}\` is no operator.`);
  else
    remark(reader, 'kusto/unknown-operator', { start, end }, `\`${word}\` is no operator; \`${meant}\` was probably meant.`, {
      title: `Write ${meant}`,
      edits: [{ span: { start, end }, text: meant }],
    });
}

/** The operator that differs only by letters' case or by one letter, or that other languages call so. */
function nearestOperator(word: string): string | null {
  if (word.length < 3) return null;
  const lower = word.toLowerCase();
  for (const name of [...OPERATORS.keys(), ...ALIASES.keys()]) if (lower === name || isOneEdit(lower, name)) return name;
  return counterpartOf('kusto', word, 'steps') ?? null;
}

function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const rest = (text: string, from: number): string => text.slice(start + from);
  if (a.length !== b.length) return a.length > b.length ? rest(a, 1) === rest(b, 0) : rest(a, 0) === rest(b, 1);
  return rest(a, 1) === rest(b, 1) || (a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2));
}

type ReadPart = (reader: Reader) => OpPart;

// Word Options [ Item { ',' Item } ]
const columnsOf =
  (read: (reader: Reader) => Expr, mayBeEmpty = false): ReadPart =>
  (reader) => {
    const options = readOptions(reader, ['hint']);
    want(reader, 'expression');
    if (mayBeEmpty && !startsExpression(reader) && !isMark(reader, '*')) return { form: 'columns', columns: [], options };
    return { form: 'columns', columns: readList(reader, () => read(reader)), options };
  };

const nothing: ReadPart = (reader) => ({ form: 'plain', args: [], options: readOptions(reader, ['decodeblocks', 'hint']) });
const amount: ReadPart = (reader) => ({ form: 'plain', args: [readExpression(reader)] });

/** The word `by`, demanded; true when what it introduces can be read. */
function readBy(reader: Reader): boolean {
  if (takeWord(reader, 'by') !== null) return true;
  expected(reader, 'The word `by` is missing here.');
  return startsExpression(reader);
}

function demand(reader: Reader, word: string, what: string): void {
  if (takeWord(reader, word) === null) expected(reader, `The word \`${word}\` and ${what} are missing here.`);
}

const READERS: ReadonlyMap<string, ReadPart> = new Map<string, ReadPart>([
  ['where', (reader) => ({ form: 'filter', options: readOptions(reader, ['hint']), condition: readCondition(reader) })],
  ['extend', columnsOf(readNamed)],
  ['project', columnsOf(readNamed, true)],
  ['project-away', columnsOf(readTable, true)],
  ['project-keep', columnsOf(readTable, true)],
  ['project-rename', columnsOf(readNamed, true)],
  ['project-reorder', columnsOf((reader) => readSortKey(reader, readTable).of, true)],
  ['project-smart', columnsOf(readNamed, true)],
  ['project-by-names', columnsOf(readNamed, true)],
  ['distinct', columnsOf((reader) => (isMark(reader, '*') ? readStar(reader) : readNamed(reader)))],
  ['serialize', columnsOf(readNamed, true)],
  ['print', columnsOf(readNamed)],
  ['summarize', readSummarize],
  ['join', readJoin],
  ['lookup', readJoin],
  ['union', readUnion],
  ['search', readSearch],
  ['find', readFind],
  ['parse', readParse],
  ['parse-where', readParse],
  [
    'parse-kv',
    // Expression 'as' Columns [ 'with' '(' … ')' ]
    (reader) => {
      const of = readExpression(reader);
      demand(reader, 'as', 'the columns');
      return { form: 'parse', of, pattern: [], captures: isMark(reader, '(') ? readColumns(reader) : [], options: readWithOptions(reader) };
    },
  ],
  ['mv-expand', (reader) => readExpand(reader, false)],
  ['mv-apply', (reader) => readExpand(reader, true)],
  ['make-series', readSeries],
  [
    'sort',
    (reader) => ({
      form: 'plain',
      options: readOptions(reader, ['hint']),
      args: [],
      keys: readBy(reader) ? readList(reader, () => readSortKey(reader, readNamed)) : [],
    }),
  ],
  [
    'top',
    (reader) => {
      const options = readOptions(reader, ['hint']);
      const count = readExpression(reader);
      return { form: 'plain', options, args: [count], keys: readBy(reader) ? [readSortKey(reader, readNamed)] : [] };
    },
  ],
  [
    'top-nested',
    // Levels stand between commas, each with its word again.
    (reader) => {
      const levels = [readTopNested(reader)];
      while (isMark(reader, ',')) {
        reader.cursor.next();
        if (reader.cursor.peek().text === 'top-nested') takeAs(reader, 'key');
        levels.push(readTopNested(reader));
      }
      return { form: 'nested', levels };
    },
  ],
  [
    'top-hitters',
    (reader) => {
      const args = [readExpression(reader)];
      demand(reader, 'of', 'a column');
      args.push(readNamed(reader));
      if (takeWord(reader, 'by') !== null) args.push(readNamed(reader));
      return { form: 'plain', args };
    },
  ],
  ['take', amount],
  ['sample', amount],
  [
    'sample-distinct',
    (reader) => {
      const count = readExpression(reader);
      demand(reader, 'of', 'a column');
      return { form: 'plain', args: [count, readExpression(reader)] };
    },
  ],
  [
    'count',
    (reader) => {
      if (takeWord(reader, 'as') !== null) readName(reader, 'A name');
      return { form: 'plain', args: [] };
    },
  ],
  [
    'as',
    (reader) => {
      const options = readOptions(reader, ['hint']);
      const name = readName(reader, 'A name', 'macro');
      if (name !== null) reader.lets.add(name.name);
      return { form: 'as', name, options };
    },
  ],
  ['getschema', nothing],
  ['consume', nothing],
  [
    'render',
    // name [ Options ] [ 'by' name { ',' name } ] [ 'with' '(' … ')' ]
    (reader) => {
      want(reader, 'render-kind');
      if (reader.cursor.peek().kind === 'name') takeAs(reader, 'modifier');
      else expected(reader, 'The kind of drawing is missing here, such as `timechart`.');
      const loose = readLooseOptions(reader);
      if (takeWord(reader, 'by') !== null)
        do readName(reader, 'The name of a column');
        while (takeMark(reader, ',') !== null);
      return { form: 'plain', args: [], options: [...loose, ...readWithOptions(reader)] };
    },
  ],
  [
    'evaluate',
    // Options name '(' … ')' [ ':' Columns ]
    (reader) => {
      const options = readOptions(reader, ['hint']);
      want(reader, 'plugin');
      const call = readCall(reader, 'plugin');
      return { form: 'call', call, schema: takeMark(reader, ':') === null ? null : readColumns(reader, 'rest'), options };
    },
  ],
  ['invoke', (reader) => ({ form: 'call', call: readCall(reader, 'function'), schema: null })],
  [
    'range',
    // name 'from' Expression 'to' Expression 'step' Expression
    (reader) => {
      const column = readName(reader, 'The name of the column');
      const bounds: Expr[] = [];
      for (const word of ['from', 'to', 'step']) {
        if (takeWord(reader, word) !== null) bounds.push(readExpression(reader));
        else {
          expected(reader, `The word \`${word}\` is missing here: \`range x from 1 to 10 step 1\`.`);
          break;
        }
      }
      return { form: 'range', column, bounds };
    },
  ],
  [
    'partition',
    // Options 'by' Expression ( '(' Operators ')' | '{' Piped '}' )
    (reader) => {
      const options = readOptions(reader, ['hint']);
      const by = takeWord(reader, 'by') === null ? null : readName(reader, 'A column');
      if (by === null) expected(reader, 'The word `by` and a column are missing here.');
      const columns: readonly Expr[] = by === null ? [] : [{ kind: 'name', ...by }];
      const sub = isMark(reader, '{') ? readSub(reader, '{', '}') : readSub(reader, '(', ')');
      return { form: 'subqueries', columns, subs: sub === null ? [] : [sub], options };
    },
  ],
  [
    'fork',
    // [ name '=' ] '(' Operators ')' { … }
    (reader) => {
      const subs: Pipeline[] = [];
      do {
        if (isMark(reader, '=', 1) && readName(reader, 'A name', 'macro') !== null) reader.cursor.next();
        const sub = readSub(reader, '(', ')');
        if (sub === null) break;
        subs.push(sub);
      } while (isMark(reader, '(') || isMark(reader, '=', 1));
      return { form: 'subqueries', columns: [], subs };
    },
  ],
  [
    'facet',
    // 'by' Expression { ',' Expression } [ 'with' '(' Operators ')' ]
    (reader) => {
      const columns = readBy(reader) ? readList(reader, () => readExpression(reader), ['with']) : [];
      const sub = takeWord(reader, 'with') === null ? null : readSub(reader, '(', ')');
      return { form: 'subqueries', columns, subs: sub === null ? [] : [sub] };
    },
  ],
  [
    'reduce',
    (reader) => {
      const options = readOptions(reader, ['kind', 'hint']);
      const args = readBy(reader) ? [readExpression(reader)] : [];
      return { form: 'plain', args, options: [...options, ...readReduceOptions(reader)] };
    },
  ],
  ['scan', readScan],
]);

// [ 'with' ( '(' … ')' | name '=' Value { ',' name '=' Value } ) ]
function readReduceOptions(reader: Reader): readonly Option[] {
  if (reader.cursor.peek().text !== 'with' || isMark(reader, '(', 1)) return readWithOptions(reader);
  takeAs(reader, 'keyword');
  const options = [...readLooseOptions(reader)];
  while (takeMark(reader, ',') !== null) for (const one of readLooseOptions(reader)) options.push(one);
  return options;
}

/** `*` for all columns. */
function readStar(reader: Reader): Expr {
  const { start, end } = takeAs(reader, 'operator');
  return { kind: 'star', span: { start, end }, name: '*' };
}

// 'summarize' Options [ Named { ',' Named } ] [ 'by' Named { ',' Named } ]
function readSummarize(reader: Reader): OpPart {
  const options = readOptions(reader, ['hint']);
  want(reader, 'expression');
  const columns = startsExpression(reader) ? readList(reader, () => readNamed(reader), ['by']) : [];
  const by = takeWord(reader, 'by') === null ? [] : readList(reader, () => readNamed(reader));
  return { form: 'summarize', columns, by, options };
}

// [ Expression ] 'of' Named [ 'with' 'others' '=' Expression ] 'by' Named [ 'asc' | 'desc' ]
function readTopNested(reader: Reader): NestedLevel {
  const isCounted = takeWord(reader, 'of') === null;
  const count = isCounted ? readExpression(reader) : null;
  if (isCounted) demand(reader, 'of', 'a column');
  const of = readNamed(reader);
  let others: Expr | null = null;
  if (takeWord(reader, 'with') !== null) {
    demand(reader, 'others', 'their name');
    if (takeMark(reader, '=') !== null) others = readExpression(reader);
  }
  demand(reader, 'by', 'an aggregation');
  return { count, of, others, by: readSortKey(reader, readNamed) };
}

function readCall(reader: Reader, what: string): Expr {
  const call = readUnary(reader);
  if (call.kind !== 'call' && call.kind !== 'path' && call.kind !== 'error') expected(reader, `The arguments of the ${what} are missing here: \`( … )\`.`);
  return call;
}
