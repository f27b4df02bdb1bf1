import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleRow } from '../../src/model';
import { toCsv, toJson } from '../../src/pages/rules/exportRules';

/** A text as rules have it and as attackers would write it: marks of CSV and of spreadsheets' formulas more often than chance gives them. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", ' ', 'cmd|', '1', 'é', '｜'), { maxLength: 12 })
    .map((parts) => parts.join('')),
);
const row: fc.Arbitrary<RuleRow> = fc.record({
  index: fc.nat(),
  key: text,
  id: text,
  title: text,
  vendor: fc.constantFrom('sigma', 'elastic', 'splunk', 'kusto'),
  source: fc.constantFrom('sigma', 'anvilogic', 'private'),
  kind: fc.constantFrom('detection', 'building block'),
  status: text,
  severity: text,
  language: text,
  techniques: fc.array(text, { maxLength: 3 }),
  tactics: fc.array(text, { maxLength: 3 }),
  platforms: fc.subarray(['windows', 'linux'] as const),
  domains: fc.subarray(['endpoint', 'cloud'] as const),
  created: text,
  modified: text,
});

/** Records of a CSV text, read by the letter of RFC 4180; throws where it is none. */
function parsed(csv: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < csv.length) {
    const record: string[] = [];
    for (;;) {
      const [whole, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(csv.slice(at))!;
      record.push(quoted?.replaceAll('""', '"') ?? plain!);
      at += whole.length;
      if (csv[at] !== ',') break;
      at++;
    }
    if (csv.slice(at, at + 2) !== '\r\n') throw new Error(`no record ends at ${at}: ${JSON.stringify(csv.slice(at, at + 20))}`);
    at += 2;
    records.push(record);
  }
  return records;
}

describe('exported rules', () => {
  it('are the cells they were, whatever stands in them, as CSV', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
        const [head, ...records] = parsed(toCsv(rows));
        expect(records).toHaveLength(rows.length);
        records.forEach((record, index) =>
          head!.forEach((name, column) => {
            const value = rows[index]![name as keyof RuleRow];
            const said = Array.isArray(value) ? value.join(' ') : String(value);
            expect([said, `'${said}`]).toContain(record[column]);
          }),
        );
      }),
    );
  });

  it('hold no cell that a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(row, (one) => {
        for (const cell of parsed(toCsv([one]))[1]!) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it('are as JSON what they are, but for the number in this catalog', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
        expect(JSON.parse(toJson(rows))).toEqual(rows.map(({ index: _index, ...rest }) => rest));
      }),
    );
  });
});
