import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../src/languages/registry';
import type { Context } from '../src/model';
import { inputsOf } from './support/cases';
import { brokenLaws, damaged, lostStages, uncovered } from './support/laws';
import { expectLinear } from './support/linear';

const context: Context = { languages: LANGUAGES };

/** Languages that lower to operands whole: the coverage law holds for every text of theirs. */
const COVERED: ReadonlySet<string> = new Set(['eql', 'esql']);

// The laws of recovery: for every text there is an answer, placed inside the text, plain, repeatable, in linear time.
for (const language of LANGUAGES.values()) {
  describe(`laws of ${language.id}`, () => {
    const inputs = inputsOf(language.id);
    const check = (text: string): void => {
      const broken = [...brokenLaws(language, text, context), ...(COVERED.has(language.id) ? uncovered(text, language.analyse(text, context)) : [])];
      if (broken.length > 0) expect.fail(`${broken.slice(0, 3).join('; ')}\nin ${JSON.stringify(text)}`);
    };

    it('hold for its cases and for every damage to them', { timeout: 120_000 }, () => {
      const most = Math.max(30, Math.floor(12_000 / Math.max(1, inputs.length)));
      for (const input of inputs) {
        check(input);
        for (const { at, changed } of damaged(input, most)) {
          check(changed);
          const lost = lostStages(language, input, at, changed, context);
          if (lost.length > 0) expect.fail(`${lost.join('; ')}\nin ${JSON.stringify(changed)}`);
        }
      }
    });

    it('suggest, hover and add answer at every place', { timeout: 120_000 }, () => {
      for (const input of inputs.slice(0, 40))
        for (let at = 0; at <= input.length; at += Math.max(1, input.length >> 5)) {
          const { span } = language.suggest(input, at, context);
          expect(span.start <= at && at <= span.end && span.end <= input.length).toBe(true);
          language.hover(input, at, context);
          language.signature?.(input, at);
          for (const polarity of ['indicator', 'exclusion'] as const)
            for (const edit of language.add(input.slice(0, at), { polarity, field: 'Image', op: 'ends_with', value: '\\a "b\' c' }, context) ?? [])
              expect(edit.span.end).toBeLessThanOrEqual(at);
        }
    });

    it('take time linear in the length', { timeout: 120_000, retry: 2 }, () => {
      const nasty = [
        '(',
        '[',
        '{',
        '"',
        "'",
        '`',
        '\\',
        '|',
        'not ',
        'a ',
        'a|',
        'a:',
        '- ',
        '((a) ',
        'a or ',
        '"a" ',
        '/*',
        '<!--',
        'a\n',
        '\n- a: ',
        '| where a == 1 ',
        ' and (a or not ',
      ];
      const whole = inputs.reduce((longest, input) => (input.length > longest.length ? input : longest), 'a');
      for (const unit of [...nasty, `${whole}\n`])
        expectLinear(JSON.stringify(unit.slice(0, 40)), (length) => language.analyse(unit.repeat(Math.ceil(length / unit.length)), context), 8_000);
    });
  });
}
