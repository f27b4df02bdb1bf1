import { describe, expect, it } from 'vitest';
import { commonFunction, functionsOf, isEstimate, localFunction, madeOfNothing, type FunctionRow } from '../../src/knowledge/functions';
import table from '../../src/knowledge/functions.json';
import { LANGUAGES } from '../../src/languages/registry';
import type { Dialect } from '../../src/run/dialect';
import { eqlDialect } from '../../src/run/dialect/eql';
import { esqlDialect } from '../../src/run/dialect/esql';
import { kustoDialect } from '../../src/run/dialect/kusto';
import { splDialect } from '../../src/run/dialect/spl';
import type { PipelineDialect } from '../../src/run/pipeline-dialect';
import { inputsOf } from '../support/cases';

const KINDS = ['scalar', 'aggregate', 'window', 'grouping', 'table'] as const;
const MARKS = ['takesNull', 'case', 'hands', 'transparent', 'ofNothing', 'estimates', 'ignores'];
const TYPES: Readonly<Record<string, string>> = {
  eql: 'any text number condition address literal',
  esql:
    'any number integer long unsigned_long double string keyword text boolean date date_period time_duration duration ip version point shape grid ' +
    'dense_vector object date_range double_range aggregate_metric_double exponential_histogram tdigest',
  kusto: 'any string number int long real decimal bool datetime timespan guid dynamic type table',
  spl: 'any number string bool multivalue json array object span',
};

const RUNNERS: Readonly<Record<string, Dialect & Partial<Pick<PipelineDialect, 'measures'>>>> = {
  eql: eqlDialect,
  esql: esqlDialect,
  kusto: kustoDialect,
  spl: splDialect,
};

/** Operators, and steps that commands write: no name that a person can call. */
const isSign = (name: string): boolean => /^\W/.test(name);

const rowsOf = (language: string, ...kinds: readonly (typeof KINDS)[number][]): ReadonlyMap<string, FunctionRow> =>
  new Map([...functionsOf(language, ...kinds)].map(([name, row]) => [name.toLowerCase(), row]));

/** A function of the judge by the row that tells of it: without the sign that folds case, a percentile without its number. */
const rowName = (name: string): string => name.replace(/~$/, '').replace(/^(perc|p|exactperc|upperperc)\d+$/, '$1');

describe('the table of functions', () => {
  it('holds each function of a language once a kind, with arguments, a type and a line of help', () => {
    for (const { language, kind, source, rows } of table.tables) {
      expect(LANGUAGES.has(language)).toBe(true);
      expect(KINDS).toContain(kind);
      expect(source).toMatch(/^https:\/\//);
      expect(new Set(rows.map(([name]) => String(name).toLowerCase())).size, `${language} ${kind}`).toBe(rows.length);
      for (const [name, , , , marks] of rows) for (const mark of Object.keys(marks ?? {})) expect(MARKS, String(name)).toContain(mark);
    }
    for (const [language, types] of Object.entries(TYPES))
      for (const row of functionsOf(language, ...KINDS).values()) {
        const known = types.split(' ');
        for (const type of [row.gives, ...row.parameters.map((parameter) => parameter.type)]) expect([...known, 'table'], row.name).toContain(type);
        expect(row.help, row.name).toMatch(/^[-A-Z0-9ex].*[.…)]$/);
        expect(
          row.parameters.every((parameter) => parameter.name !== ''),
          row.name,
        ).toBe(true);
        if (row.hands !== undefined) expect(row.parameters[row.hands], row.name).toBeDefined();
      }
  });

  it('has those that may be repeated side by side, so that it is told which of them an argument is for', () => {
    for (const language of Object.keys(TYPES))
      for (const { name, parameters } of functionsOf(language, ...KINDS).values())
        expect(parameters.map(({ most }) => (most > 1 ? 'r' : '.')).join(''), name).toMatch(/^\.*r*\.*$/);
  });

  it('names functions that are alike as rows of their languages, each under one name for all, taking one argument', () => {
    for (const kind of ['scalar', 'aggregate'] as const)
      for (const [common, names] of Object.entries<Readonly<Record<string, readonly string[]>>>(table.alike[kind])) {
        expect(Object.keys(names).length, common).toBeGreaterThan(1);
        for (const [language, own] of Object.entries(names))
          for (const name of own) {
            const row = functionsOf(language, kind).get(name);
            expect(row, `${language} ${name}`).toBeDefined();
            expect(name).toBe(name.toLowerCase());
            const takes = common === 'value_percentile' ? 2 : 1;
            expect(row!.least <= takes && row!.most >= (common === 'event_count' ? 0 : 1), `${language} ${name}`).toBe(true);
            expect(commonFunction(kind, language, name)).toBe(common);
          }
      }
    expect([localFunction('scalar', 'length', 'spl'), localFunction('scalar', 'length', 'kuery'), localFunction('scalar', 'no such name', 'eql')]).toEqual([
      'len',
      null,
      null,
    ]);
    expect([isEstimate('kusto', 'dcount'), isEstimate('kusto', 'count_distinct')]).toEqual([true, false]);
  });

  for (const [language, dialect] of Object.entries(RUNNERS)) {
    it(`${language}: of nothing its functions that others have too make what the table says`, () => {
      const made = [...dialect.functions].flatMap(([name, run]) => {
        const common = commonFunction('scalar', language, name);
        if (common === null || common === 'text' || run.takesNull !== true || run.call === undefined) return [];
        const value = run.call([null], { now: 0n } as never);
        return [[name, typeof value === 'bigint' ? Number(value) : value, madeOfNothing(language, name)] as const];
      });
      expect(made.filter(([, value, told]) => value !== told)).toEqual([]);
    });

    it(`${language}: every function the judge runs and a person can write is a row, by which its arguments are counted`, () => {
      const scalars = rowsOf(language, 'scalar', 'window', 'grouping');
      const rows = [
        ...[...dialect.functions].map(([name, run]) => ({ name, run, row: scalars.get(rowName(name)) })),
        ...[...(dialect.measures ?? [])].map(([name, run]) => ({ name, run, row: rowsOf(language, 'aggregate').get(rowName(name)) })),
      ].filter(({ name }) => !isSign(name));
      expect(
        rows.flatMap(({ name, run, row }) => (row !== undefined && run.least === row.least && run.most === row.most + (row.ignores ?? 0) ? [] : [name])),
      ).toEqual([]);
    });

    it(`${language}: what a missing argument does is what the judge makes of it`, () => {
      const scalars = rowsOf(language, 'scalar', 'window', 'grouping');
      const other = [...dialect.functions].flatMap(([name, run]) => {
        const row = scalars.get(rowName(name));
        return row === undefined || isSign(name) || (row.takesNull === true) === (run.takesNull === true || run.lazy !== undefined) ? [] : [name];
      });
      expect(other).toEqual([]);
    });
  }

  it('holds every function that the cases call, but those they are told not to be one', () => {
    const unknown = ['eql', 'esql', 'kusto', 'spl'].flatMap((id) => {
      const rows = rowsOf(id, ...KINDS);
      const language = LANGUAGES.get(id)!;
      const called = new Set<string>();
      const visit = (part: unknown): void => {
        if (typeof part !== 'object' || part === null) return;
        // A cast names a type, which may be none.
        const isCast = 'written' in part && String(part.written).includes('::');
        if ('kind' in part && part.kind === 'call' && 'fn' in part && !isCast) called.add(String(part.fn));
        for (const inner of Object.values(part)) visit(inner);
      };
      for (const input of inputsOf(id)) {
        const { predicate, diagnostics } = language.analyse(input, { languages: LANGUAGES });
        if (!diagnostics.some(({ code }) => code.endsWith('/unknown-function'))) visit(predicate);
      }
      return [...called].filter((name) => !rows.has(rowName(name.toLowerCase())) && !isSign(name)).map((name) => `${id} ${name}`);
    });
    expect(unknown).toEqual([]);
  });
});
