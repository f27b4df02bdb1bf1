import { expect, it } from 'vitest';
import { MACROS, macroMap } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { spl } from '../../src/languages/spl';
import { inputsOf } from '../support/cases';
import { brokenLaws, uncovered } from '../support/laws';
import { randomFrom, randomlyEdited } from '../support/random-edits';

const plain = { languages: LANGUAGES };
const expanded = { languages: LANGUAGES, macros: macroMap(MACROS) };

it('random edits of all cases are answered, within the laws, with and without macros', { timeout: 60_000 }, () => {
  const random = randomFrom(4688);
  const inputs = inputsOf('spl');
  for (let round = 0; round < 4_000; round++) {
    const text = randomlyEdited(inputs[round % inputs.length]!, random);
    const context = round % 2 === 0 ? plain : expanded;
    const broken = [...brokenLaws(spl, text, context), ...uncovered(text, spl.analyse(text, context))];
    if (broken.length > 0) expect.fail(`${broken[0]}\nin ${JSON.stringify(text)}`);
    const at = Math.floor(random() * (text.length + 1));
    const { span } = spl.suggest(text, at, context);
    expect(span.start <= at && at <= span.end).toBe(true);
    spl.hover(text, at, context);
  }
});
