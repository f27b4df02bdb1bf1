import { describe, expect, test } from 'vitest';
import { litSpans } from '../../src/editor/lighting';
import { nextRemark, pointedAt, remarksAt } from '../../src/editor/pointed';
import { writtenValue } from '../../src/editor/quoting';
import { familyOf } from '../../src/knowledge/families';
import type { Diagnostic, DraftAnswer, Leaf, Report } from '../../src/model';
import { type AnalysisState, NO_ANALYSIS, reportAt, shownOf, withAnswer } from '../../src/state/analysis-state';
import { litIndex } from '../../src/state/highlight';
import { initialState } from '../../src/state/store';

const text = "Image: ['a.exe', 'b.exe']\nParent: null";
const spanOf = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
const value = (part: string) => ({ text: part, span: spanOf(part), type: 'string' as const });
const leaf = (part: Partial<Leaf>): Leaf => ({
  field: 'Image',
  op: 'eq',
  values: [],
  triples: [],
  negated: false,
  polarity: 'indicator',
  stage: 0,
  span: { start: 0, end: 0 },
  caseSensitive: false,
  every: false,
  token: false,
  derived: false,
  modifiers: [],
  macro: null,
  composite: null,
  ...part,
});
const triple = (of: string) => ({ field: 'process_name', kind: 'eq' as const, value: of });
const leaves = [
  leaf({ values: [value('a.exe'), value('b.exe')], triples: [triple('a.exe'), triple('b.exe')], span: spanOf("Image: ['a.exe', 'b.exe']") }),
  leaf({ field: 'Parent', op: 'is_null', triples: [{ field: 'ParentImage', kind: 'is_null', value: '' }], span: spanOf('Parent: null') }),
];
const reportWith = (some: readonly Leaf[], start = 0) =>
  ({ leaves: some, rule: { span: { start, end: start + 10 }, analysis: { stages: [] } } }) as unknown as Report;
const answerWith = (reports: readonly Report[]) => ({ reports, diagnostics: [] }) as unknown as DraftAnswer;

describe('what a place belongs to', () => {
  const reports = [reportWith(leaves)];

  test('the value under it, with what it counts as', () =>
    expect(pointedAt(reports, text.indexOf('b.exe') + 2)).toMatchObject({ value: { text: 'b.exe' }, triple: triple('b.exe') }));
  test('its end counts as inside', () => expect(pointedAt(reports, text.indexOf('a.exe') + 5)?.value?.text).toBe('a.exe'));
  test('a comparison without values is its own place', () =>
    expect(pointedAt(reports, text.indexOf('null'))).toMatchObject({ value: null, triple: { kind: 'is_null' } }));
  test('a key belongs to none', () => expect(pointedAt(reports, 2)).toBeNull());

  test('the row of the narrowest place is lit', () => {
    const rows = [[spanOf(text)], [spanOf('a.exe'), spanOf('b.exe')], [spanOf('b.exe')]];
    expect([litIndex(rows, text.indexOf('b.exe') + 1), litIndex(rows, 3), litIndex([], 3), litIndex(rows, 999)]).toEqual([1, 0, -1, -1]);
  });

  test('the text lights what a panel points at, else the cursor’s value, and nothing of an older text', () => {
    const analysed = { revision: 1, text, answer: answerWith(reports) };
    const analysis: AnalysisState = { ...NO_ANALYSIS, newest: analysed, good: analysed };
    const state = { ...initialState, analysis, doc: { ...initialState.doc, text }, cursor: { offset: text.indexOf('a.exe'), line: 1, column: 1 } };
    expect(litSpans(state)).toEqual([spanOf('a.exe')]);
    expect(litSpans({ ...state, hovered: [spanOf('b.exe')] })).toEqual([spanOf('b.exe')]);
    const typed = { ...state, doc: { ...state.doc, text: `${text} ` }, hovered: [spanOf('b.exe')] };
    expect(litSpans(typed)).toBeNull();
    expect(litSpans({ ...typed, analysis: { ...analysis, staleSince: 1 } })).toEqual([]);
  });
});

describe('remarks', () => {
  const remark = (start: number, end: number, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
    code: 'test/x',
    severity,
    span: { start, end },
    message: `${start}`,
  });
  const remarks = [remark(20, 25), remark(3, 8, 'info'), remark(5, 6)];

  test('the next one, round the end', () => expect([0, 3, 5, 20].map((at) => nextRemark(remarks, at, 1)?.message)).toEqual(['3', '5', '20', '3']));
  test('the one before, round the start', () => expect([0, 4, 20].map((at) => nextRemark(remarks, at, -1)?.message)).toEqual(['20', '3', '5']));
  test('none', () => expect(nextRemark([], 0, 1)).toBeNull());
  test('of a place, the gravest first', () => expect(remarksAt(remarks, 5).map(({ severity }) => severity)).toEqual(['error', 'info']));
});

describe('the last good answer', () => {
  const good = { revision: 1, text: 'good', answer: answerWith([reportWith(leaves)]) };
  const broken = { revision: 2, text: 'bro', answer: answerWith([reportWith([])]) };

  test('stays while the text is broken, with the time it broke', () => {
    const after = withAnswer(withAnswer(withAnswer(NO_ANALYSIS, good, 10), broken, 20), { ...broken, revision: 3 }, 30);
    expect([shownOf(after), after.newest?.revision, after.staleSince]).toEqual([good, 3, 20]);
  });
  test('gives way to the next good one', () => {
    const next = { ...good, revision: 3 };
    expect(withAnswer(withAnswer(withAnswer(NO_ANALYSIS, good, 10), broken, 20), next, 30)).toEqual({
      newest: next,
      good: next,
      remarks: [],
      staleSince: null,
      trouble: null,
    });
  });
  test('a text that never held a rule is not stale', () =>
    expect(withAnswer(NO_ANALYSIS, broken, 10)).toEqual({ newest: broken, good: null, remarks: [], staleSince: null, trouble: null }));
  test('nor is one that was emptied', () => expect(withAnswer(withAnswer(NO_ANALYSIS, good, 10), { ...broken, text: ' \n' }, 20).good).toBeNull());
  test('of several rules the one that began last before the cursor is active', () => {
    const reports = [reportWith([], 0), reportWith([], 20), reportWith([], 40)];
    expect([0, 19, 20, 39, 99].map((at) => reportAt(reports, at))).toEqual([0, 0, 1, 1, 2]);
  });
});

describe('a corpus value as it is written', () => {
  const quoteOf = (vendor: string) => familyOf(vendor)!.quote;

  test('plain ones stay bare', () => expect(writtenValue('net.exe', ' ', quoteOf('sigma'))).toBe('net.exe'));
  test('Sigma quotes as YAML does', () => {
    expect(writtenValue('\\net.exe', ' ', quoteOf('sigma'))).toBe("'\\net.exe'");
    expect(writtenValue("it's", ' ', quoteOf('sigma'))).toBe("'it''s'");
    expect(writtenValue('yes', ' ', quoteOf('sigma'))).toBe("'yes'");
    expect(writtenValue("it's \\x", "'", quoteOf('sigma'))).toBe("it''s \\x");
    expect(writtenValue('a"\\x', '"', quoteOf('sigma'))).toBe('a\\"\\\\x');
  });
  test('queries quote with backslashes', () => {
    expect(writtenValue('c:\\users\\', '=', quoteOf('splunk'))).toBe('"c:\\\\users\\\\"');
    expect(writtenValue('say "x"', '"', quoteOf('kusto'))).toBe('say \\"x\\"');
    expect(writtenValue("it's", "'", quoteOf('kusto'))).toBe("it\\'s");
  });
});
