import type { Fix, Severity, Span, TokenType } from '../../../model';
import type { Cursor } from '../../../syntax/cursor';
import { MAX_DEPTH } from '../../../syntax/infix';
import type { SplCode } from '../diagnostics';
import type { SplKind, SplLexeme } from './lexer';
import type { Passed, Pipeline, Word } from '../tree';

/** What the parsers of SPL share: the place in the tokens, their texts, and a bounded depth. */
export interface Reader {
  readonly cursor: Cursor<SplLexeme>;
  textOf(token: SplLexeme): string;
  sourceOf(span: Span): string;
  /** The token's text in small letters when it is a word, else ''. */
  wordAt(ahead?: number): string;
  remark(code: SplCode, severity: Severity, span: Span, message: string, fix?: Fix): void;
  /** The end of what was read, strays and comments before the next token included. */
  end(): number;
  /** Runs one bracket deeper; beyond the bound it remarks, skips to the pipe and gives null. */
  deeper<T>(parse: () => T): T | null;
  /** Pipeline := Segment { '|' Segment }, up to the bracket that closes it; bound late, as subsearches stand in what they hold. */
  parsePipeline(): Pipeline;
}

/** Warnings and hints one query gets; nobody reads more. */
const MOST_HINTS = 500;

/** Ends whatever a command says. */
export const isStop = ({ kind }: SplLexeme): boolean => kind === '|' || kind === 'end' || kind === ']' || kind === 'inner |';

export const SIGNS: ReadonlyMap<SplKind, '=' | '!=' | '<' | '<=' | '>' | '>='> = new Map([
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);
export const isSign = (token: SplLexeme): boolean => SIGNS.has(token.kind);

export function readerOf(text: string, cursor: Cursor<SplLexeme>, unread: readonly Span[], parsePipeline: (reader: Reader) => Pipeline): Reader {
  let passed = 0;
  let depth = 0;
  let isTooDeep = false;
  let hints = 0;
  const textOf = (token: SplLexeme): string => token.text ?? text.slice(token.start, token.end);
  const reader: Reader = {
    cursor,
    textOf,
    sourceOf: (span) => text.slice(span.start, span.end),
    wordAt(ahead = 0) {
      const token = cursor.peek(ahead);
      return token.kind === 'word' && (token.text?.length ?? token.end - token.start) < 40 ? textOf(token).toLowerCase() : '';
    },
    remark(code, severity, span, message, fix) {
      if (severity !== 'error' && ++hints > MOST_HINTS) return;
      cursor.remark(code, severity, span, message, fix);
    },
    end() {
      const next = cursor.peek().start;
      while (passed < unread.length && unread[passed]!.end <= next) passed++;
      return Math.max(cursor.last, unread[passed - 1]?.end ?? 0);
    },
    deeper(parse) {
      if (depth >= MAX_DEPTH) {
        if (!isTooDeep) cursor.remark('spl/too-deep', 'error', cursor.peek(), `Brackets nest deeper than ${MAX_DEPTH} levels here; what follows is not read.`);
        isTooDeep = true;
        while (!isStop(cursor.peek())) cursor.next();
        return null;
      }
      depth++;
      const result = parse();
      depth--;
      return result;
    },
    parsePipeline: () => parsePipeline(reader),
  };
  return reader;
}

/** The editor's colour of a token, where the parser knows better than the lexer. */
export function paint(token: SplLexeme, type: TokenType): void {
  if (token.macro === undefined && token.type !== 'macro') token.type = type;
}

/** A token that a command's grammar has no place for. */
export const passedOf = (reader: Reader, token: SplLexeme): Passed => ({ start: token.start, end: token.end, name: reader.textOf(token) });

/** A token as a word: quotes are gone, `\\` and `\"` stand for one character. */
export function wordOf(reader: Reader, token: SplLexeme): Word {
  const source = reader.textOf(token);
  const word: { -readonly [K in keyof Word]: Word[K] } = { start: token.start, end: token.end, text: source };
  if (token.kind === 'string') {
    word.raw = source.slice(1, token.open ? undefined : -1);
    word.text = unescaped(word.raw);
    word.quotes = 'text';
  } else if (token.kind === 'quoted') {
    word.text = source.slice(1, -1);
    word.quotes = 'field';
  } else if (source.includes('\\')) {
    word.raw = source;
    word.text = unescaped(source);
  }
  if (token.macro !== undefined) word.macro = token.macro;
  return word;
}

/** `\\` and `\"` stand for one character; a backslash before anything else is itself. */
const unescaped = (raw: string): string => (raw.includes('\\') ? raw.replace(/\\([\\"|])/g, '$1') : raw);

/** Tokens that stand together without a blank, as one word. */
export function joined(words: readonly Word[]): Word {
  const [first, last] = [words[0]!, words.at(-1)!];
  if (words.length === 1) return first;
  return {
    start: first.start,
    end: last.end,
    text: words.map((word) => word.text).join(''),
    raw: words.map((word) => word.raw ?? word.text).join(''),
    macro: first.macro,
  };
}

/** The way to put a text in place of a span, as a quick fix. */
export const fixOf = (title: string, span: Span, text: string): Fix => ({ title, edits: [{ span: { start: span.start, end: span.end }, text }] });
