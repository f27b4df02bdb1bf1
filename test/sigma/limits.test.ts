import { describe, expect, it } from 'vitest';
import { sigmaFormat } from '../../src/formats/sigma';
import { openSigma } from '../../src/languages/sigma/lower/documents';
import { expectLinear } from '../support/linear';

const context = { languages: new Map() };
const many = (count: number, of: (at: number) => string): string => Array.from({ length: count }, (_, at) => of(at)).join('');

/** Texts whose parts refer to each other: what a text multiplies must not multiply its time. */
const TEXTS: Readonly<Record<string, (size: number) => string>> = {
  'many patterns over many identifiers': (n) =>
    `title: T\nlogsource: { product: x }\ndetection:\n${many(n, (at) => `    s${at}: a\n`)}    condition: ${many(n, (at) => `1 of s*${at % 10}${'*'.repeat(at % 3)} or `)}s1\n`,
  'one identifier used often': (n) =>
    `title: T\nlogsource: { product: x }\ndetection:\n    s:\n        A:\n${many(n, () => `            - a\n`)}    condition: ${many(n, () => 's or ')}s\n`,
  'many unknown identifiers': (n) =>
    `title: T\nlogsource: { product: x }\ndetection:\n${many(n, (at) => `    sel_${at}_a: a\n`)}    condition: ${many(n, (at) => `sel_${at}_b or `)}s\n`,
  'many unknown fields': (n) =>
    `title: T\nlogsource: { product: linux, service: auditd }\ndetection:\n    s:\n${many(n, (at) => `        fieldname_${at}: a\n`)}    condition: s\n`,
  'many unknown modifiers': (n) =>
    `title: T\nlogsource: { product: x }\ndetection:\n    s:\n${many(n, (at) => `        F|containz${at}: a\n`)}    condition: s\n`,
  'a condition without operators': (n) => `title: T\nlogsource: { product: x }\ndetection:\n    s: a\n    condition: ${many(n, () => 's ')}\n`,
  'a list of conditions': (n) => `title: T\nlogsource: { product: x }\ndetection:\n    s: a\n    condition:\n${many(n, () => '        - s\n')}`,
  'a global document and many after it': (n) => `action: global\ndetection:\n${many(n, (at) => `    s${at}: a\n`)}${many(n, () => '---\ntitle: T\n')}`,
  'many correlations of each other': (n) =>
    many(n, (at) => `title: T\nname: r${at}\ncorrelation:\n    type: temporal\n    rules: [r${at - 1}, q${at}]\n    timespan: 5m\n---\n`) +
    'title: T\nlogsource: { product: x }\ndetection:\n    s: a\n    condition: s\n',
  'many rules and aliases': (n) =>
    `title: T\ncorrelation:\n    type: temporal\n    timespan: 5m\n    rules:\n${many(n, (at) => `        - r${at}\n`)}    aliases:\n${many(n, (at) => `        a${at}:\n            r: x\n`)}`,
  'many aliases of one anchor': (n) =>
    `title: T\nlogsource: { product: x }\ndetection:\n    s: &a\n        A:\n${many(n, () => `            - b\n`)}${many(n, (at) => `    t${at}: *a\n`)}    condition: s\n`,
  'many duplicate values and keys': (n) =>
    `title: T\nlogsource: { product: x }\ndetection:\n    s:\n        A:\n${many(n, () => `            - b\n`)}${many(n, () => `        A: c\n`)}    condition: s\n`,
};

describe('time goes with the length', () => {
  for (const [name, of] of Object.entries(TEXTS)) {
    it(name, { timeout: 60_000, retry: 2 }, () => {
      expectLinear(name, (parts) => sigmaFormat.open(of(parts), context), 300);
    });
  }
});

it('says when global documents give too much', () => {
  const { documents, diagnostics } = openSigma(TEXTS['a global document and many after it']!(1_000));
  expect(documents).toHaveLength(1_000);
  expect(diagnostics.some(({ code }) => code === 'sigma/too-much')).toBe(true);
});

it('says where 10,000 patterns over 10,000 identifiers are cut, and nothing that is not so', { timeout: 120_000 }, () => {
  const text = (patternOf: (at: number) => string): string =>
    `title: T\nlogsource: { product: x }\ndetection:\n${many(10_000, (at) => `    s${at}: { A: b }\n`)}    condition: ${many(10_000, (at) => `1 of ${patternOf(at)} or `)}s1\n`;
  for (const patternOf of [() => 's*', (at: number) => `s${at}*`]) {
    const { analysis } = openSigma(text(patternOf)).documents[0]!;
    const codes = new Set(analysis.diagnostics.map(({ code }) => code));
    expect(codes).toContain('sigma/too-much');
    expect(codes).not.toContain('sigma/pattern-without-match');
    expect(codes).not.toContain('sigma/unused-identifier');
  }
});

it('says where aliases are cut, and takes nothing of them for null', () => {
  const lists = many(6, (at) => `a${at}: &a${at} [${many(9, () => (at === 0 ? 'x, ' : `*a${at - 1}, `))}y]\n`);
  const { analysis } = openSigma(`${lists}title: T\ndetection:\n    s:\n        A: *a5\n    condition: s\n`).documents[0]!;
  expect(analysis.diagnostics.filter(({ code }) => code === 'sigma/too-much')).toHaveLength(1);
  expect(analysis.predicate).toMatchObject({ kind: 'unread' });
});

it('says what is used too often', () => {
  const { documents } = openSigma(TEXTS['one identifier used often']!(2_000));
  expect(JSON.stringify(documents[0]!.analysis.predicate).length).toBeLessThan(20_000_000);
});
