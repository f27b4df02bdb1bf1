import { parseDocument } from 'yaml';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { readCorpus } from './corpus';
import { type Bench, ms, spread, timeEach, times, timesOf, unmeasured } from './measure';

/** All SigmaHQ rules: our whole analysis against what `yaml` alone takes to parse the same texts. */
export function bench(): Bench {
  const title = 'Reading Sigma';
  const texts = readCorpus('sigma', '.yml')
    .filter(({ path }) => path.startsWith('rules'))
    .map(({ text }) => text);
  if (texts.length === 0) return { title, figures: [unmeasured('all rules', 'no corpus at hand')] };
  const format = FORMATS.get('sigma')!;
  const context = { languages: LANGUAGES };
  // Five rounds, taking turns; each rule counts with its middle time, so that neither pays for what else the machine does.
  const rounds = Array.from({ length: 5 }, () => ({
    yaml: timeEach(texts, (text) => parseDocument(text, { prettyErrors: false })),
    ours: timeEach(texts, (text) => format.open(text, context)),
  }));
  const middle = (name: 'yaml' | 'ours') => timesOf(texts.map((_, rule) => timesOf(rounds.map((round) => round[name][rule]!)).median));
  const [yaml, ours] = [middle('yaml'), middle('ours')];
  return {
    title,
    figures: [
      {
        what: `a rule of ${texts.length}, container, query and meaning`,
        value: spread(ours),
        beside: `its YAML alone ${ms(yaml.median)}`,
        ratio: times(ours.total / yaml.total),
        goal: 'at most 1.5 times',
      },
    ],
  };
}
