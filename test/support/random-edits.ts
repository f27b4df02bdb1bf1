/** Pieces that break queries: signs, quotes, brackets, operators, keywords. */
const PIECES = [
  '"', "'", '`', '```', '(', ')', '[', ']', '|', '||', ',', '=', '!=', '==', '<', '>=', '\\', '\\"', '*', ' ', '\n', '.', '%', '$', '&gt;',
  ' AND ', ' OR ', ' NOT ', ' or ', ' IN (', ' by ', ' as ', ' where ', '| where ', '| stats ', '| eval ', '| search ', 'TERM(', 'match(', 'eval(', '<<FIELD>>', 'x', '7', '\u{1F600}', '\ufeff', '',
]; // prettier-ignore

/** Numbers from a seed, 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A text after one to four random edits: pieces put in, stretches taken out, doubled or moved. */
export function randomlyEdited(text: string, random: () => number): string {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  let edited = text;
  for (let left = 1 + upTo(4); left > 0; left--) {
    const from = upTo(edited.length + 1);
    const to = Math.min(edited.length, from + (random() < 0.7 ? upTo(4) : upTo(60)));
    const stretch = edited.slice(from, to);
    const kind = upTo(4);
    if (kind === 0) edited = edited.slice(0, from) + edited.slice(to);
    else if (kind === 1) edited = edited.slice(0, from) + PIECES[upTo(PIECES.length)]! + edited.slice(from);
    else if (kind === 2) edited = edited.slice(0, to) + stretch + edited.slice(to);
    else {
      const rest = edited.slice(0, from) + edited.slice(to);
      const at = upTo(rest.length + 1);
      edited = rest.slice(0, at) + stretch + rest.slice(at);
    }
  }
  return edited;
}
