import type { Diagnostic, Span } from '../../../model';
import type { Expr, FunctionBody, Parameter, Statement } from '../tree';
import { readCondition, readExpression, readNamed, readUnary } from './expression';
import { takeForeignComments } from './foreign';
import { type Lexed, lex } from './lexer';
import { readColumns, readTypeName } from './literal';
import { AND, isQueryStart, startsOperator } from './lookahead';
import { pipedFrom, readOperators, readSubPipeline } from './pipeline';
import {
  type Grammar,
  type OpenPipeline,
  type Reader,
  type Want,
  close,
  expected,
  isMark,
  isWord,
  nested,
  placeOf,
  readName,
  readerOf,
  remark,
  skip,
  takeAs,
  takeMark,
  unexpected,
  want,
} from './reader';

export interface Parsed {
  readonly lexed: Lexed;
  readonly statements: readonly Statement[];
  /** Offsets where another query begins after an empty line. */
  readonly starts: readonly number[];
  readonly diagnostics: readonly Diagnostic[];
  /** What could follow at the text's end, and what was open there: statements and pipelines, outermost first. */
  readonly wants: readonly Want[];
  readonly openStatements: readonly Statement[];
  readonly openPipelines: readonly OpenPipeline[];
  /** The innermost operator that the end stands in; '' outside all. */
  readonly openOperator: string;
}

const GRAMMAR: Grammar = {
  expression: readExpression,
  named: readNamed,
  comparison: (reader) => readExpression(reader, AND),
  unary: readUnary,
  piped: pipedFrom,
  sub: readSubPipeline,
};

/** Parses any text; what cannot be read is remarked and skipped. Linear. */
export function parse(text: string): Parsed {
  const lexed = lex(text);
  const reader = readerOf(text, lexed.lexemes, GRAMMAR);
  const starts: number[] = [];
  const statements = readStatements(reader, starts);
  remarkFlaws(reader, lexed);
  const found = reader.cursor.diagnostics;
  const diagnostics = found.length < 2 ? found : [...found].sort((a, b) => a.span.start - b.span.start);
  return {
    lexed,
    statements,
    starts,
    diagnostics,
    wants: reader.wants,
    openStatements: reader.statementsAtEnd,
    openPipelines: reader.openAtEnd ?? [],
    openOperator: reader.operatorAtEnd,
  };
}

function remarkFlaws(reader: Reader, { flaws, comments }: Lexed): void {
  for (const { start } of comments)
    if (/^#\s/.test(reader.text.slice(start, start + 2)))
      remark(reader, 'kusto/hash', { start, end: start + 1 }, 'A comment begins with `//`; `#` begins a directive to the client.', {
        title: 'Write //',
        edits: [{ span: { start, end: start + 1 }, text: '//' }],
      });
  for (const { what, start, end } of flaws) {
    const span = { start, end };
    switch (what) {
      case 'unclosed-string':
        remark(reader, 'kusto/unclosed-string', span, 'The closing quote of this string is missing on this line.');
        break;
      case 'unclosed-literal':
        remark(reader, 'kusto/unclosed-literal', span, 'The closing bracket of this literal is missing on this line.');
        break;
      case 'curly-quotes':
        remark(reader, 'kusto/character', span, 'Texts stand in straight quotes.', {
          title: 'Write straight quotes',
          edits: [
            { span: { start, end: start + 1 }, text: '"' },
            { span: { start: end - 1, end }, text: '"' },
          ],
        });
        break;
      case 'escape':
        remark(
          reader,
          'kusto/escape',
          span,
          `\`${reader.text.slice(start, end)}\` is no escape: write \`\\\\\` for a backslash, or put \`@\` before the string.`,
          {
            title: 'Double the backslash',
            edits: [{ span: { start, end: start + 1 }, text: '\\\\' }],
          },
        );
        break;
      default:
        what satisfies never;
    }
  }
}

// Statements = { Statement ';' } [ Statement ]
function readStatements(reader: Reader, starts: number[] | null): readonly Statement[] {
  const { cursor } = reader;
  const statements: Statement[] = [];
  reader.blocks.push(statements);
  let isFresh = true;
  for (;;) {
    if (isFresh) {
      want(reader, 'statement');
      want(reader, 'source');
    }
    if (cursor.isEnd() || (starts === null && isMark(reader, '}'))) break;
    if (isMark(reader, ';')) {
      unexpected(reader, 'A statement is missing before this semicolon.');
      cursor.next();
      continue;
    }
    const at = cursor.peek().start;
    statements.push(readStatement(reader));
    isFresh = isMark(reader, ';');
    if (takeMark(reader, ';') !== null || cursor.isEnd() || (starts === null && isMark(reader, '}')) || statements.at(-1)!.kind === 'control') continue;
    if (starts !== null && cursor.peek().start !== at && isQueryStart(reader)) {
      const { start, end } = cursor.peek();
      starts.push(start);
      if (reader.failedAt !== start)
        remark(reader, 'kusto/several-queries', { start, end }, 'After an empty line another query begins here; a semicolon would make both one.');
      reader.failedAt = start;
      continue;
    }
    expected(reader, 'A semicolon is missing here, or something else stands between.');
    if (!startsStatement(reader) || cursor.peek().start === at) {
      if (skip(reader) === null) cursor.next();
      takeMark(reader, ';');
    }
  }
  reader.blocks.pop();
  return statements;
}

/** Whether the current lexeme begins a statement on its own line: the semicolon before it was forgotten. */
function startsStatement(reader: Reader): boolean {
  const token = reader.cursor.peek();
  return token.breaks > 0 && (token.kind === 'name' || isMark(reader, '('));
}

// Statement = 'let' … | 'declare' … | 'set' … | Piped
function readStatement(reader: Reader): Statement {
  const { cursor } = reader;
  takeForeignComments(reader);
  const token = cursor.peek();
  const next = cursor.peek(1);
  if (isMark(reader, '.') && next.kind === 'name' && next.start === token.end) return readControl(reader);
  if (isWord(reader, 'let') && !isMark(reader, '|', 1)) return readLet(reader);
  if (isWord(reader, 'declare') && next.kind === 'name') return readDeclare(reader);
  if (token.kind === 'name' && OTHER_STATEMENTS.has(token.text) && next.kind === 'name') {
    takeAs(reader, 'keyword');
    skip(reader);
    return { kind: 'other', span: { start: token.start, end: cursor.last } };
  }
  if (startsOperator(reader)) {
    const pipeline = readOperators(reader, null, true);
    return { kind: 'query', span: pipeline.span, pipeline };
  }
  want(reader, 'source');
  const source = reader.blocks.length > 1 ? readExpression(reader) : readCondition(reader, 'source');
  if (source.kind === 'name' && !reader.lets.has(source.name)) token.colour = 'constant';
  // A query whose source is missing still has its operators.
  const pipeline = readOperators(reader, source.kind === 'error' ? null : source, false);
  return { kind: 'query', span: pipeline.span, pipeline };
}

/** `.show tables`, `.create function f() { … }`: a command to the cluster, up to a semicolon, an empty line or another command. It asks nothing of events. */
function readControl(reader: Reader): Statement {
  const { cursor } = reader;
  const { start } = takeAs(reader, 'keyword');
  let end = takeAs(reader, 'keyword').end;
  while (isMark(reader, '-') && cursor.peek().start === end) {
    takeAs(reader, 'keyword');
    end = takeAs(reader, 'keyword').end;
  }
  const word = reader.text.slice(start, end);
  remark(reader, 'kusto/control-command', { start, end }, `\`${word}\` is a command to the cluster, no query: it is not read.`);
  let nesting = 0;
  while (!cursor.isEnd()) {
    const token = cursor.peek();
    const isCommand = token.breaks > 0 && isMark(reader, '.') && cursor.peek(1).kind === 'name';
    if (nesting === 0 && (isMark(reader, ';') || token.breaks === 2 || isCommand)) break;
    if (token.kind === 'punctuation') nesting = Math.max(0, nesting + ('([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0));
    cursor.next();
  }
  return { kind: 'control', span: { start, end: cursor.last } };
}

const OTHER_STATEMENTS: ReadonlySet<string> = new Set(['set', 'alias', 'pattern', 'restrict']);

// 'let' name '=' ( Function | Piped )
function readLet(reader: Reader): Statement {
  const { cursor } = reader;
  const start = takeAs(reader, 'keyword').start;
  const name = readName(reader, 'The name after `let`', 'macro') ?? { name: '', span: placeOf(reader) };
  if (takeMark(reader, '=') === null) expected(reader, 'An equals sign is missing here.');
  const isFunction = startsFunction(reader);
  const value = isFunction ? readFunction(reader) : readLetValue(reader);
  const head = {
    start,
    end: isFunction && value.kind === 'function' ? Math.max(start, value.bodyStart) : Math.max(start, Math.min(value.span.start, cursor.last)),
  };
  if (name.name !== '') reader.lets.add(name.name);
  const span = { start, end: cursor.last };
  return {
    kind: 'let',
    span,
    name: { name: name.name, span: { start: Math.min(name.span.start, span.end), end: Math.min(name.span.end, span.end) } },
    head,
    value,
  };
}

function readLetValue(reader: Reader): Expr {
  if (startsOperator(reader)) return pipedFrom(reader, null);
  want(reader, 'source');
  const token = reader.cursor.peek();
  const value = readExpression(reader);
  const piped = pipedFrom(reader, value);
  if (value.kind === 'name' && piped.kind === 'query' && !reader.lets.has(value.name)) token.colour = 'constant';
  return piped;
}

/** `(a: string) { … }`, `() { … }`, `{ … }`, with `view` before it or not. */
function startsFunction(reader: Reader): boolean {
  const from = isWord(reader, 'view') && isMark(reader, '(', 1) ? 1 : 0;
  if (isMark(reader, '{', from)) return true;
  if (!isMark(reader, '(', from)) return false;
  if (isMark(reader, ')', from + 1)) return isMark(reader, '{', from + 2);
  return reader.cursor.peek(from + 1).kind === 'name' && isMark(reader, ':', from + 2);
}

// Function = [ 'view' ] [ '(' [ Parameter { ',' Parameter } ] ')' ] '{' Statements '}'
function readFunction(reader: Reader): FunctionBody {
  const { cursor } = reader;
  const start = cursor.peek().start;
  if (isWord(reader, 'view')) takeAs(reader, 'keyword');
  const parameters = isMark(reader, '(') ? readParameters(reader) : [];
  const bodyStart = cursor.last;
  if (takeMark(reader, '{') === null) {
    expected(reader, 'The body of the function is missing here: `{ … }`.');
    return { kind: 'function', span: { start, end: cursor.last }, bodyStart, parameters, statements: [] };
  }
  for (const { name } of parameters) reader.lets.add(name);
  const statements = nested(reader, () => readStatements(reader, null)) ?? [];
  close(reader, '}');
  return { kind: 'function', span: { start, end: cursor.last }, bodyStart, parameters, statements };
}

// Parameter = name ':' ( type | Columns | '(' '*' ')' ) [ '=' Expression ]
function readParameters(reader: Reader): readonly Parameter[] {
  const { cursor } = reader;
  cursor.next();
  const parameters: Parameter[] = [];
  while (!isMark(reader, ')') && !cursor.isEnd()) {
    const name = readName(reader, 'The name of a parameter', 'macro');
    if (name === null) {
      skip(reader);
      break;
    }
    if (takeMark(reader, ':') === null) expected(reader, 'A colon and the type of the parameter are missing here.');
    const isTable = isMark(reader, '(');
    const isAny = isTable && isMark(reader, '*', 1) && isMark(reader, ')', 2);
    const columns = isAny ? [] : isTable ? readColumns(reader) : null;
    if (isAny) for (let taken = 0; taken < 3; taken++) cursor.next();
    const type = columns === null ? readTypeName(reader) : isAny ? '*' : 'table';
    parameters.push({ ...name, type, columns, value: takeMark(reader, '=') === null ? null : readExpression(reader) });
    if (takeMark(reader, ',') === null) break;
  }
  if (!isMark(reader, ')') && !cursor.isEnd()) {
    expected(reader, 'A comma or the closing bracket is missing here.');
    skip(reader);
  }
  close(reader, ')');
  return parameters;
}

// 'declare' 'query_parameters' '(' … ')'
function readDeclare(reader: Reader): Statement {
  const { cursor } = reader;
  const start = takeAs(reader, 'keyword').start;
  takeAs(reader, 'keyword');
  // Anything else that is declared (`pattern`), or no such word at all, is kept whole.
  if (!isMark(reader, '(')) {
    skip(reader);
    return { kind: 'other', span: { start, end: cursor.last } };
  }
  const parameters = readParameters(reader);
  for (const { name } of parameters) reader.lets.add(name);
  return { kind: 'declare', span: { start, end: cursor.last }, parameters };
}

/** The separate queries of a text: after an empty line, where a query could end and another begins. Empty lines inside a query do not count. */
export function queriesOf(text: string): readonly Span[] {
  const { starts } = parse(text);
  if (starts.length === 0) return [{ start: 0, end: text.length }];
  return [0, ...starts].map((start, index) => ({
    start: index === 0 ? 0 : lineStart(text, start),
    end: starts[index] === undefined ? text.length : lineStart(text, starts[index]!),
  }));
}

/** Comments directly above a query are its own: the text after the last empty line before it. */
function lineStart(text: string, start: number): number {
  let at = text.lastIndexOf('\n', start - 1) + 1;
  while (at > 0) {
    const before = text.lastIndexOf('\n', at - 2) + 1;
    if (!text.slice(before, at).trim().startsWith('//')) break;
    at = before;
  }
  return at;
}
