import { describe, expect, it } from 'vitest';
import { bareFormat } from '../../src/formats/bare';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Context, Format, Language } from '../../src/model';
import { opaqueAnalysis } from '../../src/syntax/opaque';
import { readDraft } from '../../workers/draft-answer';

const CONTEXT: Context = { languages: LANGUAGES };

/** A language of lines, each a query; it throws at those that say so. */
const throwing: Language = {
  id: 'made',
  label: 'Made',
  taxonomy: 'sigma',
  analyse(text) {
    if (text.includes('throw')) throw new Error('no such thing');
    return { ...opaqueAnalysis('made', text), outputs: [{ name: text.trim(), source: text.trim(), span: { start: 0, end: text.length } }] };
  },
  suggest: () => ({ span: { start: 0, end: 0 }, items: [] }),
  hover: () => null,
  add: () => null,
  queriesOf(text) {
    const spans = [];
    let start = 0;
    for (const line of text.split('\n')) {
      spans.push({ start, end: start + line.length });
      start += line.length + 1;
    }
    return spans;
  },
};
const lines = bareFormat(throwing, { extensions: ['.made'], start: () => '' });
const read = (format: Format, text: string) => readDraft(format, text, '', CONTEXT, 'sigma');

describe('a draft that cannot be analysed', () => {
  it('has one remark where its language threw, and all else', () => {
    const text = 'one\nthrow\nthree';
    const { reports, facts, diagnostics } = read(lines, text);
    expect(reports.map(({ rule }) => rule.analysis.outputs.map(({ name }) => name))).toEqual([['one'], [], ['three']]);
    expect(reports[1]!.rule.analysis.predicate).toMatchObject({ kind: 'unread', span: { start: 4, end: 9 } });
    expect(facts).toHaveLength(3);
    expect(diagnostics).toEqual([
      { code: 'analysis/failed', severity: 'error', span: { start: 4, end: 9 }, message: expect.stringContaining('no such thing') },
    ]);
  });

  it('has one remark and one unread rule where its container threw', () => {
    const broken: Format = {
      ...lines,
      open() {
        throw new Error('no document');
      },
    };
    const { reports, diagnostics, tokens, fileName } = read(broken, 'one');
    expect(reports).toHaveLength(1);
    expect(reports[0]!.rule.analysis.stages).toEqual([{ kind: 'unknown', role: 'unread', span: { start: 0, end: 3 } }]);
    expect(diagnostics.map(({ code, span }) => [code, span])).toEqual([['analysis/failed', { start: 0, end: 3 }]]);
    expect(tokens).toEqual([]);
    expect(fileName).toBe('query.made');
  });

  it('has one remark where its colours or its file name threw', () => {
    const broken: Format = {
      ...lines,
      open: (text, context) => ({
        ...lines.open(text, context),
        get tokens(): never {
          throw new Error('no colours');
        },
      }),
      fileName() {
        throw new Error('no name');
      },
    };
    const { reports, diagnostics, fileName } = read(broken, 'one');
    expect(reports).toHaveLength(1);
    expect(diagnostics.map(({ message }) => /no \w+/.exec(message)?.[0])).toEqual(['no colours', 'no name']);
    expect(fileName).toBe('rule.made');
  });
});

it('every format is written in a language that is registered', () => {
  for (const { language } of FORMATS.values()) expect(LANGUAGES.has(language), language).toBe(true);
});
