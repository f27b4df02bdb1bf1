import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { heldTextsOf } from '../../src/catalog/held-texts';
import { evidenceOf, relationIndexOf, relationsOfRule } from '../../src/catalog/related';
import { relatedIn, relationIndexOf as relationIndex, type RelationIndex, type Subject, subjectOf } from '../../src/catalog/relation-index';
import { meaningsIn } from '../../src/cli/catalog-folder';
import type { Formula } from '../../src/logic/formula';
import { sigmaFormat } from '../../src/formats/sigma';
import { familyWriting } from '../../src/knowledge/families';
import { LANGUAGES } from '../../src/languages/registry';
import { meaningOf } from '../../src/analysis/compare';
import { reportOf } from '../../src/analysis/report';
import type { Catalog } from '../../src/catalog/catalog';
import { duplicatesTable } from '../support/duplicates-table';

const ROOT = join(import.meta.dirname, '..', '..');
const FILE = join(ROOT, 'docs', 'relations.md');

let catalog: Catalog;
let index: RelationIndex;

beforeAll(async () => {
  const opened = await meaningsIn(join(ROOT, 'public', 'catalog'));
  catalog = opened.catalog;
  index = await relationIndexOf(catalog, opened.meanings, async () => {});
}, 120_000);

const holdsUnread = (formula: Formula): boolean => formula.kind === 'unread' || (formula.kind !== 'literal' && formula.of.some(holdsUnread));

describe('the rules of the catalog', () => {
  it('are each the same as itself, where all that they ask is read and one event decides', () => {
    const not: string[] = [];
    let asked = 0;
    for (let rule = 0; rule < catalog.list.count; rule++) {
      const subject = index.subjects[rule];
      if (subject == null || subject.fires === 'more') continue;
      const own = relatedIn(index, subject, [rule])[0];
      // Of a rule that does not say which events it reads nothing is proved.
      if (holdsUnread(subject.formula) || own?.reads === 'unknown') continue;
      asked++;
      if (own?.relation !== 'same') not.push(catalog.list.titles[rule]!);
    }
    expect(asked).toBeGreaterThan(9_000);
    expect(not).toEqual([]);
  }, 120_000);

  it('stand to each other as the other way round says', () => {
    const inverse = { same: 'same', covers: 'covered', covered: 'covers', overlaps: 'overlaps', contradicts: 'contradicts' };
    for (let rule = 3; rule < catalog.list.count; rule += 400) {
      const subject = index.subjects[rule];
      if (subject == null) continue;
      for (const { rule: other, relation } of relatedIn(index, subject).slice(0, 40)) {
        const back = relatedIn(index, index.subjects[other]!, [rule])[0];
        expect([relation, back?.relation], `${catalog.list.titles[rule]} and ${catalog.list.titles[other]}`).toEqual([relation, inverse[relation]]);
      }
    }
  }, 120_000);

  it('leave a rule itself out of what stands to it', () => {
    const rule = index.subjects.findIndex((subject) => subject?.fires === 'event');
    const { rules, nearest } = relationsOfRule(catalog, index, rule, 12);
    expect([...rules, ...nearest].map((one) => one.index)).not.toContain(rule);
  });

  it('have their conditions side by side, each once', () => {
    const subjects = index.subjects.filter((subject) => subject !== null).slice(0, 200);
    for (const subject of subjects) {
      const rows = evidenceOf(subject, subject);
      expect(rows.filter(({ as, first }) => as !== 'same' && first !== 'a part that is not read' && !first?.includes('a part that is not read'))).toEqual([]);
    }
  });
});

describe('two rules', () => {
  /** A Sigma rule of this log source that asks for these fields. */
  const subject = (logsource: string, fields: string): Subject => {
    const text = `title: T\nname: t\nlogsource: { product: windows, category: ${logsource} }\ndetection:\n  s: { ${fields} }\n  condition: s\n`;
    const report = reportOf(sigmaFormat.open(text, { languages: LANGUAGES }).rules[0]!);
    return subjectOf(meaningOf(report)!, familyWriting('sigma'), 1, report.events)!;
  };
  const between = (own: Subject, other: Subject): readonly string[] =>
    relatedIn(relationIndex([own, other]), own, [1]).map(({ relation, reads }) => `${relation}, ${reads}`);

  it('that ask the same of one kind of event are the same', () =>
    expect(between(subject('process_creation', 'CommandLine: a b'), subject('process_creation', 'CommandLine: a b'))).toEqual(['same, same']));
  it('that share a condition overlap', () =>
    expect(between(subject('process_creation', 'CommandLine: a b, User: x'), subject('process_creation', 'CommandLine: a b, ParentImage: y'))).toEqual([
      'overlaps, same',
    ]));
  it('that no event fires both contradict', () =>
    expect(between(subject('process_creation', 'CommandLine: a b, User: x'), subject('process_creation', 'CommandLine: a b, User: z'))).toEqual([
      'contradicts, same',
    ]));
  it('that read other events have nothing to do with each other', () =>
    expect(between(subject('process_creation', 'Image: a b'), subject('network_connection', 'Image: a b'))).toEqual([]));
  it('of which one waits for more events say nothing where single ones exclude each other', () => {
    const waits: Subject = { ...subject('process_creation', 'CommandLine: a b, User: x'), fires: 'more' };
    expect(between(waits, subject('process_creation', 'CommandLine: a b, User: z'))).toEqual([]);
    expect(between(waits, subject('process_creation', 'CommandLine: a b'))).toEqual(['overlaps, same']);
  });
});

it('docs/relations.md counts what the bundled catalog holds', () => {
  const text = duplicatesTable(catalog, index);
  if (process.env['UPDATE'] !== undefined) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
}, 300_000);

it('finds among texts those that hold one, or are held by it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 20 }), text, (texts, asked) => {
      const found = heldTextsOf(texts)(asked);
      expect([...found].sort((a, b) => a - b)).toEqual([...texts.keys()].filter((at) => texts[at]!.includes(asked) || asked.includes(texts[at]!)));
    }),
  );
});
