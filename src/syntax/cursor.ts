import type { Diagnostic, Fix, Severity, Span } from '../model';

/** What a parser's lexer yields: a kind of the language's own, and a place. The last token is of kind `end`, empty, at the text's end. */
export interface Lexeme extends Span {
  readonly kind: string;
}

/**
 * The one mutable thing of a parse: a place in the tokens, and the remarks made so far. It never leaves `parse`.
 * Remarks are made once per token: a second `fail` on the same token is silent.
 */
export interface Cursor<T extends Lexeme> {
  /** The token `ahead` places on; past the end it is the end token. */
  peek(ahead?: number): T;
  /** Takes the current token; the end token is never passed. */
  next(): T;
  isAt(...kinds: readonly T['kind'][]): boolean;
  /** Takes the current token when it is of one of these kinds. */
  take(...kinds: readonly T['kind'][]): T | null;
  isEnd(): boolean;
  /** End of the last token taken; 0 before the first. */
  readonly last: number;
  /** Text of a token. */
  textOf(token: Span): string;
  remark(code: Diagnostic['code'], severity: Severity, span: Span, message: string, fix?: Fix): void;
  /** Remarks an error on the current token and skips to — not past — a token for which `isStop` holds, or the end. Returns what was skipped. */
  fail(code: Diagnostic['code'], message: string, isStop: (token: T) => boolean): Span;
  /** For trying a reading: a mark, and going back to it (remarks made since are dropped). */
  mark(): number;
  reset(mark: number): void;
  readonly diagnostics: readonly Diagnostic[];
}

/** `tokens` without trivia, ending in the end token. `instead`: a better sentence for a remark, by what stands at its place. */
export function cursorOf<T extends Lexeme>(
  text: string,
  tokens: readonly T[],
  instead: (code: Diagnostic['code'], at: number) => string | undefined = () => undefined,
): Cursor<T> {
  const final = tokens.length - 1;
  let at = 0;
  let last = 0;
  let failedAt = -1;
  const diagnostics: Diagnostic[] = [];
  const marks: { at: number; last: number; failedAt: number; remarks: number }[] = [];

  const cursor: Cursor<T> = {
    peek(ahead = 0) {
      const place = at + ahead;
      return tokens[place < final ? place : final]!;
    },
    next() {
      const token = tokens[at]!;
      if (at < final) {
        at++;
        last = token.end;
      }
      return token;
    },
    isAt(...kinds) {
      return kinds.includes(tokens[at]!.kind);
    },
    take(...kinds) {
      return kinds.includes(tokens[at]!.kind) ? cursor.next() : null;
    },
    isEnd() {
      return at >= final;
    },
    get last() {
      return last;
    },
    textOf(token) {
      return text.slice(token.start, token.end);
    },
    remark(code, severity, span, sentence, fix) {
      const place = { start: span.start, end: span.end };
      const message = instead(code, span.start) ?? sentence;
      diagnostics.push(fix === undefined ? { code, severity, span: place, message } : { code, severity, span: place, message, fix });
    },
    fail(code, message, isStop) {
      const { start } = cursor.peek();
      if (failedAt !== at) {
        failedAt = at;
        cursor.remark(code, 'error', cursor.peek(), message);
      }
      while (at < final && !isStop(cursor.peek())) cursor.next();
      return { start, end: Math.max(start, last) };
    },
    mark() {
      marks.push({ at, last, failedAt, remarks: diagnostics.length });
      return marks.length - 1;
    },
    reset(mark) {
      const saved = marks[mark]!;
      marks.length = mark;
      ({ at, last, failedAt } = saved);
      diagnostics.length = saved.remarks;
    },
    diagnostics,
  };
  return cursor;
}
