import { describe, expect, it } from 'vitest';
import { MACROS, macroMap, macrosOfConf } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { spl } from '../../src/languages/spl';
import { expand } from '../../src/languages/spl/expand';
import type { Analysis, Macro } from '../../src/model';
import { walkTests } from '../../src/syntax/walk';

const macro = (name: string, definition: string, ...args: string[]): Macro => ({ name, definition, arguments: args });
const macros = macroMap([
  macro('net', '(Processes.process_name="net.exe" OR Processes.original_file_name="net.exe")'),
  macro('hosts', 'host IN ($first$, "$second$")', 'first', 'second'),
  macro('either', 'a=1 OR b=2'),
  macro('pipeline', 'stats count by $by$ | where count > 3', 'by'),
  macro('names', '"x", y*'),
  macro('outer', '`either` c=3'),
  macro('round', '`about`'),
  macro('about', '`round`'),
  macro('since', '"-1d@d"'),
  ...Array.from({ length: 20 }, (_, at) => macro(`laugh${at}`, `\`laugh${at + 1}\` \`laugh${at + 1}\` \`laugh${at + 1}\``)),
  macro('laugh20', 'ha=1'),
]);
const analyse = (text: string): Analysis => spl.analyse(text, { languages: LANGUAGES, macros });
const testsOf = (text: string): readonly string[] => {
  const tests: string[] = [];
  walkTests(analyse(text).predicate, (test, negated) =>
    tests.push(
      `${negated ? 'not ' : ''}${test.field!.name} ${test.op} ${test.values.map((value) => value.text).join('|')}${test.macro === undefined ? '' : ` from ${test.macro}`}`,
    ),
  );
  return tests;
};

describe('macros with known definitions', () => {
  it('give their predicates, marked and placed at the macro', () => {
    const text = '| tstats count from datamodel=Endpoint.Processes where `net` Processes.user=root by Processes.dest';
    expect(testsOf(text)).toEqual(['process_name eq net.exe from net', 'original_file_name eq net.exe from net', 'user eq root']);
    walkTests(analyse(text).predicate, (test) => {
      if (test.macro !== undefined) expect(text.slice(test.span.start, test.span.end)).toBe('`net`');
    });
  });

  it('take arguments, with and without quotes', () => expect(testsOf('`hosts(dc01, "web 1")` x=1')).toEqual(['host in dc01|web 1 from hosts', 'x eq 1']));

  it('are put in as text: NOT reaches only the first part', () => expect(testsOf('NOT `either`')).toEqual(['not a eq 1 from either', 'b eq 2 from either']));

  it('stand in lists and in expressions', () => {
    expect(testsOf('f IN (`names`, z)')).toEqual(['f in x|y*|z']);
    expect(testsOf('| where t > relative_time(now(), `since`)')).toEqual(['t gt relative_time(now(), `since`)']);
  });

  it('may hold commands; the stage stays one macro as written', () => {
    const analysis = analyse('index=a | `pipeline(user)` | table user');
    expect(analysis.stages.map((stage) => stage.kind)).toEqual(['search', 'macro', 'table']);
    expect(testsOf('index=a | `pipeline(user)`')).toEqual(['index eq a', 'count gt 3 from pipeline']);
  });

  it('may use each other', () => expect(testsOf('`outer`')).toEqual(['a eq 1 from either', 'b eq 2 from either', 'c eq 3 from outer']));

  it('that lead back to themselves are an error', () => {
    expect(analyse('`round` x=1').diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error spl/macro-cycle']);
    expect(testsOf('`round` x=1')).toEqual(['x eq 1']);
  });

  it('nobody knows are one information, never an error', () => {
    const { diagnostics } = analyse('`mine` `yours(1)` x=1 | `x_filter` | `net(1)`');
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['info spl/unknown-macro']);
    expect(diagnostics[0]!.message).toContain('mine and 3 more');
    expect(spl.analyse('`mine` x=1', { languages: LANGUAGES }).diagnostics).toEqual([]);
  });

  it('cannot grow without bound', () => {
    const start = performance.now();
    const { diagnostics } = analyse('`laugh0`');
    expect(diagnostics.map(({ code }) => code)).toEqual(['spl/macro-limit']);
    expect(expand('`laugh0`', { macros }).text.length).toBeLessThan(250_000);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('the visible expansion', () => {
  it('writes definitions out and marks what it added', () => {
    const { text, added, unknown, cyclic } = expand('x=1 `outer` `mine` `round` | `pipeline(user)`', { macros });
    expect(text).toBe('x=1 a=1 OR b=2 c=3 `mine` `round` | stats count by user | where count > 3');
    expect(added.map(({ start, end }) => text.slice(start, end))).toEqual(['a=1 OR b=2 c=3', '`round`', 'stats count by user | where count > 3']);
    expect(unknown).toEqual(['mine']);
    expect(cyclic).toEqual(['round']);
  });
});

describe('macros as data', () => {
  it('ship with the app and fit the analysis', () => {
    expect(MACROS.length).toBeGreaterThan(180);
    const shipped = macroMap(MACROS);
    for (const { name, arguments: args } of MACROS) {
      const { diagnostics } = spl.analyse(`x=1 \`${name}${args.length > 0 ? `(${args.join(', ')})` : ''}\``, { languages: LANGUAGES, macros: shipped });
      expect(diagnostics.filter(({ code }) => code === 'spl/unknown-macro' || code === 'spl/macro-cycle')).toEqual([]);
    }
  });

  it('are read from macros.conf', () => {
    const text =
      '# mine\n[my_index]\ndefinition = index=a OR \\\nindex=b\niseval = 0\n\n[near(2)]\nargs = host, span\ndefinition = host=$host$ span=$span$\n\n[computed]\niseval = 1\ndefinition = "a"\n';
    expect(macrosOfConf(text)).toEqual([
      { name: 'my_index', arguments: [], definition: 'index=a OR \nindex=b' },
      { name: 'near', arguments: ['host', 'span'], definition: 'host=$host$ span=$span$' },
    ]);
    expect(macrosOfConf('nonsense [ = \\')).toEqual([]);
  });
});
