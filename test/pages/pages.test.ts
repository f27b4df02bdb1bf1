import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleFacts, RuleRow } from '../../src/model';
import { leafLines, leafRows } from '../../src/pages/rule/leafRows';
import { tokenSpans } from '../../src/pages/rule/tokenSpans';
import { toCsv, toJson } from '../../src/pages/rules/exportRules';
import { orderOf, orderRemark } from '../../src/pages/rules/queryText';
import { wordsIn } from '../../src/catalog/search/query';
import { askedOf, conditionsIn, hasCondition, ordered, replaced, toggled } from '../../src/syntax/search-query';
import { type CountedTechnique, heatName, heatOf, isLacking, matrixOf, rulesOf } from '../../src/pages/techniques/matrixOf';
import { hyphenated } from '../../src/pages/techniques/hyphenated';
import { navigatorLayer } from '../../src/pages/techniques/navigatorLayer';

describe('the text of a search', () => {
  it('is the only place where conditions live', () => {
    expect(toggled('net use', 'vendor', 'sigma', true)).toBe('net use vendor:sigma');
    expect(toggled('vendor:sigma net', 'vendor', 'elastic', true)).toBe('net vendor:elastic');
    expect(toggled('vendor:sigma net', 'vendor', 'sigma', true)).toBe('net');
    expect(toggled('tactic:discovery', 'tactic', 'execution', false)).toBe('tactic:discovery tactic:execution');
  });

  it('quotes what has blanks, and keeps quoted conditions whole', () => {
    const query = toggled('', 'kind', 'building block', true);
    expect(query).toBe('kind:"building block"');
    expect(hasCondition(`x ${query} y`, 'kind', 'building block')).toBe(true);
    expect(toggled(`value:"a b" ${query}`, 'kind', 'building block', true)).toBe('value:"a b"');
  });

  it('takes a condition back however it is written', () => {
    for (const query of ['vendor:"sigma"', 'Vendor:Sigma', 'VENDOR:"SIGMA"']) {
      expect(hasCondition(query, 'vendor', 'sigma')).toBe(true);
      expect(toggled(`net ${query}`, 'vendor', 'sigma', true)).toBe('net');
      expect(toggled(`net ${query}`, 'vendor', 'elastic', true)).toBe('net vendor:elastic');
    }
    expect(toggled('a provider:"AWS ""Trail""" b', 'provider', 'AWS "Trail"', true)).toBe('a b');
    expect(toggled('', 'provider', 'AWS "Trail"', true)).toBe('provider:"AWS \\"Trail\\""');
    expect(toggled('-vendor:sigma', 'vendor', 'sigma', true)).toBe('-vendor:sigma vendor:sigma');
  });

  it('gives up any value that was chosen, which the catalog reads as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'B', ' ', '"', '-', ':', '.', '*'), minLength: 1 }), (value) => {
        fc.pre(value.trim() !== '');
        const query = toggled('net', 'status', value, true);
        expect(wordsIn(query, () => false)[1]).toMatchObject({ key: 'status', value, isClosed: true });
        expect(toggled(query, 'status', value, true)).toBe('net');
      }),
    );
  });

  it('holds the order, which the catalog is asked apart', () => {
    expect(ordered('net', { id: 'modified', desc: true })).toBe('net sort:-modified');
    expect(ordered('net sort:-modified', { id: 'title', desc: false })).toBe('net sort:title');
    expect(ordered('net sort:title', null)).toBe('net');
    expect(orderOf('net sort:-modified')).toEqual({ by: 'modified', descending: true });
    expect(orderOf('sort:nothing')).toBeNull();
    expect(askedOf('net sort:-modified vendor:sigma')).toBe('net vendor:sigma');
  });

  it('says which orders there are where it names another', () => {
    expect(orderRemark('net sort:-modified')).toEqual([]);
    expect(orderRemark('net sort:')).toEqual([]);
    expect(orderRemark('net sort:-newest')).toMatchObject([{ part: 'sort:-newest', says: expect.stringContaining('title, vendor'), instead: null }]);
  });

  it('takes what is meant in place of what is written, dollars and all', () => {
    expect(replaced('a techniqe:T1049 b', 'techniqe:T1049', 'technique:T1049')).toBe('a technique:T1049 b');
    expect(replaced('a vlaue:$&', 'vlaue:$&', 'value:$&')).toBe('a value:$&');
    expect(replaced('changed meanwhile', 'techniqe:T1049', 'technique:T1049')).toBe('changed meanwhile');
  });

  it('gives its conditions on some keys and its other words', () => {
    expect(conditionsIn('net provider:"AWS \\"Trail\\"" vendor:sigma vendor: -vendor:elastic vendor:kusto', ['provider', 'vendor'])).toEqual({
      values: { provider: ['AWS "Trail"'], vendor: ['sigma', 'kusto'] },
      words: ['net', '-vendor:elastic'],
    });
    const { values } = conditionsIn(toggled('', 'provider', 'A "b" \\c', true), ['provider']);
    expect(values.provider).toHaveLength(1);
  });

  it('never throws on a half-typed quote', () => {
    for (const query of ['"', 'value:"', 'value:"a\\', '-', ':', 'a:"b" "c']) expect(() => toggled(query, 'vendor', 'sigma', true)).not.toThrow();
  });
});

const rule: RuleRow = {
  index: 7,
  key: 'i',
  id: 'i',
  title: 'Says "net, use"',
  vendor: 'sigma',
  source: 'sigma',
  kind: 'detection',
  status: 'test',
  severity: 'low',
  language: 'sigma',
  techniques: ['T1049', 'T1016'],
  tactics: ['discovery'],
  platforms: ['windows'],
  domains: [],
  created: '',
  modified: '2026-01-02',
};

describe('exports', () => {
  it('writes CSV that holds quotes and commas, and no formulas', () => {
    const [head, first, second] = toCsv([rule, { ...rule, title: '=cmd()' }]).split('\r\n');
    expect(head?.startsWith('id,title,vendor')).toBe(true);
    expect(first).toContain('"Says ""net, use"""');
    expect(first).toContain('T1049 T1016');
    expect(second).toContain("'=cmd()");
  });

  it('leaves the index, which means nothing elsewhere, out of JSON', () => {
    expect(JSON.parse(toJson([rule]))).toEqual([expect.not.objectContaining({ index: 7 })]);
  });
});

const technique = (id: string, tactics: readonly string[], perVendor: CountedTechnique['perVendor']): CountedTechnique => ({
  id,
  name: id,
  tactics,
  other: '',
  today: tactics,
  known: true,
  perVendor,
  yours: [0, 0, 0, 0],
  rules: perVendor.reduce((sum, count) => sum + count, 0),
});

describe('the matrix', () => {
  const techniques = [
    technique('T1000', ['execution', 'discovery'], [3, 0, 9, 0]),
    technique('T1001', ['discovery'], [5, 0, 0, 0]),
    technique('T1001.002', ['discovery'], [2, 0, 0, 0]),
    technique('T1002', ['reconnaissance'], [0, 0, 0, 0]),
  ];

  it("has tactics in ATT&CK's order, a technique under each of its own, most rules first", () => {
    const columns = matrixOf(techniques, [], false);
    expect(columns.map(({ tactic }) => tactic)).toEqual(['reconnaissance', 'execution', 'discovery']);
    expect(columns[2]?.cells.map((cell) => [cell.technique.id, cell.rules])).toEqual([
      ['T1000', 12],
      ['T1001', 5],
    ]);
    expect(columns[0]).toMatchObject({ techniques: 1, without: 1 });
  });

  it('counts the chosen vendors only, and shows sub-techniques after their own', () => {
    const discovery = matrixOf(techniques, ['sigma'], true)[2];
    expect(discovery?.cells.map((cell) => [cell.technique.id, cell.rules])).toEqual([
      ['T1001', 5],
      ['T1001.002', 2],
      ['T1000', 3],
    ]);
    expect(rulesOf([1, 2, 4, 8], ['elastic', 'kusto'])).toBe(10);
  });

  it('leaves out IDs that another has replaced', () => {
    const old = { ...technique('T1562', ['defense-evasion'], [4, 0, 0, 0]), today: [] };
    const now = { ...technique('T1685', ['defense-evasion'], [4, 0, 0, 0]), today: ['defense-impairment'] };
    expect(matrixOf([old, now], [], false).map(({ tactic, cells }) => [tactic, cells.map((cell) => cell.technique.id)])).toEqual([
      ['defense-impairment', ['T1685']],
    ]);
  });

  it('breaks long words between syllables', () => {
    expect(['Windows Management Instrumentation', 'Inter-Process Communication', 'Phishing'].map(hyphenated)).toEqual([
      'Windows Manage\u00adment Instru\u00admentation',
      'Inter-Process Commu\u00adnication',
      'Phishing',
    ]);
  });

  it('says each step of heat in words', () => {
    expect([0, 1, 9, 10, 79, 200].map(heatOf)).toEqual([0, 1, 1, 2, 3, 5]);
    expect([0, 1, 2, 3, 4, 5].map(heatName)).toEqual(['0', '1–9', '10–29', '30–79', '80–199', '200+']);
  });

  it('is exported as a Navigator layer', () => {
    const layer = JSON.parse(navigatorLayer(matrixOf(techniques, [], true), 'rules', { platform: '' }));
    expect(layer).toMatchObject({ domain: 'enterprise-attack', versions: { attack: '19', layer: '4.5' }, gradient: { maxValue: 12 } });
    expect(layer.techniques).toContainEqual(expect.objectContaining({ techniqueID: 'T1000', tactic: 'discovery', score: 12 }));
  });

  it("tells the reader's rules from others', and exports where only others have some", () => {
    const columns = matrixOf([{ ...technique('T1000', ['discovery'], [3, 0, 9, 0]), yours: [1, 0, 1, 0] }, ...techniques.slice(1)], ['sigma'], false);
    const cells = columns.flatMap((column) => column.cells.map((cell) => [cell.technique.id, cell.rules, cell.yours, isLacking(cell)]));
    expect(cells).toEqual([
      ['T1002', 0, 0, false],
      ['T1001', 5, 0, true],
      ['T1000', 3, 1, false],
    ]);
    const layer = JSON.parse(navigatorLayer(columns, 'coverage', { platform: 'Linux' }));
    expect(layer.name).toBe('Your coverage, Linux');
    expect(layer.techniques.map(({ techniqueID, score, comment }: Record<string, unknown>) => [techniqueID, score, comment])).toEqual([
      ['T1002', 0, '0 of yours, 0 of others'],
      ['T1001', 0, '0 of yours, 5 of others'],
      ['T1000', 1, '1 of yours, 2 of others'],
    ]);
    const colours = layer.techniques.map(({ color }: { readonly color?: string }) => color);
    expect(colours).toEqual([undefined, layer.legendItems[1].color, layer.legendItems[0].color]);
  });
});

const facts = {
  leaves: [
    {
      field: 'b',
      op: 'eq',
      values: ['2', '1'],
      triples: [null, { field: 'b', kind: 'eq', value: '1' }],
      negated: false,
      polarity: 'indicator',
      stage: 0,
      composite: null,
      macro: null,
    },
    { field: 'b', op: 'eq', values: ['1'], triples: [null], negated: false, polarity: 'indicator', stage: 0, composite: null, macro: null },
    { field: null, op: 'keyword', values: ['k'], triples: [null], negated: false, polarity: 'indicator', stage: 0, composite: null, macro: null },
    { field: 'x', op: 'eq', values: ['z', 'a'], triples: [null, null], negated: true, polarity: 'exclusion', stage: 0, composite: 1, macro: null },
  ],
} as unknown as RuleFacts;

describe('a rule of the catalog', () => {
  it('says apart what the rule writes and what a macro adds', () => {
    const [written] = facts.leaves;
    const twice = { leaves: [written!, { ...written!, macro: 'm' }] } as unknown as RuleFacts;
    expect(leafRows(twice, 'indicator').map(({ value, macro }) => [value, macro])).toEqual([['1', null], ['1', 'm'], ['2', null], ['2', 'm']]); // prettier-ignore
    expect(leafLines(twice, ['indicator']).map(({ macro }) => macro)).toEqual([null, 'm']);
  });

  it('has its values once, by field, kind and value', () => {
    expect(leafRows(facts, 'indicator').map(({ field, value }) => `${field} ${value}`)).toEqual(['any field k', 'b 1', 'b 2']);
    expect(leafRows(facts, 'indicator')[1]?.triple).not.toBeNull();
  });

  it('has its exclusions one a line, values sorted', () => {
    expect(leafLines(facts, ['exclusion']).map(({ values, composite }) => [values, composite])).toEqual([['a, z', 1]]);
  });
});

describe('tokenSpans', () => {
  it('finds tokens in lines that end in any way', () => {
    const text = 'ab cd\r\nef\ngh';
    const spans = tokenSpans(text, new Uint32Array([0, 0, 2, 0, 0, 0, 3, 2, 6, 0, 1, 0, 2, 1, 0, 1, 1, 1, 9, 0]));
    expect(spans.map(({ start, end, className }) => [text.slice(start, end), className])).toEqual([
      ['ab', 't-key'],
      ['cd', 't-string'],
      ['ef', 't-field'],
      ['h', 't-constant'],
    ]);
  });
});
