import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftFactsOf, indexDraft, coverageOf } from '../../src/analysis/compare';
import { lintOf } from '../../src/lint/rule-checks';
import { reportOf } from '../../src/analysis/report';
import { exclusionRows, indicatorRows } from '../../src/analysis/rows';
import { OPERATORS, type Predicate } from '../../src/model';
import { all, any, not, ruleOf, testOf, valueOf } from './made';

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'EventID', 'event.code', 'Image', 'host.os.type', '*', '\\', '(?i', '[', '((((', '4688'),
);
const type = fc.constantFrom('string', 'number', 'boolean', 'null', 'regex', 'time', 'field', 'expression');
const leaf = fc
  .record({ field: fc.option(word), op: fc.constantFrom(...OPERATORS), values: fc.array(fc.tuple(word, type, fc.boolean()), { maxLength: 3 }) })
  .map(({ field, op, values }) =>
    testOf(
      field,
      op,
      values.map(([text, kind, wild]) => valueOf(text, kind as 'string', wild)),
    ),
  );
const predicate: fc.Arbitrary<Predicate> = fc.letrec<{ tree: Predicate }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }).map((of) => all(...of)),
    fc.array(tie('tree'), { maxLength: 3 }).map((of) => any(...of)),
    tie('tree').map(not),
  ),
})).tree;
const taxonomy = fc.constantFrom('sigma', 'ecs', 'cim', 'kusto');
const meta = fc.record({
  scopes: fc.array(word),
  providers: fc.array(word),
  techniques: fc.array(word),
  events: fc.array(fc.record({ provider: word, id: word, title: word })),
});

test('any rule has a report of plain data, the same each time', () => {
  fc.assert(
    fc.property(predicate, taxonomy, meta, (tree, names, said) => {
      const rule = ruleOf(tree, names, said);
      const report = reportOf(rule);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      expect(reportOf(rule)).toEqual(report);
      for (const event of report.events) expect(typeof event.title).toBe('string');
      expect(JSON.parse(JSON.stringify(lintOf(report, '')))).toEqual(lintOf(report, ''));
    }),
  );
});

test('every triple leads back to a leaf, every leaf to its stage, and a draft has what it says', () => {
  fc.assert(
    fc.property(predicate, taxonomy, (tree, names) => {
      const report = reportOf(ruleOf(tree, names));
      for (const { triples, values, stage } of report.leaves) {
        expect(triples).toHaveLength(Math.max(1, values.length));
        expect(stage).toBe(0);
      }
      const facts = draftFactsOf(report);
      const draft = indexDraft(facts);
      for (const { polarity, ...triple } of facts.triples) {
        if (polarity === 'indicator' || polarity === 'exclusion') expect(coverageOf(draft, triple, polarity)).toBe('has');
      }
    }),
  );
});

test('rows hold every value of their polarity', () => {
  fc.assert(
    fc.property(predicate, (tree) => {
      const { leaves } = reportOf(ruleOf(tree));
      const shown = new Set(indicatorRows(leaves).flatMap(({ field, op, values }) => values.map(({ text }) => `${field ?? ''} ${op} ${text}`)));
      for (const { polarity, field, op, values } of leaves) {
        if (polarity === 'indicator') for (const { text } of values) expect(shown).toContain(`${field ?? ''} ${op} ${text}`);
      }
      expect(exclusionRows(leaves)).toHaveLength(leaves.filter(({ polarity }) => polarity === 'exclusion').length);
    }),
  );
});
