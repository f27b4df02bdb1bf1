import type { Diagnostic, Span, Token } from '../../model';
import { type Embedded } from '../../syntax/embedded';
import { entriesOf, isScalar, textOfScalar, textsOf, type YamlEntry } from '../../syntax/yaml';
import { parseLenientYaml } from '../../syntax/yaml-repair';
import { embeddedScalar } from '../../syntax/yaml-scalar';
import { tokensOfYaml } from '../../syntax/yaml-tokens';

/** A YAML document that holds one query under a key. */
export interface YamlRule {
  readonly span: Span;
  readonly query: Embedded;
  readonly keys: ReadonlyMap<string, YamlEntry>;
}

/** Reads the documents of a YAML text that hold a query under `queryKey`; others are passed over. */
export function readYamlRules(
  text: string,
  queryKey: string,
): { readonly rules: readonly YamlRule[]; readonly colour: () => readonly Token[]; readonly diagnostics: readonly Diagnostic[] } {
  const { documents, tokens, diagnostics } = parseLenientYaml(text);
  const rules: YamlRule[] = [];
  for (const { map, span } of documents) {
    if (map === null) continue;
    const keys = new Map<string, YamlEntry>();
    for (const entry of entriesOf(map)) if (!keys.has(entry.key)) keys.set(entry.key, entry);
    const node = keys.get(queryKey)?.value;
    if (!isScalar(node)) continue;
    const query = embeddedScalar(text, node);
    rules.push({ span, query, keys });
  }
  const isQuery = (offset: number): boolean => rules.some(({ query }) => offset >= query.span.start && offset < query.span.end);
  return { rules, colour: () => tokensOfYaml(tokens, text, (offset, isKey) => (!isKey && isQuery(offset) ? null : undefined)), diagnostics };
}

/** A key's text; '' where it is missing or no scalar. */
export const textAt = (keys: ReadonlyMap<string, YamlEntry>, key: string): string => textOfScalar(keys.get(key)?.value).trim();

/** A key's list of texts; a single text is a list of one. */
export const listAt = (keys: ReadonlyMap<string, YamlEntry>, key: string): readonly string[] =>
  textsOf(keys.get(key)?.value)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Where each row is written; the query's key is `query`. */
export function placesOf(keys: ReadonlyMap<string, YamlEntry>, names: ReadonlyMap<string, string>): Readonly<Record<string, Span>> {
  const places: Record<string, Span> = {};
  for (const [key, { span }] of keys) if (key !== '__proto__') places[names.get(key) ?? key] = span;
  return places;
}

/** Names parted by commas. */
export const namesIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** A name as files are called: small letters, digits and underscores. */
export const fileStem = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '') || 'rule';

/** ATT&CK IDs among some texts, upper case, each once. */
export const techniquesIn = (texts: readonly string[]): readonly string[] => [
  ...new Set(texts.flatMap((text) => (/^\s*(T\d{4}(?:\.\d{3})?)\s*$/i.exec(text)?.[1] ?? '').toUpperCase() || [])),
];
