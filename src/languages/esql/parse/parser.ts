import { counterpartOf } from '../../../knowledge/counterparts';
import type { Diagnostic, Fix, Severity, Span } from '../../../model';
import { foreignAt } from '../../../syntax/foreign-signs';
import { cursorOf } from '../../../syntax/cursor';
import { MAX_DEPTH } from '../../../syntax/infix';
import { nearest } from '../../../syntax/nearest';
import type { EsqlCode } from '../diagnostics';
import type { Body, Command, Pipeline } from '../tree';
import vocabulary from '../vocabulary.json';
import { parseBody, skipCommand } from './commands';
import { isStop, type Parse } from './expression';
import { FOREIGN } from './foreign';
import type { EsqlLexeme } from './lexer';

const COMMANDS: ReadonlyMap<string, string> = new Map(vocabulary.commands.map(([name, role]) => [name!, role!]));
/** Commands of two words: the words that may follow the first. */
const TWO_WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['inline', ['stats']],
  ['lookup', ['join']],
  ['left', ['join']],
  ['right', ['join']],
]);

/** A query's commands, what had to be skipped and stands in no node, and what is wrong with their form. */
interface Parsed {
  readonly pipeline: Pipeline;
  readonly skipped: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
}

const CODES = { syntax: 'esql/syntax', unclosed: 'esql/unclosed', tooDeep: 'esql/too-deep' } as const satisfies Record<string, EsqlCode>;

/** Reads a query. Total: for every text there is a pipeline. */
export function parse(text: string, lexemes: readonly EsqlLexeme[]): Parsed {
  const cursor = cursorOf(
    text,
    lexemes.filter(({ kind }) => kind !== 'comment'),
    (code, at) => (code === CODES.syntax ? foreignAt(text, at, FOREIGN) : undefined),
  );
  const skipped: Span[] = [];
  const state: Parse = {
    text,
    cursor,
    depth: 0,
    codes: CODES,
    skipped,
    isStop: (token) => isStop(cursor, token),
    isWall: ({ kind }) => kind === '|' || kind === ';',
    remark: (code: EsqlCode, severity: Severity, span: Span, message: string, fix?: Fix) => cursor.remark(code, severity, span, message, fix),
    fail(code: EsqlCode, message: string, isEnd) {
      const span = cursor.fail(code, message, isEnd);
      skipped.push(span);
      return span;
    },
    isWord: (...words) => cursor.isAt('word') && cursor.peek(1).kind !== '.' && words.includes(cursor.textOf(cursor.peek()).toLowerCase()),
    parseInner: () => parsePipeline(state, true),
  };
  for (const comment of lexemes)
    if (comment.kind === 'comment' && comment.open)
      state.remark('esql/unclosed', 'error', { start: comment.start, end: comment.start + 2 }, 'This comment is not closed: expected `*/`.');
  const pipeline = parsePipeline(state, false);
  return { pipeline, skipped: skipped.filter(({ start, end }) => end > start), diagnostics: cursor.diagnostics };
}

// query = { 'set' setField ';' } sourceCommand { '|' processingCommand }
// `isInner`: stands in parentheses, and ends before the closing one.
function parsePipeline(state: Parse, isInner: boolean): Pipeline {
  const { cursor } = state;
  const start = cursor.peek().start;
  const commands: Command[] = [];
  const isOver = (): boolean => cursor.isEnd() || (isInner && cursor.isAt(')'));
  while (!isOver()) {
    const bar = cursor.take('|', ';');
    if (bar !== null && (isOver() || cursor.isAt('|', ';'))) {
      if (bar.kind === '|') state.remark('esql/syntax', 'error', bar, 'Expected a command after `|`.');
      continue;
    }
    commands.push(parseCommand(state, bar?.kind === '|' ? bar.start : cursor.peek().start, isInner));
  }
  return { start, end: Math.max(start, cursor.last), commands };
}

function parseCommand(state: Parse, start: number, isInner: boolean): Command {
  const { cursor } = state;
  const isEnd = ({ kind }: EsqlLexeme): boolean => kind === '|' || kind === ';' || (isInner && kind === ')');
  const word = cursor.take('word');
  if (word === null) {
    const place = cursor.peek();
    state.fail('esql/syntax', 'Expected a command, such as `where` or `stats`.', isEnd);
    return { start, end: Math.max(cursor.last, start), name: 'unknown', word: { start: place.start, end: place.end }, body: { kind: 'plain' } };
  }
  const first = cursor.textOf(word).toLowerCase();
  const second = TWO_WORDS.get(first)?.find((other) => state.isWord(other));
  const name = second === undefined ? first : `${first} ${second}`;
  if (name !== first) cursor.next();
  const place = { start: word.start, end: cursor.last };
  let body: Body = { kind: 'plain' };
  if (!COMMANDS.has(name)) {
    const meant = counterpartOf('esql', name, 'steps') ?? nearest(name, COMMANDS.keys());
    const fix = meant === undefined ? undefined : { title: `Write ${meant}`, edits: [{ span: place, text: meant }] };
    const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
    state.remark('esql/unknown-command', 'warning', place, `No command \`${name.slice(0, 40)}\` is known.${hint}`, fix);
    skipCommand(state);
  } else if (state.depth < MAX_DEPTH) {
    body = parseBody(state, name);
  }
  // What makes no sense after a command is no part of it, so that damage there leaves it as it was.
  const end = cursor.last;
  if (!cursor.isEnd() && !isEnd(cursor.peek())) state.fail('esql/syntax', 'Expected `|` or the end of the query.', isEnd);
  return { start, end, name, word: place, body };
}

/** What a command does to events, as the vocabulary says. */
export const roleOf = (name: string): string => COMMANDS.get(name) ?? 'unread';
