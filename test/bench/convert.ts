import { moduleBuilt } from './built';
import { readCorpus } from './corpus';
import { type Bench, unmeasured } from './measure';

/** All SigmaHQ rules to each target, by the program as it is built. */
export async function bench(): Promise<Bench> {
  const title = 'Converting Sigma';
  const texts = readCorpus('sigma', '.yml')
    .filter(({ path }) => path.startsWith('rules'))
    .map(({ text }) => text);
  if (texts.length === 0) return { title, figures: [unmeasured('all rules', 'no corpus at hand')] };
  const { figuresOf } = await moduleBuilt<typeof import('./converting')>('converting.ts');
  return { title, figures: figuresOf(texts) };
}
