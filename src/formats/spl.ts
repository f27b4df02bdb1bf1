import type { Format } from '../model';
import { spl } from '../languages/spl';
import { expand } from '../languages/spl/assist/expand';
import { bareFormat } from './bare';

const COMMAND = /\|\s*(?:stats|eval|where|search|table|tstats|rename|rex|lookup|bin|timechart|join|dedup|eventstats|inputlookup|fields|regex)\b/i;

/** How much a text looks like SPL: the commands and macros that other languages do not have. */
function detect(text: string, path: string): number {
  if (/\.spl$/i.test(path)) return 0.97;
  if (/^[\w-]+:(?:\s|$)/m.test(text) || /^\s*[[{]/.test(text)) return 0;
  if (/^\s*\|\s*(?:tstats|mstats|inputlookup|from\s+datamodel|makeresults|multisearch)\b/i.test(text)) return 0.95;
  const isSearch = /(?:^|\s)(?:index|sourcetype|source|eventtype)\s*=/.test(text) || /`[\w.:]+(?:\([^`]*\))?`/.test(text);
  if (COMMAND.test(text)) return isSearch || /\b(?:span|as|by)\b/i.test(text) ? 0.85 : 0.55;
  if (isSearch) return 0.6;
  return /^\s*(?:search\s+)?[\w.]+=["*\w]/.test(text) && !text.includes('==') ? 0.35 : 0;
}

/** A search without a container. */
export const splFormat: Format = {
  ...bareFormat(spl, { extensions: ['.spl', '.txt'], detect, start: ({ point }) => point.spl }),
  expand: (text, _index, context) => expand(text, context),
};
