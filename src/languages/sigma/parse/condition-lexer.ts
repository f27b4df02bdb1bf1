import type { Lexeme } from '../../../syntax/cursor';

export interface ConditionToken extends Lexeme {
  readonly kind: 'word' | 'and' | 'or' | 'not' | '(' | ')' | '|' | 'comparison' | 'other' | 'end';
}

const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not']);
const BREAKS = '()|<>=!,&;#"\'';

/** A word runs to a blank or a mark, so that `sel_*`, `sel-dash`, `sel.a` and `"sel a"` each are one token, right or wrong. */
export function lexCondition(text: string): readonly ConditionToken[] {
  const tokens: ConditionToken[] = [];
  const add = (kind: ConditionToken['kind'], start: number, end: number): void => void tokens.push({ kind, start, end });
  let at = 0;
  while (at < text.length) {
    const unit = text[at]!;
    if (text.charCodeAt(at) <= 32) at++;
    else if (unit === '(' || unit === ')') add(unit, at, ++at);
    else if (unit === '|') {
      const start = at++;
      if (text[at] === '|') add('other', start, ++at);
      else add('|', start, at);
    } else if (unit === '<' || unit === '>' || unit === '=') {
      const start = at++;
      if (text[at] === '=') at++;
      add('comparison', start, at);
    } else if (unit === '&' && text[at + 1] === '&') add('other', at, (at += 2));
    else if (unit === '"' || unit === "'") {
      const close = text.indexOf(unit, at + 1);
      add('other', at, (at = close === -1 ? text.length : close + 1));
    } else if (BREAKS.includes(unit)) add('other', at, ++at);
    else {
      const start = at;
      while (at < text.length && text.charCodeAt(at) > 32 && !BREAKS.includes(text[at]!)) at++;
      const word = text.slice(start, at);
      add(KEYWORDS.has(word) ? (word as 'and') : 'word', start, at);
    }
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return tokens;
}
