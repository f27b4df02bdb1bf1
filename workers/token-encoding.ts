import { TOKEN_TYPES, type Token, type TokenType } from '../src/model';

const INDEX = new Map<TokenType, number>(TOKEN_TYPES.map((type, index) => [type, index]));
const LF = 10;
const CR = 13;

/**
 * Tokens as Monaco takes them: five numbers each, lines and starts counted from the token before (starts from 0 on a new line), then length,
 * type and 0. A token over several lines gives one for each; line ends belong to none. Linear in the text.
 */
export function encodedTokens(text: string, tokens: readonly Token[]): Uint32Array<ArrayBuffer> {
  const out: number[] = [];
  let line = 0;
  let lineStart = 0;
  let lastLine = 0;
  let lastStart = 0;
  let at = 0;

  /** The first line end from `at` on. */
  let breakAt = breakFrom(text, 0);

  const emit = (from: number, to: number, type: number | null): void => {
    if (type === null || to <= from) return;
    const start = from - lineStart;
    out.push(line - lastLine, line === lastLine ? start - lastStart : start, to - from, type, 0);
    lastLine = line;
    lastStart = start;
  };
  /** Goes on to `offset`, and emits what lies before it on each line when a type is given. */
  const walkTo = (offset: number, type: number | null): void => {
    let from = at;
    while (breakAt < offset) {
      emit(from, breakAt, type);
      const isPair = text.charCodeAt(breakAt) === CR && text.charCodeAt(breakAt + 1) === LF;
      from = breakAt + (isPair && breakAt + 1 < offset ? 2 : 1);
      // Between the halves of a pair the line has not ended yet.
      if (!isPair || from === breakAt + 2) {
        line++;
        lineStart = from;
      }
      breakAt = breakFrom(text, from);
    }
    emit(from, offset, type);
    at = offset;
  };

  for (const token of tokens) {
    const end = Math.min(token.end, text.length);
    if (token.start < at || end <= token.start) continue;
    walkTo(token.start, null);
    walkTo(end, INDEX.get(token.type)!);
  }
  return new Uint32Array(out);
}

function breakFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at++;
  return at;
}
