import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DIAGNOSTICS as SENTINEL } from '../../src/formats/sentinel/diagnostics';
import { kusto } from '../../src/languages/kusto';
import { DIAGNOSTICS } from '../../src/languages/kusto/diagnostics';
import { LANGUAGES } from '../../src/languages/registry';
import { caseFiles, inputsOf } from '../support/cases';

const ROOT = join(import.meta.dirname, '../..');
const context = { languages: LANGUAGES };

const sourcesOf = (folder: string): string =>
  readdirSync(join(ROOT, 'src', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'diagnostics.ts')
    .map((name) => readFileSync(join(ROOT, 'src', folder, name), 'utf8'))
    .join('\n');

it('every code is used', () => {
  const language = sourcesOf('languages/kusto');
  expect(Object.keys(DIAGNOSTICS).filter((code) => !language.includes(`'${code}'`))).toEqual([]);
  const container = sourcesOf('formats/sentinel');
  expect(Object.keys(SENTINEL).filter((code) => !container.includes(`'${code}'`))).toEqual([]);
});

it('every code is shown by a case', () => {
  const cases = caseFiles('kusto', 'analysis')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  // What only a very long text shows is in limits.test.ts.
  expect(Object.keys(DIAGNOSTICS).filter((code) => !cases.includes(` ${code} `))).toEqual(['kusto/too-deep']);
  const remarks = ['test/kusto/formats.test.ts', 'test/formats/container-remarks.test.ts'].map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n');
  expect(Object.keys(SENTINEL).filter((code) => !remarks.includes(code))).toEqual([]);
});

it('no fix breaks the text or leaves the remark where it was', () => {
  for (const input of inputsOf('kusto')) {
    const before = kusto.analyse(input, context).diagnostics;
    for (const { fix, code, span, message } of before) {
      if (fix === undefined) continue;
      const after = [...fix.edits]
        .sort((a, b) => b.span.start - a.span.start)
        .reduce((text, edit) => text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end), input);
      const left = kusto.analyse(after, context).diagnostics;
      const same = left.filter((one) => one.code === code && one.span.start === span.start && one.message === message);
      expect({ fix: fix.title, input, after, same }).toMatchObject({ same: [] });
      const errors = (list: typeof left): number => list.filter(({ severity }) => severity === 'error').length;
      expect({ title: fix.title, after, more: errors(left) > errors(before) }).toMatchObject({ more: false });
    }
  }
});
