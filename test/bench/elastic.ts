import { elasticFormat } from '../../src/formats/elastic';
import { readToml } from '../../src/formats/elastic/toml';
import { at, textAt } from '../../src/formats/elastic/tree';
import { LANGUAGES } from '../../src/languages/registry';
import { readCorpus } from './corpus';
import { shown, timeEach, timeOnce, timesOf } from './measure';

/** Kibana's kuery grammar as published on npm, a development dependency. */
const KIBANA = '@cybernetex/kbn-es-query';

/** All Elastic rules with their TOML, each query language, and kuery against Kibana's grammar in the same run; goal: at least 10 times faster. */
export async function bench(): Promise<readonly string[]> {
  const texts = readCorpus('elastic', '.toml')
    .filter(({ path }) => path.startsWith('rules'))
    .map(({ text }) => text);
  if (texts.length === 0) return ['no corpus at hand'];
  const context = { languages: LANGUAGES };
  const lines = [shown(`${texts.length} rules with their TOML`, timesOf(timeEach(texts, (text) => elasticFormat.open(text, context))))];

  const rules = texts.map((text) => at(readToml(text).root, 'rule'));
  const queriesIn = (id: string): readonly string[] => rules.filter((rule) => textAt(rule, 'language') === id).map((rule) => textAt(rule, 'query'));
  for (const id of ['kuery', 'eql', 'esql', 'lucene']) {
    const queries = queriesIn(id);
    lines.push(
      shown(`${LANGUAGES.get(id)!.label}, ${queries.length} queries`, timesOf(timeEach(queries, (query) => LANGUAGES.get(id)!.analyse(query, context)))),
    );
  }
  const longest = queriesIn('eql').reduce((long, query) => (query.length > long.length ? query : long), '');
  const best = Math.min(...[1, 2, 3, 4, 5].map(() => timeOnce(() => LANGUAGES.get('eql')!.analyse(longest, context))));
  lines.push(`the longest EQL query, ${longest.length} characters: ${best.toFixed(1)} ms (goal: under 30)`);
  lines.push(await againstKibana(queriesIn('kuery')));
  return lines;
}

async function againstKibana(queries: readonly string[]): Promise<string> {
  const kibana = await import(/* @vite-ignore */ KIBANA).catch(() => null);
  const parse: unknown = kibana?.fromKueryExpression ?? kibana?.default?.fromKueryExpression;
  if (typeof parse !== 'function') return `${KIBANA} is not installed: no comparison`;
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
  // Three rounds, taking turns, so that neither has the warmer machine; the best of each counts.
  const rounds = [1, 2, 3].map(() => ({
    theirs: timesOf(timeEach(both, (query) => parse(query) as unknown)).total,
    ours: timesOf(timeEach(both, (query) => kuery.analyse(query, context))).total,
  }));
  const [theirs, ours] = [Math.min(...rounds.map((round) => round.theirs)), Math.min(...rounds.map((round) => round.ours))];
  return `kuery against Kibana's grammar, ${both.length} queries both read: ${theirs.toFixed(0)} ms : ${ours.toFixed(0)} ms = ${(theirs / ours).toFixed(1)} times faster (goal: at least 10)`;
}
