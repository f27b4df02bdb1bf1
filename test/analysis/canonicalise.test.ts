import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalise } from '../../src/analysis/canonicalise';
import { classifyGlob, globParts, globText, likeParts, wildcardParts } from '../../src/syntax/glob';
import { fieldNames } from '../../src/knowledge/fields';
import { OPERATORS, type Operator, type Taxonomy, type Test, type Triple } from '../../src/model';
import { testOf, valueOf } from './made';
import { operandOf } from '../support/written-test';

const linesOf = (made: Test, taxonomy: Taxonomy = 'sigma', scopes: readonly string[] = []): readonly (string | null)[] =>
  canonicalise(made, fieldNames(taxonomy, scopes)).map((triple) => (triple === null ? null : `${triple.field} ${triple.kind} ${triple.value}`.trimEnd()));

describe('fields', () => {
  test('the names page 001 confirms meet', () => {
    const pairs: readonly (readonly [Taxonomy, readonly string[], string, string])[] = [
      ['ecs', [], 'process.command_line', 'CommandLine'],
      ['cim', [], 'process', 'CommandLine'],
      ['kusto', ['securityevent'], 'CommandLine', 'CommandLine'],
      ['kusto', ['deviceprocessevents'], 'ProcessCommandLine', 'CommandLine'],
      ['ecs', [], 'process.executable', 'Image'],
      ['ecs', [], 'process.parent.executable', 'ParentImage'],
      ['kusto', ['securityevent'], 'ParentProcessName', 'ParentImage'],
      ['ecs', [], 'process.name', 'process_name'],
      ['cim', ['endpoint.processes'], 'process_name', 'process_name'],
      ['kusto', ['deviceprocessevents'], 'FileName', 'process_name'],
      ['ecs', [], 'process.working_directory', 'CurrentDirectory'],
      ['ecs', [], 'process.pe.original_file_name', 'OriginalFileName'],
      ['cim', [], 'original_file_name', 'OriginalFileName'],
      ['cim', [], 'EventCode', 'EventID'],
      ['ecs', [], 'event.code', 'EventID'],
      ['ecs', [], 'winlog.event_id', 'EventID'],
      ['ecs', ['logs-endpoint.events.*'], 'event.action', 'EventType'],
      ['ecs', [], 'powershell.file.script_block_text', 'ScriptBlockText'],
      ['ecs', [], 'process.parent.command_line', 'ParentCommandLine'],
      ['cim', [], 'parent_process', 'ParentCommandLine'],
    ];
    for (const [taxonomy, scopes, name, canonical] of pairs) expect([name, fieldNames(taxonomy, scopes).canonical(name)]).toEqual([name, canonical]);
  });

  test('a computed field keeps its name', () => {
    expect(linesOf({ ...testOf('process', 'gt', ['3']), left: { kind: 'field', name: 'process', span: { start: 0, end: 0 }, derived: true } }, 'cim')).toEqual([
      'process gt 3',
    ]);
  });

  test('a field that was only copied is the column it comes from', () => {
    const left = { kind: 'field' as const, name: 'cmd', span: { start: 0, end: 0 }, derived: true as const, of: 'ProcessCommandLine' };
    expect(linesOf({ ...testOf('cmd', 'contains', ['x']), left }, 'kusto')).toEqual(['CommandLine contains x']);
  });

  test('a field compared with a field names the other canonically', () => {
    expect(linesOf(testOf('process.executable', 'field_eq', [valueOf('process.parent.executable', 'field')]), 'ecs')).toEqual(['Image field_eq ParentImage']);
  });
});

describe('kinds', () => {
  const cases: readonly (readonly [Operator, string, string])[] = [
    ['eq', 'Abc', 'F eq abc'],
    ['in', 'Abc', 'F eq abc'],
    ['in', '*abc*', 'F contains abc'],
    ['in', '*abc', 'F ends_with abc'],
    ['in', 'abc*', 'F starts_with abc'],
    ['in', 'a*c', 'F wildcard a*c'],
    ['wildcard', '*a*c', 'F wildcard *a*c'],
    ['wildcard', '*abc*', 'F contains abc'],
    ['eq', '?:\\x\\y', 'F wildcard ?:\\x\\y'],
    ['eq', '*', 'F is_not_null'],
    ['contains', 'abc', 'F contains abc'],
    ['contains', 'a*c', 'F wildcard *a*c*'],
    ['starts_with', 'a?c', 'F wildcard a?c*'],
    ['ends_with', 'a*c', 'F wildcard *a*c'],
    ['like', '%abc%', 'F contains abc'],
    ['like', 'abc%', 'F starts_with abc'],
    ['like', 'a_c', 'F wildcard a?c'],
    ['cidr_match', '10.0.0.0/8', 'F cidr_match 10.0.0.0/8'],
    ['gt', '5', 'F gt 5'],
  ];
  test.each(cases)('%s %s', (op, text, expected) => {
    expect(linesOf(testOf('F', op, [op === 'like' ? valueOf(text) : valueOf(text, 'string', true)]))).toEqual([expected]);
  });

  test('a star that is no wildcard is a star', () => {
    expect(linesOf(testOf('F', 'eq', ['a*c']))).toEqual(['F eq a*c']);
    expect(linesOf(testOf('F', 'wildcard', [{ ...valueOf('a*b*c'), wild: [1] }]))).toEqual(['F wildcard a*b[*]c']);
  });

  test('regexes keep their letters, match is regex_match', () => {
    expect(linesOf(testOf('F', 'match', ['(?i)Net\\.exe']))).toEqual(['F regex_match (?i)Net\\.exe']);
  });

  test('lists give a triple per value, tests without values one', () => {
    expect(linesOf(testOf('F', 'in', ['B', 'a']))).toEqual(['F eq b', 'F eq a']);
    expect(linesOf(testOf('F', 'is_null'))).toEqual(['F is_null']);
  });

  test('between is its two bounds', () => {
    expect(linesOf(testOf('F', 'between', [valueOf('1', 'number'), valueOf('9', 'number')]))).toEqual(['F ge 1', 'F le 9']);
  });

  test('what is not known is not counted', () => {
    expect(linesOf(testOf(null, 'keyword', ['a', 'b']))).toEqual([null, null]);
    expect(linesOf(testOf('F', 'gt', [valueOf('now() - 1d', 'expression')]))).toEqual([null]);
    expect(linesOf(testOf('F', 'contains', ['a'], { modifiers: ['base64offset'] }))).toEqual([null]);
    expect(linesOf(testOf('F', 'contains', [' -a'], { modifiers: ['windash'] }))).toEqual(['F contains  -a']);
    expect(linesOf(testOf('F', 'eq', [{ ...valueOf('x'), secret: true }]))).toEqual([null]);
    const length = (transforms: readonly string[]): Test => ({
      ...testOf('F', 'gt', [valueOf('3', 'number')]),
      left: operandOf({ name: 'F', span: { start: 0, end: 0 }, transforms }),
    });
    expect(linesOf(length(['strlen']))).toEqual([null]);
    expect(linesOf(length(['tolower', 'tostring']))).toEqual(['F gt 3']);
  });
});

describe('basenames', () => {
  const cases: readonly (readonly [string, Operator, string, string])[] = [
    ['Image', 'ends_with', '\\net.exe', 'process_name eq net.exe'],
    ['Image', 'ends_with', '/ss', 'process_name eq ss'],
    ['Image', 'eq', 'Net.exe', 'process_name eq net.exe'],
    ['Image', 'eq', 'C:\\Windows\\net.exe', 'Image eq c:\\windows\\net.exe'],
    ['Image', 'ends_with', '\\bin\\net.exe', 'Image ends_with \\bin\\net.exe'],
    ['Image', 'ends_with', 'net.exe', 'Image ends_with net.exe'],
    ['Image', 'contains', '\\net.exe', 'Image contains \\net.exe'],
    ['Image', 'ends_with', '\\', 'Image ends_with \\'],
    ['ParentImage', 'ends_with', '\\net.exe', 'parent_process_name eq net.exe'],
    ['SourceImage', 'ends_with', '\\net.exe', 'source_process_name eq net.exe'],
    ['TargetImage', 'ends_with', '\\lsass.exe', 'target_process_name eq lsass.exe'],
    ['TargetFilename', 'ends_with', '\\a.txt', 'TargetFilename ends_with \\a.txt'],
  ];
  test.each(cases)('%s %s %s', (field, op, text, expected) => {
    expect(linesOf(testOf(field, op, [text]))).toEqual([expected]);
  });

  test('vendors meet in the name', () => {
    expect(linesOf(testOf('process.name', 'in', ['net.exe', 'NET1.EXE']), 'ecs')).toEqual(['process_name eq net.exe', 'process_name eq net1.exe']);
    expect(linesOf(testOf('process_name', 'ends_with', ['\\net.exe']), 'cim')).toEqual(['process_name eq net.exe']);
    expect(linesOf(testOf('NewProcessName', 'ends_with', ['\\net.exe']), 'kusto', ['securityevent'])).toEqual(['process_name eq net.exe']);
  });
});

describe('laws', () => {
  /** A triple read again as a comparison in canonical names. */
  const testAgain = ({ field, kind, value }: Triple): Test => {
    if (kind === 'is_null' || kind === 'is_not_null') return testOf(field, kind);
    const { text, wild } = kind === 'wildcard' ? globText(wildcardParts(value)) : { text: value, wild: [] };
    return testOf(field, kind, [{ ...valueOf(text, kind === 'field_eq' ? 'field' : 'string'), ...(wild.length > 0 ? { wild } : null) }]);
  };
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('*', '?', '[', ']', '\\', '/', 'a', 'B', '%', '_'), { maxLength: 8 }).map((chars) => chars.join('')),
  );
  const kind = fc.constantFrom(...OPERATORS.filter((op) => op !== 'keyword' && op !== 'field_eq'));
  const field = fc.constantFrom('Image', 'CommandLine', 'ParentImage', 'process_name', 'F');

  test('the canonical form of a canonical triple is itself', () => {
    fc.assert(
      fc.property(field, kind, text, fc.boolean(), (name, op, written, wild) => {
        const made = testOf(name, op, [op === 'like' ? valueOf(written) : valueOf(written, 'string', wild)]);
        for (const triple of canonicalise(made, fieldNames('sigma', [])))
          if (triple !== null) expect(canonicalise(testAgain(triple), fieldNames('sigma', []))).toEqual([triple]);
      }),
    );
  });

  test('there is a triple or null for each value, and one where there is none', () => {
    fc.assert(
      fc.property(field, kind, fc.array(text, { maxLength: 4 }), (name, op, values) => {
        expect(canonicalise(testOf(name, op, values), fieldNames('sigma', []))).toHaveLength(Math.max(1, values.length));
      }),
    );
  });

  test('a pattern and its way back agree', () => {
    fc.assert(
      fc.property(text, (written) => {
        const { kind: op, value } = classifyGlob(globParts(written, valueOf(written, 'string', true).wild ?? []));
        if (op === 'wildcard') expect(classifyGlob(wildcardParts(value))).toEqual({ kind: op, value });
      }),
    );
  });

  test('a like pattern has a wildcard for every sign', () => {
    expect(likeParts('a%b_')).toEqual([{ text: 'a' }, 'any-run', { text: 'b' }, 'any-char']);
  });
});
