import { languages } from './monaco';

interface Family {
  /** Monaco's id of it. */
  readonly id: string;
  /** File endings of its formats. */
  readonly extensions: readonly string[];
  readonly configuration: languages.LanguageConfiguration;
}

const BRACKETS: languages.CharacterPair[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];
const pairs = (...quotes: readonly string[]): languages.LanguageConfiguration => ({
  brackets: BRACKETS,
  autoClosingPairs: [...BRACKETS.map(([open, close]) => ({ open, close })), ...quotes.map((quote) => ({ open: quote, close: quote }))],
  surroundingPairs: [...BRACKETS, ...quotes.map((quote): languages.CharacterPair => [quote, quote])].map(([open, close]) => ({ open, close })),
  // A value with dots, slashes, stars and dashes is one word: double-clicking takes it whole.
  wordPattern: /[^\s"'`|,;:=!<>(){}[\]]+/,
});

/** How one edits a kind of document: comments, brackets, words. What the text means is the analysis' business. */
const FAMILIES: readonly Family[] = [
  {
    id: 'rule-yaml',
    extensions: ['.yml', '.yaml'],
    configuration: {
      ...pairs("'", '"'),
      comments: { lineComment: '#' },
      onEnterRules: [{ beforeText: /:\s*$/, action: { indentAction: languages.IndentAction.Indent } }],
      folding: { offSide: true },
    },
  },
  { id: 'rule-toml', extensions: ['.toml'], configuration: { ...pairs("'", '"'), comments: { lineComment: '#' } } },
  { id: 'rule-markdown', extensions: ['.md'], configuration: { ...pairs('`', '"'), comments: { blockComment: ['<!--', '-->'] } } },
  { id: 'rule-spl', extensions: ['.spl'], configuration: { ...pairs('"', '`'), comments: { blockComment: ['```', '```'] } } },
  { id: 'rule-query', extensions: [], configuration: { ...pairs("'", '"'), comments: { lineComment: '//', blockComment: ['/*', '*/'] } } },
];

export const FAMILY_IDS: readonly string[] = FAMILIES.map(({ id }) => id);

let isRegistered = false;

export function registerFamilies(): void {
  if (isRegistered) return;
  isRegistered = true;
  for (const { id, configuration } of FAMILIES) {
    languages.register({ id });
    languages.setLanguageConfiguration(id, configuration);
  }
}

/** The family of a format, by its usual file ending; a query without a container when there is none. */
export const familyOf = (extension: string | undefined): string =>
  (FAMILIES.find(({ extensions }) => extension !== undefined && extensions.includes(extension)) ?? FAMILIES.at(-1)!).id;
