/** A piece of a query: a word as it stands, a name, a text, a number or a sign. Names and texts are without quotes and escapes. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'end';
  readonly text: string;
  readonly start: number;
}

/** How one database quotes: what stands around names, and whether a quote within is doubled or stands behind a backslash. */
export interface SqlQuoting {
  readonly quote: '"' | '`';
  readonly names: 'doubled' | 'backslash';
  readonly texts: 'doubled' | 'backslash';
}

const BREAKS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const PLAIN = /\s+|[A-Za-z_]\w*|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|<=|>=|[^]/y;

/** The pieces of a query; null: a quote is not closed. */
export function sqlTokens(text: string, { quote, names, texts }: SqlQuoting): readonly SqlToken[] | null {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const char = text[at]!;
    if (char === "'" || char === quote) {
      const found = quotedAt(text, at, char === quote ? names : texts);
      if (found === null) return null;
      tokens.push({ kind: char === quote ? 'name' : 'text', text: found.text, start });
      at = found.end;
      continue;
    }
    PLAIN.lastIndex = at;
    const found = PLAIN.exec(text)![0];
    at += found.length;
    if (/^\s/.test(found)) continue;
    tokens.push({ kind: /^[A-Za-z_]/.test(found) ? 'word' : /\d/.test(found) ? 'number' : 'sign', text: found, start });
  }
  return [...tokens, { kind: 'end', text: '', start: text.length }];
}

function quotedAt(text: string, start: number, escape: 'doubled' | 'backslash'): { readonly text: string; readonly end: number } | null {
  const quote = text[start]!;
  let [read, from] = ['', start + 1];
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (char === quote && !(escape === 'doubled' && text[at + 1] === quote)) return { text: read + text.slice(from, at), end: at + 1 };
    if (char !== quote && !(char === '\\' && escape === 'backslash')) continue;
    const next = text[at + 1] ?? '';
    read += text.slice(from, at) + (char === quote ? quote : (BREAKS[next] ?? next));
    from = ++at + 1;
  }
  return null;
}
