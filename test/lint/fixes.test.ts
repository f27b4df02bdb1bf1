import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { lintOf } from '../../src/lint/rule-checks';
import { formulaOf, type Formula } from '../../src/logic/formula';
import { implies } from '../../src/logic/implies';
import { fixesOf, type Context, type Diagnostic, type Fix, type Format, type Leaf } from '../../src/model';
import { edited } from '../../src/syntax/edits';
import { caseFiles, caseFolders, readCases } from '../support/cases';

const context: Context = { languages: LANGUAGES, macros: macroMap(MACROS) };

interface Read {
  readonly remarks: readonly Diagnostic[];
  readonly leaves: readonly Leaf[];
}

function readAs(format: Format, text: string): Read {
  const { diagnostics, rules } = format.open(text, context);
  const reports = rules.map(reportOf);
  return { remarks: [...diagnostics, ...reports.flatMap((report) => lintOf(report, text))], leaves: reports.flatMap(({ leaves }) => leaves) };
}

const errorsOf = ({ remarks }: Read): number => remarks.filter(({ severity }) => severity === 'error').length;
/** Whether it is asked for may follow from a joining word that a fix corrects: what is compared is kept. */
const comparedBy = ({ field, op, values }: Leaf): string => `${field ?? ''} ${op} ${values.map(({ text }) => text).join(' ')}`;

/** What a fix breaks of what holds of every fix; nothing where it keeps all of it. */
function brokenBy(format: Format, text: string, before: Read, remark: Diagnostic, { edits }: Fix = remark.fix!): readonly string[] {
  const after = readAs(format, edited(text, edits));
  const broken: string[] = [];
  const same = ({ code, message }: Diagnostic): boolean => code === remark.code && message === remark.message;
  if (after.remarks.filter(same).length >= before.remarks.filter(same).length) broken.push('the remark stays');
  if (errorsOf(after) > errorsOf(before)) broken.push(`a new error: ${after.remarks.find(({ severity }) => severity === 'error')!.message}`);
  // What a text with errors asks for is a guess until they are mended.
  if (errorsOf(before) > 0) return broken;
  const kept = after.leaves.map(comparedBy);
  // What is written once and called twice may be called once.
  const written = new Map(before.leaves.map((leaf) => [`${leaf.span.start} ${comparedBy(leaf)}`, leaf]));
  for (const leaf of [...written.values()].filter(({ span }) => edits.every((edit) => edit.span.end < span.start || span.end < edit.span.start))) {
    const at = kept.indexOf(comparedBy(leaf));
    if (at < 0) broken.push(`lost: ${comparedBy(leaf)}`);
    else kept.splice(at, 1);
  }
  return broken;
}

describe('every fix of every case takes its remark away, brings no error and keeps what is asked elsewhere', () => {
  for (const language of caseFolders()) {
    it(language, () => {
      const format = FORMATS.get(language)!;
      const broken: string[] = [];
      let fixes = 0;
      for (const { input } of [...caseFiles(language, 'lint'), ...caseFiles(language, 'analysis')].flatMap(readCases)) {
        const before = readAs(format, input);
        for (const remark of before.remarks)
          for (const fix of fixesOf(remark)) {
            fixes++;
            broken.push(...brokenBy(format, input, before, remark, fix).map((what) => `${remark.code} [${fix.title}] ${what}\n${input}`));
          }
      }
      expect(fixes).toBeGreaterThan(0);
      expect(broken.join('\n\n')).toBe('');
    });
  }

  it('within a container, where a line of the query begins behind its indentation', () => {
    const format = FORMATS.get('sentinel')!;
    const head = 'id: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11\nname: A rule\nkind: Scheduled\nseverity: Low\nquery: |\n';
    const fixed = (query: string): string => {
      const text = `${head}${query}`;
      const before = readAs(format, text);
      const remark = before.remarks.find(({ code, fix }) => fix !== undefined && /missing-pipe|merged-strings/.test(code))!;
      expect(brokenBy(format, text, before, remark)).toEqual([]);
      return edited(text, remark.fix!.edits).slice(head.length);
    };
    expect(fixed('  SecurityEvent\n  where EventID == 4625\n')).toBe('  SecurityEvent\n  | where EventID == 4625\n');
    expect(fixed('  SecurityEvent\n  | where Account in ("a"\n    "b")\n')).toBe('  SecurityEvent\n  | where Account in ("a",\n    "b")\n');
  });
});

describe('what changes nothing is taken out with the word that joins it, and the rule asks the same', () => {
  const sigma = (detection: string): string => `title: T\nlogsource: { category: process_creation, product: windows }\ndetection:\n${detection}`;
  const sentinel = (query: string): string => `id: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11\nname: A rule\nkind: Scheduled\nseverity: Low\nquery: |\n${query}`;
  it.each([
    ['kusto', 'T | where A == "x" | where A == "y" or B == "z"', 'T | where A == "x" | where B == "z"'],
    ['kusto', 'T | where A =~ "x" | where A == "x"', 'T | where A == "x"'],
    ['kusto', 'T | where B == 1 and (A contains "abc" or A contains "ab") and C == 2', 'T | where B == 1 and (A contains "ab") and C == 2'],
    ['kusto', 'T | where A in~ ("X", "x", "y")', 'T | where A in~ ("X", "y")'],
    ['spl', 'index=x Image="*a.exe" Image="*\\\\a.exe"', 'index=x Image="*\\\\a.exe"'],
    ['spl', 'index=x Image IN ("*\\\\b\\\\a.exe", "*\\\\a.exe")', 'index=x Image IN ("*\\\\a.exe")'],
    ['eql', 'process where process.name : ("ab.exe", "a*")', 'process where process.name : ("a*")'],
    ['eql', 'process where process.name : ("a*", "ab.exe")', 'process where process.name : ("a*")'],
    ['eql', 'process where process.name : "abc" and not process.name : "b*" and user.name : "x"', 'process where process.name : "abc" and user.name : "x"'],
    ['esql', 'FROM l | WHERE user.name LIKE "a*" AND user.name == "abc"', 'FROM l | WHERE user.name == "abc"'],
    ['kuery', 'process.name:(abc or a*)', 'process.name:(a*)'],
    ['kuery', 'process.name:abc and not process.name:(b or c)', 'process.name:abc and not process.name:(c)'],
    ['lucene', 'process.name:abc AND process.name:ab*', 'process.name:abc'],
    [
      'sigma',
      sigma("  a:\n    CommandLine|contains:\n      - 'abcd'\n      - 'abc'\n      - 'x'\n  condition: a\n"),
      sigma("  a:\n    CommandLine|contains:\n      - 'abc'\n      - 'x'\n  condition: a\n"),
    ],
    ['sigma', sigma("  a:\n    CommandLine|contains: ['abcd', 'abc']\n  condition: a\n"), sigma("  a:\n    CommandLine|contains: ['abc']\n  condition: a\n")],
    [
      'sigma',
      sigma("  a:\n    Image|endswith: '\\a.exe'\n    User: x\n    Image|contains: '\\a'\n  condition: a\n"),
      sigma("  a:\n    Image|endswith: '\\a.exe'\n    User: x\n  condition: a\n"),
    ],
    [
      'sigma',
      sigma("  a:\n    Image: 'C:\\a.exe'\n  b:\n    Image|endswith: '\\a.exe'\n  condition: a and b\n"),
      sigma("  a:\n    Image: 'C:\\a.exe'\n  condition: a\n"),
    ],
    [
      'sentinel',
      sentinel('  SecurityEvent\n  | where Account == "abc"\n  | where Account contains "b"\n  | project Account\n'),
      sentinel('  SecurityEvent\n  | where Account == "abc"\n  | project Account\n'),
    ],
  ])('%s: %s', (id, text, expected) => {
    const format = FORMATS.get(id)!;
    const before = readAs(format, text);
    const remark = before.remarks.find(({ code }) => SPARE.test(code))!;
    expect(brokenBy(format, text, before, remark)).toEqual([]);
    expect(edited(text, remark.fix!.edits)).toBe(expected);
    const [was, is] = [text, expected].map((one) => formulaOf(format.open(one, context).rules[0]!.analysis.predicate, AS_WRITTEN, { asWritten: true })) as [
      Formula,
      Formula,
    ];
    if (remark.code !== 'rule/never-matches') expect([implies(was, is), implies(is, was)]).toEqual([true, true]);
  });

  it.each([
    [
      'is written once and asked in two ways',
      'sigma',
      sigma("  a:\n    Image: 'C:\\a.exe'\n  b:\n    Image|endswith: '\\a.exe'\n  condition: a and b or b and 1 of a*\n"),
    ],
    [
      'is all of a selection that is called twice',
      'sigma',
      sigma("  a:\n    Image: 'C:\\a.exe'\n  b:\n    Image|endswith: '\\a.exe'\n  condition: a and b or b\n"),
    ],
    [
      'is all of a selection that a pattern calls',
      'sigma',
      sigma("  a:\n    Image: 'C:\\a.exe'\n  b:\n    Image|endswith: '\\a.exe'\n  condition: a and 1 of b*\n"),
    ],
    ['has a comment beside it', 'kusto', 'T | where A == "abc" // as seen\n| where A contains "b"'],
    ['is looked for in several forms', 'sigma', sigma("  a:\n    CommandLine|windash|contains: ['-ab', '-abc']\n  condition: a\n")],
  ])('but not what %s', (_name, id, text) => {
    const { remarks } = readAs(FORMATS.get(id)!, text);
    expect(remarks.filter(({ code, fix }) => SPARE.test(code) && fix !== undefined)).toEqual([]);
  });
});

describe('what never holds, or always, is mended in ways of which one is chosen', () => {
  const sigma = (detection: string): string => `title: T\nlogsource: { category: process_creation, product: windows }\ndetection:\n${detection}`;
  it.each([
    [
      'kusto',
      'T | where A == "x" and A == "y"',
      [
        ['Make them alternatives', 'T | where A == "x" or A == "y"'],
        ['Remove `A == "x"`', 'T | where A == "y"'],
        ['Remove `A == "y"`', 'T | where A == "x"'],
      ],
    ],
    [
      'kusto',
      'T | where A == "x" | where A == "y" and B == 1',
      [
        ['Make them alternatives', 'T | where (A == "x" or A == "y") and B == 1'],
        ['Remove `A == "x"`', 'T | where A == "y" and B == 1'],
        ['Remove `A == "y"`', 'T | where A == "x" and B == 1'],
      ],
    ],
    ['kusto', 'T | where B == 1 and A == "x" // seen\n| where A == "y"', [['Remove `A == "x"`', 'T | where B == 1 // seen\n| where A == "y"']]],
    [
      'kusto',
      'T | where A == "x" and B == 1 and A == "y"',
      [
        ['Remove `A == "x"`', 'T | where B == 1 and A == "y"'],
        ['Remove `A == "y"`', 'T | where A == "x" and B == 1'],
      ],
    ],
    [
      'kusto',
      'T | where A == "x" and A != "x"',
      [
        ['Remove `A == "x"`', 'T | where A != "x"'],
        ['Remove `A != "x"`', 'T | where A == "x"'],
      ],
    ],
    [
      'kusto',
      'T | where B == 1 and (A != "x" or A != "y")',
      [
        ['Ask for both', 'T | where B == 1 and (A != "x" and A != "y")'],
        ['Remove `A != "x"`', 'T | where B == 1 and (A != "y")'],
        ['Remove `A != "y"`', 'T | where B == 1 and (A != "x")'],
      ],
    ],
    [
      'kusto',
      'T | where B == 1 or A != "x" or A != "y"',
      [
        ['Ask for both', 'T | where B == 1 or (A != "x" and A != "y")'],
        ['Remove `A != "x"`', 'T | where B == 1 or A != "y"'],
        ['Remove `A != "y"`', 'T | where B == 1 or A != "x"'],
      ],
    ],
    [
      'spl',
      'index=x EventCode=1 EventCode=3 Image=a',
      [
        ['Make them alternatives', 'index=x (EventCode=1 OR EventCode=3) Image=a'],
        ['Remove `EventCode=1`', 'index=x EventCode=3 Image=a'],
        ['Remove `EventCode=3`', 'index=x EventCode=1 Image=a'],
      ],
    ],
    [
      'spl',
      'index=x (Image!="a" OR Image!="b")',
      [
        ['Ask for both', 'index=x (Image!="a" AND Image!="b")'],
        ['Remove `Image!="a"`', 'index=x (Image!="b")'],
        ['Remove `Image!="b"`', 'index=x (Image!="a")'],
      ],
    ],
    [
      'eql',
      'process where process.pid > 5 and process.pid <= 5',
      [
        ['Remove `process.pid > 5`', 'process where process.pid <= 5'],
        ['Remove `process.pid <= 5`', 'process where process.pid > 5'],
      ],
    ],
    [
      'eql',
      'process where process.name != "a" or process.name != "b"',
      [
        ['Ask for both', 'process where process.name != "a" and process.name != "b"'],
        ['Remove `process.name != "a"`', 'process where process.name != "b"'],
        ['Remove `process.name != "b"`', 'process where process.name != "a"'],
      ],
    ],
    [
      'esql',
      'FROM l | WHERE process.name == "a" AND process.name == "b"',
      [
        ['Make them alternatives', 'FROM l | WHERE process.name == "a" OR process.name == "b"'],
        ['Remove `process.name == "a"`', 'FROM l | WHERE process.name == "b"'],
        ['Remove `process.name == "b"`', 'FROM l | WHERE process.name == "a"'],
      ],
    ],
    [
      'esql',
      'FROM l | WHERE process.name == "a" | WHERE process.name == "b"',
      [
        ['Make them alternatives', 'FROM l | WHERE process.name == "a" OR process.name == "b"'],
        ['Remove `process.name == "a"`', 'FROM l | WHERE process.name == "b"'],
        ['Remove `process.name == "b"`', 'FROM l | WHERE process.name == "a"'],
      ],
    ],
    [
      'kuery',
      'process.name:a and process.name:b and user.name:c',
      [
        ['Make them alternatives', '(process.name:a or process.name:b) and user.name:c'],
        ['Remove `process.name:a`', 'process.name:b and user.name:c'],
        ['Remove `process.name:b`', 'process.name:a and user.name:c'],
      ],
    ],
    [
      'kuery',
      'process.name:(a and b)',
      [
        ['Make them alternatives', 'process.name:(a or b)'],
        ['Remove `a`', 'process.name:(b)'],
        ['Remove `b`', 'process.name:(a)'],
      ],
    ],
    [
      'lucene',
      'process.name:a AND process.name:b',
      [
        ['Make them alternatives', 'process.name:a OR process.name:b'],
        ['Remove `process.name:a`', 'process.name:b'],
        ['Remove `process.name:b`', 'process.name:a'],
      ],
    ],
    ['lucene', '+process.name:a +process.name:b', []],
    [
      'sigma',
      sigma("  a:\n    Image|endswith: '\\a.exe'\n    Image|startswith: 'D:'\n    User: x\n  b:\n    Image: 'C:\\b'\n  condition: a and b\n"),
      [
        [
          'Make them alternatives',
          sigma("  a:\n    Image|endswith: '\\a.exe'\n    Image|startswith: 'D:'\n    User: x\n  b:\n    Image: 'C:\\b'\n  condition: a or b\n"),
        ],
        ['Remove `a`', sigma("  b:\n    Image: 'C:\\b'\n  condition: b\n")],
        ['Remove `b`', sigma("  a:\n    Image|endswith: '\\a.exe'\n    Image|startswith: 'D:'\n    User: x\n  condition: a\n")],
      ],
    ],
    [
      'sigma',
      sigma('  a:\n    Image: x\n  b:\n    Image: y\n  c:\n    CommandLine: z\n  condition: a and b and c\n'),
      [
        ['Make them alternatives', sigma('  a:\n    Image: x\n  b:\n    Image: y\n  c:\n    CommandLine: z\n  condition: (a or b) and c\n')],
        ['Remove `a`', sigma('  b:\n    Image: y\n  c:\n    CommandLine: z\n  condition: b and c\n')],
        ['Remove `b`', sigma('  a:\n    Image: x\n  c:\n    CommandLine: z\n  condition: a and c\n')],
      ],
    ],
    [
      'sigma',
      sigma('  a:\n    Image: x\n  condition: a or not a\n'),
      [
        ['Remove `a`', sigma('  a:\n    Image: x\n  condition: not a\n')],
        ['Remove `not a`', sigma('  a:\n    Image: x\n  condition: a\n')],
      ],
    ],
    [
      'sigma',
      sigma('  a:\n    Image: x\n    User: u\n  condition: a or not a\n'),
      [
        ['Remove `a`', sigma('  a:\n    Image: x\n    User: u\n  condition: not a\n')],
        ['Remove `not a`', sigma('  a:\n    Image: x\n    User: u\n  condition: a\n')],
      ],
    ],
    [
      'sigma',
      sigma('  a:\n    Image: x\n    User: u\n  condition: a and not a\n'),
      [['Remove `not a`', sigma('  a:\n    Image: x\n    User: u\n  condition: a\n')]],
    ],
    [
      'sigma',
      sigma('  a:\n    Image: x\n    User: u\n  c:\n    CommandLine: z\n  condition: c and a and not a\n'),
      [
        ['Remove `a`', sigma('  a:\n    Image: x\n    User: u\n  c:\n    CommandLine: z\n  condition: c and not a\n')],
        ['Remove `not a`', sigma('  a:\n    Image: x\n    User: u\n  c:\n    CommandLine: z\n  condition: c and a\n')],
      ],
    ],
    [
      'sigma',
      sigma('  a:\n    Image: x\n  b:\n    Image: y\n  condition: not a or not b\n'),
      [
        ['Ask for both', sigma('  a:\n    Image: x\n  b:\n    Image: y\n  condition: not a and not b\n')],
        ['Remove `not a`', sigma('  b:\n    Image: y\n  condition: not b\n')],
        ['Remove `not b`', sigma('  a:\n    Image: x\n  condition: not a\n')],
      ],
    ],
    ['sigma', sigma('  a:\n    Image: x\n  b:\n    Image: x\n  condition: a and not b\n'), [['Remove `not b`', sigma('  a:\n    Image: x\n  condition: a\n')]]],
    ['sigma', sigma('  a:\n    Image: x\n  b:\n    Image: y\n  condition: 1 of a* and b\n'), []],
    [
      'sigma',
      sigma("  a:\n    Image|endswith: '\\a.exe'\n    Image: 'C:\\b'\n  condition: a\n"),
      [
        ["Remove `Image|endswith: '\\a.exe'`", sigma("  a:\n    Image: 'C:\\b'\n  condition: a\n")],
        ["Remove `Image: 'C:\\b'`", sigma("  a:\n    Image|endswith: '\\a.exe'\n  condition: a\n")],
      ],
    ],
  ])('%s: %s', (id, text, expected) => {
    const format = FORMATS.get(id)!;
    const before = readAs(format, text);
    const remark = before.remarks.find(({ code }) => /^rule\/(?:never|always)-/.test(code))!;
    const { choices = [] } = remark;
    for (const choice of choices) expect(brokenBy(format, text, before, remark, choice)).toEqual([]);
    expect(choices.map(({ title, edits }) => [title, edited(text, edits)])).toEqual(expected);
  });
});

const SPARE = /^rule\/(?:never|idle|covered)-/;
const AS_WRITTEN = { canonical: (name: string): string => name };
