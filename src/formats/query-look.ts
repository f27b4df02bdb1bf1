import { ecsFieldOf } from '../knowledge/ecs';
import { tableOf } from '../knowledge/tables';
import { otherThanQuery } from './other-look';

/*
 * What a text without a container looks like: how sure it is of each query language, 0 to 1, and what it is where it is of none.
 * One look for all of them, because a mark of one is a mark against another. Made from the head of the text: comments aside, quoted texts emptied.
 */

/** IDs of the languages, which the formats of their bare queries share. */
export const QUERY_LANGUAGES = ['kusto', 'spl', 'kuery', 'lucene', 'eql', 'esql'] as const;
type QueryLanguage = (typeof QUERY_LANGUAGES)[number];

interface QueryLook {
  readonly sure: Readonly<Partial<Record<QueryLanguage, number>>>;
  /** What the text is instead, in a few words. Null where it may be a query. */
  readonly other: string | null;
}

/** Units of a text that are looked at. */
const HEAD = 24_000;
const LEADING = /^[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+/;

let last: { readonly text: string; readonly look: QueryLook } | null = null;

/** The look of a text; that of the last one is kept. */
export function queryLook(text: string): QueryLook {
  if (last?.text !== text) last = { text, look: lookAt(text.slice(0, HEAD).replace(LEADING, '')) };
  return last.look;
}

/** How sure a text is of a query language, by the language's ID; 0 for one that is not looked for. */
export const sureOf = (language: string, text: string): number => {
  const { sure } = queryLook(text);
  return Object.hasOwn(sure, language) ? (sure[language as QueryLanguage] ?? 0) : 0;
};

function lookAt(head: string): QueryLook {
  const code = withoutComments(head);
  // A text that is not closed goes on to its line's end: to look for its end from each of its quotes would take squared time.
  const bare = code.replace(/"(?:\\.|[^"\\\n])*(?:"|$)/gm, '""').replace(/'(?:[^'\n]|'')*'/g, "''");
  const other = otherThanQuery(head, bare);
  if (other !== null) return { sure: {}, other };
  if (bare.trim() === '') return { sure: {}, other: head.trim() === '' ? 'an empty text' : 'comments alone' };
  if (isYaml(bare)) return { sure: {}, other: 'text' };
  const sure: Partial<Record<QueryLanguage, number>> = {};
  const esql = esqlLook(bare);
  const eql = eqlLook(code);
  if (esql > 0) sure.esql = esql;
  if (eql > 0) sure.eql = eql;
  if (esql < 0.9 && eql < 0.8) Object.assign(sure, pipedLook(code, bare), keyedLook(code, bare));
  return { sure, other: Object.keys(sure).length === 0 ? 'text' : null };
}

/** Several lines at the margin, each with a key of its own. */
function isYaml(bare: string): boolean {
  const lines = bare.split('\n').filter((line) => /^\S/.test(line) && !line.startsWith('#') && line !== '---');
  return lines.length > 1 && lines.every((line) => /^[\w-]+:(?:\s|$)/.test(line) && !/\s(?:and|or)(?:\s|$)/i.test(line));
}

/** Comments of the piped languages and EQL; `--` and `#` begin none of theirs. An address in a text is no comment. */
const withoutComments = (head: string): string =>
  head
    .replace(/"(?:\\.|[^"\\\n])*(?:"|$)|'[^'\n]*'|```[^]*?```|\/\*[^]*?\*\/|(?<![:\w/])\/\/[^\n]*/gm, (found) =>
      found.startsWith('"') || found.startsWith("'") ? found : ' ',
    )
    .replace(LEADING, '');

// ES|QL and EQL begin with words of their own.

const ESQL_COMMANDS =
  /^\s*\|\s*(?:where|eval|stats|inline\s*stats|inlinestats|keep|drop|rename|sort|limit|dissect|grok|enrich|mv_expand|lookup(?:_\w+)?\s+join|lookup|change_point|completion|fork|fuse|rerank|sample|row|dedup|highlight|mmr|uri_parts|ip_location|registered_domain|ts_\w+|rrf|metrics_info|\?)/i;

function esqlLook(bare: string): number {
  const first = /^(?:set\s+\w+\s*=[^;]*;\s*)*(from|row|ts|show|promql|explain)\b(.*)/is.exec(bare);
  if (first === null) return 0;
  const [, word = '', rest = ''] = first;
  const pipe = pipeIn(rest);
  const source = pipe < 0 ? rest : rest.slice(0, pipe);
  if (pipe >= 0 && !ESQL_COMMANDS.test(rest.slice(pipe, pipe + 60))) return 0.2;
  switch (word.toLowerCase()) {
    case 'from':
    case 'ts':
      // `from x import y` is a program's, `from x in y` a query over objects, `from: …` a letter's.
      return /^\s+(?:""|[\w.*<{`(:,"-])/.test(source) &&
        !/^\s+[^\s(]\S*\s+(?:import|in|select|where|and|the|a|to)\b/i.test(source) &&
        (pipe >= 0 || !/\s\w+\s+\w+\s+\w+\s/.test(source.replace(/metadata\b[^]*/i, '')))
        ? 0.95
        : 0;
    case 'row':
      return /^\s+(?:`?[\w.]+`?\s*=|""|[\d("[])/.test(source) ? 0.95 : 0;
    case 'show':
      return /^\s+(?:info|functions)\s*$/i.test(source) ? 0.95 : 0;
    default:
      return pipe >= 0 || /[={(]/.test(source) ? 0.9 : 0.3;
  }
}

/** The first pipe outside parentheses; -1 where there is none. */
function pipeIn(rest: string): number {
  let open = 0;
  for (let at = 0; at < rest.length; at++) {
    if (rest[at] === '(') open++;
    else if (rest[at] === ')') open--;
    else if (rest[at] === '|' && open <= 0) return at;
  }
  return -1;
}

const CONDITION = String.raw`(?:=|!=|:\s*[("'\d]|<|>|\?\w|\b(?:child|descendant|event) of\b|\blike~?\b|\bin~?\b|\bregex~?\b|\btrue\b|\bfalse\b|\w+~?\s*\()`;
const EVENT = new RegExp(String.raw`^(?:\w+|"[^"\n]*")\s+where\s+(?!\|)[^|]{0,400}?${CONDITION}`);

function eqlLook(code: string): number {
  if (/^(?:sequence|sample|join)\b(?!\s*:)[^|[]*\[\s*(?:\w+|"[^"\n]*")\s+where\b/.test(code)) return 0.95;
  if (!EVENT.test(code) || /^(?:from|select|search|find|index|extend|project)\b/i.test(code)) return 0;
  return 0.9;
}

// Kusto and SPL: both pipe.

/** Commands behind a pipe that only the one has. */
const KUSTO_COMMANDS =
  /\|\s*(?:summarize|extend|project(?:-\w+)?|mv-?expand|mv-apply|make-series|make-graph|graph-\w+|distinct|order\s+by|sort\s+by|top\s+\d+\s+by|top-\w+|take\s+\d|limit\s+\d|join\s+(?:kind|hint|\(|\w+\s+on)|union\b|render|invoke|parse(?:-where|-kv)?\s+(?:kind|\w+\s+with)|evaluate|getschema|serialize|consume|partition|facet|fork|reduce\s+by|sample(?:-distinct)?\s+\d|scan\b|search\s+(?:in\s*\(|kind|"")|lookup\s+(?:kind|\(|\w+\s+on)|filter\s|as\s+\w|assert-schema|count\s*(?:$|[|;)\n]))/gim;
const SPL_COMMANDS =
  /\|\s*(?:stats|eval|table|tstats|mstats|rename|rex|timechart|chart|dedup|eventstats|streamstats|inputlookup|outputlookup|fields|regex|fillnull|filldown|transaction|spath|convert|mvexpand|mvcombine|makemv|head|tail|reverse|makeresults|append(?:cols|pipe)?|multisearch|datamodel|from\s+datamodel|bin\s+_?\w+\s+span|bucket|iplocation|geostats|xyseries|untable|collect|sendemail|map|foreach|return|format|accum|delta|predict|anomalydetection|metadata|rest|loadjob|savedsearch|sort\s+(?:-|\+|\d)|top\s+(?:limit|\w+\s*$)|rare|lookup\s+(?:local|update|\w+\s+\w+\s+(?:as|output))|search\s+\w+\s*[=<>!]|where\s+\w+\s*(?:=[^=~]|>\s*\d+\s*$)|cluster\s+t|tojson|`)/gim;
const KUSTO_WORDS =
  /\b(?:has_any|has_all|has_cs|hasprefix|hassuffix|!?startswith(?:_cs)?|!?endswith(?:_cs)?|!?contains_cs|matches\s+regex|isnotempty|isempty|isnotnull|ago\(|datetime\(|dynamic\(|timespan\(|tostring\(|toscalar|iff\(|countif|dcount(?:if)?\(|make_set|make_list|make_bag|arg_max|arg_min|materialize\(|externaldata|datatable\s*\(|_GetWatchlist|TimeGenerated|isfuzzy|parse_json\(|ipv4_\w+\(|format_datetime|startofday|bag_unpack|mv-expand|between\s*\(|workspace\(|cluster\(|database\(|adx\(|arg\(|strcat\(|todatetime\(|row_number|prev\(|pack_all|next\(|todynamic\(|extract_all\()|(?<!\w)(?:!has\b|!contains\b|!in\b|in~|=~|!~|@"")|\bhas\s+(?:""|\w)/g;
const SPL_WORDS =
  /(?:^|[\s(|[])(?:index|sourcetype|source|eventtype|host|tag|EventCode|earliest|latest)\s*(?:=|\sIN\b)(?!=)|`[\w.:-]+(?:\([^`]*\))?`|\bTERM\(|\bsummariesonly\b|\bby\s+_time\b|\bspan=|\bdatamodel\s*=|\bnodename\s*=|\bvalues\(|\bOUTPUT(?:NEW)?\b/gi;
/** How a tabular expression begins: a name, a call, a bracketed name, an open bracket, then a pipe, on one line or the next. */
const SOURCE = /^\(* ?(?:\[''\]|\[""\]|[A-Za-z_][\w-]*\*?)(?: ?\((?:[^|()]|\((?:[^|()]|\([^|()]*\))*\))*\)|\.\w+)*(?: ?, ?[A-Za-z_]\w*\*?)*[ )]*\| ?[a-z]/;
/** Each run of blanks as one: blanks beside blanks could be shared out among a pattern's parts in as many ways as there are. */
const oneSpaced = (text: string): string => text.replace(/\s+/g, ' ');

/** Words that begin a query of Kusto, each with what must follow. */
const KUSTO_STARTS =
  /^(?:let\s+\w+\s*=|declare\s|set\s+\w+(?:\s*=[^;\n]*)?\s*;|print\s+(?:\w+\s*=|[\d"'([]|\w+\s*\(|\w+\s*$)|range\s+\w+\s+from\b|datatable\s*\(|union\s+[\w(*]|\(?[ \t]*union\b|find\s+(?:in\s*\(|where\b[^\n]*(?:==|=~|\bhas\b|\bcontains\b|!=|\bin\b)|withsource)|search\s+(?:in\s*\(|kind\s*=|"[^"\n]*"\s*(?:$|\||(?:and|or)\b))|externaldata\s*\(|materialize\s*\(|toscalar\s*\(|evaluate\s+\w+\(|alias\s+\w+|restrict\s+access|\.(?:show|create|alter|drop|set|append|ingest|delete|execute)\b|_(?:GetWatchlist|Im_|ASim_)\w*\(?|(?:im|ASim|vim)[A-Z]\w+\b|(?:workspace|cluster|database|adx|app|table|stored_query_result|external_table)\(|invoke\s)/m;

/** Commands that begin a search behind its pipe. */
const GENERATING =
  /^\s*\|\s*(?:gentimes|dbxquery|inputcsv|ldapsearch|set\s+(?:diff|union|intersect)|pivot|walklex|mcatalog|crawl|history|typeahead|eventcount|audit|dbinspect|from\s+\S)/i;

function pipedLook(code: string, bare: string): Partial<Record<QueryLanguage, number>> {
  const hasPipe = /\|/.test(bare.replace(/\|\|/g, ''));
  const word = /^[([\s]*([A-Za-z_]\w*)(?![\w.:])/.exec(bare)?.[1];
  const isTable = word !== undefined && (tableOf(word) !== null || word.endsWith('_CL'));
  const starts = KUSTO_STARTS.test(code);
  const kusto =
    2 * count(bare, KUSTO_COMMANDS) +
    count(bare, KUSTO_WORDS) +
    (isTable ? 3 : 0) +
    (starts ? 3 : 0) +
    (/^[ \t]*let\s+\w+\s*=/m.test(bare) ? 3 : 0) +
    (SOURCE.test(oneSpaced(bare)) ? 1.5 : 0) +
    (/\|\s*where\b[^|]*(?:==|\bcontains\b|\bin\s*\()/i.test(bare) ? 1.5 : 0);
  const spl =
    2 * count(bare, SPL_COMMANDS) +
    1.5 * count(code, SPL_WORDS) +
    (/^\s*\|\s*(?:tstats|mstats|inputlookup|from\s+datamodel|makeresults|multisearch|rest\b|datamodel|metadata|loadjob|savedsearch|union|append|search|`)/i.test(
      bare,
    )
      ? 3
      : 0) +
    (GENERATING.test(bare) ? 3 : 0) +
    (/^search\s+\S/i.test(bare) && !starts ? 2 : 0) +
    (/^[\w.]+\s*=(?![=~])/.test(bare) ? 1 : 0);
  if (!hasPipe) {
    if (starts && (!/^search\b/.test(bare) || /^search\s+in\s*\(/.test(bare))) return { kusto: 0.9 };
    if (starts && !/[\w.]\s*=(?![=~])/.test(bare)) return { kusto: 0.6, spl: 0.5 };
    if (isTable && /^\S+\s*;?\s*$/.test(bare.trim())) return { kusto: 0.7 };
    if (isTable && kusto >= 5) return { kusto: 0.6 };
    const isSearch = /(?:^|[\s(])(?:index|sourcetype|source|eventtype)\s*(?:=|IN\b)(?!=)/i.test(bare) || /^`[\w.:]+(?:\([^`]*\))?`/.test(bare);
    if (isSearch) return { spl: 0.8 };
    return /^(?:search\s+)?(?:NOT\s+)?\(?[\w.]+\s*=(?![=~])\s*(?:""|[\w*])/.test(bare) &&
      !/==|;/.test(bare) &&
      !/\n[ \t]*[\w.]+\s*=[^\n]*\n\s*[\w.]+\s*=/.test(bare)
      ? { spl: 0.55 }
      : {};
  }
  if (kusto === 0 && spl === 0) return {};
  const share = (own: number, others: number): number => Math.min(0.97, (own / (own + others)) * (own >= 3 ? 1 : own >= 1.5 ? 0.8 : 0.5));
  return { ...(kusto > 0 ? { kusto: share(kusto, spl) } : null), ...(spl > 0 ? { spl: share(spl, kusto) } : null) };
}

const count = (text: string, pattern: RegExp): number => {
  let found = 0;
  pattern.lastIndex = 0;
  while (found < 12 && pattern.exec(text) !== null) found++;
  pattern.lastIndex = 0;
  return found;
};

// kuery and Lucene: fields before colons.

/** Keys of containers and letters: a line that begins so is no comparison. */
const KEY_WORDS =
  /^(?:title|id|name|description|author|date|status|level|tags|query|search|rule|rules|version|type|subject|to|from|note|todo|warning|error|info|example|usage|https?)$/i;

function keyedLook(code: string, bare: string): Partial<Record<QueryLanguage, number>> {
  const text = bare.trim();
  if (/^[-#>*]\s|^```|^---/.test(text) || /\|\s*\w+/.test(text.replace(/\|\|/g, ''))) return {};
  // YAML: each line a key of its own.
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const keyed = lines.filter((line) => /^\s*-?\s*[\w-]+:(?:\s|$)/.test(line) && !/\s(?:and|or|not)\s*$|\s(?:and|or)\s/i.test(line)).length;
  if (lines.length > 1 && keyed > lines.length / 2) return {};
  const comparisons = [
    ...text.matchAll(/(?:^|[\s({]|(?<![\w.@*\\-])[+\-!])((?:@?[A-Za-z_][\w.@*\\-]*|\*(?:\.[\w.*]+)?|""))\s*(?::(?!\/\/)|[<>]=?)\s*[^\s)]/g),
  ].map(([, name]) => name!);
  const fields = comparisons.filter((name) => name.includes('.') || name === '*' || ecsFieldOf(name) !== undefined).length;
  const joins = (text.match(/(?:^|[\s)])(?:and|or|not)(?=[\s(])/g) ?? []).length;
  const capitals = (text.match(/(?:^|[\s)])(?:AND|OR|NOT)(?=[\s(])|&&|\|\|/g) ?? []).length;
  const marks =
    (/:\s*[[{][^\]}\n]{0,200}\sTO\s/.test(code) ? 2 : 0) +
    (/(?:^|[\s(])_exists_:/.test(code) ? 2 : 0) +
    (/[\w.]:\/(?:[^/\s\\]|\\.)[^\n]{0,300}?\/(?=[\s)]|$)/.test(code) && joins === 0 ? 1 : 0) +
    (/"~\d|\w~\d?(?=[\s)]|$)|\^\d/.test(code) ? 1 : 0) +
    (/:[<>]=?/.test(text) ? 1 : 0) +
    (/(?:^|[\s(])[+-](?:\w|\()/.test(text) && joins === 0 ? 1 : 0);
  if (comparisons.length === 0) {
    const isWords = /^(?:not\s+)?(?:\w+|"")(?:\s+(?:and|or)\s+(?:not\s+)?(?:\w+|""))+$/.test(text) && /""/.test(text);
    return isWords
      ? { kuery: 0.5 }
      : marks >= 2 || (lines.length === 1 && /""~\d|^(?:\w+(?:\^\d+(?:\.\d+)?|~\d?)?\s*){1,6}$/.test(text) && /[\^~]/.test(text))
        ? { lucene: 0.5 }
        : {};
  }
  const [first = ''] = comparisons;
  const isTight = /^[(+\-!\s]*(?:not\s+|NOT\s+)?[\w.@*\\-]+:\S/.test(text);
  if (
    fields === 0 &&
    joins + capitals + marks === 0 &&
    ((KEY_WORDS.test(first) && !isTight) || /^[A-Z]:\\/.test(text) || (!isTight && !/[<>]=?\s*\S|"/.test(text)) || lines.length > 1)
  )
    return {};
  // Prose has colons too.
  const words = (text.replace(/:\/(?:[^/\s\\]|\\.)[^\n]{0,300}?\/(?=[\s)]|$)/g, ':').match(/(?<![\w.:@*\\-])[A-Za-z]+(?![\w.:@*\\-])/g) ?? []).length;
  if (fields === 0 && words > 3 * (comparisons.length + joins + capitals)) return {};
  const base = fields > 0 ? 0.8 : joins + capitals + marks > 0 ? 0.65 : 0.5;
  const isLucene = marks + (capitals > 0 && joins === 0 ? 1 : 0) + (/:\s/.test(text) ? -1 : 0);
  return isLucene >= 1 && joins === 0 ? { lucene: base, kuery: base - 0.15 } : { kuery: base, lucene: base - 0.15 };
}
