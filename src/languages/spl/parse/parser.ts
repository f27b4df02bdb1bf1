import { counterpartOf } from '../../../knowledge/counterparts';
import { cursorOf } from '../../../syntax/cursor';
import type { Diagnostic } from '../../../model';
import { nearest } from '../../../syntax/nearest';
import { parseBody } from './command-parser';
import { remarkSlips } from './command-slips';
import type { Lexed, SplLexeme } from './lexer';
import { fixOf, isSign, isStop, paint, type Reader, readerOf } from './reader';
import type { Command, Pipeline, Segment } from '../tree';
import { COMMANDS, isGenerating } from '../vocabulary';

interface Parsed {
  readonly pipeline: Pipeline;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses the tokens of a query, macros expanded or not; total. */
export function parse(text: string, { lexemes, comments }: Lexed): Parsed {
  const { kept, strays } = paired(lexemes);
  const unread = comments.length === 0 ? strays : [...strays, ...comments].sort((a, b) => a.start - b.start);
  const cursor = cursorOf(text, kept);
  const reader = readerOf(text, cursor, unread, (inner) => parsePipeline(inner, true));
  const pipeline = parsePipeline(reader, false);
  return { pipeline, diagnostics: cursor.diagnostics };
}

/** The tokens the grammar sees, and apart from them stray quotes and brackets that close nothing. */
function paired(lexemes: readonly SplLexeme[]): { readonly kept: readonly SplLexeme[]; readonly strays: readonly SplLexeme[] } {
  if (!lexemes.some(({ kind }) => kind === 'stray' || kind === ']')) return { kept: lexemes, strays: [] };
  const kept: SplLexeme[] = [];
  const strays: SplLexeme[] = [];
  let depth = 0;
  for (const lexeme of lexemes) {
    const isStray = lexeme.kind === 'stray' || (lexeme.kind === ']' && depth === 0);
    if (lexeme.kind === '[') depth++;
    else if (lexeme.kind === ']' && depth > 0) depth--;
    (isStray ? strays : kept).push(lexeme);
  }
  return { kept, strays };
}

/** Pipeline := ['|'] Segment { '|' Segment } */
function parsePipeline(reader: Reader, isInner: boolean): Pipeline {
  const { cursor } = reader;
  const start = cursor.peek().start;
  const segments: Segment[] = [];
  let isFirst = true;
  while (!cursor.isAt(']', 'end')) {
    const pipe = cursor.take('|');
    if (pipe !== null && isStop(cursor.peek())) {
      reader.remark('spl/no-command', 'error', pipe, 'A command is missing after this pipe.');
      continue;
    }
    segments.push(parseSegment(reader, pipe, isFirst && pipe === null ? (isInner ? 'inner' : 'outer') : null));
    isFirst = false;
  }
  return { start, end: Math.max(cursor.last, start), segments };
}

/** Whether a command is the first of a query, or of a subsearch, without a pipe before it. */
type Start = 'outer' | 'inner' | null;

/** Segment := Command | Macro [Words]; a macro's definition may hold several commands. */
function parseSegment(reader: Reader, pipe: SplLexeme | null, place: Start): Segment {
  const { cursor } = reader;
  const first = cursor.peek();
  const commands: Command[] = [];
  const isMacro = first.kind === 'macro' && first.mode === 'command';
  if (isMacro) cursor.next();
  if (isMacro && first.expanded === undefined) commands.push(parseUnknown(reader, first));
  else commands.push(parseCommand(reader, place, pipe !== null));
  while (cursor.take('inner |') !== null) if (!isStop(cursor.peek())) commands.push(parseCommand(reader, null, true));
  const start = pipe?.start ?? first.start;
  const end = Math.max(reader.end(), first.end);
  if (isMacro) return { start, end, kind: 'macro', macro: reader.textOf(first), commands };
  const { name } = commands[0]!;
  return { start, end, kind: COMMANDS.get(name)?.shown ?? name, commands };
}

/** A macro without definition in a command's place: its arguments are words. */
function parseUnknown(reader: Reader, macro: SplLexeme): Command {
  const body = parseBody(reader, 'words', '');
  const passed = body.form === 'words' && body.passed.length > 0 ? body.passed : [];
  const nameSpan = { start: macro.start, end: macro.end };
  return { name: '', nameSpan, start: macro.start, end: Math.max(reader.cursor.last, macro.end), body: { form: 'macro', passed } };
}

/** Command := Name Body; a pipeline may begin with a search that does not say so. `isPiped`: behind a pipe, where a name makes it a command. */
function parseCommand(reader: Reader, place: Start, isPiped: boolean): Command {
  const { cursor } = reader;
  const first = cursor.peek();
  const start = first.start;
  if (place === 'outer' && isOtherLanguage(reader)) return parseForeign(reader);
  const isNamed = first.type === 'key' && first.kind === 'word';
  const name = isNamed ? reader.textOf(first).toLowerCase() : 'search';
  const known = COMMANDS.get(name);
  const isComparison = isNamed && known === undefined && isSign(cursor.peek(1));
  if (place === null && (!isNamed || isComparison)) {
    const at = { start, end: start };
    if (first.macro === undefined)
      reader.remark(
        'spl/missing-search',
        'error',
        first,
        'A command is expected after the pipe, such as search or where.',
        isPiped ? fixOf('Insert search', at, 'search ') : undefined,
      );
  }
  if (isNamed && !isComparison) {
    cursor.next();
    if (place === 'outer' && isGenerating(name))
      reader.remark('spl/missing-pipe', 'warning', first, `${name} begins a search only after a pipe.`, fixOf('Insert a pipe', { start, end: start }, '| '));
    if (known === undefined) remarkUnknown(reader, first, name);
  } else if (isNamed) paint(first, 'string');
  const form = isComparison ? 'search' : (known?.form ?? 'words');
  const body = parseBody(reader, form, name);
  remarkSlips(reader, name, body);
  const nameSpan = { start, end: isNamed && !isComparison ? first.end : start };
  return { name: isComparison ? 'search' : name, nameSpan, start, end: Math.max(cursor.last, nameSpan.end), body };
}

/** `from main where …`: clauses that SPL2 has, and SPL has not. */
function isOtherLanguage(reader: Reader): boolean {
  return (
    (reader.wordAt() === 'from' && ['where', 'group', 'groupby', 'select', 'orderby', 'having'].includes(reader.wordAt(2))) ||
    (reader.wordAt() === 'select' && reader.cursor.peek(1).kind === 'word')
  );
}

function parseForeign(reader: Reader): Command {
  const { cursor } = reader;
  const first = cursor.peek();
  while (!isStop(cursor.peek())) cursor.next();
  reader.remark('spl/other-language', 'warning', first, 'This looks like SPL2, which is not read here: SPL begins with a search or with | and a command.');
  return {
    name: 'from',
    nameSpan: { start: first.start, end: first.end },
    start: first.start,
    end: Math.max(cursor.last, first.end),
    body: { form: 'foreign' },
  };
}

function remarkUnknown(reader: Reader, token: SplLexeme, name: string): void {
  if (token.macro !== undefined) return;
  const meant = counterpartOf('spl', name, 'steps') ?? nearest(name, COMMANDS.keys());
  if (meant === undefined) reader.remark('spl/unknown-command', 'info', token, `${name} is no command of Splunk itself; an app may bring it.`);
  else reader.remark('spl/unknown-command', 'warning', token, `${name} is no command of Splunk. Is ${meant} meant?`, fixOf(`Write ${meant}`, token, meant));
}
