import { FILE_KINDS, type FileKind } from '../knowledge/file-kinds';
import { languages } from './monaco';

const BRACKETS: languages.CharacterPair[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];

const configurationOf = ({ quotes, line, block, indentsAfter, folds }: FileKind): languages.LanguageConfiguration => ({
  brackets: BRACKETS,
  autoClosingPairs: [...BRACKETS.map(([open, close]) => ({ open, close })), ...quotes.map((quote) => ({ open: quote, close: quote }))],
  surroundingPairs: [...BRACKETS, ...quotes.map((quote): languages.CharacterPair => [quote, quote])].map(([open, close]) => ({ open, close })),
  // A value with dots, slashes, stars and dashes is one word: double-clicking takes it whole.
  wordPattern: /[^\s"'`|,;:=!<>(){}[\]]+/,
  comments: {
    ...(line === undefined ? null : { lineComment: line }),
    ...(block === undefined ? null : { blockComment: [block[0]!, block[1]!] as languages.CharacterPair }),
  },
  ...(indentsAfter === undefined
    ? null
    : { onEnterRules: [{ beforeText: new RegExp(indentsAfter), action: { indentAction: languages.IndentAction.Indent } }] }),
  ...(folds === true ? { folding: { offSide: true } } : null),
});

export const FILE_KIND_IDS: readonly string[] = FILE_KINDS.map(({ id }) => id);

let isRegistered = false;

/** Tells Monaco of every kind of document, once. */
export function registerFileKinds(): void {
  if (isRegistered) return;
  isRegistered = true;
  for (const kind of FILE_KINDS) {
    languages.register({ id: kind.id });
    languages.setLanguageConfiguration(kind.id, configurationOf(kind));
  }
}
