import table from './counterparts.json';

type Kind = 'functions' | 'aggregates' | 'steps';
type Row = Readonly<Record<string, string | undefined>>;

/** Rows by each word any language has for what they are about, letters' case aside. */
const byWord = (rows: readonly Row[]): ReadonlyMap<string, Row> => {
  const found = new Map<string, Row>();
  for (const row of rows)
    for (const [language, words = ''] of Object.entries(row))
      for (const word of language === 'other' ? words.split(' ') : [words]) if (!found.has(word.toLowerCase())) found.set(word.toLowerCase(), row);
  return found;
};

const TABLES: Readonly<Record<Kind, ReadonlyMap<string, Row>>> = {
  functions: byWord(table.functions),
  aggregates: byWord(table.aggregates),
  steps: byWord(table.steps),
};

/** What a language calls that which another language, or SQL, calls by this word; undefined where none does, or the language itself has the word. */
export function counterpartOf(language: string, word: string, ...kinds: readonly Kind[]): string | undefined {
  for (const kind of kinds) {
    const meant = TABLES[kind].get(word.toLowerCase())?.[language];
    if (meant !== undefined && meant !== word) return meant;
  }
  return undefined;
}
