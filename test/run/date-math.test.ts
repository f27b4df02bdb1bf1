import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';

const EVENTS = ['2023-12-31T23:59:59.999Z', '2024-01-15T10:00:00Z', '2024-01-31T00:00:00Z', '2024-02-01T00:00:00Z', '2024-02-29T12:00:00Z'].map((d) => ({ d }));
const NOW = BigInt(Date.parse('2024-01-15T12:00:00Z')) * 1_000_000n;

const matchesOf = (format: string, text: string): readonly number[] => {
  const { rules } = FORMATS.get(format)!.open(text, { languages: LANGUAGES });
  return runRule(rules[0]!, { ...eventsGiven(EVENTS, rules), types: new Map([['d', 'date']]), now: NOW }).matches;
};

describe('dates that are reckoned', () => {
  it.each([
    ['a day', 'kuery', 'd: "2024-01-15||/d"', [1]],
    ['a month', 'kuery', 'd: "2024-01-15||/M"', [1, 2]],
    ['a year, rounded down for its beginning', 'kuery', 'd >= "2024-02-29||/y"', [1, 2, 3, 4]],
    ['a year, rounded up for its end', 'kuery', 'd <= "2024-01-01||/y"', [0, 1, 2, 3, 4]],
    ['after a month ends', 'kuery', 'd > "2024-01-15||/M"', [3, 4]],
    ['a month on, no further than the month has days', 'kuery', 'd > "2024-01-30||+1M"', []],
    ['a week, which begins on Monday', 'kuery', 'd: "2024-01-21||/w"', [1]],
    ['a day back and rounded', 'kuery', 'd >= now-1d/d and d < now', [1]],
    ['days to and fro', 'lucene', 'd:[2024-01-15||-15d TO 2024-01-15||+15d]', [0, 1]],
    ['one unit where none is counted', 'lucene', 'd:[2024-01-31||-d TO 2024-01-31||+d]', [2, 3]],
  ] as const)('%s', (_, format, text, expected) => {
    expect(matchesOf(format, text)).toEqual(expected);
  });

  it('are none of what is looked for in every field', () => {
    expect(matchesOf('kuery', '*: foo')).toEqual([]);
    expect(matchesOf('kuery', 'foo')).toEqual([]);
  });
});
