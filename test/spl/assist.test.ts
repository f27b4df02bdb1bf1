import { describe, expect, it } from 'vitest';
import { macroMap } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { spl } from '../../src/languages/spl';
import type { Addition } from '../../src/model';

const context = { languages: LANGUAGES };

const added = (text: string, addition: Partial<Addition>): string | null => {
  const edits = spl.add(text, { polarity: 'indicator', field: 'f', op: 'eq', value: 'v', ...addition }, context);
  if (edits === null) return null;
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((whole, { span, text: insert }) => whole.slice(0, span.start) + insert + whole.slice(span.end), text);
};
const exclusion = { polarity: 'exclusion' } as const;

describe('a row is written where it belongs', () => {
  const cases: readonly (readonly [name: string, text: string, addition: Partial<Addition>, result: string])[] = [
    ['into a list', 'f IN (a, "b") x=1', {}, 'f IN (a, "b", "v") x=1'],
    [
      'into the list of tstats, prefix and all',
      '| tstats count from datamodel=M.P where P.f IN ("a") by P.g',
      {},
      '| tstats count from datamodel=M.P where P.f IN ("a", "v") by P.g',
    ],
    ['beside the same field', 'x=1 f=a y=2', {}, 'x=1 (f=a OR f="v") y=2'],
    ['into an OR that is there', '(f=a OR f="b") x=1', {}, '(f=a OR f="b" OR f="v") x=1'],
    ['beside a pattern of where', '| where match(f, "a") AND x=1', { op: 'contains' }, '| where (match(f, "a") OR like(f, "%v%")) AND x=1'],
    ['at the end of the first search', 'index=a x=1 | stats count', { op: 'ends_with', value: '\\v"w' }, 'index=a x=1 f="*\\\\v\\"w" | stats count'],
    [
      'into the where of tstats',
      '| tstats count from datamodel=Endpoint.Processes where Processes.x=1 by Processes.y | table y',
      {},
      '| tstats count from datamodel=Endpoint.Processes where Processes.x=1 Processes.f="v" by Processes.y | table y',
    ],
    ['into a tstats without where', '| tstats count from datamodel=Web.Web by Web.y', {}, '| tstats count from datamodel=Web.Web where Web.f="v" by Web.y'],
    ['into an empty draft', '', {}, 'f="v"'],
    ['after a lookup', '| inputlookup a | table b', {}, '| inputlookup a | search f="v" | table b'],
    [
      'a regular expression as a stage of its own',
      'index=a | regex x="y" | table z',
      { op: 'regex_match', value: 'a\\.b' },
      'index=a | regex x="y" | where match(f, "a\\.b") | table z',
    ],
    [
      'a field with dots in single quotes where signs compute',
      'index=a | table z',
      { field: 'user.name', op: 'regex_match', value: 'x' },
      'index=a | where match(\'user.name\', "x") | table z',
    ],
    ['a number', 'index=a', { op: 'gt', value: '5' }, 'index=a f>5'],
    ['a field with a blank', 'index=a', { field: 'a b' }, 'index=a "a b"="v"'],
    ['an exclusion behind the search', 'index=a | stats count', exclusion, 'index=a NOT f="v" | stats count'],
    ['an exclusion into its list', 'index=a NOT f IN (x)', exclusion, 'index=a NOT f IN (x, "v")'],
    ['an exclusion beside its like', 'index=a NOT f=x b=1', exclusion, 'index=a NOT (f=x OR f="v") b=1'],
    ['an exclusion inside a negated OR', 'index=a NOT (f=x OR g=y)', exclusion, 'index=a NOT (f=x OR f="v" OR g=y)'],
    ['an exclusion behind an inequality', 'index=a f!=x', exclusion, 'index=a f!=x NOT f="v"'],
    ['an exclusion apart from what is only excluded in company', 'index=a NOT (f=x g=y)', exclusion, 'index=a NOT (f=x g=y) NOT f="v"'],
    ['an exclusion in where', '| from a | where NOT match(f, "x")', exclusion, '| from a | where NOT (match(f, "x") OR f="v")'],
  ];
  for (const [name, text, addition, result] of cases) it(name, () => expect(added(text, addition)).toBe(result));

  describe('a regular expression behind tstats asks for a column it has there', () => {
    const regex = { polarity: 'exclusion', field: 'process', op: 'regex_match', value: 'x' } as const;
    const tstats = '| tstats count from datamodel=Endpoint.Processes where Processes.user=a by';
    it('once the prefix is dropped', () =>
      expect(added(`${tstats} Processes.process | \`drop_dm_object_name(Processes)\` | table process`, regex)).toBe(
        `${tstats} Processes.process | \`drop_dm_object_name(Processes)\` | where NOT match(process, "x") | table process`,
      ));
    it('with the prefix, where nothing drops it', () =>
      expect(added(`${tstats} Processes.process | table *`, regex)).toBe(`${tstats} Processes.process | where NOT match('Processes.process', "x") | table *`));
    it('by the name it was given', () => {
      const named = '| tstats values(Processes.process) as process from datamodel=Endpoint.Processes by Processes.user';
      expect(added(`${named} | table *`, regex)).toBe(`${named} | where NOT match(process, "x") | table *`);
    });
    it('and stands nowhere without one', () => expect(added(`${tstats} Processes.user | table *`, regex)).toBeNull());
  });

  it('after a macro that brings commands, as a stage of its own', () => {
    const macros = macroMap([
      { name: 'parsed', arguments: [], definition: 'index=b | rex "(?<f>x)"' },
      { name: 'plain', arguments: [], definition: 'index=b' },
    ]);
    const at = (text: string) => spl.add(text, { polarity: 'exclusion', field: 'f', op: 'eq', value: 'v' }, { ...context, macros });
    expect(at('a=1 `parsed` | stats count')).toEqual([{ span: { start: 12, end: 12 }, text: ' | search NOT f="v"' }]);
    expect(at('a=1 `plain` | stats count')).toEqual([{ span: { start: 11, end: 11 }, text: ' NOT f="v"' }]);
  });

  it('the whole is still read, without a remark', () => {
    for (const [, text, addition] of cases) {
      const { diagnostics } = spl.analyse(added(text, addition)!, context);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });
});

describe('hover', () => {
  const at = (text: string, word: string): string => spl.hover(text, text.indexOf(word) + 1, context)?.text ?? '';

  it('explains commands, functions, operators and macros in our own words', () => {
    const text = 'index=a NOT b=1 TERM(c) `process_net` `mine` | stats dc(user) as users by host | where match(x, "y")';
    expect(at(text, 'stats')).toContain('one row per combination');
    expect(at(text, 'dc')).toContain('different values');
    expect(at(text, 'match')).toContain('match(text: string, "regex": string)');
    expect(at(text, 'NOT')).toContain('events without the field');
    expect(at(text, 'TERM')).toContain('one term of the index');
    expect(at(text, '`process_net')).toContain('net1.exe');
    expect(at(text, '`process_net')).toContain('shipped (ESCU)');
    const own = { ...context, macros: macroMap([{ name: 'mine', arguments: [], definition: 'x=1' }]) };
    expect(spl.hover('`mine`', 1, own)?.text).toBe('Macro `mine`, your own\n\n`x=1`');
    expect(at(text, '`mine')).toContain('No definition is known');
    expect(spl.hover(text, text.length, context)).toBeNull();
  });
});

describe('quick fixes', () => {
  const fixed = (text: string): string => {
    const { diagnostics } = spl.analyse(text, context);
    const edits = diagnostics.flatMap(({ fix }) => fix?.edits ?? []);
    return [...edits]
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((whole, { span, text: insert }) => whole.slice(0, span.start) + insert + whole.slice(span.end), text);
  };
  const cases: readonly (readonly [string, string])[] = [
    ['a=1 or b=2 not c=3', 'a=1 OR b=2 NOT c=3'],
    ['a=1 and b=2', 'a=1 AND b=2'],
    ['a=1 OR b=2 AND c=3', '(a=1 OR b=2) AND c=3'],
    ['| where match(a,"x") ANDmatch(b,"y")', '| where match(a,"x") AND match(b,"y")'],
    ['| where match(a="x")', '| where match(a,"x")'],
    ['a=1 (b=2 OR c=3 | table a', 'a=1 (b=2 OR c=3) | table a'],
    ['a=1) OR b=2', 'a=1 OR b=2'],
    ['a IN ("x". "y")', 'a IN ("x", "y")'],
    ['index=a x!=1', 'index=a NOT x=1'],
    ['index=a | stat count', 'index=a | stats count'],
    ['index=a | EventCode=1', 'index=a | search EventCode=1'],
    ['a="x"b="y"', 'a="x" b="y"'],
    ['| where count &gt; 5', '| where count > 5'],
    ['| eval a=1 b=2', '| eval a=1 , b=2'],
    ['a IN ("b",""c*", "d")', 'a IN ("b","c*", "d")'],
    ['`a b=1', '`a` b=1'],
  ];
  for (const [text, result] of cases)
    it(text, () => {
      expect(fixed(text)).toBe(result);
      expect(spl.analyse(result, context).diagnostics).toEqual([]);
    });
});
