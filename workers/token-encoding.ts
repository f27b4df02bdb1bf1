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

  /** Goes on to `offset`, and emits what lies before it on each line when a type is given. */
  const walkTo = (offset: number, type: number | null): void => {
    let from = at;
    const emit = (to: number): void => {
      if (type === null || to <= from) return;
      const start = from - lineStart;
      out.push(line - lastLine, line === lastLine ? start - lastStart : start, to - from, type, 0);
      lastLine = line;
      lastStart = start;
    };
    for (; at < offset; at++) {
      const code = text.charCodeAt(at);
      if (code !== LF && code !== CR) continue;
      emit(at);
      if (code === CR && text.charCodeAt(at + 1) === LF && at + 1 < offset) at++;
      else if (code === CR && text.charCodeAt(at + 1) === LF) {
        from = at + 1;
        continue;
      }
      line++;
      lineStart = from = at + 1;
    }
    emit(offset);
  };

  for (const token of tokens) {
    const end = Math.min(token.end, text.length);
    if (token.start < at || end <= token.start) continue;
    walkTo(token.start, null);
    walkTo(end, INDEX.get(token.type)!);
  }
  return Uint32Array.from(out);
}
