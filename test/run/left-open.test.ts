import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';

const EVENTS = [
  { a: 'x', n: 1 },
  { a: 'x', n: 2 },
  { a: 'y', n: 3 },
];
const readingsOf = (format: string, text: string): readonly string[] =>
  runRule(FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules[0]!, eventsGiven(EVENTS, [])).readings ?? [];

describe('what a query leaves open', () => {
  const TIES = 'rows that are equal in what they are sorted by stand as they were met';
  const ANY = 'rows that are in no order are taken as they were met';
  it.each([
    ['kusto', 'T | take 2', [ANY]],
    ['kusto', 'T | take 3', []],
    ['kusto', 'T | sort by n asc | extend m = n + 1 | take 2', []],
    ['kusto', 'T | sort by n asc | summarize c = count() by a | take 1', [ANY]],
    ['kusto', 'T | sort by a asc', [TIES]],
    ['kusto', 'T | top 1 by a', [TIES]],
    ['kusto', 'print a = 1 | take 1', []],
    ['kusto', 'range a from 1 to 9 step 1 | take 2', []],
    ['esql', 'FROM t | LIMIT 2', [ANY]],
    ['esql', 'FROM t | SORT n | LIMIT 2', []],
    ['spl', 'index=* | head 2', []],
    ['spl', 'index=* | sort a', [TIES]],
    ['kusto', 'T | where ingestion_time() > ago(1h)', ['events do not say when they were taken in: what is asked of `ingestion_time()` is taken as met']],
    ['spl', 'index=* "*a*"', []],
    ['spl', 'index=* "a*b*"', ['a star within a phrase stands for any text, blanks too']],
    ['spl', '`get_cloud_data` | table a', ['the events are taken to be what the macro `get_cloud_data` gives']],
  ] as const)('in %s, %s, is said', (format, text, expected) => {
    expect(readingsOf(format, text)).toEqual(expected);
  });
});
