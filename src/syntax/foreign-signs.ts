/** What other languages write so, and a sentence on what is written here. The pattern is sticky: it is tried at one place. */
export type ForeignSign = readonly [written: RegExp, message: string];

/** Signs that no query language here has; all of them write the words, and comments with two slashes. */
export const FOREIGN_SIGNS: readonly ForeignSign[] = [
  [/&&?/y, '`&&` is no operator here: write `and`.'],
  [/\|\|/y, '`||` is no operator here: write `or`.'],
  [/(?<=<)>|<>/y, '`<>` is no operator here: write `!=`.'],
  [/(?<=[^=!<>]=)[<>]|=[<>]/y, 'The equals sign of `<=` and `>=` stands last.'],
  [/!\s*(?=\()/y, '`!` is no operator before a bracket: write `not`.'],
  [/!(?=(?:in|like|regex|rlike)\b|:)/y, '`!` negates no comparison here: write `not` before the whole of it.'],
  [/[“”„‘’]/y, 'Texts stand in straight double quotes.'],
  [/#|--/y, 'A comment begins with `//`.'],
];

/** The sentence on what stands at a place, where another language writes it so. */
export function foreignAt(text: string, at: number, signs: readonly ForeignSign[]): string | undefined {
  for (const [written, message] of signs) {
    written.lastIndex = at;
    if (written.test(text)) return message;
  }
  return undefined;
}
