import type { Format, Metadata, Rule } from '../../model';
import { DOMAINS, PLATFORMS } from '../../model';
import { eql } from '../../languages/eql';
import { esql } from '../../languages/esql';
import { kuery } from '../../languages/kuery';
import { lucene } from '../../languages/lucene';
import { bareFormat } from '../bare';
import { knownSourcesOf } from './metadata';
import { startEql, startEsql, startKuery, startLucene } from './start';

/** What the indices a query names say about it. */
function metadata({ analysis }: Rule): Partial<Metadata> {
  const index = analysis.sources.map(({ name }) => name);
  const known = knownSourcesOf([], index);
  const platforms = new Set(known.flatMap((source) => source.platforms));
  const domains = new Set(known.flatMap((source) => source.domains));
  return {
    logsource: index.join(', '),
    scopes: [...new Set(index.map((pattern) => pattern.toLowerCase()))],
    platforms: PLATFORMS.filter((name) => platforms.has(name)),
    domains: DOMAINS.filter((name) => domains.has(name)),
    providers: [...new Set(known.flatMap((source) => source.providers))],
  };
}

/** The four query languages without a rule around them; `.kql` is Kusto's ending too, so that there the look decides. */
export const kueryFormat: Format = bareFormat(kuery, { extensions: ['.kql', '.kuery'], start: startKuery });
export const eqlFormat: Format = bareFormat(eql, { extensions: ['.eql'], start: startEql, metadata });
export const esqlFormat: Format = bareFormat(esql, { extensions: ['.esql'], start: startEsql, metadata });
export const luceneFormat: Format = bareFormat(lucene, { extensions: ['.lucene'], start: startLucene });
