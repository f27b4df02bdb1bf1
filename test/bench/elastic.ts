import { elasticFormat } from '../../src/formats/elastic';
import { readToml } from '../../src/formats/elastic/toml';
import { at, textAt } from '../../src/formats/elastic/tree';
import { LANGUAGES } from '../../src/languages/registry';
import { readCorpus } from './corpus';
import { type Bench, bestOf, besideJson, type Figure, ms, spread, timeEach, times, timesOf, unmeasured } from './measure';

/** Kibana's kuery grammar as published on npm, a development dependency. */
const KIBANA = '@cybernetex/kbn-es-query';

/** All Elastic rules with their TOML, each query language, and kuery against Kibana's grammar in the same run. */
export async function bench(): Promise<Bench> {
  const title = "Reading Elastic's languages";
  const texts = readCorpus('elastic', '.toml')
    .filter(({ path }) => path.startsWith('rules'))
    .map(({ text }) => text);
  if (texts.length === 0) return { title, figures: [unmeasured('all rules', 'no corpus at hand')] };
  const context = { languages: LANGUAGES };
  const toml = timesOf(timeEach(texts, (text) => readToml(text)));
  const opened = timesOf(timeEach(texts, (text) => elasticFormat.open(text, context)));
  const rules = texts.map((text) => at(readToml(text).root, 'rule'));
  const queriesIn = (id: string): readonly string[] => rules.filter((rule) => textAt(rule, 'language') === id).map((rule) => textAt(rule, 'query'));
  const figures: Figure[] = [
    {
      what: `a rule of ${texts.length}, container, query and meaning`,
      value: spread(opened),
      beside: `its TOML alone ${ms(toml.median)}`,
      ratio: times(opened.total / toml.total),
      goal: '',
    },
  ];
  for (const id of ['kuery', 'eql', 'esql', 'lucene']) {
    const queries = queriesIn(id);
    const took = timesOf(timeEach(queries, (query) => LANGUAGES.get(id)!.analyse(query, context)));
    figures.push(besideJson(`${LANGUAGES.get(id)!.label}, a query of ${queries.length}`, took.median, spread(took)));
  }
  return { title, figures: [...figures, await againstKibana(queriesIn('kuery'))] };
}

async function againstKibana(queries: readonly string[]): Promise<Figure> {
  const what = "kuery against Kibana's grammar";
  const kibana = await import(/* @vite-ignore */ KIBANA).catch(() => null);
  const parse: unknown = kibana?.fromKueryExpression ?? kibana?.default?.fromKueryExpression;
  if (typeof parse !== 'function') return unmeasured(what, `${KIBANA} is not installed`);
  const both = queries.filter((query) => {
    try {
      parse(query);
      return true;
    } catch {
      return false;
    }
  });
  const kuery = LANGUAGES.get('kuery')!;
  const context = { languages: LANGUAGES };
  const theirs = timesOf(bestOf(both, (query) => parse(query) as unknown, 3)).total;
  const ours = timesOf(bestOf(both, (query) => kuery.analyse(query, context), 3)).total;
  return {
    what: `${what}, ${both.length} queries both read`,
    value: ms(ours),
    beside: `theirs ${ms(theirs)}`,
    ratio: `${times(theirs / ours)} faster`,
    goal: '20 times',
  };
}
