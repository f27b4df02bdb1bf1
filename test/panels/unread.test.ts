import { describe, expect, test } from 'vitest';
import { isHeldWhole, unreadParts } from '../../src/panels/unread/unreadParts';
import { LANGUAGES } from '../../src/languages/registry';
import type { Unread } from '../../src/model';
import { all, analysisOf, testOf } from '../analysis/made';

const parts = (language: string, text: string) =>
  unreadParts(LANGUAGES.get(language)!.analyse(text, { languages: LANGUAGES }), text).map(({ span, name, why }) => [
    text.slice(span.start, span.end),
    name,
    why,
  ]);

describe('what is not read', () => {
  test('is not said to be nothing where the steps of a rule are not held', () => {
    const stage = { kind: 'query', role: 'filter', span: { start: 0, end: 1 } } as const;
    expect(isHeldWhole(analysisOf(all(), { stages: [stage] }))).toBe(false);
    const held = { stages: [{ ...stage, operations: [{ kind: 'show', span: stage.span }] as const }] };
    expect(isHeldWhole(analysisOf(all(), held))).toBe(true);
    const error = { severity: 'error', code: 'x/y', span: stage.span, message: 'This is not closed.' } as const;
    expect(isHeldWhole(analysisOf(all(), { ...held, diagnostics: [error] }))).toBe(false);
  });

  test('is nothing where everything is', () => {
    expect(parts('eql', 'process where process.name == "net.exe"')).toEqual([]);
    expect(unreadParts(analysisOf(all(testOf('Image', 'eq', ['a']))), '')).toEqual([]);
  });

  test('is told with its place, its name and why, by place', () => {
    const text = 'search `mine(x)` or [search a]';
    const unread = (start: number, end: number, reason: Unread['reason'], note?: string): Unread => ({
      kind: 'unread',
      span: { start, end },
      reason,
      ...(note === undefined ? {} : { note }),
    });
    const found = unreadParts(analysisOf(all(unread(20, 30, 'unmodelled'), unread(7, 16, 'unknown', 'macro `mine`'))), text);
    expect(found.map(({ name, why }) => [name, why])).toEqual([
      ['macro `mine`', 'What it means is not in the text.'],
      ['[search a]', 'It is parsed, but what it means is not held.'],
    ]);
  });

  test('is a stage as a whole where nothing in it says so', () => {
    const analysis = analysisOf(all(), { stages: [{ kind: 'transmogrify', role: 'unread', span: { start: 2, end: 16 } }] });
    expect(unreadParts(analysis, '| transmogrify a')).toEqual([{ span: { start: 2, end: 16 }, name: 'transmogrify', why: expect.any(String) }]);
  });
});
