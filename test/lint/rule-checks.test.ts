import { describe, expect, test } from 'vitest';
import { lintOf, RULE_CHECKS } from '../../src/lint/rule-checks';
import { regexFaults } from '../../src/lint/regex';
import { reportOf } from '../../src/analysis/report';
import type { Analysis, Metadata, Predicate, Taxonomy } from '../../src/model';
import { all, any, not, ruleOf, stageOf, testOf, valueOf } from '../analysis/made';
import { expectLinear } from '../support/linear';

const codesOf = (predicate: Predicate, taxonomy: Taxonomy = 'sigma', meta: Partial<Metadata> = {}, analysis: Partial<Analysis> = {}): readonly string[] =>
  lintOf(reportOf(ruleOf(predicate, taxonomy, meta, analysis)), '').map(({ code }) => code);

const A = testOf('A', 'eq', ['a value']);

describe('what a rule says', () => {
  test('only that fields are there', () => {
    expect(codesOf(testOf('A', 'is_not_null'))).toEqual(['rule/only-presence']);
    expect(codesOf(all(testOf('A', 'is_not_null'), A))).toEqual([]);
    expect(codesOf(testOf('A', 'is_not_null'), 'ecs', { groupBy: ['host.id'] })).toEqual([]);
    expect(codesOf(all(testOf('A', 'is_not_null'), not(A)))).toEqual([]);
    expect(codesOf(all(testOf('A', 'is_not_null'), { kind: 'unread', span: { start: 0, end: 0 }, reason: 'unmodelled' }))).toEqual([]);
  });

  test('a network that holds no address', () => {
    const of = (op: 'cidr_match' | 'eq', text: string): readonly string[] => codesOf(testOf('A', op, [text]));
    for (const text of ['10.0.0.0/33', '300.1.1.0/24', 'fe80::/129', '10.0.0/8', '10.0.0.*']) expect(of('cidr_match', text)).toEqual(['rule/network']);
    for (const text of ['10.0.0.0/8', '10.0.0.1/24', '10.0.0.1', 'fe80::/10', '10.0.0.0/255.0.0.0']) expect(of('cidr_match', text)).toEqual([]);
    expect(of('eq', '10.0.0.0/40')).toEqual(['rule/network']);
    for (const text of ['10.0.0.0/24', 'a/33', '10.0.0.0/40/x']) expect(of('eq', text)).toEqual([]);
  });

  test('a value demanded and excluded', () => {
    expect(codesOf(all(testOf('A', 'eq', ['x', 'y']), not(testOf('A', 'eq', ['x']))))).toEqual(['rule/never-matches']);
    expect(codesOf(all(testOf('A', 'eq', ['x']), not(all(testOf('A', 'eq', ['x']), testOf('B', 'eq', ['y'])))))).toEqual([]);
    expect(codesOf(any(testOf('A', 'eq', ['x']), all(testOf('B', 'eq', ['y']), not(testOf('A', 'eq', ['x'])))))).toEqual([]);
    expect(codesOf(all(testOf('A', 'eq', ['x']), testOf('A', 'eq', ['y'])))).toEqual(['rule/never-matches']);
    const [one, other] = [testOf('A', 'eq', ['x']), not(testOf('A', 'eq', ['x']))];
    const sequence = [stageOf(one, { role: 'sequence' }), stageOf(other, { role: 'sequence' })];
    expect(codesOf(all(one, other), 'ecs', {}, { stages: sequence })).toEqual([]);
  });

  test('two values of a field that may have several', () => {
    const both = all(testOf('process.args', 'eq', ['x']), testOf('process.args', 'eq', ['y']));
    expect(codesOf(both, 'ecs')).toEqual([]);
    expect(codesOf(any(not(testOf('A', 'eq', ['x'])), not(testOf('A', 'eq', ['y']))), 'ecs')).toEqual([]);
    expect(codesOf(all(both, not(testOf('process.args', 'eq', ['x', 'z']))), 'ecs')).toEqual(['rule/never-matches']);
  });

  test('two fields that another language has one name for', () => {
    const [program, library] = ['process.code_signature.subject_name', 'dll.code_signature.subject_name'];
    expect(codesOf(all(testOf(program, 'eq', ['x']), not(testOf(library, 'eq', ['x']))), 'ecs')).toEqual([]);
    const [key, path] = ['registry.key', 'registry.path'];
    expect(codesOf(all(testOf(key, 'eq', ['x']), not(testOf(path, 'eq', ['x']))), 'ecs')).toEqual([]);
    expect(codesOf(all(testOf(path, 'eq', ['x']), not(testOf(path, 'eq', ['x']))), 'ecs')).toEqual(['rule/never-matches']);
  });

  test('two elements of one list', () => {
    const element = (...of: readonly Predicate[]): Predicate => ({
      kind: 'all',
      span: { start: 0, end: 0 },
      same: { kind: 'field', name: 'stack', span: { start: 0, end: 0 } },
      of,
    });
    const named = testOf('stack.symbol', 'eq', ['x']);
    expect(codesOf(all(element(named), element(testOf('stack.bytes', 'eq', ['y']), not(named))), 'ecs')).toEqual([]);
    expect(codesOf(all(element(named), element(testOf('stack.symbol', 'eq', ['z']))), 'ecs')).toEqual([]);
  });

  test('two members of a list that rows were made of', () => {
    const member = (value: string): Predicate => {
      const made = testOf('name', 'eq', [value]);
      return made.left?.kind === 'field' ? { ...made, left: { ...made.left, member: true } } : made;
    };
    expect(codesOf(all(member('x'), member('y')))).toEqual([]);
    expect(codesOf(all(member('x'), not(member('x'))))).toEqual(['rule/never-matches']);
  });

  test('values that match anything, or too much', () => {
    expect(codesOf(all(A, testOf('B', 'contains', [''])))).toEqual(['rule/matches-anything']);
    expect(codesOf(all(A, testOf('B', 'contains', [valueOf('*', 'string', true)])))).toEqual(['rule/matches-anything']);
    expect(codesOf(all(A, testOf('B', 'wildcard', [valueOf('*', 'string', true)])))).toEqual([]);
    expect(codesOf(all(A, testOf('B', 'contains', ['ab'])))).toEqual(['rule/short-value']);
    expect(codesOf(all(A, testOf('B', 'contains', ['-p', 'abc'])))).toEqual([]);
    expect(codesOf(all(A, not(testOf('B', 'contains', ['ab']))))).toEqual([]);
    expect(codesOf(all(A, testOf('B', 'contains', ['ab'], { token: true })))).toEqual([]);
  });

  test('more conditions than are compared with one another, said once', () => {
    const values = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `value ${at}`);
    expect(codesOf(testOf('A', 'contains', [...values(900).map((value) => `${value}.`), 'wget', 'wget http']))).toEqual(['rule/covered-value']);
    expect(codesOf(testOf('A', 'eq', values(4_000)))).toEqual(['rule/not-compared']);
    expect(codesOf(testOf('A', 'eq', values(20_000)))).toEqual(['rule/not-compared']);
    expect(codesOf(all(...values(3_000).map((value) => not(testOf('A', 'eq', [value])))))).toContain('rule/not-compared');
  });

  test('regexes', () => {
    expect(codesOf(testOf('A', 'regex_match', ['a(b']))).toEqual(['rule/invalid-regex']);
    expect(codesOf(testOf('A', 'match', ['(a+)+$']), 'cim')).toEqual(['rule/explosive-regex']);
    expect(codesOf(testOf('A', 'regex_match', ['(a+)+$']), 'kusto')).toEqual([]);
    const known = testOf('A', 'regex_match', ['a(b']);
    const told = { code: 'sigma/regex', severity: 'error', span: known.values[0]!.span, message: '' } as const;
    expect(codesOf(known, 'sigma', {}, { diagnostics: [told] })).toEqual([]);
  });

  test('techniques of neither generation, and withdrawn ones', () => {
    expect(codesOf(A, 'sigma', { techniques: ['T1049', 'T1685.005', 'T1562.001'] })).toEqual(['rule/withdrawn-technique']);
    expect(codesOf(A, 'sigma', { techniques: ['T1999'] })).toEqual(['rule/unknown-technique']);
    const remark = { code: 'sigma/tag-name', severity: 'info', span: { start: 3, end: 5 }, message: '' } as const;
    expect(codesOf(A, 'sigma', { techniques: ['T1999'], places: { tags: { start: 1, end: 9 } } }, { diagnostics: [remark] })).toEqual([]);
    expect(codesOf(A, 'sigma', { techniques: ['T1574.002'] })).toEqual(['rule/withdrawn-technique']);
  });

  test("a withdrawn technique is rewritten in the letters of its tag, unless today's stands beside it", () => {
    const text = 'tags: [attack.t1562.001, attack.t1562.0012]';
    const meta = { techniques: ['T1562.001'], places: { tags: { start: 0, end: text.length } } };
    const [remark] = lintOf(reportOf(ruleOf(A, 'sigma', meta)), text);
    expect(remark?.fix?.edits).toEqual([{ span: { start: 14, end: 23 }, text: 't1685' }]);
    const both = lintOf(reportOf(ruleOf(A, 'sigma', { ...meta, techniques: ['T1562.001', 'T1685'] })), text);
    expect(both.map(({ fix }) => fix)).toEqual([undefined]);
  });

  test('a technique that stands with its name and address is rewritten whole, and not where it was a sub-technique', () => {
    const tableOf = (id: string, path: string): string => `id = "${id}"\nname = "Old"\nreference = "https://attack.mitre.org/techniques/${path}/"\n`;
    const fixOf = (text: string, techniques: readonly string[]) =>
      lintOf(reportOf(ruleOf(A, 'sigma', { techniques, places: { techniques: { start: 0, end: text.length } } })), text).map(({ fix }) => fix);
    const moved = tableOf('T1562', 'T1562');
    expect(fixOf(moved, ['T1562'])[0]?.edits.map(({ span, text }) => [moved.slice(span.start, span.end), text])).toEqual([
      ['T1562', 'T1685'],
      ['Old', expect.any(String)],
      ['https://attack.mitre.org/techniques/T1562/', 'https://attack.mitre.org/techniques/T1685/'],
    ]);
    expect(fixOf(tableOf('T1562.001', 'T1562/001'), ['T1562.001'])).toEqual([undefined]);
    expect(fixOf(`${moved}${tableOf('T1562.004', 'T1562/004')}`, ['T1562', 'T1562.004'])[0]).toBeUndefined();
  });

  test('alternatives that always hold, conditions and values that change nothing', () => {
    const differs = (value: string) => not(testOf('A', 'eq', [value]));
    expect(codesOf(any(differs('x'), differs('y')))).toEqual(['rule/always-matches']);
    expect(codesOf(all(testOf('A', 'contains', ['powershell']), testOf('A', 'ends_with', ['\\powershell.exe'])))).toEqual(['rule/idle-condition']);
    expect(codesOf(testOf('A', 'contains', ['wget http', 'wget']))).toEqual(['rule/covered-value']);
    expect(codesOf(all(testOf('A', 'eq', ['x']), testOf('A', 'eq', ['y'])))).toEqual(['rule/never-matches']);
  });

  test('every code is used, and is rule/…', () => {
    expect(new Set(RULE_CHECKS.map(({ id }) => id)).size).toBe(RULE_CHECKS.length);
    for (const { id } of RULE_CHECKS) expect(id).toMatch(/^rule\/[a-z-]+$/);
  });
});

describe('regexes', () => {
  const sound = [
    '',
    'a',
    '(?i)net(1)?\\.exe',
    '[]a]',
    '[^]]',
    '[[:alpha:]]+',
    '(?<name>x)',
    '(?P<name>x)',
    'a{2,3}',
    'a{,3}',
    '{',
    'a{b',
    '\\(',
    '\\Q(\\E',
    '(?:a|b)*',
    '(\\w+\\.)+$',
    '(?#a (comment)',
    '^(?!x)(?<=y)z',
    '(a+)+',
    '((a+)+|b)',
    '(?>a+)+$',
    '(a++)+$',
    '(?x) ( # unclosed',
    '[a-z&&[^b]]',
    "(?'n'x)",
    '\\\\',
    '(?i:a)b',
    '(*UCP)a',
  ];
  test.each(sound)('sound: %s', (source) => {
    expect(regexFaults(source)).toEqual([]);
  });

  const faulty: readonly (readonly [string, string, number])[] = [
    ['a(b', 'unclosed-group', 1],
    ['a)b', 'unopened-group', 1],
    ['a[b', 'unclosed-class', 1],
    ['ab\\', 'trailing-backslash', 2],
    ['*a', 'nothing-to-repeat', 0],
    ['a|+', 'nothing-to-repeat', 2],
    ['(?:?)', 'nothing-to-repeat', 3],
    ['a{3,1}', 'reversed-count', 1],
    ['(a+)+$', 'explosive', 0],
    ['(a*)*b', 'explosive', 0],
    ['^(\\s*\\w+\\s*)*;', 'explosive', 1],
    ['x((a+))+\\d', 'explosive', 1],
    ['(.+)+,', 'explosive', 0],
    ['(?:(a|b+)+)c', 'explosive', 3],
  ];
  test.each(faulty)('%s is %s at %d', (source, kind, offset) => {
    expect(regexFaults(source)[0]).toEqual({ kind, offset });
  });

  test('long and nested texts take linear time', () => {
    for (const unit of ['(', '(a+', '[[:', '(?#', 'a{', '(a|']) expectLinear(unit, (length) => regexFaults(unit.repeat(length / unit.length)), 2_000);
  });
});
