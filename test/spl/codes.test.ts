import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/registry';
import { spl } from '../../src/languages/spl';
import { caseFiles, inputsOf } from '../support/cases';

const FOLDER = join(import.meta.dirname, '../../src/languages/spl');
const context = { languages: LANGUAGES };
const CODES = Object.keys(spl.diagnostics!);

it('every code is used', () => {
  const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'diagnostics.ts')
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
    .join('\n');
  expect(CODES.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

it('every code is shown by a case', () => {
  const cases = [...caseFiles('spl', 'analysis'), ...caseFiles('spl', 'lint')].map((file) => readFileSync(file, 'utf8')).join('\n');
  const about = readFileSync(join(import.meta.dirname, 'macros.test.ts'), 'utf8');
  expect(CODES.filter((code) => !cases.includes(` ${code} `) && !about.includes(code))).toEqual(['spl/too-deep']);
  const { diagnostics } = spl.analyse(`x=1 ${'('.repeat(2_000)}`, context);
  expect(diagnostics.map(({ code }) => code)).toContain('spl/too-deep');
});

it('no fix breaks the text or leaves the remark where it was', () => {
  for (const input of inputsOf('spl')) {
    const before = spl.analyse(input, context).diagnostics;
    for (const { fix, code, span, message } of before) {
      if (fix === undefined) continue;
      const after = [...fix.edits]
        .sort((a, b) => b.span.start - a.span.start)
        .reduce((text, edit) => text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end), input);
      const left = spl.analyse(after, context).diagnostics;
      const same = left.filter((one) => one.code === code && one.span.start === span.start && one.message === message);
      expect({ fix: fix.title, input, after, same }).toMatchObject({ same: [] });
      const errors = (list: typeof left): number => list.filter(({ severity }) => severity === 'error').length;
      expect({ title: fix.title, after, more: errors(left) > errors(before) }).toMatchObject({ more: false });
    }
  }
});
