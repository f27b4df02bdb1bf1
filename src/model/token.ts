import type { Span } from './span';

/** What a token is to a reader; the editor colours by it. One list for all languages, in the order of the editor's legend. */
export const TOKEN_TYPES = [
  'key', // a YAML/TOML key, a stage's command word
  'field', // a field name
  'keyword', // and, or, not, by, where …
  'function',
  'modifier', // a Sigma modifier, an option such as kind=
  'operator',
  'string',
  'number',
  'regex',
  'constant', // true, null, a timespan
  'macro', // a macro, a placeholder, a let name
  'comment',
  'punctuation',
  'invalid',
] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];

/** One coloured stretch. Tokens of an analysis stand in order, do not overlap and never hold a line break's neighbour twice. */
export interface Token extends Span {
  readonly type: TokenType;
}
