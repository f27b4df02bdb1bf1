import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../src/languages/registry';
import type { Context, Language } from '../src/model';
import { caseFiles, caseFolders, readCases, writeCases } from './support/cases';
import { renderAnalysis, renderCompletion } from './support/render';

const context: Context = { languages: LANGUAGES };
const isUpdating = process.env['UPDATE'] === '1';

function run(file: string, answer: (input: string) => string): void {
  const cases = readCases(file);
  describe(basename(file), () => {
    if (isUpdating) {
      it('is rewritten', () =>
        writeCases(
          file,
          cases.map((entry) => ({ ...entry, expected: answer(entry.input) })),
        ));
      return;
    }
    it('holds cases', () => expect(cases.length).toBeGreaterThan(0));
    for (const { name, input, expected } of cases) it(name, () => expect(answer(input)).toBe(expected));
  });
}

const completionAt = (language: Language, marked: string): string => renderCompletion(language.suggest(marked.replace('‸', ''), marked.indexOf('‸'), context));

it('every case folder is a registered language, and the other way round', () => {
  expect(caseFolders()).toEqual([...LANGUAGES.keys()].sort());
});

for (const language of LANGUAGES.values()) {
  describe(language.id, () => {
    for (const file of caseFiles(language.id, 'analysis')) run(file, (input) => renderAnalysis(input, language.analyse(input, context)));
    for (const file of caseFiles(language.id, 'completion')) run(file, (marked) => completionAt(language, marked));
  });
}
