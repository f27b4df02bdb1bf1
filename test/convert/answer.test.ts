import { describe, expect, it } from 'vitest';
import { conversionAnswer } from '../../src/convert/answer';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { ConversionWish } from '../../src/model';
import { TEXT } from './made-rule';

const { rules } = FORMATS.get('sigma')!.open(TEXT, { languages: LANGUAGES });

const WISH: ConversionWish = { target: 'kusto', as: null, names: null, own: [], source: '' };
const answerOf = (wish: Partial<ConversionWish>) => conversionAnswer(rules[0]!, { ...WISH, ...wish }, rules);

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
});
