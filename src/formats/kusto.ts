import { tableOf } from '../knowledge/tables';
import { kusto } from '../languages/kusto';
import type { Metadata, Rule } from '../model';
import { bareFormat } from './bare';
import { factsOf } from './sentinel/facts';

/** Kusto queries without a container. */
export const kustoFormat = bareFormat(kusto, {
  extensions: ['.kql', '.kusto', '.csl', '.txt'],
  detect,
  start: ({ point }) => point.kusto,
  metadata: metadataOf,
});

function metadataOf({ analysis }: Rule): Partial<Metadata> {
  const { isAlertFeed, ...facts } = factsOf(analysis);
  return { ...facts, kind: isAlertFeed ? 'alert feed' : 'detection', logsource: analysis.sources.map(({ name }) => name).join(', ') };
}

/** Operators that other piped languages do not have. */
const OWN_OPERATORS =
  /\|\s*(?:summarize|extend|project(?:-\w+)?|mv-expand|mv-apply|make-series|distinct|order by|sort by|top \d+ by|take \d|join kind|union|render|invoke|parse-where|count\s*(?:$|\/\/))/m;
const OWN_WORDS = /\b(?:has_any|has_all|isnotempty|ago\(\d+[dhms]\)|!has|in~|startofday|union isfuzzy|TimeGenerated)\b|=~\s*["'@]|!contains\b/;
const LET = /^[ \t]*let\s+\w+\s*=/m;
const PIPED = /\|\s*(?:where|extend|summarize|project|join)\b/;
/** How ES|QL and SPL begin. */
const OTHERS = /^\s*(?:(?:from|row|ts|show)\s|\||index\s*=|search\s+\w+=|`|sourcetype\s*=|tstats\b)/i;

/** The first word of a text, comments aside; a dotted name or one before a colon is a field, not a table. */
const FIRST = /^(?:\s|\/\/[^\n]*(?:\n|$))*([A-Za-z_]\w*)(?![\w.:])/;

/** Whether a text reads like a Kusto query. */
export const looksLikeKusto = (text: string): boolean => likeness(text) >= 0.5;

function likeness(text: string): number {
  if (OTHERS.test(text)) return 0;
  const first = FIRST.exec(text)?.[1];
  if (first === undefined) return 0;
  const isTable = tableOf(first) !== null || first.endsWith('_CL');
  const signs = Number(OWN_OPERATORS.test(text)) + Number(OWN_WORDS.test(text)) + Number(LET.test(text)) + 2 * Number(isTable) + Number(PIPED.test(text));
  if (isTable && /^\S+\s*$/.test(text.trim())) return 0.6;
  return signs >= 3 ? 0.9 : signs === 2 ? 0.7 : signs === 1 ? 0.3 : 0;
}

function detect(text: string, path: string): number {
  const like = likeness(text);
  if (/\.(?:kusto|csl)$/i.test(path)) return 0.95;
  // Kibana's language has the same ending; its queries have no pipes.
  if (/\.kql$/i.test(path)) return Math.max(like, PIPED.test(text) ? 0.8 : 0.4);
  return path === '' || /\.txt$/i.test(path) ? like : like * 0.4;
}
