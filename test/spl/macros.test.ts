import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { MACROS_DIAGNOSTICS, readMacrosConf } from '../../src/formats/macros-conf';
import { FORMATS } from '../../src/formats/registry';
import { MACROS, macroMap } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { spl } from '../../src/languages/spl';
import { expand } from '../../src/languages/spl/assist/expand';
import type { Analysis, Macro } from '../../src/model';
import { walkTests } from '../../src/syntax/walk';
import { readTest } from '../support/read-test';

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
      `${negated ? 'not ' : ''}${readTest(test).field!.name} ${test.word} ${readTest(test)
        .values.map((value) => value.text)
        .join('|')}${test.macro === undefined ? '' : ` from ${test.macro}`}`,
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

  it('of a source only scope the rule', () => {
    const { rules } = FORMATS.get('spl')!.open('`wineventlog_security` EventCode=4688', { languages: LANGUAGES, macros: macroMap(MACROS) });
    expect(reportOf(rules[0]!).leaves.map(({ field, polarity, macro: from }) => `${polarity} ${field} ${from}`)).toEqual([
      'context eventtype wineventlog_security',
      'context Channel wineventlog_security',
      'context source wineventlog_security',
      'context source wineventlog_security',
      'indicator EventCode null',
    ]);
  });

  it('take arguments, with and without quotes', () => expect(testsOf('`hosts(dc01, "web 1")` x=1')).toEqual(['host in dc01|web 1 from hosts', 'x eq 1']));

  it('are put in as text: NOT reaches only the first part', () => expect(testsOf('NOT `either`')).toEqual(['not a eq 1 from either', 'b eq 2 from either']));

  it('stand in lists and in expressions', () => {
    expect(testsOf('f IN (`names`, z)')).toEqual(['f in x|y*|z']);
    expect(testsOf('| where t > relative_time(now(), `since`)')).toEqual(['t gt relative_time(now(),`since`)']);
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
    expect(analyse('x=1 | `round` | table x').diagnostics.map(({ code }) => code)).toEqual(['spl/macro-cycle']);
  });

  it('nobody knows are one information, never an error', () => {
    const { diagnostics } = analyse('`mine` `yours(1)` x=1 | `x_filter` | `net(1)`');
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['info spl/unknown-macro']);
    expect(diagnostics[0]!.message).toContain('mine and 3 more');
    expect(spl.analyse('`mine` x=1', { languages: LANGUAGES }).diagnostics).toEqual([]);
  });

  it('whose definition cannot be read are one warning at the macro, without a fix', () => {
    const context = { languages: LANGUAGES, macros: macroMap([macro('slips', 'a=1 or b=2 and c=3 f IN (x. y)'), macro('fine', 'a=1')]) };
    const { diagnostics } = spl.analyse('x=1 `slips` `fine` or y=2', context);
    expect(diagnostics).toMatchObject([
      { code: 'spl/lower-case-operator', severity: 'warning', span: { start: 4, end: 11 }, message: expect.stringMatching(/^In the definition of slips: /) },
      { code: 'spl/lower-case-operator', span: { start: 19, end: 21 }, fix: { title: 'Write OR' } },
    ]);
    expect(diagnostics[0]!.fix).toBeUndefined();
    expect(diagnostics).toHaveLength(2);
  });

  it('are followed a hundred deep, as Splunk does', () => {
    const chain = (length: number) => macroMap(Array.from({ length }, (_, at) => macro(`m${at}`, at === length - 1 ? 'x=1' : `\`m${at + 1}\``)));
    const codesOf = (length: number) => spl.analyse('`m0`', { languages: LANGUAGES, macros: chain(length) }).diagnostics.map(({ code }) => code);
    expect(codesOf(100)).toEqual([]);
    expect(codesOf(20_000)).toEqual(['spl/macro-limit']);
    expect(expand('`m0`', { macros: chain(20_000) }).left.map(({ call, why }) => `${why} ${call}`)).toEqual(['limit m100']);
    const conf = Array.from({ length: 20_000 }, (_, at) => `[m${at}]\ndefinition = \`m${at + 1}\`\n`).join('');
    expect(readMacrosConf(conf).macros).toHaveLength(20_000);
  });

  it('cannot grow without bound', () => {
    const { diagnostics } = analyse('`laugh0`');
    expect(diagnostics.map(({ code }) => code)).toEqual(['spl/macro-limit']);
    expect(expand('`laugh0`', { macros }).text.length).toBeLessThan(250_000);
  });
});

describe('the visible expansion', () => {
  it('writes definitions out and marks what each added, nested ones inside', () => {
    const { text, added, left } = expand('x=1 `outer` `mine` | `pipeline(user)`', { macros });
    expect(text).toBe('x=1 a=1 OR b=2 c=3 `mine` | stats count by user | where count > 3');
    expect(added.map(({ call, depth, start, end }) => `${depth} ${call}: ${text.slice(start, end)}`)).toEqual([
      '0 outer: a=1 OR b=2 c=3',
      '1 either: a=1 OR b=2',
      '0 pipeline(user): stats count by user | where count > 3',
    ]);
    expect(left.map(({ call, why, start, end }) => `${why} ${call}: ${text.slice(start, end)}`)).toEqual(['unknown mine: `mine`']);
  });

  it('leaves a cycle where it closes, with the way to it', () => {
    const { text, left } = expand('x=1 `round`', { macros });
    expect(text).toBe('x=1 `round`');
    expect(left).toEqual([{ start: 4, end: 11, call: 'round', why: 'cycle', path: ['round', 'about', 'round'] }]);
  });

  it('tells what ships from what is the author’s own', () => {
    const context = { macros: macroMap([...MACROS, macro('mine', '`sysmon` x=1'), macro('powershell', 'index=ps')]) };
    const { added } = expand('`mine` `powershell`', context);
    expect(added.map(({ name, isOwn }) => `${name} ${isOwn}`)).toEqual(['mine true', 'sysmon false', 'powershell true']);
    expect(expand('`sysmon`', {}).added.map(({ isOwn }) => isOwn)).toEqual([false]);
  });

  it('stops where the whole gets too long, and marks what it left', () => {
    const { left } = expand('`laugh0`', { macros });
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ why }) => why === 'limit')).toBe(true);
  });

  it('colours the expanded text', () => {
    const { text, tokens } = expand('`outer` | `pipeline(user)`', { macros });
    expect(tokens.filter(({ type }) => type === 'key').map(({ start, end }) => text.slice(start, end))).toEqual(['stats', 'where']);
  });

  const written: readonly (readonly [name: string, format: string, document: (query: string) => string])[] = [
    ['a bare search', 'spl', (query) => query],
    ['a folded block', 'splunk', (query) => `name: A\nsearch: >-\n  ${query}\ntags: {}\n`],
    ['a literal block', 'splunk', (query) => `name: A\nsearch: |\n  ${query}\ntags: {}\n`],
    ['double quotes', 'splunk', (query) => `name: A\nsearch: "${query.replace(/"/g, '\\"')}"\ntags: {}\n`],
    ['single quotes', 'anvilogic', (query) => `title: A\nlogic_format: Splunk\nlogic: '${query}'\n`],
    ['savedsearches.conf', 'savedsearches', (query) => `[A]\nsearch = ${query}\ndisabled = 0\n`],
  ];
  for (const [name, format, document] of written)
    it(`is written into ${name}`, () => {
      const own = macroMap([macro('quoted', 'p="C:\\\\x y" OR q=\'z\''), macro('lines', 'a=1\nb=2')]);
      const context = { languages: LANGUAGES, macros: own };
      const text = document('index=a `quoted` `lines` `mine` | stats count');
      const edits = FORMATS.get(format)!.expand!(text, 0, context)!.edits!;
      const after = [...edits].reverse().reduce((whole, edit) => whole.slice(0, edit.span.start) + edit.text + whole.slice(edit.span.end), text);
      const { rules, diagnostics } = FORMATS.get(format)!.open(after, { languages: LANGUAGES });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(rules[0]!.analysis.stages.map(({ kind }) => kind)).toEqual(['search', 'stats']);
      const values: string[] = [];
      walkTests(rules[0]!.analysis.predicate, (test) =>
        values.push(
          `${readTest(test).field!.name}=${readTest(test)
            .values.map((value) => value.text)
            .join()}`,
        ),
      );
      expect(values).toEqual(['index=a', 'p=C:\\x y', "q='z'", 'a=1', 'b=2']);
      expect(FORMATS.get(format)!.expand!(after, 0, context)!.left.map(({ call }) => call)).toEqual(['mine']);
    });

  it('is not written into a plain scalar that would end', () => {
    const context = { languages: LANGUAGES, macros: macroMap([macro('colon', 'a="b: c"')]) };
    expect(FORMATS.get('splunk')!.expand!('name: A\nsearch: index=a `colon`\ntags: {}\n', 0, context)!.edits).toBeNull();
  });
});

describe('macros as data', () => {
  it('ship with definitions that are read', () => {
    for (const { name, definition } of MACROS) {
      const errors = ['| ', '', '| where x=1 AND '].map(
        (before) => spl.analyse(`x=1 ${before}${definition}`, { languages: LANGUAGES }).diagnostics.filter(({ severity }) => severity === 'error').length,
      );
      expect(Math.min(...errors), name).toBe(0);
    }
  });

  it('ship with the app and fit the analysis', () => {
    expect(MACROS.length).toBeGreaterThan(180);
    const shipped = macroMap(MACROS);
    for (const { name, arguments: args } of MACROS) {
      const { diagnostics } = spl.analyse(`x=1 \`${name}${args.length > 0 ? `(${args.join(', ')})` : ''}\``, { languages: LANGUAGES, macros: shipped });
      expect(diagnostics.filter(({ code }) => code === 'spl/unknown-macro' || code === 'spl/macro-cycle')).toEqual([]);
    }
  });

  it('are read from macros.conf, each with its place', () => {
    const text =
      '# mine\n[my_index]\ndefinition = index=a OR \\\nindex=b\niseval = 0\n\n[near(2)]\nargs = host, span\ndefinition = host=$host$ span=$span$\n\n[sysmon]\ndefinition = index=s\n';
    const { macros: found, remarks } = readMacrosConf(text);
    expect(found.map(({ name, arguments: args, definition, replaces }) => ({ name, args, definition, replaces }))).toEqual([
      { name: 'my_index', args: [], definition: 'index=a OR \nindex=b', replaces: false },
      { name: 'near', args: ['host', 'span'], definition: 'host=$host$ span=$span$', replaces: false },
      { name: 'sysmon', args: [], definition: 'index=s', replaces: true },
    ]);
    expect(found.map(({ span }) => text.slice(span.start, span.end).split('\n')[0])).toEqual(['[my_index]', '[near(2)]', '[sysmon]']);
    expect(remarks).toEqual([]);
  });

  const slips: readonly (readonly [code: string, line: number, text: string])[] = [
    ['no-setting', 2, '[a]\nnonsense\ndefinition = x=1'],
    ['no-stanza', 1, 'definition = x=1'],
    ['no-name', 1, '[]\ndefinition = x=1'],
    ['no-definition', 1, '[a]\nargs = b'],
    ['no-definition', 1, '[a]\ndefinition ='],
    ['computed', 3, '[a]\ndefinition = "x"\niseval = 1'],
    ['argument-count', 3, '[a(2)]\ndefinition = $b$\nargs = b'],
    ['argument-count', 2, '[a]\nargs = b\ndefinition = $b$'],
    ['argument-count', 1, '[a(1)]\ndefinition = x=1'],
    ['unknown-argument', 3, '[a(1)]\nargs = b\ndefinition = $b$ $c$'],
    ['cycle', 4, '[a]\ndefinition = `b`\n[b]\ndefinition = x=1 `a`'],
    ['cycle', 2, '[sysmon]\ndefinition = `sysmon` x=1'],
    ['twice', 1, '[a]\ndefinition = x=1\n[a]\ndefinition = x=2'],
  ];
  for (const [code, line, text] of slips)
    it(`macros/${code} stands at line ${line} of ${JSON.stringify(text)}`, () => {
      const { remarks } = readMacrosConf(text);
      expect(remarks.map((remark) => `${remark.code} ${text.slice(0, remark.span.start).split('\n').length}`)).toEqual([`macros/${code} ${line}`]);
    });

  it('every remark of the table is tried', () => {
    expect([...new Set(slips.map(([code]) => `macros/${code}`))].sort()).toEqual(Object.keys(MACROS_DIAGNOSTICS).sort());
  });

  it('never fail, whatever the text', () => {
    for (const text of ['', 'nonsense [ = \\', '[', '[a', ']', '=', '[a]\n=', '[a(x)]\ndefinition=$', '\r\n[a]\r\ndefinition = b\r\n'])
      expect(() => readMacrosConf(text)).not.toThrow();
    expect(readMacrosConf('[default]\nx = 1').remarks).toEqual([]);
  });
});
