import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert/convert';
import { TARGETS } from '../../src/convert/targets/list';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { readCases, writeCases } from '../support/cases';

const FILE = join(import.meta.dirname, 'rules.txt');

/** `FORMAT → TARGETS`, each with a container behind a slash where it is another than its own, an empty line, a document: the text of its last rule in each target with its losses and what it cannot say, at the words they are about. */
function answer(input: string): string {
  const [head = '', ...lines] = input.split('\n');
  const [format = '', targets = ''] = head.split(' → ');
  const text = lines.join('\n').trimStart();
  const { rules } = FORMATS.get(format)!.open(text, { languages: LANGUAGES });
  return targets
    .split(' ')
    .map((named) => {
      const [id = '', format] = named.split('/');
      const { text: made, lost, refused, proof } = convert(rules.at(-1)!, TARGETS.get(id)!, { rules, ...(format === undefined ? null : { format }) });
      const at = ({ start, end }: { readonly start: number; readonly end: number }): string =>
        text
          .slice(start, Math.min(end, start + 40))
          .split('\n')[0]!
          .trim();
      return [
        `${named}${made !== null && proof.readsBack === false ? ' (does not read back)' : ''}:`,
        ...(made ?? '')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => `  ${line}`),
        ...lost.map(({ span, kind, effect, why }) => `  lost ${kind}, ${effect} ⟨${at(span)}⟩ ${why}`),
        ...refused.map(({ span, why }) => `  refused ⟨${at(span)}⟩ ${why}`),
      ].join('\n');
    })
    .join('\n');
}

describe('conversion', () => {
  const cases = readCases(FILE);
  if (process.env['UPDATE'] === '1') {
    it('is rewritten', () => writeCases(FILE, cases.map((one) => ({ ...one, expected: answer(one.input) })))); // prettier-ignore
    return;
  }
  for (const { name, input, expected } of cases) it(name, () => expect(answer(input)).toBe(expected));
});
