import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placedTests } from '../../src/analysis/polarity';
import { reportOf } from '../../src/analysis/report';
import type { Predicate } from '../../src/model';
import { all, analysisOf, any, not, ruleOf, stageOf, testOf } from './made';
import { readTest } from '../support/read-test';

const A = testOf('A', 'eq', ['a']);
const B = testOf('B', 'eq', ['b']);
const C = testOf('C', 'eq', ['c']);

/** `A indicator`, one line per comparison; composites carry their number. */
const linesOf = (predicate: Predicate, taxonomy: 'sigma' | 'ecs' | 'cim' | 'kusto' = 'sigma'): readonly string[] =>
  placedTests(analysisOf(predicate), taxonomy).map(
    ({ test, polarity, negated, composite }) =>
      `${negated ? 'not ' : ''}${readTest(test).field?.name ?? test.word} ${polarity}${composite === null ? '' : ` #${composite}`}`,
  );

describe('polarity', () => {
  test('conjuncts are indicators, through OR branches too', () => {
    expect(linesOf(all(A, any(B, C)))).toEqual(['A indicator', 'B indicator', 'C indicator']);
  });

  test('every leaf of a negated conjunct is an exclusion, whatever joins them', () => {
    expect(linesOf(all(A, not(any(B, C))))).toEqual(['A indicator', 'not B exclusion', 'not C exclusion']);
    expect(linesOf(all(A, not(all(B, C))))).toEqual(['A indicator', 'not B exclusion #0', 'not C exclusion #0']);
  });

  test('a not inside a negated conjunct flips its leaves back', () => {
    expect(linesOf(not(all(A, not(B))))).toEqual(['not A exclusion #0', 'B indicator #0']);
    expect(linesOf(not(any(A, not(B))))).toEqual(['not A exclusion', 'B indicator']);
    expect(linesOf(not(any(A, not(all(B, not(C))))))).toEqual(['not A exclusion', 'B indicator', 'not C exclusion']);
  });

  test('a not inside an OR branch is conditional', () => {
    expect(linesOf(any(A, all(B, not(C))))).toEqual(['A indicator', 'B indicator', 'not C conditional']);
    expect(linesOf(all(A, any(B, not(any(C, not(A))))))).toEqual(['A indicator', 'B indicator', 'not C conditional']);
  });

  test('an OR of one branch is no choice', () => {
    expect(linesOf(all(A, any(all(B, not(C)))))).toEqual(['A indicator', 'B indicator', 'not C exclusion']);
  });

  test('each negated AND has its own number', () => {
    expect(linesOf(all(not(all(A, B)), not(all(B, C))))).toEqual(['not A exclusion #0', 'not B exclusion #0', 'not C exclusion #1']);
    expect(linesOf(not(any(all(A, B), C)))).toEqual(['not A exclusion #0', 'not B exclusion #0', 'not C exclusion']);
  });

  test('a test that stands twice appears once per sign, where it says most', () => {
    expect(linesOf(all(A, any(A, B)))).toEqual(['A indicator', 'B indicator']);
    expect(linesOf(all(any(A, not(B)), not(B)))).toEqual(['A indicator', 'not B exclusion']);
    expect(linesOf(all(not(all(A, B)), not(B)))).toEqual(['not A exclusion #0', 'not B exclusion']);
    expect(linesOf(any(A, not(A)))).toEqual(['A indicator', 'not A conditional']);
  });

  test('context fields scope, computed fields are thresholds, a stage of absence is absent', () => {
    expect(linesOf(all(testOf('host.os.type', 'eq', ['linux']), A), 'ecs')).toEqual(['host.os.type context', 'A indicator']);
    expect(linesOf(testOf('Type', 'eq', ['Process']), 'cim')).toEqual(['Type context']);
    expect(linesOf(not(testOf('Type', 'eq', ['Process'])), 'cim')).toEqual(['not Type exclusion']);
    expect(linesOf(testOf('type', 'eq', ['EXECVE']), 'cim')).toEqual(['type indicator']);
    expect(linesOf(testOf('TimeGenerated', 'ge', ['ago(1d)']), 'kusto')).toEqual(['TimeGenerated context']);
    const count = { ...testOf('count', 'gt', ['5']), left: { kind: 'field' as const, name: 'count', span: { start: 0, end: 0 }, derived: true as const } };
    expect(linesOf(all(A, count))).toEqual(['A indicator', 'count threshold']);
    const copied = {
      ...testOf('user', 'eq', ['5']),
      left: { kind: 'field' as const, name: 'user', span: { start: 0, end: 0 }, derived: true as const, of: 'AccountName' },
    };
    expect(linesOf(all(A, copied))).toEqual(['A indicator', 'user indicator']);
    const analysis = analysisOf(all(A, not(B)), { stages: [stageOf(A), stageOf(B, { evidence: 'absent' })] });
    expect(placedTests(analysis, 'sigma').map(({ polarity, stage }) => [polarity, stage])).toEqual([
      ['indicator', 0],
      ['absent', 1],
    ]);
  });

  test('a branch of an absent stage is absent, and its tests stand in the top-level stage', () => {
    const branch = { name: 'right', span: { start: 0, end: 0 }, stages: [stageOf(B)] };
    const analysis = analysisOf(all(A, B), { stages: [stageOf(A), { ...stageOf(C), evidence: 'absent', branches: [branch] }] });
    expect(placedTests(analysis, 'sigma').map(({ polarity, stage }) => [polarity, stage])).toEqual([
      ['indicator', 0],
      ['absent', 1],
    ]);
  });

  test('a conditional exclusion knows its branch', () => {
    const branch = { ...all(B, not(C)), span: { start: 4, end: 9 } };
    expect(reportOf(ruleOf(any(A, branch))).leaves.map((leaf) => leaf.branch)).toEqual([undefined, undefined, { start: 4, end: 9 }]);
  });
});

describe('laws', () => {
  const leaf = fc.integer({ min: 0, max: 400 }).map((n) => testOf(`F${n}`, 'eq', ['x']));
  const predicate: fc.Arbitrary<Predicate> = fc.letrec<{ tree: Predicate }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }).map((of) => all(...of)),
      fc.array(tie('tree'), { maxLength: 4 }).map((of) => any(...of)),
      tie('tree').map(not),
    ),
  })).tree;

  test('two nots are none', () => {
    fc.assert(
      fc.property(predicate, (tree) => {
        expect(linesOf(not(not(tree)))).toEqual(linesOf(tree));
      }),
    );
  });

  test('not (A or B) is not A and not B', () => {
    fc.assert(
      fc.property(fc.array(predicate, { maxLength: 4 }), (parts) => {
        expect(linesOf(not(any(...parts)))).toEqual(linesOf(all(...parts.map(not))));
      }),
    );
  });

  test('what the sign says and what the polarity says agree', () => {
    fc.assert(
      fc.property(predicate, (tree) => {
        // What stands beside a branch that always holds is no demand, whatever its sign.
        for (const { negated, polarity } of placedTests(analysisOf(tree), 'sigma')) if (polarity !== 'context') expect(polarity === 'indicator').toBe(!negated);
      }),
    );
  });

  test('nesting alike parts changes nothing', () => {
    fc.assert(
      fc.property(fc.array(predicate, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(linesOf(all(all(...parts)))).toEqual(linesOf(all(...parts)));
        expect(linesOf(all(...parts.map((part) => all(part))))).toEqual(linesOf(all(...parts)));
      }),
    );
  });
});
