import { convert } from '../../src/convert/convert';
import { TARGETS } from '../../src/convert/targets/list';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { parseYaml } from '../../src/syntax/yaml';
import { readCorpus } from './corpus';
import { type Bench, bestOf, ms, spread, times, timesOf, unmeasured } from './measure';

/** What pySigma takes for a rule of SigmaHQ and one backend, as it was measured once. */
const THEIRS = 7.4;

/** All SigmaHQ rules to each target, reading apart. */
export function bench(): Bench {
  const title = 'Converting Sigma';
  const texts = readCorpus('sigma', '.yml')
    .filter(({ path }) => path.startsWith('rules'))
    .map(({ text }) => text);
  if (texts.length === 0) return { title, figures: [unmeasured('all rules', 'no corpus at hand')] };
  const some = texts.filter((_, at) => at % 4 === 0);
  const yaml = timesOf(bestOf(some, (text) => parseYaml(text), 2));
  const open = (text: string) => FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules;
  const targets = [...TARGETS.values()].filter(({ language }) => language !== 'sigma');
  return {
    title,
    figures: targets.map((target) => {
      const took = timesOf(bestOf(some, (text) => open(text).map((rule) => convert(rule, target)), 2));
      const each = took.total / some.length;
      return {
        what: `read and written in ${target.label}, ${some.length} rules`,
        value: spread(took),
        beside: `its YAML alone ${ms(yaml.median)}; pySigma ${THEIRS} ms on another machine`,
        ratio: `${times(took.total / yaml.total)}; ${times(THEIRS / each)} faster`,
        goal: '20 times faster',
      };
    }),
  };
}
