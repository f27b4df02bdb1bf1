/** A blank of any kind, line breaks included. */
export const isBlank = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029;

/** A letter, a digit or an underscore; whatever lies beyond ASCII counts as a letter. */
export const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code > 0x7f;

/** End of the run of name characters at `at`. */
export function nameEnd(text: string, at: number): number {
  while (at < text.length && isNameCode(text.charCodeAt(at)) && !isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** The first place from `at` on that is no blank. */
export function blanksEnd(text: string, at: number): number {
  while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Ends a word outside expressions. */
const BROAD_ENDS = codesOf('"`()[],|=');
/** Stands inside a name in an expression besides letters, digits and underscores. */
const NARROW_PARTS = codesOf('{}:@$#?~');
/** What a backslash takes along in a word outside expressions; before anything else it is a character. */
const ESCAPED = codesOf('"|\\');
const [BACKSLASH, DOT, LESS, GREATER, BANG, EQUALS] = [92, 46, 60, 62, 33, 61];

function codesOf(characters: string): ReadonlySet<number> {
  return new Set([...characters].map((character) => character.charCodeAt(0)));
}

/** End of `<<FIELD>>` at `at`; -1 when none stands there. */
export function placeholderEnd(text: string, at: number): number {
  if (text[at] !== '<' || text[at + 1] !== '<') return -1;
  const end = nameEnd(text, at + 2);
  return end > at + 2 && text[end] === '>' && text[end + 1] === '>' ? end + 2 : -1;
}

/** End of a word outside expressions: a blank, a bracket, a comma, a pipe, a quote or a comparison ends it. */
export function broadEnd(text: string, at: number): number {
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      at += ESCAPED.has(text.charCodeAt(at + 1)) ? 2 : 1;
      continue;
    }
    if (code === LESS || code === GREATER) {
      const end = placeholderEnd(text, at);
      if (end === -1) return at;
      at = end;
      continue;
    }
    if (isBlank(code) || BROAD_ENDS.has(code) || (code === BANG && text.charCodeAt(at + 1) === EQUALS)) return at;
    at++;
  }
  return at;
}

/** End of a name or number in an expression; a dot belongs to it only in a number: between names it joins two texts. */
export function narrowEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const isPart = (isNameCode(code) && !isBlank(code)) || NARROW_PARTS.has(code);
    if (isPart) at++;
    else if (code === DOT && isDigitAt(text, at + 1) && (at === from || isDigitAt(text, from))) at++;
    else {
      const end = code === LESS ? placeholderEnd(text, at) : -1;
      if (end === -1) return at;
      at = end;
    }
  }
  return at;
}

const isDigitAt = (text: string, at: number): boolean => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57;

/** The quote that closes the string opened at `at`; -1 when there is none. A backslash takes the next character along. */
export function closingQuote(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === 34) return i;
  }
  return -1;
}

/** The single quote that closes a field name opened at `at`; -1 when a pipe, a double quote or the line's end comes first. */
export function closingSingle(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i]!;
    if (character === "'") return i;
    if (character === '|' || character === '"' || character === '\n') return -1;
  }
  return -1;
}

/**
 * The first pipe between `from` and `to` with a blank beside it, as pipes between commands have and those of regular expressions have not:
 * where a string that lacks its quote most likely ended. Gives the end of what stands before it; -1 when there is none.
 */
export function partingPipe(text: string, from: number, to: number): number {
  for (let at = text.indexOf('|', from); at !== -1 && at < to; at = text.indexOf('|', at + 1)) {
    let cut = at;
    while (cut > from && isBlank(text.charCodeAt(cut - 1))) cut--;
    if (cut < at || isBlank(text.charCodeAt(at + 1))) return cut;
  }
  return -1;
}

/** Longer texts are not looked through for the beginning of a next comparison. */
const LONGEST_LOST = 1_000;

/**
 * Where a string that lacks its quote ended: what stands between its quotes goes on to the next comparison, `a="x b="y"`, whose value follows the
 * second quote at once. Gives the end of what stands before that comparison; -1 when nothing speaks for it.
 */
export function lostQuote(text: string, from: number, close: number): number {
  const next = text[close + 1];
  if (text[close - 1] !== '=' || close - from > LONGEST_LOST || next === undefined || !/[\w*\\/%:]/.test(next)) return -1;
  const name = /\s+[A-Za-z_][\w.{}]*!?=$/.exec(text.slice(from, close));
  return name === null || name.index === 0 ? -1 : from + name.index;
}
