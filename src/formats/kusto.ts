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
  /\|\s*(?:summarize|extend|project(?:-\w+)?|mv-expand|mv-apply|make-series|distinct|order by|sort by|top \d+ (?:by|of)|top-(?:nested|hitters)\b|take \d|join kind|lookup kind|evaluate \w+\s*\(|as \w+\s*(?:$|[|;])|scan\b|serialize|getschema|sample \d|parse-kv|union|render|invoke|parse-where|count\s*(?:$|[|/;]))/m;
const OWN_WORDS =
  /\b(?:has_any|has_all|isnotempty|ago\(\d+[dhms]\)|startofday|union isfuzzy|TimeGenerated|startswith|endswith|matches regex|hasprefix|hassuffix)\b|\bbetween\s*\([^)]*\.\.|\bin~\s*\(|!(?:has|in|contains|between|startswith|endswith)\b|=~\s*["'@]|\b[\w.]+ (?:has|contains) (?:["'@])|\b(?:ipv[46]_\w+|todynamic|parse_json|isnotnull|column_ifexists)\(/;
const LET = /^[ \t]*let\s+\w+\s*=/m;
const PIPED = /\|\s*(?:where|extend|summarize|project|join|take|count)\b/;
/** How ES|QL, SPL and languages of programs begin. */
const OTHERS = /^\s*(?:(?:from|row|ts|show)\s|\||index\s*=|search\s+\w+=|`|sourcetype\s*=|tstats\b)/i;
/** Comments, directives and blanks, zero-width ones among them, before the first word. */
const BEFORE = /^(?:[\s\u200b-\u200f\u2060\ufeff]|\/\/[^\n]*(?:\n|$))*/;
/** How queries begin whose source is no table. */
const HEADS: readonly RegExp[] = [
  /^datatable\s*\(\s*(?:\w+|\[)/,
  /^externaldata\s*\(/,
  /^print\s+(?:[\w'[\]]+\s*=[^=]|[A-Za-z_]\w*\s*\(|["'@])/,
  /^range\s+\w+\s+from\b/,
  /^(?:search|find)\s+(?:in\s*\(|kind\s*=|withsource\s*=)/,
  /^(?:workspace|cluster|database|table|materialize|app|resource|adx|arg)\s*\(\s*['"(@]/,
  /^(?:_GetWatchlist|_Im_\w+|_ASim_\w+|_WebSession\w*)\s*\(/,
  /^(?:im|vim|ASim|_Im_|_ASim_)[A-Z]\w*\s*(?:\([^)]*\)\s*)?\|/,
  /^union\s+(?:isfuzzy|withsource|kind|hint)\b/,
  /^union\s+[\w*("']+[^\n|]*[*,|]/,
  /^\['[^'\n]+'\]\s*(?:$|\|)/,
  /^\.(?:show|create|create-or-alter|create-merge|alter|alter-merge|drop|set|set-or-append|set-or-replace|append|ingest|delete|execute|rename|clear|add|purge)\s/,
  /^(?:set\s+\w+|declare\s+query_parameters)\b/,
];
/** The first word of a text; a dotted name or one before a colon is a field, not a table. */
const FIRST = /^([A-Za-z_]\w*)(?![\w.:])/;

/** Whether a text reads like a Kusto query. */
export const looksLikeKusto = (text: string): boolean => likeness(text) >= 0.5;

function likeness(text: string): number {
  const body = text.slice(BEFORE.exec(text)![0].length);
  // A fragment that begins with its pipe.
  if (/^\|\s*(?:extend|project|summarize|mv-expand|make-series)\b/.test(body) && !/^\|\s*summarize\b.*\bas\b/.test(body)) return 0.7;
  if (OTHERS.test(body)) return 0;
  if (HEADS.some((head) => head.test(body))) return 0.95;
  const isLet = /^let\s+(?:\w+|\[[^\]\n]*\])\s*=/.test(body);
  const first = FIRST.exec(body)?.[1];
  const isGroup = body.startsWith('(');
  if (first === undefined && !isGroup) return 0;
  const isTable = first !== undefined && (tableOf(first) !== null || first.endsWith('_CL'));
  const hasOwn = OWN_OPERATORS.test(body);
  const hasWords = OWN_WORDS.test(body);
  const isPiped = PIPED.test(body);
  if (isTable && /^\S+\s*$/.test(body.trim())) return 0.6;
  // A source alone on its line or before a pipe, and a step or comparison that no other language has.
  const isSource = isLet || isGroup || new RegExp(`^${first ?? ''}\\s*(?:\\([^()]*\\)\\s*)?(?://[^\\n]*\\s*)?\\|`).test(body);
  // Statements one after the other.
  const isSeveral = isPiped && /;\s*(?:let\b|\w+\s*\|)/.test(body);
  if (isSource && (hasOwn || (isPiped && hasWords) || isSeveral)) return 0.95;
  const signs = Number(hasOwn) + Number(hasWords) + Number(LET.test(body)) + 2 * Number(isTable) + Number(isPiped);
  return signs >= 3 ? 0.9 : signs === 2 ? 0.7 : signs === 1 ? 0.3 : 0;
}

/** A field before a colon, as Kibana's queries have it, and no pipe. */
const KIBANA = /^[^|]*(?:^|[\s(])[\w.@*-]+\s*(?::|>=|<=|<|>)\s*["*\w(][^|]*$/;

function detect(text: string, path: string): number {
  const like = likeness(text);
  if (/\.(?:kusto|csl)$/i.test(path)) return 0.97;
  // Kibana's language has the same ending; its queries have no pipes.
  if (/\.kql$/i.test(path)) return like < 0.5 && KIBANA.test(text.trim()) ? 0.4 : 0.97;
  return path === '' || /\.txt$/i.test(path) ? like : like * 0.4;
}
