import { FORMATS } from '../../src/formats/registry';
import { readYamlRules } from '../../src/formats/splunk/yaml-document';
import { MACROS, macroMap } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { parseYaml } from '../../src/syntax/yaml';
import { readCorpus } from './corpus';
import { type Bench, bestOf, ms, spread, times, timesOf, unmeasured } from './measure';

const ROUNDS = 5;

/** All ESCU and Anvilogic rules, containers included, beside the YAML parse alone. */
export function bench(): Bench {
  const title = 'Reading SPL';
  const rules = [
    ...readCorpus('splunk', '.yml')
      .filter(({ path }) => path.startsWith('detections'))
      .map(({ text }) => ({ text, format: FORMATS.get('splunk')!, key: 'search' })),
    ...readCorpus('anvilogic', '.yml')
      .filter(({ path }) => path.includes('-splunk-'))
      .map(({ text }) => ({ text, format: FORMATS.get('anvilogic')!, key: 'logic' })),
  ];
  if (rules.length === 0) return { title, figures: [unmeasured('all rules', 'no corpus at hand')] };
  const plain = { languages: LANGUAGES };
  const expanded = { languages: LANGUAGES, macros: macroMap(MACROS) };
  const queries = rules.flatMap(({ text, key }) => readYamlRules(text, key).rules.map(({ query }) => query.text));
  const yaml = timesOf(bestOf(rules, ({ text }) => parseYaml(text), ROUNDS));
  const ours = timesOf(bestOf(rules, ({ text, format }) => format.open(text, plain), ROUNDS));
  const macros = timesOf(bestOf(rules, ({ text, format }) => format.open(text, expanded), ROUNDS));
  const language = timesOf(bestOf(queries, (text) => LANGUAGES.get('spl')!.analyse(text, plain), ROUNDS));
  const beside = `its YAML alone ${ms(yaml.median)}`;
  const more = (ours.total - yaml.total) / rules.length;
  return {
    title,
    figures: [
      { what: `a rule of ${rules.length}, container, query and meaning`, value: spread(ours), beside, ratio: times(ours.total / yaml.total), goal: '' },
      { what: 'what that takes beyond the YAML', value: ms(more), beside, ratio: times(more / (yaml.total / rules.length)), goal: 'at most 0.25 ms' },
      { what: 'the same with macros expanded', value: spread(macros), beside, ratio: times(macros.total / yaml.total), goal: '' },
      { what: `a query alone, of ${queries.length}`, value: spread(language), beside, ratio: times(language.total / yaml.total), goal: 'no query over 10 ms' },
    ],
  };
}
