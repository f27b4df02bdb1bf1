import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { kusto } from '../../src/languages/kusto';
import { LANGUAGES } from '../../src/languages/registry';
import { walkTests } from '../../src/syntax/walk';

const context = { languages: LANGUAGES };
const many = (count: number, of: (at: number) => string): string => Array.from({ length: count }, (_, at) => of(at)).join('');
const wrapped = (depth: number, of: string): string => `${'('.repeat(depth)}${of}${')'.repeat(depth)}`;
const queryIn = (depth: number, of: string): string => `${'T | where a in ('.repeat(depth)}${of}${')'.repeat(depth)}`;

/** Texts whose parts refer to each other: what a text multiplies or nests must not multiply its time, its answer's size or its depth. */
const TEXTS: Readonly<Record<string, (size: number) => string>> = {
  'a list used often': (n) => `let l = dynamic([${many(n, (i) => `"v${i}",`)}"z"]);\nT\n| where ${many(n, (i) => `a${i} in (l) or `)}x in (l)`,
  'a long text used often': (n) => `let l = "${'x'.repeat(n * 10)}";\nT\n${many(n, (i) => `| where a${i} == l\n`)}`,
  'a long text joined often': (n) => `let l = "${'x'.repeat(n * 10)}";\nT\n${many(n, (i) => `| where a${i} == strcat(l, "a")\n`)}`,
  'lists of lists': (n) =>
    `let l0 = dynamic(["x"]);\n${many(n, (i) => `let l${i + 1} = pack_array(l${i}, l${i});\n`)}T${many(n, () => ` | where x in (l${n})`)}`,
  'texts joined with themselves': (n) => `let a0 = "x";\n${many(n, (i) => `let a${i + 1} = strcat(a${i}, a${i});\n`)}T${many(n, () => ` | where x == a${n}`)}`,
  'sums of themselves': (n) => `let a0 = 1d;\n${many(n, (i) => `let a${i + 1} = a${i} + a${i};\n`)}T${many(n, () => ` | where TimeGenerated > a${n}`)}`,
  'tables united with themselves': (n) => `let a0 = T | where x == 1;\n${many(n, (i) => `let a${i + 1} = union a${i}, a${i};\n`)}a${n}`,
  'tables joined with themselves': (n) => `let a0 = T | where x == 1;\n${many(n, (i) => `let a${i + 1} = a${i} | join (a${i}) on x;\n`)}a${n}`,
  'functions of themselves': (n) => `let f0 = () { T | where x == 1 };\n${many(n, (i) => `let f${i + 1} = () { union f${i}(), f${i}() };\n`)}f${n}`,
  'functions of functions': (n) => `let f0 = (a: string) { a == "x" };\n${many(n, (i) => `let f${i + 1} = (a: string) { f${i}(a) };\n`)}T | where f${n}(x)`,
  'functions in brackets': (n) =>
    `let f0 = (a: string) { a == "x" };\n${many(n, (i) => `let f${i + 1} = (a: string) { ${wrapped(150, `f${i}(a)`)} };\n`)}T | where f${n}(x)`,
  'functions of nested queries': (n) => `let f0 = () { T | where x == 1 };\n${many(n, (i) => `let f${i + 1} = () { ${queryIn(30, `f${i}()`)} };\n`)}f${n}`,
  'lets of lets': (n) => `let a0 = T | where x == 0;\n${many(n, (i) => `let a${i + 1} = a${i} | where x${i} == ${i};\n`)}a${n}`,
  'lets of nested queries': (n) => `let a0 = T | where x == 0;\n${many(n, (i) => `let a${i + 1} = ${queryIn(30, `a${i}`)};\n`)}a${n}`,
  'materialized lets of lets': (n) => `let a0 = materialize(T);\n${many(n, (i) => `let a${i + 1} = materialize(a${i});\n`)}a${n}`,
  'sub-queries of lets': (n) =>
    `let a0 = T | where z == 1 | project z;\n${many(n, (i) => `let a${i + 1} = T | where z in (a${i}) or y in (a${i}) | project z;\n`)}a${n}`,
  'a let named often': (n) => `let a = T${many(n, (i) => ` | where x${i} == ${i}`)};\nunion ${many(n, () => 'a, ')}a`,
  'a let sought in often': (n) => `let a = T${many(n, (i) => ` | where x${i} == ${i}`)};\nT ${many(n, (i) => `| where y${i} in (a)\n`)}`,
  'unions in a row': (n) => `T | where a == 0\n${many(n, (i) => `| union (U${i} | where b == ${i})\n| where c == ${i}\n`)}`,
  'unions of unions': (n) => `T | where a == 0\n${many(n, (i) => `| union (U${i} | where b == ${i})\n`)}`,
  'a union of many': (n) => `union ${many(n, (i) => `(U${i} | where b == ${i}), `)}V`,
  'a union of many functions': (n) => `let f = (a: int) { T | where x == a };\nunion ${many(n, (i) => `f(${i}), `)}V`,
  'columns of columns': (n) => `T ${many(n, (i) => `| extend a${i + 1} = tolower(a${i})\n`)}| where a${n} == "x"`,
  'columns joined with themselves': (n) => `T ${many(n, (i) => `| extend a${i + 1} = strcat(a${i}, a${i})\n`)}| where a${n} == "x"`,
  'columns of many choices': (n) => `T | extend c = case(${many(n, (i) => `a == ${i}, "v${i}", `)}"z")\n${many(n, (i) => `| where c == "v${i}"\n`)}`,
  'many columns, many unions': (n) => `T | extend ${many(n, (i) => `c${i} = ${i}, `)}z = 1\n${many(n, (i) => `| union U${i}\n`)}`,
  'many columns, many joins': (n) => `T | extend ${many(n, (i) => `c${i} = ${i}, `)}z = 1\n${many(n, (i) => `| join (U${i}) on x\n`)}`,
  'many columns taken away': (n) => `T | extend ${many(n, (i) => `c${i} = ${i}, `)}z = 1\n${many(n, (i) => `| project-away c${i}*\n`)}`,
  'many patterns of columns': (n) => `SecurityEvent\n${many(n, () => '| project-reorder Acc*, *\n')}`,
  'unknown columns': (n) => `SecurityEvent\n${many(n, (i) => `| where Acount${i} == 1\n`)}`,
  'many lets': (n) => `${many(n, (i) => `let a${i} = ${i};\n`)}T`,
  'many queries': (n) => many(n, (i) => `T${i} | where x == ${i}\n\n`),
  'many terms': (n) => `search ${many(n, (i) => `"a${i}" or `)}"b"`,
  'nested conditions': (n) => `T | where ${many(n, () => 'not(a == 1 and (b == 1 or ')}c == 2${'))'.repeat(n)}`,
  'nested lists': (n) => `T | where ${'a in (('.repeat(n)}1${'))'.repeat(n)}`,
  'nested joins': (n) => `${'T | join ('.repeat(n)}T${') on x'.repeat(n)}`,
  'nested functions': (n) => `T | extend a = ${'tolower('.repeat(n)}b${')'.repeat(n)} | where a == "x"`,
};

describe('time, size and depth go with the length', () => {
  for (const [name, of] of Object.entries(TEXTS)) {
    it(name, { timeout: 60_000, retry: 2 }, () => {
      const timeOf = (text: string): number => {
        let best = Infinity;
        for (let run = 0; run < 3; run++) {
          const { user, system } = process.cpuUsage();
          kusto.analyse(text, context);
          const after = process.cpuUsage();
          best = Math.min(best, (after.user + after.system - user - system) / 1_000);
        }
        return best;
      };
      const analysis = kusto.analyse(of(2_400), context);
      walkTests(analysis.predicate, () => undefined);
      JSON.stringify(analysis.stages);
      const sizeOf = (value: unknown): number => serialize(value).length;
      const room = 3_000_000 + 200 * of(2_400).length;
      expect(sizeOf(analysis)).toBeLessThan(room);
      const [short, long] = [timeOf(of(300)), timeOf(of(2_400))];
      if (long > 60 && long / short > 20) expect.fail(`${short.toFixed(1)} ms for 300 parts, ${long.toFixed(1)} ms for 2,400`);
    });
  }
});

it('says where brackets nest too deep', () => {
  expect(kusto.analyse(TEXTS['nested conditions']!(300), context).diagnostics.map(({ code }) => code)).toContain('kusto/too-deep');
});
