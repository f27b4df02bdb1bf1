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
  // Three rounds, taking turns, so that neither has the warmer machine; the best of each counts.
  const rounds = [1, 2, 3].map(() => ({
    yaml: timesOf(timeEach(texts, (text) => parseDocument(text, { prettyErrors: false }))),
    ours: timesOf(timeEach(texts, (text) => format.open(text, context))),
  }));
  const best = (name: 'yaml' | 'ours') => rounds.map((round) => round[name]).sort((a, b) => a.total - b.total)[0]!;
  const [yaml, ours] = [best('yaml'), best('ours')];
  return [shown(`yaml alone, ${texts.length} rules`, yaml), shown('our analysis', ours), `ratio ${(ours.total / yaml.total).toFixed(2)} (goal: at most 1.6)`];
}
