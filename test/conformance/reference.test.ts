import { VENDORS, vendorName } from '../../src/knowledge/families';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog';
import { guideOf } from '../../src/catalog/guide';
import { openStored } from '../../src/catalog/store/open';
import { reachesOf } from '../../src/catalog/reach';
import { ruleOf } from '../../src/catalog/rule';
import { storeCatalog } from '../../src/catalog/store/write';
import type { Guide, Operator, RuleRow } from '../../src/model';
import { type Alike, countAlike, keyOf, waysOf } from './counted-alike';
import { EXCLUSIONS, EXPECTED_RULES, FIELDS, HEADS, REACHES, VALUES } from './reference-page';
import { referenceCatalog } from './reference-catalog';
import { elasticPage, type PageRow, splunkPage } from './reference-rules';

const ROOT = join(import.meta.dirname, '..', '..');
const SHARED = join(ROOT, '..', 'shared');
const CORPUS = join(SHARED, 'corpus');
const DOCUMENT = join(ROOT, 'docs', 'reference-comparison.md');
const ALL = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };

let catalog: Catalog;
/** The rules the page counted, as far as this corpus has them, and all. */
let counted: Guide;
let all: Guide;
/** The rules the page counted, and the whole catalog, counted its way. */
let alike: Alike;
let alikeInAll: Alike;

/** Of Anvilogic's rules the page counted those whose search holds the text of an event's ID. */
const isCounted = (index: number): boolean => {
  const { source, path } = ruleOf(catalog, index)!;
  return source !== 'anvilogic' || readFileSync(join(CORPUS, source, path), 'utf8').includes('<EventID>');
};

// A kind and its number have a no-break space between them there.
const pageLines = (file: string): readonly string[] =>
  readFileSync(join(SHARED, 'reference', file), 'utf8')
    .replaceAll('\u00a0', ' ')
    .split('\n');

type Cells = readonly (string | number)[];
interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly Cells[];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => {
  if (text === '') return '';
  return text.includes('`') ? `\`\` ${cell(text)} \`\`` : `\`${cell(text)}\``;
};
const byNumber = (kinds: Iterable<readonly [string, number]>): string =>
  [...kinds]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([kind, rules]) => `${kind} ${rules}`)
    .join(', ');
const counts = (rules: number, kinds: string): string => (rules === 0 ? '0' : `${rules}: ${kinds}`);
const reasons = (...all: readonly (string | undefined)[]): string => all.filter((one) => one !== undefined && one !== '').join('; ');
const triplesOf = (guide: Guide, side: 'values' | 'exclusions', field: string, kind: string, value: string): number =>
  guide[side].find((one) => one.field === field && one.kind === kind && one.value === value)?.rules ?? 0;
const reach = (field: string, kind: Operator, value: string): number => reachesOf(catalog, [{ field, kind, value }], null)[0]!.total;
const WHY = 'why it differs';

function ruleCounts(): Table {
  const vendors = (guide: Guide): string => VENDORS.map((vendor, at) => `${vendorName(vendor)} ${guide.perVendor[at]}`).join(', ');
  const { rules, vendors: by, events, fields, values, exclusions } = HEADS;
  const printed = VENDORS.map((vendor, at) => `${vendorName(vendor)} ${by.page[at]}`).join(', ');
  return {
    title: '### Rules',
    head: ['', 'page', 'counted alike', 'same rules', 'all rules', WHY],
    rows: [
      ['rules', rules.page, counted.total, counted.total, all.total, rules.why],
      ['by vendor', printed, vendors(counted), vendors(counted), vendors(all), by.why],
      ['events', events.page, '', counted.events.length, all.events.length, events.why],
      ['fields', fields.page, alike.fields.size, counted.fields.length, all.fields.length, fields.why],
      ['values', values.page, alike.values.size, counted.values.length, all.values.length, values.why],
      ['exclusions', exclusions.page, alike.exclusions.size, counted.exclusions.length, all.exclusions.length, exclusions.why],
    ],
  };
}

const fieldCounts = (): Table => ({
  title: '### Fields filtered most',
  head: ['field', 'page', 'counted alike', 'same rules', 'all', WHY],
  rows: FIELDS.map(({ name, ours = name, rules, kinds, why = '' }) => {
    const [mine, whole] = [counted, all].map((guide) => guide.fields.find(({ field }) => field === ours));
    return [
      name === ours ? name : `${name} (${ours})`,
      counts(rules, kinds),
      counts(alike.fields.get(name) ?? 0, byNumber(alike.how.get(name) ?? [])),
      counts(mine?.rules ?? 0, byNumber(mine?.how ?? [])),
      whole?.rules ?? 0,
      why,
    ];
  }),
});

const samples = (): Table => ({
  title: '### Sample values',
  head: ['field', 'page', 'same rules', WHY],
  rows: FIELDS.map(({ name, ours = name, samples: printed, sampled = '' }) => {
    const mine = counted.fields.find(({ field }) => field === ours)?.samples ?? [];
    return [name === ours ? name : `${name} (${ours})`, code(printed), code(mine.join(', ')), sampled];
  }),
});

/** How a reach grows over that counted alike, and what of that a page that reads no macros would not count. */
function growth(field: string, kind: Operator, value: string, isDated: boolean): string {
  const ways = waysOf(catalog, { field, kind, value });
  const macros = ways.get('a macro') ?? 0;
  const more = [...ways].filter(([way]) => way !== 'alike' && way !== 'a macro').sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const gone = (alikeInAll.values.get(keyOf(field, kind, value)) ?? 0) - macros - (ways.get('alike') ?? 0);
  return reasons(
    gone > 0 ? `${gone} of those counted alike under another name here` : '',
    isDated && macros > 0 ? `${macros} of those counted alike only by a macro` : '',
    more.length === 0 ? '' : `better normalisation: ${more.map(([way, rules]) => `${rules} by ${way}`).join(', ')}`,
  );
}

const values = (): Table => ({
  title: '### Top values',
  head: ['combination', 'here, page', 'counted alike', 'same rules', 'all', `${WHY}, here`, 'reach, page', 'counted alike', 'reach', `${WHY}, reach`],
  rows: VALUES.map(({ field, kind, value, here, reach: printed, why = '', reached = '' }) => [
    `${field} ${kind} ${code(value)}`,
    here,
    alike.values.get(keyOf(field, kind, value)) ?? 0,
    triplesOf(counted, 'values', field, kind, value),
    triplesOf(all, 'values', field, kind, value),
    why,
    printed,
    alikeInAll.values.get(keyOf(field, kind, value)) ?? 0,
    reach(field, kind, value),
    reasons(reached, growth(field, kind, value, reached !== '')),
  ]),
});

const exclusions = (): Table => ({
  title: '### Exclusions',
  head: ['combination', 'page', 'counted alike', 'same rules', 'all', WHY],
  rows: EXCLUSIONS.map(({ field, kind, value, ours, rules, why = '' }) => {
    const asOurs = { field, kind, value: kind === 'match' ? value : value.toLowerCase(), ...ours };
    const [mine, whole] = [counted, all].map((guide) => triplesOf(guide, 'exclusions', asOurs.field, asOurs.kind, asOurs.value));
    const name = ours === undefined ? '' : ` (${asOurs.field} ${asOurs.kind} ${code(asOurs.value)})`;
    return [`${field} ${kind} ${code(value)}${name}`, rules, alike.exclusions.get(keyOf(field, kind, value)) ?? 0, mine!, whole!, why];
  }),
});

const expectedFigures = (): Table => {
  const nameOf = ({ vendor, source }: RuleRow): string =>
    vendor === 'splunk' ? `Splunk, ${source === 'anvilogic' ? 'Anvilogic' : 'ESCU'}` : vendorName(vendor);
  const bySource = (name: string): number => all.rules.filter((rule) => nameOf(rule) === name).length;
  return {
    title: '### Expected figures',
    head: ['', 'page', 'expected', 'counted alike', 'here', WHY],
    rows: [
      ...EXPECTED_RULES.map(({ name, page, expected, why }): Cells => [`rules of T1049: ${name}`, page, expected, '', bySource(name), why]),
      ...REACHES.map(({ field, kind, value, page, expected, why }): Cells => [
        `reach of ${field} ${kind} ${code(value)}`,
        page,
        expected,
        alikeInAll.values.get(keyOf(field, kind, value)) ?? 0,
        reach(field, kind, value),
        why,
      ]),
    ],
  };
};

const rulePage = (title: string, rows: readonly PageRow[]): Table => ({
  title,
  head: ['row', 'page', 'here', WHY],
  rows: rows.map(({ row, page, ours, why, isText }) => {
    const shown = (text: string): string => (isText === true ? `${text.length} characters` : code(text));
    return [row, shown(page), page === ours ? 'the same' : shown(ours), why];
  }),
});

const written = ({ title, head, rows }: Table): string =>
  [title, [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')].join('\n\n');

const techniquePage = (): readonly Table[] => [ruleCounts(), fieldCounts(), samples(), values(), exclusions(), expectedFigures()];
const rulePages = (): readonly [readonly PageRow[], readonly PageRow[]] => [
  elasticPage(catalog, pageLines('000_3d6f7d52b5881dfb.txt')),
  splunkPage(catalog, pageLines('004_7cccc5905cef3211.txt')),
];

function figures(): string {
  const [elastic, splunk] = rulePages();
  return [...techniquePage(), rulePage('## The Elastic rule page', elastic), rulePage('## The Splunk rule page', splunk)].map(written).join('\n\n');
}

describe.skipIf(!existsSync(CORPUS))('the reference pages', () => {
  beforeAll(async () => {
    catalog = await referenceCatalog();
    all = guideOf(catalog, 'T1049', ALL, null)!;
    const places = all.rules.map(({ index }) => index).filter(isCounted);
    const rules = places.map((index) => ({ ...ruleOf(catalog, index)!, meaning: null, text: null }));
    const techniques = [...catalog.list.attack.values()];
    counted = guideOf(openStored(storeCatalog({ rules, sources: catalog.about.sources, attack: { release: '', techniques } })).catalog, 'T1049', ALL, null)!;
    alike = countAlike(catalog, places);
    alikeInAll = countAlike(
      catalog,
      Array.from({ length: catalog.list.count }, (_, index) => index).filter((index) => catalog.list.counted[index] === 1),
    );
  }, 1_200_000);

  it('are compared figure by figure in the document, whose figures are those of today', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    expect(text).toMatch(/<!-- figures -->\n[\s\S]*\n<!-- end of figures -->/);
    const fresh = text.replace(/(<!-- figures -->\n)[\s\S]*?(\n<!-- end of figures -->)/, (_, open: string, close: string) => open + figures() + close);
    if (process.env['UPDATE'] === '1') writeFileSync(DOCUMENT, fresh);
    else expect(text).toBe(fresh);
  });

  it('every line with a figure of the page of T1049 is compared', () => {
    const lines = pageLines('001_ca4e77c0618c0bcd.txt');
    const under = (head: string): readonly string[] => lines.slice(lines.indexOf(head) + 1, lines.indexOf('', lines.indexOf(head)));
    const { rules, vendors, events, fields, values: heading, exclusions: excluded } = HEADS;
    expect(under('FieldRulesHowSample values')).toEqual(FIELDS.map(({ name, rules: count, kinds, samples: shown }) => `${name}${count}${kinds}${shown}`));
    expect(under('FieldKindValueRules (here)Corpus reach')).toEqual(
      VALUES.flatMap(({ field, kind, value, here, reach: count }) => [`${field}${kind}`, value, `${here}${count}`]),
    );
    expect(under('FieldKindValueRules excluding')).toEqual(
      EXCLUSIONS.flatMap(({ field, kind, value, rules: count }) => [`${field}${kind}`, value, `${count}`]),
    );
    const tables = new Set(['FieldRulesHowSample values', 'FieldKindValueRules (here)Corpus reach', 'FieldKindValueRules excluding'].flatMap(under));
    // The title's ID is no figure.
    expect(lines.filter((line) => /\b\d+\b/.test(line) && !tables.has(line))).toEqual([
      `${events.page} catalog events are tagged with this technique by at least one rule.`,
      expect.stringContaining(`Patterns shared across the ${rules.page} rules above`),
      `Fields filtered most (${fields.page} distinct)`,
      `Top indicator values (${heading.page} distinct)`,
      `Exclusions (${excluded.page} distinct)`,
      ...VENDORS.map((vendor, at) => `${vendorName(vendor)} ${vendors.page[at]} rule${vendors.page[at] === 1 ? '' : 's'}`),
    ]);
  });

  it('has a reason at every difference, and none elsewhere', () => {
    // The first cell says so where a row stands under another name here.
    const isRenamed = ([name]: Cells): boolean => String(name).endsWith(')');
    for (const { title, head, rows } of techniquePage())
      for (const row of rows) {
        // Each column of reasons speaks of the figures since the last; `all` has more rules by what the document says.
        let from = 1;
        head.forEach((name, at) => {
          if (!name.startsWith(WHY)) return;
          const compared = row.slice(from, at).filter((figure, place) => figure !== '' && !head[from + place]!.startsWith('all'));
          const [isExplained, isOther] = [row[at] !== '', new Set(compared.map(String)).size > 1];
          expect(isExplained || !isOther, `${title}, no reason: ${row.join(' | ')}`).toBe(true);
          expect(isOther || isRenamed(row) || !isExplained, `${title}, no difference: ${row.join(' | ')}`).toBe(true);
          from = at + 1;
        });
      }
    for (const { row, page, ours, why } of rulePages().flat()) expect(why !== '', `${row}: ${page} | ${ours}`).toBe(page !== ours);
  });

  it('T1049 has the rules of the page, but for its one Kusto rule', () => {
    expect(all.perVendor).toEqual([9, 9, 22, 0]);
    expect(counted.perVendor).toEqual([9, 9, 14, 0]);
  });

  it('reach is of the same order as on the page and as an independent count', () => {
    for (const { field, kind, value, expected } of REACHES) {
      expect(reach(field, kind, value) / expected, `${field} ${value}`).toBeGreaterThan(0.9);
      expect(reach(field, kind, value) / expected, `${field} ${value}`).toBeLessThan(1.12);
    }
  });
});
