import { parseDocument } from 'yaml';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { readCorpus } from './corpus';
import { shown, timeEach, timesOf } from './measure';

/** All SigmaHQ rules: our whole analysis against what `yaml` alone takes to parse the same texts; goal: at most 1.6 times. */
export function bench(): readonly string[] {
  const texts = readCorpus('sigma', '.yml')
    .filter(({ path }) => path.startsWith('rules'))
    .map(({ text }) => text);
  if (texts.length === 0) return ['no corpus at hand'];
  const format = FORMATS.get('sigma')!;
  const context = { languages: LANGUAGES };
  // Five rounds, taking turns; each rule counts with its middle time, so that neither pays for what else the machine does.
  const rounds = Array.from({ length: 5 }, () => ({
    yaml: timeEach(texts, (text) => parseDocument(text, { prettyErrors: false })),
    ours: timeEach(texts, (text) => format.open(text, context)),
  }));
  const middle = (name: 'yaml' | 'ours') => timesOf(texts.map((_, rule) => timesOf(rounds.map((round) => round[name][rule]!)).median));
  const [yaml, ours] = [middle('yaml'), middle('ours')];
  return [shown(`yaml alone, ${texts.length} rules`, yaml), shown('our analysis', ours), `ratio ${(ours.total / yaml.total).toFixed(2)} (goal: at most 1.6)`];
}
