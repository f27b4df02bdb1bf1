import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Draft } from '../../src/state/drafts/document';
import { draftsToAdd, type Everything, readEverything, writeEverything } from '../../src/state/drafts/everything';
import { defaultPreferences } from '../../src/state/preferences';

const draft = (part: Partial<Draft> = {}): Draft => ({
  id: 'a',
  text: 'one',
  format: null,
  byHand: false,
  path: '',
  name: '',
  title: '',
  tests: [],
  created: 1,
  changed: 1,
  version: 3,
  ...part,
});
const NOTHING: Everything = { drafts: [], macros: '', preferences: defaultPreferences };

describe('everything in one file', () => {
  test('comes back as it was', () => {
    const text = fc.string({ unit: 'binary' });
    const drafts = fc.array(fc.record({ id: fc.uuid(), text, name: text, title: text }).map(draft));
    fc.assert(
      fc.property(drafts, text, (given, macros) => {
        const all = { ...NOTHING, drafts: given, macros };
        expect(readEverything(writeEverything(all))).toEqual({ ...all, unreadable: 0 });
      }),
    );
  });

  test('is told from other texts, and from what this version cannot take', () => {
    for (const other of ['', 'title: rulewright-everything', '{"format":"other"}', '{ rulewright-everything', '[]'])
      expect(readEverything(other), other).toBeNull();
    const file = writeEverything({ ...NOTHING, drafts: [draft()] });
    expect(readEverything(file.slice(0, -20))).toMatchObject({ problem: expect.stringContaining('cut off') });
    expect(readEverything(file.replace('"version": 1', '"version": 2'))).toMatchObject({ problem: expect.stringContaining('newer') });
    for (const odd of ['"1"', 'null', '0', '{}'])
      expect(readEverything(file.replace('"version": 1', `"version": ${odd}`)), odd).toMatchObject({ problem: expect.stringContaining('was changed') });
    expect(readEverything(file.replace('"drafts"', '"draft"'))).toMatchObject({ problem: expect.stringContaining('was changed') });
  });

  test('counts what is no draft, and leaves out settings that are none', () => {
    const odd = '{"format":"rulewright-everything","version":1,"drafts":[null,{"id":""},{"id":"b","text":"two"}],"macros":7,"preferences":[1]}';
    expect(readEverything(odd)).toMatchObject({ drafts: [{ id: 'b', text: 'two' }], unreadable: 2, macros: '', preferences: defaultPreferences });
  });

  test('writes nothing over: what is here is left out, another text of it becomes a draft of its own', () => {
    const here = new Map([['a', draft({ title: 'Mine' })]]);
    const added = draftsToAdd([draft(), draft({ text: 'other', title: 'Theirs' }), draft({ id: 'new' })], (id) => here.get(id) ?? null);
    expect(added.map(({ id, text, name, version }) => [id === 'a', text, name, version])).toEqual([
      [false, 'other', 'Theirs (from a file)', 0],
      [false, 'one', '', 0],
    ]);
    expect(added[1]!.id).toBe('new');
    // Also of two in one file.
    expect(draftsToAdd([draft(), draft(), draft({ text: 'other' })], () => null).map(({ id, text }) => [id === 'a', text])).toEqual([
      [true, 'one'],
      [false, 'other'],
    ]);
  });
});
