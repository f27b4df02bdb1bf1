import { NO_METADATA } from '../../src/formats/metadata';
import { functionsOf } from '../../src/knowledge/functions';
import eqlWords from '../../src/languages/eql/vocabulary.json';
import esqlWords from '../../src/languages/esql/vocabulary.json';
import kustoWords from '../../src/languages/kusto/vocabulary.json';
import { LANGUAGES } from '../../src/languages/registry';
import splWords from '../../src/languages/spl/vocabulary.json';
import type { Rule } from '../../src/model';
import type { Given } from '../../src/run/engine';
import { runRule } from '../../src/run/dialect/engines';
import { eqlDialect } from '../../src/run/dialect/eql';
import { esqlDialect } from '../../src/run/dialect/esql';
import { kustoDialect } from '../../src/run/dialect/kusto';
import { splDialect } from '../../src/run/dialect/spl';

/** A word of a language with whether running a query covers it, and why not. */
interface Row {
  readonly word: string;
  readonly why: string | null;
}

interface Chapter {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A query of each command as it is usually written; `@` stands for rows to run it over. A command without one is tried bare. */
const KUSTO: Readonly<Record<string, string>> = {
  where: '@ | where a == 1',
  extend: '@ | extend c = a + 1',
  project: '@ | project a',
  'project-away': '@ | project-away b',
  'project-keep': '@ | project-keep a',
  'project-rename': '@ | project-rename c = a',
  'project-reorder': '@ | project-reorder b',
  summarize: '@ | summarize count() by b',
  distinct: '@ | distinct b',
  join: '@ | join kind=inner (@) on a',
  lookup: '@ | lookup (datatable(a:long, z:string)[1, "x"]) on a',
  union: '@ | union (@)',
  sort: '@ | sort by a asc',
  top: '@ | top 1 by a',
  'top-nested': '@ | top-nested 1 of b by count()',
  'top-hitters': '@ | top-hitters 1 of b',
  take: '@ | take 1',
  sample: '@ | sample 1',
  'sample-distinct': '@ | sample-distinct 1 of b',
  count: '@ | count',
  parse: '@ | parse b with "x" y:string',
  'parse-where': '@ | parse-where b with "x" y:string',
  'parse-kv': "@ | parse-kv b as (k:string) with (pair_delimiter=';', kv_delimiter='=')",
  'mv-expand': '@ | mv-expand c = dynamic([1, 2]) to typeof(long)',
  'mv-apply': '@ | mv-apply c = dynamic([1, 2]) on (where c > 1)',
  'make-series': '@ | make-series count() on a from 1 to 3 step 1',
  render: '@ | render table',
  evaluate: '@ | evaluate bag_unpack(d)',
  invoke: '@ | invoke f()',
  as: '@ | as X',
  serialize: '@ | serialize n = row_number()',
  search: '@ | search "x"',
  find: 'find in (T) where a == 1',
  print: 'print 1',
  range: 'range x from 1 to 3 step 1',
  getschema: '@ | getschema',
  partition: '@ | partition by b (take 1)',
  scan: '@ | scan declare (n: long = 0) with (step s: true => n = a;)',
  fork: '@ | fork (take 1) (take 2)',
  facet: '@ | facet by b',
  reduce: '@ | reduce by b',
  consume: '@ | consume',
  datatable: 'datatable(a:long)[1]',
  externaldata: "externaldata(a:string)['https://localhost/x.csv']",
  'make-graph': '@ | make-graph a --> b',
};

const ESQL: Readonly<Record<string, string>> = {
  from: 'FROM t',
  row: 'ROW a = 1',
  where: '@ | WHERE a == 1',
  eval: '@ | EVAL c = a + 1',
  stats: '@ | STATS n = COUNT(*) BY b',
  'inline stats': '@ | INLINE STATS n = COUNT(*) BY b',
  inlinestats: '@ | INLINESTATS n = COUNT(*) BY b',
  keep: '@ | KEEP a',
  drop: '@ | DROP a',
  rename: '@ | RENAME a AS c',
  sort: '@ | SORT a DESC',
  limit: '@ | LIMIT 1',
  sample: '@ | SAMPLE 0.5',
  mv_expand: '@ | MV_EXPAND a',
  grok: '@ | GROK b "%{WORD:w}"',
  dissect: '@ | DISSECT b "%{w}"',
  enrich: '@ | ENRICH p ON a',
  'lookup join': '@ | LOOKUP JOIN t ON a',
  fork: '@ | FORK (WHERE a == 1) (LIMIT 1)',
  change_point: '@ | CHANGE_POINT a ON b',
  completion: '@ | COMPLETION c = b WITH { "inference_id": "x" }',
  show: 'SHOW INFO',
};

const SPL: Readonly<Record<string, string>> = {
  search: 'search a=1',
  where: '@ | where a=1',
  regex: '@ | regex b="x"',
  eval: '@ | eval c=a+1',
  fieldformat: '@ | fieldformat a=a+1',
  rex: '@ | rex field=b "(?<c>x)"',
  stats: '@ | stats count by b',
  eventstats: '@ | eventstats count by b',
  streamstats: '@ | streamstats count by b',
  chart: '@ | chart count by b',
  timechart: '@ | timechart span=1h count',
  tstats: '| tstats count where a=1 by b',
  bin: '@ | bin span=10 a',
  table: '@ | table a',
  fields: '@ | fields a',
  rename: '@ | rename a as c',
  lookup: '@ | lookup t a OUTPUT z',
  inputlookup: '| inputlookup t',
  join: '@ | join a [search a=1]',
  append: '@ | append [search a=1]',
  appendcols: '@ | appendcols [search a=1]',
  appendpipe: '@ | appendpipe [stats count]',
  union: '@ | union [search a=1]',
  multisearch: '| multisearch [search a=1] [search a=2]',
  map: '@ | map search="search a=$a$"',
  foreach: '@ | foreach a* [eval <<FIELD>>=1]',
  transaction: '@ | transaction b',
  dedup: '@ | dedup b',
  uniq: '@ | uniq',
  sort: '@ | sort - a',
  head: '@ | head 1',
  tail: '@ | tail 1',
  top: '@ | top b',
  rare: '@ | rare b',
  fillnull: '@ | fillnull value=0 a',
  makemv: '@ | makemv delim="," b',
  mvexpand: '@ | mvexpand b',
  nomv: '@ | nomv b',
  spath: '@ | spath input=b path=x output=c',
  convert: '@ | convert num(a) as c',
  makeresults: '| makeresults',
  addtotals: '@ | addtotals a fieldname=c',
  return: '@ | return a',
  rangemap: '@ | rangemap field=a low=0-10',
  replace: '@ | replace x with y in b',
  iplocation: '@ | iplocation b',
};

const ROWS: Readonly<Record<string, string>> = {
  kusto: 'datatable(a:long, b:string, d:dynamic)[1, "x", dynamic({"k": 1})]',
  esql: 'ROW a = 1, b = "x"',
  spl: 'search a=1',
};
const GIVEN: Given = {
  events: [{ a: 1, b: 'x', _time: 1_700_000_000, _raw: 'a=1 b=x' }],
  tables: new Map([
    [
      't',
      {
        columns: [
          { name: 'a', type: 'long' },
          { name: 'z', type: 'string' },
        ],
        rows: [{ a: 1, z: 'x' }],
      },
    ],
  ]),
  policies: new Map([
    [
      'p',
      {
        table: {
          columns: [
            { name: 'a', type: 'long' },
            { name: 'z', type: 'keyword' },
          ],
          rows: [{ a: 1, z: 'x' }],
        },
        matchField: 'a',
        type: 'match',
        fields: ['z'],
      },
    ],
  ]),
  types: new Map(),
  names: null,
  ignoreLogsource: true,
  now: 1_700_000_000_000_000_000n,
  rules: [],
};

/** Why a query is refused; null: it runs. */
function whyNot(id: string, query: string): string | null {
  const language = LANGUAGES.get(id)!;
  const text = query.replaceAll('@', ROWS[id] ?? '');
  const analysis = language.analyse(text, { languages: LANGUAGES });
  const broken = analysis.diagnostics.find(({ severity }) => severity === 'error');
  if (broken !== undefined) return 'not tried';
  const rule: Rule = { span: { start: 0, end: text.length }, meta: NO_METADATA, analysis, taxonomy: language.taxonomy };
  const answer = runRule(rule, GIVEN);
  return answer.verdict === 'refused' ? (answer.refused[0]?.why ?? 'not read') : null;
}

const commands = (id: string, words: readonly string[], samples: Readonly<Record<string, string>>): readonly Row[] =>
  words.map((word) => ({ word, why: whyNot(id, samples[word] ?? `@ | ${word}`) }));

/** Functions are covered by the table that runs them, or where they are conditions, by what a condition with them is read as. */
const functions = (words: readonly string[], tables: readonly { has(name: string): boolean }[], asCondition: (word: string) => string | null): readonly Row[] =>
  [...new Set(words)].map((word) => {
    const name = word.toLowerCase();
    return { word, why: tables.some((table) => table.has(name)) || asCondition(word) === null ? null : 'not covered' };
  });

const condition =
  (id: string, write: (word: string) => readonly string[]) =>
  (word: string): string | null => {
    const tried = write(word).map((query) => whyNot(id, query));
    return tried.includes(null) ? null : 'not covered';
  };

function chapters(): readonly Chapter[] {
  const kusto = condition('kusto', (word) => [`@ | where ${word}(b)`, `@ | where ${word}(b, "x")`, `@ | extend c = ${word}(b)`]);
  const spl = condition('spl', (word) => [`@ | where ${word}(b)`, `@ | where ${word}(b, "x")`]);
  const esql = condition('esql', (word) => [`@ | WHERE ${word}(b)`, `@ | WHERE ${word}(b, "x")`]);
  const eql = condition('eql', (word) => [`any where ${word}(b, "x")`, `any where ${word}(b) == "x"`]);
  return [
    { title: 'Kusto: operators', rows: commands('kusto', Object.keys(kustoWords.operators), KUSTO) },
    { title: 'Kusto: functions', rows: functions([...functionsOf('kusto', 'scalar', 'window').keys()], [kustoDialect.functions], kusto) },
    { title: 'Kusto: functions over rows', rows: functions([...functionsOf('kusto', 'aggregate').keys()], [kustoDialect.measures], () => 'not covered') },
    {
      title: 'ES|QL: commands',
      rows: commands(
        'esql',
        esqlWords.commands.map(([word]) => word!),
        ESQL,
      ),
    },
    { title: 'ES|QL: functions', rows: functions([...functionsOf('esql', 'scalar', 'grouping').keys()], [esqlDialect.functions], esql) },
    { title: 'ES|QL: functions over rows', rows: functions([...functionsOf('esql', 'aggregate').keys()], [esqlDialect.measures], () => 'not covered') },
    { title: 'SPL: commands', rows: commands('spl', Object.keys(splWords.commands), SPL) },
    { title: 'SPL: functions', rows: functions([...functionsOf('spl', 'scalar').keys()], [splDialect.functions], spl) },
    {
      title: 'SPL: functions over rows',
      rows: functions(
        [...functionsOf('spl', 'aggregate').keys()].map((word) =>
          word === 'perc' || word === 'p' || word === 'exactperc'
            ? `${word}90`
            : word === 'c'
              ? 'count'
              : word === 'distinct_count'
                ? 'dc'
                : word === 'mean'
                  ? 'avg'
                  : word,
        ),
        [splDialect.measures],
        () => 'not covered',
      ),
    },
    {
      title: 'EQL: functions',
      rows: functions([...functionsOf('eql', 'scalar').keys()], [eqlDialect.functions], eql),
    },
    {
      title: 'EQL: pipes',
      rows: [...eqlWords.pipes, ...eqlWords.oldPipes].map(([word]) => ({
        word: String(word),
        why: whyNot('eql', `any where true | ${word}${word === 'head' || word === 'tail' ? ' 1' : word === 'filter' ? ' a == 1' : ' a'}`),
      })),
    },
  ];
}

/** `docs/coverage.md`: every operator, command and function of the query languages, and whether running a query covers it. */
export function coverageText(): string {
  const lines = [
    '# What running a query covers',
    '',
    'Made from the code by `test/run/coverage.test.ts` (`UPDATE=1`). A query with anything that is not covered is refused with its name; nothing is guessed.',
    'Sigma, kuery and Lucene are covered whole: every modifier, correlation and clause, but for regular expressions that look around or refer back, which cannot be told.',
  ];
  for (const { title, rows } of chapters()) {
    const covered = rows.filter(({ why }) => why === null).length;
    lines.push('', `## ${title} (${covered} of ${rows.length})`, '', '| word | covered |', '| --- | --- |');
    for (const { word, why } of rows)
      lines.push(`| ${word.replaceAll('|', '\\|')} | ${why === null ? 'yes' : `no: ${why.replaceAll('|', '\\|').replace(/\s+/g, ' ')}`} |`);
  }
  return `${lines.join('\n')}\n`;
}
