import { beforeEach, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model';
import { defaultPreferences, readPreferences } from '../../src/state/preferences';
import { remarksOf } from '../../src/state/select';
import { getState, setState, type State } from '../../src/state/store';

const remark = (code: Diagnostic['code'], severity: Diagnostic['severity']): Diagnostic => ({ code, severity, span: { start: 0, end: 1 }, message: '' });
const about = (diagnostics: readonly Diagnostic[]): State => ({ ...getState(), analysis: { newest: { answer: { diagnostics } }, remarks: [] } as never });

beforeEach(() => setState({ preferences: defaultPreferences }));

it('shows all remarks, but for the warnings and notes of hidden checks', () => {
  const all = [remark('sigma/title-case', 'info'), remark('sigma/bad-hash', 'warning'), remark('sigma/title-case', 'error')];
  expect(remarksOf(about(all))).toBe(all);
  setState({ preferences: { ...defaultPreferences, hiddenChecks: ['sigma/title-case'] } });
  expect(remarksOf(about(all))).toEqual([all[1], all[2]]);
  expect(remarksOf(about(all))).toBe(remarksOf(about(all)));
});

it('is kept with the other settings', () => {
  expect(readPreferences('{"hiddenChecks":["sigma/title-case",7]}').hiddenChecks).toEqual(['sigma/title-case']);
  expect(readPreferences('{"hiddenChecks":"all"}').hiddenChecks).toEqual([]);
});
