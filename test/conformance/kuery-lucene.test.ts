import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/registry';
import { readCorpus } from '../bench/corpus';
import { uncovered } from '../support/laws';
import { samePredicate } from '../support/same-predicate';

const context = { languages: LANGUAGES };
const CONVERTED = join(import.meta.dirname, '../../../shared/expected/convert/lucene.ndjson.gz');

const ofRules = (language: string): readonly string[] =>
  readCorpus('elastic', '.toml').flatMap(({ text }) => {
    const { rule } = parse(text) as { readonly rule?: { readonly language?: string; readonly query?: string } };
    return rule?.language === language && rule.query !== undefined ? [rule.query] : [];
  });

/** What another project writes for Sigma rules: public Lucene rules are few. */
const converted = existsSync(CONVERTED)
  ? gunzipSync(readFileSync(CONVERTED))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => (JSON.parse(line) as { readonly queries?: readonly string[] }).queries ?? [])
  : [];

const queries = { kuery: ofRules('kuery'), lucene: [...ofRules('lucene'), ...converted] };

describe.skipIf(queries.kuery.length === 0).each(['kuery', 'lucene'] as const)('every query in %s', (id) => {
  const language = LANGUAGES.get(id)!;

  it('is covered: every token stands in a modelled part', () => {
    expect(queries[id].flatMap((text) => uncovered(text, language.analyse(text, context)).map((missed) => `${missed}: ${text}`))).toEqual([]);
  });

  it('reads back from what is printed of it', () => {
    const refused = new Map<string, number>();
    const other: string[] = [];
    for (const text of queries[id]) {
      const { predicate } = language.analyse(text, context);
      const printed = language.print!(predicate);
      if ('refused' in printed) for (const { why } of printed.refused) refused.set(why, (refused.get(why) ?? 0) + 1);
      else if (!samePredicate(language.analyse(printed.text, context).predicate, predicate)) other.push(`${text} → ${printed.text}`);
    }
    console.log(`${id}: ${queries[id].length} queries, refused:`, Object.fromEntries(refused));
    expect(other).toEqual([]);
    // One that ends in a backslash is read only where no slash follows in the whole text.
    expect([...refused.keys()].filter((why) => !why.startsWith('no expression of Lucene ends in a backslash'))).toEqual([]);
  });

  it('has no error', () => {
    const errors = queries[id].flatMap((text) =>
      language
        .analyse(text, context)
        .diagnostics.filter(({ severity }) => severity === 'error')
        .map(({ message }) => `${message} ${text.slice(0, 200)}`),
    );
    console.log(`${id}: ${errors.length} errors over ${queries[id].length} queries`);
    // One conversion leaves a quote and a slash without their like.
    expect(errors.filter((error) => !error.includes('isolatedCommand'))).toEqual([]);
  });
});
