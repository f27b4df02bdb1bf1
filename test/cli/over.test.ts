import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { duckdbPath } from '../../src/cli/duckdb';

// Every run is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const ROOT = join(import.meta.dirname, '..', '..');
const IS_THERE = duckdbPath() !== null;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulewright-over-'));
  file(
    'rule.yml',
    "title: T\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    selection:\n        Image|endswith: '\\net.exe'\n        Level|gt: 2\n        user.name: Me\n    filter:\n        Tag: quiet\n    condition: selection and not filter\n",
  );
  file(
    'joint.yml',
    'title: A\nname: a\nlogsource:\n    product: windows\ndetection:\n    selection:\n        Level|gt: 2\n        At: x\n    condition: selection\n---\ntitle: B\ncorrelation:\n    type: value_count\n    rules:\n        - a\n    group-by:\n        - Computer\n    timespan: 5m\n    condition:\n        field: Image\n        gte: 2\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const convert = (...words: readonly string[]) => converted('rule.yml', ...words);

/** What is printed, and the last rule's line. */
function converted(rules: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/bin.mjs', 'convert', join(folder, rules), ...words], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return {
    status,
    stdout,
    stderr,
    line: stdout.startsWith('{') ? (JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Readonly<Record<string, unknown>>) : null,
  };
}

describe('SQL over a table whose columns are known', () => {
  it('is written by what they hold, and says what it has not', () => {
    const table = file('columns.csv', 'column_name,column_type\nImage,VARCHAR\nLevel,BIGINT\nuser.name,VARCHAR\n');
    const { line } = convert('--to', 'sql-duckdb', '--table', table, '--source', 'logs');
    expect(line!['text']).toBe(
      [
        'SELECT *',
        'FROM logs',
        `WHERE lower("Image") LIKE '%\\net.exe' AND "Level" > 2 AND lower("user.name") = 'me' AND (NOT (CAST(NULL AS VARCHAR) IS NOT NULL AND lower(CAST(NULL AS VARCHAR)) = 'quiet'))`,
      ].join('\n'),
    );
    expect(line!['lost']).toEqual([
      {
        start: expect.any(Number),
        end: expect.any(Number),
        kind: 'field',
        why: 'The table has no column `Tag`: it counts as a field that is not there',
        effect: 'either',
      },
    ]);
  });

  it('reads a header with types, and the events of a file', () => {
    const typed = file('typed.csv', 'Image:string,Level:string,user.name:string,Tag:datetime\n');
    const events = file('events.json', '{"Image":"a","Level":1,"user.name":"b","Tag":["c"]}\n');
    expect(convert('--to', 'sql-spark', '--table', typed, '--text').stdout).toContain('TRY_CAST(`Level` AS DECIMAL(38, 9)) > 2');
    expect(convert('--to', 'sql-clickhouse', '--table', typed, '--text').stdout).toContain("lower(toString(`Tag`)) = 'quiet'");
    expect(convert('--to', 'sql-clickhouse', '--table', events).line).toMatchObject({ text: null, refused: '`Tag` holds several values at once in the table' });
  });

  it('is written of several events together too, by columns that are there', () => {
    const table = file('joint.csv', 'column_name,column_type\nImage,VARCHAR\nLevel,VARCHAR\nAt,TIMESTAMP\nComputer,VARCHAR\n');
    const { line } = converted('joint.yml', '--to', 'sql-duckdb', '--table', table);
    expect(line!['text']).toContain(`"Level" AS DECIMAL(38, 9)) > 2 AND lower(CAST("At" AS VARCHAR)) = 'x'`);
    expect(line!['proof']).toMatchObject({ readsBack: true });
    const without = file('without.csv', 'column_name,column_type\nImage,VARCHAR\nLevel,VARCHAR\nAt,TIMESTAMP\n');
    expect(converted('joint.yml', '--to', 'sql-duckdb', '--table', without).line).toMatchObject({
      text: null,
      refused: 'a group or a sum by `Computer`, which is no column of the table',
    });
  });

  it.skipIf(IS_THERE)('cannot be run where DuckDB is not installed, and says how to install it', () => {
    const { status, stderr } = convert('--to', 'sql-duckdb', '--over', file('one.ndjson', '{"Image":"a"}\n'));
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'rulewright: --over needs DuckDB, which is not installed. Install it here: npm install --no-save @duckdb/node-api\n',
    });
  });
});

describe.skipIf(!IS_THERE)(`SQL run by DuckDB${IS_THERE ? '' : ', which is not installed: name the folder it is in with NODE_PATH'}`, () => {
  const hit = { Image: 'C:\\NET.exe', Level: 3, user: { name: 'me' } };
  const lines = (...events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');

  it('gives what run gives: numbers of events, nested and flat names, texts and numbers', () => {
    const path = file(
      'some.ndjson',
      lines(hit, { ...hit, Level: '2' }, { ...hit, user: { name: 'you' }, 'user.name': 'ME', Level: '10' }, { ...hit, Tag: 'Quiet' }),
    );
    const { status, line } = convert('--to', 'sql-duckdb', '--over', path);
    expect(status).toBe(0);
    expect(line).toMatchObject({ index: 0, title: 'T', language: 'sigma', events: 4, verdict: 'events', matches: [0, 2], undecided: [], refused: [] });
    expect(line!['text']).toContain('SELECT *\nFROM events\nWHERE ');
  });

  it('reads a number without a fraction as one, however it is written', () => {
    file('number.yml', 'title: N\nlogsource:\n    category: x\ndetection:\n    selection:\n        n: 5\n    condition: selection\n');
    const path = file('numbers.ndjson', '{"n":5}\n{"n":5.0}\n{"n":"5"}\n{"n":"5.0"}\n{"n":5.5}\n{"n":null}\n');
    expect(converted('number.yml', '--to', 'sql-duckdb', '--over', path).line).toMatchObject({ events: 6, matches: [0, 1, 2] });
  });

  it('does not decide where a field that is asked for holds several values', () => {
    const path = file('several.ndjson', lines(hit, { ...hit, Tag: ['quiet'] }, { ...hit, user: [{ name: 'me' }] }, { ...hit, Other: [1] }));
    expect(convert('--to', 'sql-duckdb', '--over', path).line).toMatchObject({ events: 4, matches: [0, 3], undecided: [1, 2] });
  });

  it('refuses what takes several events together, whose rows are none of the file’s', () => {
    const { status, line } = converted('joint.yml', '--to', 'sql-duckdb', '--over', file('joint.ndjson', lines(hit)));
    expect(status).toBe(1);
    expect(line).toMatchObject({ verdict: 'refused', text: null, refused: [{ why: 'a condition on what events sum up to' }] });
  });

  it('says in the rule’s line why it did not run, exit 1', () => {
    const { status, line } = convert('--to', 'sql-duckdb', '--over', file('broken.ndjson', `${lines(hit)}{"Image":\n`));
    expect(status).toBe(1);
    expect(line).toMatchObject({ verdict: 'refused', matches: [], refused: [{ why: expect.stringContaining('DuckDB: ') }] });
  });
});
