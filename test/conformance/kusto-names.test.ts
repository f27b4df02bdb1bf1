import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { AGGREGATES, FUNCTIONS } from '../../src/languages/kusto/vocabulary';
import { LANGUAGES } from '../../src/languages/registry';
import type { Callable } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';
import { loadMicrosoft } from '../kusto/microsoft';

const microsoft = loadMicrosoft();

/** A column of each type. */
const COLUMNS: Readonly<Record<string, string>> = {
  string: 'b',
  dynamic: 'd',
  real: 'r',
  datetime: 't',
  timespan: 's',
  bool: 'o',
  guid: 'g',
};
const TABLE =
  'datatable(a:long, b:string, d:dynamic, r:real, t:datetime, s:timespan, o:bool, g:guid)[1, "x", dynamic(1), 1.0, datetime(2024-01-01), 1h, true, guid(null)]';

/** A call with the fewest arguments, each a column. */
const callOf = ({ name, parameters, least }: Callable): string =>
  `${name}(${Array.from({ length: least }, (_, at) => COLUMNS[parameters[Math.min(at, parameters.length - 1)]?.type ?? ''] ?? 'a').join(', ')})`;

const STEPS = [
  'project tolower(b), tostring(a), bin(a, 2), strlen(b), d.k, tostring(d.k), split(b, ",")[0], a > 1, -a, (b)',
  'extend tolower(b), bin(a, 5), a + 1, tostring(d.k)',
  'summarize sum(a * 2), max(strlen(b)), percentile(a, 99.5), percentiles(a * 2, 5, 50), round(avg(a), 1), max(a) - min(a), countif(a > 1), arg_max(a * 2, b), any(a, b)',
  'summarize count(), count(), max(a), max(a) by tolower(b), bin(a, 10), a',
  'summarize arg_max(a, *), take_any(*) by b',
  'distinct tolower(b), tostring(b), b, a * 2',
  'make-series count(), count(), max(a + 1) on t from datetime(2024-01-01) to datetime(2024-01-02) step 1h by bin(a, 1)',
  'top-nested 2 of b by sum(a), top-nested of bin(a, 2) by max(a)',
  'mv-expand d, e = d, d.x',
  `join kind=inner (${TABLE} | project a, b, a1 = b) on a`,
];

function columnsOf(query: string): readonly string[] | null {
  const { rules } = FORMATS.get('kusto')!.open(query, { languages: LANGUAGES });
  const { verdict, table } = runRule(rules[0]!, eventsGiven([], rules));
  return verdict === 'refused' ? null : (table?.columns.map(({ name }) => name) ?? null);
}

describe('columns without a name are called as Microsoft’s language service calls them', () => {
  const queries = [
    ...[...FUNCTIONS.values()].map((fn) => `${TABLE} | project ${callOf(fn)}`),
    ...[...AGGREGATES.values()].map((fn) => `${TABLE} | summarize ${callOf(fn)}`),
    ...STEPS.map((step) => `${TABLE} | ${step}`),
  ];
  it('in every function with columns for arguments, and in steps', () => {
    let compared = 0;
    const others: string[] = [];
    for (const query of queries) {
      const [theirs, ours] = [microsoft.columns(query), columnsOf(query)];
      if (theirs === null || ours === null) continue;
      compared++;
      if (ours.join() !== theirs.join()) others.push(`${query.slice(TABLE.length + 3)}: ${ours.join()} for ${theirs.join()}`);
    }
    console.log(`columns without a name: ${compared} queries compared`);
    // Documentation calls one otherwise; a share that is no number is none.
    expect(others.filter((one) => !/summarize percentile(?:w|sw_array)?\(a, a/.test(one))).toEqual([]);
    expect(compared).toBeGreaterThan(250);
  });
});
