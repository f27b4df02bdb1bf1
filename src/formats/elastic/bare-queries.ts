import type { Format, Metadata, Rule } from '../../model';
import { DOMAINS, PLATFORMS } from '../../model';
import { eql } from '../../languages/eql';
import { esql } from '../../languages/esql';
import { kuery } from '../../languages/kuery';
import { lucene } from '../../languages/lucene';
import { bareFormat } from '../bare';
import { knownSourcesOf } from './metadata';
import { startEql, startEsql, startKuery, startLucene } from './start';

/** The text after blanks and comments, as far as a look needs it. */
const headOf = (text: string): string => text.slice(0, 2000).replace(/^(?:\s+|\/\/[^\n]*(?:\n|$)|\/\*[^*]*\*\/)+/, '');

const looksLikeEql = (head: string): boolean => /^(?:sequence|sample)\b(?!\s+where)[^|]*\[/.test(head) || /^(?:\w+|"[^"\n]*")\s+where\s/.test(head);
const looksLikeEsql = (head: string): boolean =>
  /^(?:from\s+[\w.*"-]|row\s+\w+\s*=|show\s+info|ts\s+\w)/i.test(head) && !/^from\s+\w+\s+(?:select|in)\b/i.test(head);
/** A dotted field and a colon; no line that begins `key:`, as YAML has them. */
const looksLikeKuery = (head: string): boolean =>
  /^[(\s]*(?:not\s+)?@?\w+(?:\.\w+)+\s*(?::|[<>]=?)\s*\S/i.test(head) ||
  (/^[(\s]*(?:not\s+)?\w+\s*:\s*\S.*\s(?:and|or)\s/i.test(head) && !/\n\w+:/.test(head) && !/[|=]/.test(head));
const looksLikeLucene = (head: string): boolean =>
  /(?:^|[\s(])[\w.]+:(?:\/[^/\s]|\[[^\]]* TO |\([^)]* OR )/.test(head) || (/^[(+\s-]*[\w.]+:\S/.test(head) && /\s(?:AND|OR|NOT)\s/.test(head));

const looks = (extension: string, test: (head: string) => boolean, sure: number) => (text: string, path: string) =>
  path.endsWith(extension) ? 1 : test(headOf(text)) ? sure : 0;

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

/** The four query languages without a rule around them. `.kql` is Kusto's ending too, so that the look decides. */
export const kueryFormat: Format = bareFormat(kuery, {
  extensions: ['.kql'],
  detect: (text) => (looksLikeKuery(headOf(text)) ? (looksLikeLucene(headOf(text)) ? 0.55 : 0.65) : 0),
  start: startKuery,
});
export const eqlFormat: Format = bareFormat(eql, { extensions: ['.eql'], detect: looks('.eql', looksLikeEql, 0.85), start: startEql, metadata });
export const esqlFormat: Format = bareFormat(esql, { extensions: ['.esql'], detect: looks('.esql', looksLikeEsql, 0.92), start: startEsql, metadata });
export const luceneFormat: Format = bareFormat(lucene, { extensions: ['.lucene'], detect: looks('.lucene', looksLikeLucene, 0.6), start: startLucene });
