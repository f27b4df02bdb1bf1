import { describe, expect, test } from 'vitest';
import { defaultPreferences, readPreferences } from '../../src/state/preferences';
import { PREFERENCES_KEY } from '../../src/state/settings';
import { beginStart, endStart, stopped, takeBack } from '../../src/state/set-aside';

function boxOf(entries: Readonly<Record<string, string>> = {}) {
  const held = new Map(Object.entries(entries));
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

describe('a start', () => {
  const PREFERENCES = '{"theme":"dark"}';

  test('is usual after one that was drawn, and after one that was closed too early', () => {
    const box = boxOf({ [PREFERENCES_KEY]: PREFERENCES });
    expect(beginStart(box)).toBeNull();
    endStart(box);
    expect(beginStart(box)).toBeNull();
    expect(beginStart(box)).toBeNull();
    expect(box.getItem(PREFERENCES_KEY)).toBe(PREFERENCES);
  });

  test('goes without what was set up after two that were never drawn', () => {
    const box = boxOf({ [PREFERENCES_KEY]: PREFERENCES });
    beginStart(box);
    beginStart(box);
    expect(beginStart(box)).toContain('twice');
    expect(box.getItem(PREFERENCES_KEY)).toBeNull();
  });

  test('goes without what was set up after one that stopped, once, and it can be had back', () => {
    const box = boxOf({ [PREFERENCES_KEY]: PREFERENCES });
    beginStart(box);
    endStart(box);
    stopped(box, 'no such thing');
    expect(beginStart(box)).toBe('no such thing');
    expect(box.getItem(PREFERENCES_KEY)).toBeNull();
    endStart(box);
    takeBack(box);
    expect(box.getItem(PREFERENCES_KEY)).toBe(PREFERENCES);
    expect(beginStart(box)).toBeNull();
  });

  test('puts aside also where there is no room for more, and goes on without a count', () => {
    const box = boxOf({ [PREFERENCES_KEY]: PREFERENCES, 'rulewright.start': '{"unfinished":0,"stopped":"no such thing"}', other: 'x'.repeat(500) });
    const size = (): number => [...box.held].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    const full = size();
    const put = box.setItem;
    box.setItem = (key, value) => {
      const before = box.getItem(key);
      put(key, value);
      if (size() <= full) return;
      if (before === null) box.removeItem(key);
      else put(key, before);
      throw new DOMException('full', 'QuotaExceededError');
    };
    expect(beginStart(box)).toBe('no such thing');
    expect([...box.held.values()].filter((value) => value === PREFERENCES)).toHaveLength(1);
    expect(box.getItem(PREFERENCES_KEY)).toBeNull();
    takeBack(box);
    expect(box.getItem(PREFERENCES_KEY)).toBe(PREFERENCES);
  });

  test('is usual whatever its own record holds', () => {
    for (const odd of ['', 'null', '[]', '7', '{"unfinished":"9","stopped":{}}', '{']) expect(beginStart(boxOf({ 'rulewright.start': odd })), odd).toBeNull();
  });
});

describe('stored preferences', () => {
  test('fall back where they are not as they should be', () => {
    for (const odd of [
      '',
      'null',
      '7',
      '[]',
      '{',
      '{"theme":1,"tab":5,"catalog":{},"layouts":[]}',
      '{"layouts":{"a":{"b":-1}}}',
      '{"layouts":{"a":{"b":1e999}}}',
    ])
      expect(readPreferences(odd), odd).toEqual(defaultPreferences);
  });
});
