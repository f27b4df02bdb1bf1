import type { Diagnostic, Span } from '../../model';
import { MAX_DEPTH } from '../../syntax/infix';
import type { ElasticDiagnostic } from './diagnostics';

/** One `key = value` or `[header]` of a TOML text. */
export interface Statement extends Span {
  /** What closes the text, the lists and the tables that are open at its end. */
  readonly missing: string;
  /** Places of line ends that end an open text in the middle of the statement, with the quote that is missing there. */
  readonly openLines: readonly { readonly at: number; readonly quote: string }[];
  /** Nested deeper, or longer, than it is read. */
  readonly isTooMuch: boolean;
}

interface Statements {
  readonly statements: readonly Statement[];
  readonly comments: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The parser hands each character of a text to one call, of which engines allow some 65,000 at least. */
const MAX_LENGTH = 60_000;

const PIECE = /#[^\n\r]*|"""|'''|["'[\]{}\n]|[^\s#"'[\]{}]+/g;
/** A line `key = …` or `[header]`, which no list holds. */
const PAIR_OR_HEADER = /[A-Za-z][\w-]{0,60} ?=|\[\[?[A-Za-z][\w.-]{0,120}\]\]?[ \t]*(?=[\r\n]|$)/y;
/** Headers of rule files: no text between quotes holds such a line, so a text that seems to was left open before it. */
const RULE_HEADER = /\n\[\[?(?:rule|metadata|hunt|transform)(?:\.[\w."$-]{1,120})?\]\]?[ \t]*(?=[\r\n]|$)/g;
const HEADER_LINE = /\n\[\[?[A-Za-z][\w."$-]{0,120}\]\]?[ \t]*(?=[\r\n]|$)/g;

interface Draft {
  readonly start: number;
  end: number;
  readonly brackets: number[];
  readonly openLines: { readonly at: number; readonly quote: string }[];
  /** The piece read last. */
  last: string;
  missingQuote: string;
  isTooDeep: boolean;
}

/** Where the statements of a TOML text begin and end, also where texts, lists and tables are left open. */
export function statementsOf(text: string): Statements {
  const drafts: Draft[] = [];
  const comments: Span[] = [];
  const diagnostics: Diagnostic[] = [];
  const fail = (code: ElasticDiagnostic, start: number, end: number, message: string): void => {
    diagnostics.push({ code, severity: 'error', span: { start, end }, message });
  };
  const isRuleHeader = nextOf(text, RULE_HEADER);
  const isHeader = nextOf(text, HEADER_LINE);
  let isFirst = true;
  PIECE.lastIndex = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let found = PIECE.exec(text); found !== null; found = PIECE.exec(text)) {
    const [piece] = found;
    const start = found.index;
    if (piece === '\n') {
      isFirst = true;
      continue;
    }
    if (piece.startsWith('#')) {
      comments.push({ start, end: start + piece.length });
      continue;
    }
    let draft = drafts.at(-1);
    if (draft === undefined || (isFirst && (draft.brackets.length === 0 || startsLine(text, start)))) {
      draft = { start, end: start, brackets: [], openLines: [], last: '', missingQuote: '', isTooDeep: false };
      drafts.push(draft);
    }
    isFirst = false;
    // No text of several lines begins but in the place of a value: what seems to is the end of one whose beginning is broken.
    if (piece.length === 3 && '"\''.includes(piece[0]!) && !/[=,[]$/.test(draft.last)) {
      draft.end = lineEnd(text, start);
      PIECE.lastIndex = draft.end;
      continue;
    }
    draft.last = piece;
    draft.end = start + piece.length;
    if (piece === '[' || piece === '{') {
      if (draft.brackets.length === MAX_DEPTH && !draft.isTooDeep) {
        draft.isTooDeep = true;
        fail('elastic/too-deep', start, start + 1, `More than ${MAX_DEPTH} lists inside each other are not read.`);
      }
      draft.brackets.push(start);
    } else if (piece === ']' || piece === '}') draft.brackets.pop();
    else if (piece === '"' || piece === "'") {
      draft.end = lineTextEnd(text, start, piece);
      if (draft.end < 0) {
        fail('elastic/unclosed', start, start + 1, `This text is not closed: expected \`${piece}\` before the end of the line.`);
        draft.end = lineEnd(text, start);
        draft.openLines.push({ at: draft.end, quote: piece });
      }
    } else if (piece === '"""' || piece === "'''") {
      draft.end = blockEnd(text, start + 3, piece);
      if (draft.end < 0 || isRuleHeader(start + 2) < draft.end) {
        fail('elastic/unclosed', start, start + 3, `This text is not closed: expected \`${piece}\`.`);
        draft.end = Math.min(Math.max(isHeader(start + 2), start + 3), text.length);
        draft.missingQuote = piece;
      }
    }
    PIECE.lastIndex = draft.end;
  }
  return { statements: drafts.map((draft) => finished(draft, text, fail)), comments, diagnostics };
}

function finished(draft: Draft, text: string, fail: (code: ElasticDiagnostic, start: number, end: number, message: string) => void): Statement {
  const { start, end, brackets, missingQuote } = draft;
  const isTooLong = end - start > MAX_LENGTH;
  if (isTooLong && !draft.isTooDeep) fail('elastic/syntax', start, start + 1, `A value of more than ${MAX_LENGTH} characters is not read.`);
  const closing = brackets.map((at) => (text[at] === '[' ? ']' : '}')).reverse();
  const inner = brackets.at(-1);
  if (inner !== undefined && !draft.isTooDeep) {
    const what = brackets[0] === start ? "table's name" : text[inner] === '[' ? 'list' : 'table';
    fail('elastic/unclosed', inner, inner + 1, `This ${what} is not closed: expected \`${closing.join('').slice(0, 2)}\`.`);
  }
  const atEnd = draft.openLines.at(-1)?.at === end ? draft.openLines.pop()!.quote : '';
  return { start, end, missing: missingQuote + atEnd + closing.join(''), openLines: draft.openLines, isTooMuch: isTooLong || draft.isTooDeep };
}

/** Asked with growing offsets: where the next match at or after an offset begins, Infinity when there is none. */
function nextOf(text: string, pattern: RegExp): (from: number) => number {
  let next = -1;
  return (from) => {
    if (next < from) {
      pattern.lastIndex = from;
      next = pattern.exec(text)?.index ?? Infinity;
    }
    return next;
  };
}

function startsLine(text: string, at: number): boolean {
  if (text[at - 1] !== '\n') return false;
  PAIR_OR_HEADER.lastIndex = at;
  return PAIR_OR_HEADER.test(text);
}

const TEXT_END = { '"': /\\[^\n\r]|["\n\r]/g, "'": /['\n\r]/g } as const;
const BLOCK_END = { '"""': /\\[^]|"{3,5}/g, "'''": /'{3,5}/g } as const;

/** After the closing quote; -1 when the line ends before it. */
function lineTextEnd(text: string, start: number, quote: '"' | "'"): number {
  const pattern = TEXT_END[quote];
  pattern.lastIndex = start + 1;
  let found = pattern.exec(text);
  while (found?.[0].startsWith('\\')) found = pattern.exec(text);
  return found?.[0] === quote ? found.index + 1 : -1;
}

function lineEnd(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text)?.index ?? text.length;
}
const LINE_END = /[\n\r]/g;

/** After the closing quotes, up to two of which belong to the text; -1 when there are none. */
function blockEnd(text: string, from: number, fence: '"""' | "'''"): number {
  const pattern = BLOCK_END[fence];
  pattern.lastIndex = from;
  let found = pattern.exec(text);
  while (found?.[0].startsWith('\\')) found = pattern.exec(text);
  return found === null ? -1 : found.index + found[0].length;
}
