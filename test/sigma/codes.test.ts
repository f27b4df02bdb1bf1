import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DIAGNOSTICS } from '../../src/languages/sigma/diagnostics';
import { caseFiles } from '../support/cases';

const FOLDER = join(import.meta.dirname, '../../src/languages/sigma');
const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'diagnostics.ts')
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'));
const used = new Set(sources.flatMap((source) => source.match(/(?<=')sigma\/[a-z0-9-]+(?=')/g) ?? []));

it('every code is used, and every used code is in the table', () => {
  expect([...used].sort()).toEqual(Object.keys(DIAGNOSTICS).sort());
});

it('every code is shown by a case', () => {
  const cases = [...caseFiles('sigma', 'analysis'), ...caseFiles('sigma', 'lint')].map((file) => readFileSync(file, 'utf8')).join('\n');
  // What only a very long text shows is in limits.test.ts.
  expect(Object.keys(DIAGNOSTICS).filter((code) => !cases.includes(` ${code} `))).toEqual(['sigma/too-much']);
});

it('no fix is proposed that breaks the text', { timeout: 60_000 }, async () => {
  const { openSigma } = await import('../../src/languages/sigma/lower/documents');
  const { readCases } = await import('../support/cases');
  for (const file of caseFiles('sigma', 'analysis')) {
    for (const { input } of readCases(file)) {
      const before = openSigma(input).diagnostics;
      for (const { fix, code, span } of before) {
        if (fix === undefined) continue;
        const after = [...fix.edits]
          .sort((a, b) => b.span.start - a.span.start)
          .reduce((text, edit) => text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end), input);
        const left = openSigma(after).diagnostics;
        const same = left.filter((one) => one.code === code && one.span.start === span.start && one.message === before.find((old) => old.fix === fix)!.message);
        expect({ fix: fix.title, input, after, same }).toMatchObject({ same: [] });
        const errors = (list: typeof left): number => list.filter(({ severity }) => severity === 'error').length;
        expect({ title: fix.title, code, after, more: errors(left) > errors(before) }).toMatchObject({ more: false });
      }
    }
  }
});
