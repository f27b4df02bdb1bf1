import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/registry';
import { kusto } from '../../src/languages/kusto';
import { inputsOf } from '../support/cases';
import { brokenLaws, uncovered } from '../support/laws';
import { randomFrom, randomlyEdited } from '../support/random-edits';

const context = { languages: LANGUAGES };

it('random edits of all cases are answered, within the laws', { timeout: 60_000 }, () => {
  const random = randomFrom(4624);
  const inputs = inputsOf('kusto');
  for (let round = 0; round < 4_000; round++) {
    const text = randomlyEdited(inputs[round % inputs.length]!, random);
    const broken = [...brokenLaws(kusto, text, context), ...uncovered(text, kusto.analyse(text, context))];
    if (broken.length > 0) expect.fail(`${broken[0]}\nin ${JSON.stringify(text)}`);
    const at = Math.floor(random() * (text.length + 1));
    const { span } = kusto.suggest(text, at, context);
    expect(span.start <= at && at <= span.end).toBe(true);
    kusto.hover(text, at, context);
    expect(kusto.queriesOf!(text).every(({ start, end }) => start <= end && end <= text.length)).toBe(true);
  }
});

it('every word of every case lies in what the analysis holds, or is told as unread', () => {
  for (const text of inputsOf('kusto')) expect(uncovered(text, kusto.analyse(text, context))).toEqual([]);
});

it('functions that name themselves, lets that name each other, and tables without end are answered', () => {
  for (const text of [
    'let f = (a: string) { f(a) };\nf("x")',
    'let a = b; let b = a;\nT | where x == a',
    'let a = union a, a; a',
    `${'let a = dynamic(["x"]);\n'.repeat(50)}T | where x in (a)`,
  ])
    expect(brokenLaws(kusto, text, context)).toEqual([]);
});
