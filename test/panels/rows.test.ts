import { describe, expect, it } from 'vitest';
import type { Guide, GuideValueRow, Leaf, Operator, Report, Stage } from '../../src/model';
import { grouped, guideRows, markTally } from '../../src/panels/guide/guideRows';
import { standingOf } from '../../src/panels/indicators/standing';
import { linesOf } from '../../src/panels/lineAt';
import { sinceOf } from '../../src/panels/format';
import { outdented } from '../../src/panels/stages/outdented';
import { stageRows } from '../../src/panels/stages/stageRows';
import { valueRows } from '../../src/panels/valueRows';
import { nextOrder } from '../../src/ui/table/order';

const leaf = (field: string, op: Operator, values: readonly string[], more: Partial<Leaf> = {}): Leaf => ({
  field,
  op,
  values: values.map((text, index) => ({ text, type: 'string', span: { start: index * 10, end: index * 10 + 5 } })),
  triples: values.map((text) => ({ field, kind: op, value: text.toLowerCase() })),
  negated: false,
  polarity: 'indicator',
  stage: 0,
  span: { start: 0, end: 50 },
  caseSensitive: false,
  every: false,
  token: false,
  derived: false,
  modifiers: [],
  macro: null,
  composite: null,
  ...more,
});

const report = (...leaves: readonly Leaf[]): Report => ({ leaves }) as unknown as Report;

describe('valueRows', () => {
  it('sorts by field, kind and value, one row a value', () => {
    const rows = valueRows(report(leaf('Image', 'ends_with', ['\\net.exe', '\\arp.exe']), leaf('CommandLine', 'contains', [' use'])), ['indicator']);
    expect(rows.map(({ field, value }) => `${field} ${value}`)).toEqual(['CommandLine  use', 'Image \\arp.exe', 'Image \\net.exe']);
  });

  it('merges equal values and keeps all their places', () => {
    const rows = valueRows(report(leaf('a', 'eq', ['x']), leaf('a', 'eq', ['y', 'x'])), ['indicator']);
    expect(rows.map(({ value, spans }) => [value, spans.length])).toEqual([
      ['x', 2],
      ['y', 1],
    ]);
  });

  it('keeps apart what differs in case, modifiers or composite', () => {
    const rows = valueRows(
      report(leaf('a', 'eq', ['x']), leaf('a', 'eq', ['x'], { caseSensitive: true }), leaf('a', 'eq', ['x'], { modifiers: ['windash'] })),
      ['indicator'],
    );
    expect(rows.map(({ notes }) => notes)).toEqual(expect.arrayContaining([[], ['case-sensitive'], ['windash']]));
    expect(rows).toHaveLength(3);
  });

  it('takes only the polarities asked for, in their order', () => {
    const rows = valueRows(
      report(leaf('b', 'eq', ['1'], { polarity: 'conditional' }), leaf('a', 'eq', ['2'], { polarity: 'exclusion' }), leaf('c', 'eq', ['3'])),
      ['exclusion', 'conditional'],
    );
    expect(rows.map(({ polarity }) => polarity)).toEqual(['exclusion', 'conditional']);
  });

  it('shows a test without values, and a range as one', () => {
    const rows = valueRows(report(leaf('a', 'is_null', [], { triples: [{ field: 'a', kind: 'is_null', value: '' }] }), leaf('b', 'between', ['1', '9'])), [
      'indicator',
    ]);
    expect(rows.map(({ value }) => value)).toEqual(['', '1 – 9']);
    expect(rows[0]?.triple).not.toBeNull();
  });
});

const stage = (kind: string, start: number, more: Partial<Stage> = {}): Stage => ({ kind, role: 'derive', span: { start, end: start + 5 }, ...more });

describe('stageRows', () => {
  it('numbers from 1, and a condition is 0', () => {
    expect(stageRows([stage('search', 0), stage('stats', 9)]).map(({ number }) => number)).toEqual(['1', '2']);
    expect(stageRows([stage('condition', 0), stage('selection', 9, { label: 'a' })]).map(({ number }) => number)).toEqual(['0', '1']);
  });

  it('folds a run of the same operator, and nothing that has a name of its own', () => {
    const run = stageRows([stage('where', 0), stage('extend', 10), stage('extend', 20), stage('extend', 30), stage('project', 40)]);
    expect(run.map(({ number, label }) => [number, label])).toEqual([
      ['1', ''],
      ['2–4', '3 consecutive steps'],
      ['5', ''],
    ]);
    expect(run[1]?.span).toEqual({ start: 10, end: 35 });
    expect(stageRows([1, 2, 3].map((at) => stage('selection', at * 10, { label: `s${at}` })))).toHaveLength(3);
  });
});

describe('outdented', () => {
  it('takes away the indentation a stretch has where it stands', () => {
    const text = 'detection:\n    selection:\n        Image: a\n\n        B: c\n    condition: x';
    expect(outdented(text, { start: text.indexOf('selection'), end: text.indexOf('\n    condition') })).toBe('selection:\n    Image: a\n\n    B: c');
  });

  it('leaves a single line and an inner beginning alone', () => {
    expect(outdented('  a | b', { start: 6, end: 7 })).toBe('b');
    expect(outdented('x: a\n  b', { start: 3, end: 8 })).toBe('a\nb');
  });
});

describe('linesOf', () => {
  it('counts from 1, whatever ends a line', () => {
    const at = linesOf('ab\r\ncd\ne\rf');
    expect([0, 2, 4, 5, 7, 9].map((offset) => at(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 2, column: 2 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ]);
  });
});

describe('sinceOf', () => {
  const now = new Date(2026, 10, 21, 15, 0, 0).getTime();
  const before = (minutes: number): string => sinceOf(now - minutes * 60_000, now);

  it('says it as people do', () => {
    expect([before(0), before(5), before(60 * 2), before(60 * 20), before(60 * 24 * 18)]).toEqual(['just now', '5 min ago', '2 h ago', 'yesterday', '3 Nov']);
    expect(sinceOf(new Date(2024, 0, 5).getTime(), now)).toBe('5 Jan 2024');
  });
});

const row = (field: string, value: string, rules: number, mark: GuideValueRow['mark'], kind: Operator = 'eq'): GuideValueRow => ({
  field,
  kind,
  value,
  rules,
  reach: rules,
  reachPerVendor: [rules, 0, 0, 0],
  mark,
});

describe('guide rows', () => {
  it('puts rows of one field and kind together, each group where its best row stands', () => {
    const rows = grouped([row('a', '1', 9, null), row('b', '2', 5, null), row('a', '3', 4, null), row('a', '4', 3, null, 'contains')]);
    expect(rows.map(({ value }) => value)).toEqual(['1', '3', '2', '4']);
  });

  it('sets apart what does not apply, and never counts it as missing', () => {
    const guide = {
      shown: 100,
      fields: [],
      values: [row('a', '1', 3, 'has'), row('event.type', 'start', 9, 'does-not-apply')],
      exclusions: [
        row('x', '1', 4, 'missing'),
        row('x', '2', 3, 'near'),
        row('x', '3', 1, 'missing'),
        row('x', '4', 3, 'has'),
        row('x', '6', 3, 'contradicts'),
        row('y', '5', 7, 'does-not-apply'),
      ],
    } as unknown as Guide;
    const { values, common, missing, alien } = guideRows(guide);
    expect(common.map(({ value }) => value)).toEqual(['1', '2', '4', '6']);
    expect(values.map(({ value }) => value)).toEqual(['1']);
    expect(missing.map(({ value }) => value)).toEqual(['1', '2']);
    expect([alien.values.length, alien.exclusions.length]).toEqual([1, 1]);
    expect(markTally(missing)).toEqual({ has: 0, near: 1, missing: 1, contradicts: 0, 'does-not-apply': 0 });
  });

  it("says how the draft's own triples stand to the guide", () => {
    const { markOf, hereOf } = standingOf([row('a', 'net.exe', 5, 'has'), row('CommandLine', 'net sessions', 2, 'near', 'regex_match')]);
    expect(markOf({ field: 'a', kind: 'eq', value: 'net.exe' })).toBe('has');
    expect(hereOf({ field: 'a', kind: 'eq', value: 'net.exe' })).toBe(5);
    expect(markOf({ field: 'CommandLine', kind: 'contains', value: ' sessions' })).toBe('near');
    expect(markOf({ field: 'a', kind: 'eq', value: 'route.exe' })).toBe('new');
  });
});

describe("a table's order", () => {
  it('goes one way, the other, and none; numbers begin with the largest', () => {
    const first = nextOrder(null, 'a', false);
    const second = nextOrder(first, 'a', false);
    expect([first, second, nextOrder(second, 'a', false)]).toEqual([{ id: 'a', desc: false }, { id: 'a', desc: true }, null]);
    expect(nextOrder(null, 'n', true)).toEqual({ id: 'n', desc: true });
    expect(nextOrder(second, 'b', false)).toEqual({ id: 'b', desc: false });
  });
});
