import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AGAIN, type Autosave, autosaveOf, DELAY } from '../../src/state/drafts/autosave';
import { type Decision, resolveConflict } from '../../src/state/drafts/conflict';
import type { Draft } from '../../src/state/drafts/document';
import { dropBackup, putBackup, backupKey, backupsIn, readyBackups } from '../../src/state/drafts/crash-backup';
import { mergedTests, testsOf } from '../../src/state/drafts/kept-tests';
import { draftOf, newId, type DraftStore } from '../../src/state/drafts/draft-store';
import { memoryDraftStore } from '../support/memory-draft-store';

const draft = (part: Partial<Draft> = {}): Draft => ({
  id: 'a',
  text: 'one',
  format: 'sigma',
  byHand: false,
  path: '',
  name: '',
  title: 'One',
  tests: [],
  created: 1,
  changed: 1,
  version: 1,
  ...part,
});

describe('a stored record', () => {
  test('is a draft whatever else it holds', () => {
    for (const odd of [{ changed: 1e300 }, { changed: 'x', created: null }, { name: 5, title: {}, path: [] }, { format: 7, byHand: 'yes' }])
      expect(draftOf({ id: 'a', text: 'one', ...odd })).toMatchObject({ id: 'a', text: 'one' });
    expect(new Date(draftOf({ id: 'a', text: '', changed: 1e300 })!.changed).getFullYear()).not.toBeNaN();
  });
});

describe('what a save does', () => {
  const base = draft();

  test('a new draft is written', () =>
    expect(resolveConflict(undefined, draft({ version: 0 }), null, 'c')).toMatchObject({ kind: 'write', draft: { version: 1 } }));
  test('a change that follows the stored one is written', () =>
    expect(resolveConflict(base, draft({ text: 'two' }), base, 'c')).toMatchObject({ kind: 'write', draft: { text: 'two', version: 2 } }));
  test('no change is none', () => expect(resolveConflict(base, base, base, 'c')).toEqual({ kind: 'same', draft: base }));
  test('both tabs wrote the same', () =>
    expect(resolveConflict(draft({ text: 'two', version: 2 }), draft({ text: 'two' }), base, 'c')).toMatchObject({ kind: 'same', draft: { version: 2 } }));
  test('both tabs changed the text: the later becomes a copy, the stored one stays', () => {
    const stored = draft({ text: 'theirs', version: 2 });
    expect(resolveConflict(stored, draft({ text: 'mine' }), base, 'c')).toEqual({
      kind: 'copy',
      stored,
      draft: draft({ id: 'c', text: 'mine', name: 'One (from another tab)', version: 1 }),
    });
  });
  test('a name from there and a text from here go together', () => {
    expect(resolveConflict(draft({ name: 'Theirs', version: 2 }), draft({ text: 'mine' }), base, 'c')).toMatchObject({
      kind: 'write',
      draft: { name: 'Theirs', text: 'mine', version: 3 },
    });
  });
  test('a text from there and a name from here go together', () => {
    expect(resolveConflict(draft({ text: 'theirs', title: 'Two', version: 2 }), draft({ name: 'Mine' }), base, 'c')).toMatchObject({
      kind: 'write',
      draft: { name: 'Mine', text: 'theirs', title: 'Two' },
    });
  });
  test('a draft deleted elsewhere while it is changed here comes back', () => {
    expect(resolveConflict(undefined, draft({ text: 'mine' }), base, 'c')).toMatchObject({ kind: 'write', draft: { id: 'a', text: 'mine', version: 2 } });
  });
});

describe('autosave', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  interface Tab {
    readonly save: Autosave;
    readonly stored: Decision[];
    readonly rests: boolean[];
    readonly failures: unknown[];
  }
  const tabOn = (draftStore: DraftStore): Tab => {
    const tab = { stored: [] as Decision[], rests: [] as boolean[], failures: [] as unknown[] };
    const save = autosaveOf(draftStore, {
      onStored: (_mine, decision) => tab.stored.push(decision),
      onRest: (isSaved) => tab.rests.push(isSaved),
      onFailure: (error) => tab.failures.push(error),
    });
    return { save, ...tab };
  };

  test('stores the newest text, at most the delay after its first change', async () => {
    const records = new Map<string, Draft>();
    const { save } = tabOn(memoryDraftStore(records));
    for (let i = 0; i < 10; i++) {
      save.put(draft({ text: `text ${i}`, version: 0 }));
      await vi.advanceTimersByTimeAsync(DELAY / 10);
    }
    expect(records.get('a')).toMatchObject({ text: 'text 9', version: 1 });
  });

  test('a storage that fails keeps the text, says so, and is tried again at the next change', async () => {
    const records = new Map<string, Draft>();
    const draftStore = memoryDraftStore(records);
    let isFull = true;
    const { save, failures, rests } = tabOn({
      ...draftStore,
      save: (mine, base) => (isFull ? Promise.reject(Object.assign(new Error('x'), { name: 'QuotaExceededError' })) : draftStore.save(mine, base)),
    });
    save.put(draft({ text: 'first' }));
    await vi.advanceTimersByTimeAsync(DELAY);
    expect([failures.length, rests.at(-1), save.isWaiting('a')]).toEqual([1, false, true]);
    isFull = false;
    save.put(draft({ text: 'second' }));
    await vi.advanceTimersByTimeAsync(DELAY);
    expect([records.get('a')?.text, rests.at(-1), save.isWaiting('a')]).toEqual(['second', true, false]);
  });

  test('a storage that fails is tried again by itself, less and less often', async () => {
    const records = new Map<string, Draft>();
    const draftStore = memoryDraftStore(records);
    let isFull = true;
    const { save, failures, rests } = tabOn({
      ...draftStore,
      save: (mine, base) => (isFull ? Promise.reject(new Error('full')) : draftStore.save(mine, base)),
    });
    save.put(draft({ text: 'first' }));
    await vi.advanceTimersByTimeAsync(DELAY);
    for (const [at, wait] of AGAIN.entries()) {
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(failures.length).toBe(at + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(failures.length).toBe(at + 2);
    }
    isFull = false;
    await vi.advanceTimersByTimeAsync(AGAIN.at(-1)!);
    expect([records.get('a')?.text, rests.at(-1), save.isWaiting('a')]).toEqual(['first', true, false]);
  });

  test('two tabs never overwrite each other, and do not copy without end', async () => {
    const records = new Map<string, Draft>();
    const draftStore = memoryDraftStore(records);
    const [left, right] = [tabOn(draftStore), tabOn(draftStore)];
    left.save.put(draft({ text: 'start', version: 0 }));
    await left.save.flush();
    right.save.setBase(records.get('a')!);
    left.save.put(draft({ text: 'left' }));
    right.save.put(draft({ text: 'right' }));
    await left.save.flush();
    await right.save.flush();
    expect([...records.values()].map(({ text }) => text)).toEqual(['left', 'right']);
    const copy = right.stored.at(-1)!.draft;
    right.save.put({ ...copy, text: 'right again' });
    left.save.put(draft({ text: 'left again' }));
    await right.save.flush();
    await left.save.flush();
    expect([...records.values()].map(({ text, name }) => [text, name])).toEqual([
      ['left again', ''],
      ['right again', 'One (from another tab)'],
    ]);
  });

  test('what is typed while a copy is made goes to the copy', async () => {
    const records = new Map([['a', draft({ text: 'theirs', version: 2 })]]);
    const draftStore = memoryDraftStore(records);
    let typeOn = (): void => {};
    const { save } = tabOn({ ...draftStore, save: (mine, base) => (typeOn(), draftStore.save(mine, base)) });
    save.setBase(draft());
    save.put(draft({ text: 'mine' }));
    typeOn = () => {
      typeOn = () => {};
      save.put(draft({ text: 'mine, more' }));
    };
    await save.flush();
    expect([...records.values()].map(({ text }) => text)).toEqual(['theirs', 'mine, more']);
  });

  test('random work in two tabs: every text somebody last saw on a screen is stored somewhere', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      let state = seed * 2_654_435_761;
      const random = (n: number): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % n;
      const records = new Map<string, Draft>([['a', draft()]]);
      const draftStore = memoryDraftStore(records);
      const tabs = [0, 1].map((n) => {
        const screen = { draft: draft() };
        const save = autosaveOf(draftStore, {
          onStored: (_mine, decision) =>
            void (decision.kind === 'copy' && (screen.draft = { ...screen.draft, id: decision.draft.id, name: decision.draft.name })),
          onRest: () => {},
          onFailure: () => {},
        });
        save.setBase(draft());
        return { n, screen, save };
      });
      for (let step = 0; step < 30; step++) {
        const tab = tabs[random(2)]!;
        if (random(3) === 0) await tab.save.flush();
        else {
          tab.screen.draft = { ...tab.screen.draft, text: `${tab.n}:${step}` };
          tab.save.put(tab.screen.draft);
        }
      }
      for (const tab of tabs) await tab.save.flush();
      const texts = [...records.values()].map(({ text }) => text);
      for (const tab of tabs) if (tab.screen.draft.text !== 'one') expect(texts, `seed ${seed}`).toContain(tab.screen.draft.text);
      expect(records.size).toBeLessThanOrEqual(2);
    }
  });
});

describe('draft store', () => {
  test('a draft another tab changed is not removed', async () => {
    const stored = draft({ version: 2 });
    const draftStore = memoryDraftStore(new Map([['a', stored]]));
    expect(await draftStore.remove(draft())).toEqual(stored);
    expect(await draftStore.remove(stored)).toBeNull();
    expect((await draftStore.all()).drafts).toEqual([]);
  });

  test('ids differ', () => expect(new Set(Array.from({ length: 1000 }, newId)).size).toBe(1000));

  test('a record is read as far as it makes sense', () => {
    expect(draftOf({ id: 'a', text: 'x', changed: 'yesterday', format: 3 })).toEqual(
      draft({ text: 'x', format: null, title: '', created: 0, changed: 0, version: 0 }),
    );
    for (const record of [null, 'x', {}, { id: 1, text: '' }, { id: 'a' }]) expect(draftOf(record)).toBeNull();
  });
});

describe('tests kept with a draft', () => {
  const kept = (id: string, part: object = {}) => ({ id, name: '', mustMatch: true, events: [{ a: id }], about: '', at: 1, ...part });

  test('are read as far as they make sense', () => {
    expect(testsOf([null, { id: 'x' }, { id: 'y', events: [] }, { id: 'z', events: [1, { b: 2 }], mustMatch: false }])).toEqual([
      { id: 'z', name: '', mustMatch: false, events: [{ b: 2 }], about: '', at: 0 },
    ]);
    expect(testsOf('no list')).toEqual([]);
  });

  test('of two tabs come together: what either added stays, what either took away goes', () => {
    const [a, b, c] = [kept('a'), kept('b'), kept('c')];
    expect(mergedTests([a], [a, b], [a, c])).toEqual([a, b, c]);
    expect(mergedTests([a, b], [b], [a, b, c])).toEqual([b, c]);
    expect(mergedTests([a], [a], [{ ...a, mustMatch: false }])).toEqual([{ ...a, mustMatch: false }]);
    expect(mergedTests([a], [{ ...a, name: 'theirs' }], [a])).toEqual([{ ...a, name: 'theirs' }]);
    expect(mergedTests(undefined, [a], [structuredClone(a)])).toEqual([a]);
  });

  test('are a change that is stored', () => {
    const base = draft();
    const decision = resolveConflict(structuredClone(base), draft({ tests: [kept('a')] }), base, 'copy');
    expect(decision).toMatchObject({ kind: 'write', draft: { tests: [{ id: 'a' }] } });
    expect(resolveConflict(draft({ tests: [kept('a')] }), draft({ tests: [kept('a')] }), base, 'copy').kind).toBe('same');
  });
});

describe('crash backup', () => {
  const boxOf = (entries: Record<string, string> = {}) => {
    const map = new Map(Object.entries(entries));
    return {
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => void map.set(key, value),
      removeItem: (key: string) => void map.delete(key),
      key: (i: number) => [...map.keys()][i] ?? null,
      get length() {
        return map.size;
      },
    };
  };

  test('what a page left behind is found again, once', async () => {
    const box = boxOf({ other: 'x', 'rulewright.rescue.broken': '{' });
    expect(putBackup(box, 'page', [{ mine: draft({ text: 'late \ud800' }), base: draft() }])).toBe(true);
    expect(await backupsIn(box)).toEqual([{ key: backupKey('page', 'a'), mine: draft({ text: 'late \ud800' }), base: draft(), isBaseBare: false }]);
    dropBackup(box, backupKey('page', 'a'));
    expect(await backupsIn(box)).toEqual([]);
  });

  test('a text of 4 MB fits beside what it follows, and is found again', async () => {
    const box = boxOf();
    const text = 'Image: "\\\\é😀\n'.repeat(300_000);
    await readyBackups();
    expect(text.length).toBeGreaterThan(4_000_000);
    expect(putBackup(box, 'page', [{ mine: draft({ text: `${text}!` }), base: draft({ text }) }])).toBe(true);
    expect(box.getItem(backupKey('page', 'a'))!.length).toBeLessThan(1_000_000);
    const [found] = await backupsIn(box);
    expect(found!.mine.text === `${text}!`).toBe(true);
    expect(found).toMatchObject({ base: { text: '', version: 1 }, isBaseBare: true });
    const lone = `${'x'.repeat(70_000)}\ud800`;
    putBackup(box, 'other', [{ mine: draft({ id: 'b', text: lone }), base: null }]);
    expect((await backupsIn(box)).find(({ mine }) => mine.id === 'b')!.mine.text).toBe(lone);
  });

  test('two pages leave two texts of one draft', async () => {
    const box = boxOf();
    putBackup(box, 'left', [{ mine: draft({ text: 'left' }), base: draft() }]);
    putBackup(box, 'right', [{ mine: draft({ text: 'right' }), base: draft() }]);
    expect((await backupsIn(box)).map(({ mine }) => mine.text)).toEqual(['left', 'right']);
  });

  test('a browser that refuses is told apart, not thrown', () => {
    const box = boxOf();
    box.setItem = () => {
      throw new Error('full');
    };
    expect(putBackup(box, 'page', [{ mine: draft(), base: null }])).toBe(false);
  });
});
