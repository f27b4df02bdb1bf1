import type { Span, TokenType } from '../../../model';
import type { Lexeme } from '../../../syntax/cursor';
import { blanksEnd, broadEnd, closingQuote, closingSingle, lostQuote, partingPipe, isBlank, isNameCode, nameEnd, narrowEnd, placeholderEnd } from './scan';
import { isCommand, isFunction, isGenerating, isNarrowCommand } from '../vocabulary';

export type SplKind =
  | 'word'
  | 'string'
  /** A field name in single quotes. */
  | 'quoted'
  | 'macro'
  | 'operator'
  | '|'
  /** A pipe from a macro's definition: it parts commands, but not the stages as written. */
  | 'inner |'
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '='
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  /** What stands in TERM( ) or CASE( ), taken whole. */
  | 'argument'
  /** A quote that opens or closes nothing. */
  | 'stray'
  | 'end';

/** How a text at some place is to be read: a command is expected, words reach to the next blank, or words are names and signs part them. */
export type Mode = 'command' | 'broad' | 'narrow';

export interface SplLexeme extends Lexeme {
  readonly kind: SplKind;
  /** No blank stands before it. */
  readonly glued: boolean;
  /** A quote, a backtick or a directive's parenthesis whose partner is missing. */
  readonly open?: true;
  /** A comparison written as an HTML entity. */
  readonly entity?: true;
  /** What the editor colours it as; the parser knows better than the lexer and paints over it. */
  type: TokenType;
  /** Macros: how their definition is to be read. */
  readonly mode?: Mode;
  /** Its text where that is not the slice of its span: a token of a macro's definition stands at the macro. */
  readonly text?: string;
  /** The macro, as written, whose definition the token comes from. */
  readonly macro?: string;
  /** A macro whose definition follows as tokens. */
  readonly expanded?: true;
}

export interface Lexed {
  /** Without blanks and comments, ending in the end token. */
  readonly lexemes: SplLexeme[];
  readonly comments: readonly (Span & { readonly open: boolean })[];
}

/** The lexer's state in one pipeline; a subsearch has its own. */
interface Level {
  /** `start`: a pipeline begins, with a command or with a search. */
  expects: 'command' | 'start' | null;
  isNarrow: boolean;
  /** Parentheses open in this segment, and the depth at which `eval(` made its words narrow, -1 outside. */
  depth: number;
  narrowFrom: number;
}

const levelAt = (mode: Mode | 'start'): Level => ({
  expects: mode === 'start' || mode === 'command' ? mode : null,
  isNarrow: mode === 'narrow',
  depth: 0,
  narrowFrom: -1,
});

const GLUED_OPERATOR = /^(and|or|not)(\w+)$/i;
const MACRO_NAME = /[\w.:/ \t-]*/y;
/** Longer arguments of TERM( ) have lost their parenthesis. */
const LONGEST_ARGUMENT = 500;

/**
 * Lexes a text of SPL; total and linear. What is a word depends on the command: after `where` and `eval`, `a-b` is a difference, elsewhere one word.
 * `mode` is how the text begins: a query with a command or a search, a macro's definition as the macro stands.
 */
export function lex(text: string, mode: Mode | 'start' = 'start'): Lexed {
  const lexemes: SplLexeme[] = [];
  const comments: (Span & { open: boolean })[] = [];
  const outer: Level[] = [];
  let level = levelAt(mode);
  let at = 0;
  let isQuoteLost = false;

  const push = (kind: SplKind, end: number, type: TokenType, more?: Partial<SplLexeme>): void => {
    const glued = lexemes.length > 0 && lexemes[lexemes.length - 1]!.end === at;
    lexemes.push(more === undefined ? { kind, start: at, end, glued, type } : { kind, start: at, end, glued, type, ...more });
    at = end;
  };

  const lexString = (): void => {
    if (isQuoteLost) return push('stray', at + 1, 'invalid');
    if (isDoubledOpening(text, at)) push('stray', at + 1, 'invalid');
    const close = closingQuote(text, at);
    isQuoteLost = close === -1;
    const lost = close === -1 ? -1 : lostQuote(text, at + 1, close);
    if (lost !== -1) return push('string', lost, 'string', { open: true });
    const isSuspect = close === -1 || isNameCode(text.charCodeAt(close + 1));
    const cut = isSuspect ? partingPipe(text, at + 1, close === -1 ? text.length : close) : -1;
    // What looks like a closing quote opens a value: this one is a stray.
    if (cut === -1 && isSuspect && close > at + 2 && '(=,'.includes(text[close - 1]!)) return push('stray', at + 1, 'invalid');
    if (cut !== -1 || close === -1) return push('string', cut === -1 ? text.length : cut, 'string', { open: true });
    push('string', close + 1, 'string');
    if (text[at] === '"' && isListEnd(text, at + 1)) push('stray', at + 1, 'invalid');
  };

  const lexMacro = (): void => {
    MACRO_NAME.lastIndex = at + 1;
    MACRO_NAME.exec(text);
    const stop = MACRO_NAME.lastIndex;
    const close = text[stop] === '(' ? text.indexOf('`', stop) : stop;
    const isClosed =
      text[close] === '`' &&
      (close === stop ||
        !text
          .slice(stop, close)
          .replace(/"[^"]*"/g, '')
          .includes('|'));
    const how: Mode = level.expects === 'command' ? 'command' : isNarrow() ? 'narrow' : 'broad';
    if (isClosed) push('macro', close + 1, 'macro', { mode: how });
    else push('macro', Math.max(at + 1, nameEnd(text, at + 1)), 'macro', { mode: how, open: true });
  };

  const isNarrow = (): boolean => level.isNarrow || level.narrowFrom !== -1;

  /** The command's name; false when what stands here is none: then a search begins. */
  const lexCommand = (): boolean => {
    const end = nameEnd(text, at);
    const isStart = level.expects === 'start';
    level.expects = null;
    const name = text.slice(at, Math.min(end, at + 40));
    if (end === at || (isStart && !isLeading(text, name, end, outer.length > 0))) return false;
    level.isNarrow = isNarrowCommand(name);
    push('word', end, 'key');
    return true;
  };

  const lexWord = (): void => {
    if (level.expects !== null && lexCommand()) return;
    const narrow = isNarrow();
    const end = narrow ? narrowEnd(text, at) : broadEnd(text, at);
    if (text[at] === "'" && end === at + 1 && text[end] === '`') return push('stray', end, 'invalid');
    if (end === at) return push('operator', at + 1, 'operator');
    const isCall = text[end] === '(' && end - at < 40;
    const word = isCall ? text.slice(at, end) : '';
    if (isCall && narrow && !isFunction(word)) {
      const glued = GLUED_OPERATOR.exec(word);
      if (glued !== null && isFunction(glued[2]!)) push('word', at + glued[1]!.length, 'keyword');
    }
    push('word', end, 'string');
    if (!isCall || narrow) return;
    if (word === 'TERM' || word === 'CASE') lexArgument();
    else if (word.toLowerCase() === 'eval') level.narrowFrom = level.depth;
  };

  /** TERM( and CASE( take what they hold whole, whatever signs are in it, up to the closing parenthesis. */
  const lexArgument = (): void => {
    const inside = text.slice(at + 1, at + 1 + LONGEST_ARGUMENT);
    const length = inside.indexOf(')');
    const isWhole = length !== -1 && !/[(|`]|\s(?:OR|AND|NOT)\s/.test(inside.slice(0, length));
    if (isWhole) push('(', at + 1, 'punctuation');
    else push('(', at + 1, 'punctuation', { open: true });
    const end = isWhole ? at + length : argumentEnd(text, at);
    if (end > at) push('argument', end, 'string');
    if (isWhole) push(')', end + 1, 'punctuation');
  };

  const lexComment = (): void => {
    const close = text.indexOf('```', at + 3);
    const end = close === -1 ? text.length : close + 3;
    comments.push({ start: at, end, open: close === -1 });
    at = end;
  };

  const lexSign = (character: string): void => {
    switch (character) {
      case '(':
        level.depth++;
        return push('(', at + 1, 'punctuation');
      case ')':
        level.depth = Math.max(0, level.depth - 1);
        if (level.depth <= level.narrowFrom) level.narrowFrom = -1;
        return push(')', at + 1, 'punctuation');
      case ',':
        return push(',', at + 1, 'punctuation');
      case '=':
        return text[at + 1] === '=' ? push('==', at + 2, 'operator') : push('=', at + 1, 'operator');
      case '!':
        return text[at + 1] === '=' ? push('!=', at + 2, 'operator') : push('operator', at + 1, 'operator');
      case '<':
        return text[at + 1] === '=' ? push('<=', at + 2, 'operator') : push('<', at + 1, 'operator');
      case '>':
        return text[at + 1] === '=' ? push('>=', at + 2, 'operator') : push('>', at + 1, 'operator');
      default: {
        const close = closingSingle(text, at);
        return close === -1 ? push('stray', at + 1, 'invalid') : push('quoted', close + 1, 'field');
      }
    }
  };

  const lexNext = (character: string): void => {
    switch (character) {
      case '|':
        level = levelAt('command');
        return push('|', at + 1, 'operator');
      case '[':
        outer.push(level);
        level.expects = null;
        level = levelAt('start');
        return push('[', at + 1, 'punctuation');
      case ']':
        level = outer.pop() ?? level;
        return push(']', at + 1, 'punctuation');
      case '"':
        level.expects = null;
        return lexString();
      case '`':
        if (text.startsWith('```', at)) return lexComment();
        lexMacro();
        level.expects = null;
        return;
    }
    const isWord =
      character === "'" ? !isNarrow() : character === '!' ? !isNarrow() && text[at + 1] !== '=' : character === '<' && placeholderEnd(text, at) !== -1;
    const entity = character === '&' && level.expects === null ? entityAt(text, at) : null;
    if (entity !== null) return push(entity.kind, entity.end, 'operator', { entity: true });
    if (isWord || !SIGNS.has(character)) return lexWord();
    level.expects = null;
    lexSign(character);
  };

  while (at < text.length) {
    if (isBlank(text.charCodeAt(at))) at++;
    else lexNext(text[at]!);
  }
  lexemes.push({ kind: 'end', start: text.length, end: text.length, glued: false, type: 'punctuation' });
  return { lexemes, comments };
}

const SIGNS: ReadonlySet<string> = new Set("(),=!<>'");

/** `&gt;` and `&lt;` where a comparison stands. */
function entityAt(text: string, at: number): { readonly kind: '<' | '<=' | '>' | '>='; readonly end: number } | null {
  const sign = text.startsWith('&gt;', at) ? '>' : text.startsWith('&lt;', at) ? '<' : null;
  if (sign === null) return null;
  return text[at + 4] === '=' ? { kind: `${sign}=`, end: at + 5 } : { kind: sign, end: at + 4 };
}

/** Whether a pipeline that begins with this word begins with a command: `search`, in a subsearch any known command, else one that nobody searches for. */
function isLeading(text: string, name: string, end: number, isInner: boolean): boolean {
  const next = blanksEnd(text, end);
  if (/[=!<>]/.test(text[next] ?? '') && placeholderEnd(text, next) === -1) return false;
  if (text[end] !== undefined && !isBlank(text.charCodeAt(end)) && !'([`"|'.includes(text[end]!)) return false;
  return name.toLowerCase() === 'search' || (isInner ? isCommand(name) : isGenerating(name));
}

/** `""x`: the first of two quotes is one too many. */
const isDoubledOpening = (text: string, at: number): boolean => text[at + 1] === '"' && /[\w*\\/%]/.test(text[at + 2] ?? '');

/** What ends an element of a list stands here: a comma, a closing bracket, a pipe, the text's end. */
function isListEnd(text: string, at: number): boolean {
  const next = text[blanksEnd(text, at)];
  return next === undefined || ',)|]'.includes(next);
}

/** The argument of a TERM( that has lost its parenthesis ends with its word. */
function argumentEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBlank(text.charCodeAt(end)) && !'()|[]`",'.includes(text[end]!)) end++;
  return end;
}
