import type { Diagnostic, Fix, Severity, Span } from '../../../model';
import { cursorOf } from '../../../syntax/cursor';
import { MAX_DEPTH } from '../../../syntax/infix';
import { parseBody } from './commands';
import type { Parse } from './expression';
import type { EsqlLexeme } from './lexer';
import type { EsqlRemark } from '../diagnostics';
import type { Body, Command, Pipeline } from '../tree';
import vocabulary from '../vocabulary.json';

const COMMANDS: ReadonlyMap<string, string> = new Map(vocabulary.commands.map(([name, role]) => [name!, role!]));
/** Commands of two words, by the first. */
const TWO_WORDS: Readonly<Record<string, string>> = { inline: 'stats', lookup: 'join' };

/** The commands of a query and what is wrong with their form. Total. */
export function parse(text: string, lexemes: readonly EsqlLexeme[]): { readonly pipeline: Pipeline; readonly diagnostics: readonly Diagnostic[] } {
  const cursor = cursorOf(
    text,
    lexemes.filter(({ kind }) => kind !== 'comment'),
  );
  const state: Parse = {
    text,
    cursor,
    depth: 0,
    remark: (code: EsqlRemark, severity: Severity, span: Span, message: string, fix?: Fix) => cursor.remark(code, severity, span, message, fix),
    fail: (code: EsqlRemark, message: string, isStop) => cursor.fail(code, message, isStop),
    isWord: (...words) => cursor.isAt('word') && words.includes(cursor.textOf(cursor.peek()).toLowerCase()),
  };
  for (const comment of lexemes)
    if (comment.kind === 'comment' && comment.open)
      state.remark('esql/unclosed', 'error', { start: comment.start, end: comment.start + 2 }, 'This comment is not closed: expected `*/`.');
  const pipeline = parsePipeline(state, false);
  return { pipeline, diagnostics: cursor.diagnostics };
}

// Pipeline := Command ('|' Command)*
// `isInner`: stands in parentheses, and ends before the closing one.
function parsePipeline(state: Parse, isInner: boolean): Pipeline {
  const { cursor } = state;
  const start = cursor.peek().start;
  const commands: Command[] = [];
  const isOver = (): boolean => cursor.isEnd() || (isInner && cursor.isAt(')'));
  while (!isOver()) {
    const bar = cursor.take('|');
    if (bar !== null && (isOver() || cursor.isAt('|'))) {
      state.remark('esql/syntax', 'error', bar, 'Expected a command after `|`.');
      continue;
    }
    commands.push(parseCommand(state, bar?.start ?? cursor.peek().start, isInner));
  }
  return { start, end: Math.max(start, cursor.last), commands };
}

function parseCommand(state: Parse, start: number, isInner: boolean): Command {
  const { cursor } = state;
  const isStop = ({ kind }: EsqlLexeme): boolean => kind === '|' || (isInner && kind === ')');
  const word = cursor.take('word');
  if (word === null) {
    const place = cursor.peek();
    state.fail('esql/syntax', 'Expected a command, such as `where` or `stats`.', isStop);
    return { start, end: Math.max(cursor.last, start), name: 'unknown', word: { start: place.start, end: place.end }, body: { kind: 'plain' } };
  }
  const first = cursor.textOf(word).toLowerCase();
  const second = TWO_WORDS[first];
  const name = second !== undefined && state.isWord(second) ? `${first} ${second}` : first;
  if (name !== first) cursor.next();
  const place = { start: word.start, end: cursor.last };
  let body: Body = { kind: 'plain' };
  if (!COMMANDS.has(name)) {
    state.remark('esql/unknown-command', 'error', place, `No command \`${name.slice(0, 40)}\` is known.`);
    while (!cursor.isEnd() && !isStop(cursor.peek())) cursor.next();
  } else if (state.depth < MAX_DEPTH) {
    body = parseBody(state, name, parsePipeline);
  }
  // What makes no sense after a command is no part of it, so that damage there leaves it as it was.
  const end = cursor.last;
  if (!cursor.isEnd() && !isStop(cursor.peek())) state.fail('esql/syntax', 'Expected `|` or the end of the query.', isStop);
  return { start, end, name, word: place, body };
}

/** What a command does to events, as the vocabulary says. */
export const roleOf = (name: string): string => COMMANDS.get(name) ?? 'unread';
