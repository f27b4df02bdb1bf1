import { describe, expect, it } from 'vitest';
import { conversionAnswer } from '../../src/convert/answer';
import { convert } from '../../src/convert/convert';
import { TARGETS } from '../../src/convert/targets/list';
import { agreementOf } from '../../src/convert/witnesses';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { ConversionWish, MadeCases } from '../../src/model';

const TEXT = String.raw`title: T
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\net.exe'
        CommandLine|contains|cased:
            - ' use'
            - ' view'
        OddField: x
    condition: selection
`;
const { rules } = FORMATS.get('sigma')!.open(TEXT, { languages: LANGUAGES });

const WISH: ConversionWish = { target: 'kusto', as: null, names: null, own: [], source: '', tests: [] };
const answerOf = (wish: Partial<ConversionWish>, made: MadeCases = { cases: [], withheld: null }) =>
  conversionAnswer(rules[0]!, { ...WISH, ...wish }, rules, made);

/** What is lost, with the words in the draft and those in the text. */
const joinedOf = (wish: Partial<ConversionWish>): readonly (readonly [string, readonly string[] | null])[] => {
  const { conversion } = answerOf(wish);
  return conversion.lost.map(({ span, there }) => [
    TEXT.slice(span.start, span.end),
    there === undefined ? null : there.map(({ start, end }) => conversion.text!.slice(start, end)),
  ]);
};

describe('a conversion', () => {
  it('says where in the text each loss stands', () => {
    expect(joinedOf({})).toContainEqual(['OddField', ['OddField =~ "x"']]);
  });

  it('joins one value of several to that value alone', () => {
    const lost = joinedOf({ target: 'kuery' });
    expect(lost).toContainEqual([String.raw`'\net.exe'`, [String.raw`process.executable: *\\net.exe`]]);
    expect(lost.filter(([words]) => words === 'OddField' || words === 'x').every(([, there]) => there!.join() === 'winlog.event_data.OddField: "x"')).toBe(
      true,
    );
  });

  it('finds the places in a container too', () => {
    expect(joinedOf({ as: 'sentinel' })).toContainEqual(['OddField', ['OddField =~ "x"']]);
  });

  it('has the names, the table and the file that are wished for', () => {
    expect(answerOf({ names: 'sigma', source: 'Sysmon', own: [['Image', 'exe']] }).conversion.text).toMatch(
      /^Sysmon\n\| where exe endswith .*CommandLine contains_cs/,
    );
    expect(answerOf({}).names[0]).toEqual({ taxonomy: 'kusto', name: 'Kusto' });
    expect(answerOf({}).fileName).toMatch(/\.kql$/);
    expect(answerOf({ target: 'sql-spark' }).fileName).toBe('query.sql');
  });

  it('judges the tests kept with the draft in both', () => {
    const about = { name: '', mustMatch: true, about: '', at: 0 };
    const hit = { Image: 'C:\\net.exe', CommandLine: 'net use', OddField: 'x' };
    const tests = [
      { ...about, id: 'hit', events: [hit] },
      { ...about, id: 'miss', events: [{ ...hit, CommandLine: 'net USE' }] },
    ];
    expect(answerOf({ tests }).tests).toEqual({ agree: 2, differ: [], untold: 0 });
    // Lucene minds letters' case where the rule does not.
    expect(answerOf({ target: 'lucene', tests: [{ ...tests[0]!, events: [{ ...hit, Image: 'C:\\NET.EXE' }] }] }).tests).toEqual({
      agree: 0,
      differ: ['hit'],
      untold: 0,
    });
    expect(answerOf({ target: 'spl', tests: [{ ...tests[0]!, events: [] }] }).tests).toEqual({ agree: 0, differ: [], untold: 1 });
  });

  it('judges events that were made, and says what was lost by the draft’s names alone', () => {
    const fires = { Image: 'C:\\net.exe', CommandLine: 'net use', OddField: 'x' };
    const cases = [
      { id: '', events: [fires], at: 0 },
      { id: 'OddField is x', events: [{ ...fires, OddField: 'y' }], at: 0 },
    ];
    expect(answerOf({ target: 'eql' }, { cases, withheld: null }).made).toEqual({ agree: 2, differ: [], untold: 0, withheld: null });
    // What SQL says is not run here.
    expect(answerOf({ target: 'sql-duckdb' }, { cases, withheld: null }).made).toEqual({ agree: 0, differ: [], untold: 2, withheld: null });
    expect(answerOf({}, { cases: [], withheld: 'it asks for too much' }).made.withheld).toBe('it asks for too much');
    const [numbered] = FORMATS.get('sigma')!.open(TEXT.replace('OddField: x', "ProcessId: '7'"), { languages: LANGUAGES }).rules;
    const { made, lostInJudging } = conversionAnswer(numbered!, WISH, [numbered!], {
      cases: [{ id: '', events: [{ ...fires, ProcessId: 7 }], at: 0 }],
      withheld: null,
    });
    expect(made.differ).toEqual(['']);
    expect(lostInJudging).toContain('`ProcessId` is compared as a text in Kusto: a number or truth value does not fit');
  });

  it('is judged by each event, in a pipeline that only filters too', () => {
    const conversion = convert(rules[0]!, TARGETS.get('kusto')!, { names: 'sigma' });
    const hit = { Image: 'C:\\net.exe', CommandLine: 'net use', OddField: 'x' };
    expect(agreementOf(rules[0]!, rules, conversion, 'kusto')([hit, { Image: 'a' }, hit])).toEqual({ witnesses: 3, agree: 3 });
  });
});
