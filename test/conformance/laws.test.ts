import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/registry';
import { readCorpus } from '../bench/corpus';
import { brokenLaws, damaged } from '../support/laws';

// The laws that one text alone can show, over a sample of the public rules and over damage to them.
it('hold for a sample of SigmaHQ’s rules and damage to them', () => {
  const context = { languages: LANGUAGES };
  const sigma = LANGUAGES.get('sigma')!;
  const sample = readCorpus('sigma', '.yml').filter(({ path }, index) => path.startsWith('rules') && index % 40 === 0);
  expect(sample.length).toBeGreaterThan(50);
  for (const { path, text } of sample) {
    expect(brokenLaws(sigma, text, context), path).toEqual([]);
    for (const { at, changed } of damaged(text, 60)) expect(brokenLaws(sigma, changed, context), `${path}, damaged at ${at}`).toEqual([]);
  }
});
