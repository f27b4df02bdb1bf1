import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main';
import type { CorpusChange } from '../../src/model';

// Every run is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const ROOT = join(import.meta.dirname, '..', '..');
const RULES = 'test/cli/fixtures/rules';

/** Runs the command line as people do, from the project's folder. */
function run(...words: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/bin.mjs', ...words], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
}

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly text: string;
  readonly code: string;
  readonly message: string;
}
interface Line {
  readonly path: string;
  readonly index: number;
  readonly title: string;
  readonly stages: readonly Placed[];
  readonly predicates: readonly Placed[];
  readonly diagnostics: readonly Placed[];
  readonly canonical: readonly unknown[];
  readonly events: readonly unknown[];
}

const linesOf = (text: string): Line[] => text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'rulewright-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('usage', () => {
  it.each([
    [[], 'Name a command'],
    [['nonsense'], 'There is no command "nonsense"'],
    [['analyze'], 'Name a file or folder'],
    [['analyze', RULES, '--format', 'cobol'], 'There is no format "cobol"'],
    [['analyze', RULES, '--shout'], '--shout'],
    [['analyze', RULES, '--macros', 'nowhere'], 'nowhere does not exist'],
    [['lint'], 'Name a file or folder'],
    [['convert', RULES], '--to takes one of sigma, spl'],
    [['convert', RULES, '--to', 'kusto', '--as', 'elastic'], 'Known: sentinel'],
    [['convert', RULES, '--to', 'kusto', '--table', 'x.csv'], '--table tells of columns'],
    [['convert', RULES, '--to', 'sql-duckdb', '--table', 'nowhere.csv'], 'nowhere.csv does not exist'],
    [['convert', RULES, '--to', 'sql-spark', '--over', 'x.parquet'], 'use it with --to sql-duckdb'],
    [['convert', RULES, '--to', 'sql-duckdb', '--over', 'x.parquet', '--source', 'y'], 'leave --source out'],
    [['convert', RULES, '--to', 'sql-duckdb', '--over', 'nowhere.parquet'], 'nowhere.parquet does not exist'],
    [['convert', RULES, '--to', 'sql-duckdb', '--over', 'README.md'], 'neither Parquet nor NDJSON'],
    [['witness'], 'Name a file or folder'],
    [['guide'], 'Name one technique'],
    [['guide', 'netstat'], 'no technique'],
    [['guide', 'T1049', '--platform', 'amiga'], 'Known: windows, linux'],
    [['guide', 'T1049', '--catalog', 'nowhere'], 'manifest.json is not there'],
    [['catalog', '--source', `sigma=${RULES}`], '--out is missing'],
    [['catalog', '--out', 'x'], '--source is missing'],
    [['catalog', '--out', 'x', '--source', 'sigma'], 'NAME=DIR'],
    [['catalog', '--out', 'x', '--source', `cobol=${RULES}`], 'There is no source "cobol"'],
    [['catalog', '--out', 'x', '--source', 'sigma=nowhere'], 'nowhere does not exist'],
  ])('%j is told in one line, exit 2', async (words, said) => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const status = await main(words);
    const lines = told.mock.calls.map(([text]) => String(text)).join('');
    expect(printed).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    expect(status).toBe(2);
    expect(lines).toMatch(/^rulewright: [^\n]+\n$/);
    expect(lines).toContain(said);
  });

  it('is the exit code of the process', () => {
    expect(run('nonsense')).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('There is no command "nonsense"') });
  });

  it('explains itself', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const command of ['analyze', 'lint', 'guide', 'catalog']) expect(stdout).toContain(command);
  });
});

describe('convert', () => {
  it('writes a line a rule: the text, its losses with their places, and whether it reads back', () => {
    const { status, stdout } = run('convert', `${RULES}/connections.yml`, '--to', 'kusto');
    const [line] = stdout.split('\n').map((text) => (text === '' ? null : (JSON.parse(text) as Readonly<Record<string, unknown>>)));
    expect(status).toBe(0);
    expect(line).toMatchObject({ index: 0, from: 'sigma', to: 'kusto', refused: null, proof: { readsBack: true, witnesses: 0, agree: 0 } });
  });

  it('takes the rules that a correlation names from its document, and events together as one witness', () => {
    const path = join(scratch, 'correlation.yml');
    const events = join(scratch, 'events.ndjson');
    writeFileSync(
      path,
      'title: a\nname: a\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    selection:\n        Image: a\n    condition: selection\n---\ntitle: many\ncorrelation:\n    type: event_count\n    rules: [a]\n    timespan: 5m\n    condition:\n        gte: 2\n',
    );
    writeFileSync(events, ['00', '30'].map((second) => `{"@timestamp":"2026-01-01T00:00:${second}Z","Image":"a"}\n`).join(''));
    const { status, stdout } = run('convert', path, '--to', 'eql', '--fields', 'sigma', '--events', events);
    expect(status).toBe(0);
    const [, line] = stdout.split('\n').filter((text) => text !== '').map((text) => JSON.parse(text) as unknown); // prettier-ignore
    expect(line).toMatchObject({
      index: 1,
      text: 'sequence with maxspan=5m\n  [any where Image : "a"] with runs=2',
      proof: { readsBack: true, witnesses: 1, agree: 1 },
    });
  });

  it('ends with 1 where a rule cannot be said', () => {
    const path = join(scratch, 'regex.yml');
    writeFileSync(
      path,
      "title: t\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    selection:\n        Image|re: 'a+'\n    condition: selection\n",
    );
    const { status, stdout } = run('convert', path, '--to', 'kuery');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ text: null, refused: 'a regular expression' });
  });
});

describe('analyze', () => {
  it('prints one line per rule in path order, numbered in its file', () => {
    const { status, stdout } = run('analyze', RULES);
    expect(status).toBe(0);
    expect(linesOf(stdout).map(({ path, index, title }) => [path, index, title])).toEqual([
      [`${RULES}/broken.yml`, 0, 'Broken'],
      [`${RULES}/connections.yml`, 0, 'Connections Listed By A Shell'],
      [`${RULES}/nested/two.yml`, 0, 'First Of Two'],
      [`${RULES}/nested/two.yml`, 1, 'Second Of Two'],
    ]);
  });

  it('gives a rule its whole shape, offsets in the file', () => {
    const [line] = linesOf(run('analyze', `${RULES}/connections.yml`).stdout) as [Line];
    const text = readFileSync(join(ROOT, RULES, 'connections.yml'), 'utf8');
    expect(line).toMatchObject({
      format: 'sigma',
      language: 'sigma',
      id: '3f1f0a52-6a1f-4f6d-9f6b-0c3c1b7d2a11',
      techniques: ['T1049'],
      tactics: ['discovery'],
      status: 'test',
      severity: 'low',
      timeWindow: '',
      groupBy: [],
      platforms: ['windows'],
      indicators: [
        { field: 'Image', kind: 'ends_with', values: ['\\netstat.exe'] },
        { field: 'ParentImage', kind: 'ends_with', values: ['\\cmd.exe', '\\powershell.exe'] },
      ],
      exclusions: [{ field: 'ParentCommandLine', kind: 'contains', values: ['console'] }],
      conditionalExclusions: [],
      thresholds: [],
      searchTerms: [],
    });
    expect(line.canonical).toContainEqual({ field: 'process_name', kind: 'eq', value: 'netstat.exe', polarity: 'indicator' });
    expect(line.canonical).toContainEqual({ field: 'ParentCommandLine', kind: 'contains', value: 'console', polarity: 'exclusion' });
    expect(line.events).toContainEqual(expect.objectContaining({ id: '4688' }));
    for (const stage of line.stages) expect(text.slice(stage.start, stage.end)).toBe(stage.text);
    expect(line.stages[0]?.kind).toBe('condition');
    const [image] = line.predicates as [Placed];
    expect(image).toMatchObject({ field: 'Image', kind: 'ends_with', values: ['\\netstat.exe'], negated: false, stage: 1 });
    expect(text.slice(image.start, image.end)).toContain('netstat.exe');
    expect(line.predicates).toContainEqual(expect.objectContaining({ field: 'ParentCommandLine', negated: true }));
  });

  it('names a field with the functions around it where it tells the predicate as written', () => {
    writeFileSync(join(scratch, 'query.kql'), 'DeviceProcessEvents\n| where tolower(ProcessCommandLine) contains "netstat"\n');
    const [line] = linesOf(run('analyze', join(scratch, 'query.kql'), '--format', 'kusto').stdout) as [Line];
    expect(line).toMatchObject({
      language: 'kusto',
      predicates: [{ field: 'tolower(ProcessCommandLine)', kind: 'contains', values: ['netstat'] }],
      indicators: [{ field: 'ProcessCommandLine', kind: 'contains', values: ['netstat'] }],
    });
  });

  it('what only a run knows is no indicator’s value, and a renamed field is told by its own name', () => {
    writeFileSync(
      join(scratch, 'list.kql'),
      'let bad = externaldata(Ip: string)["https://x.test/l.csv"];\nDeviceNetworkEvents | extend There = RemoteIP | where There in (bad) and There != "10.0.0.1"',
    );
    const [line] = linesOf(run('analyze', join(scratch, 'list.kql')).stdout) as [Line];
    expect(line).toMatchObject({
      predicates: [
        { field: 'There', values: ['bad'], expressions: ['bad'] },
        { field: 'There', values: ['10.0.0.1'] },
      ],
      indicators: [],
      exclusions: [{ field: 'RemoteIP', kind: 'eq', values: ['10.0.0.1'] }],
    });
  });

  it('places what is wrong', () => {
    const [line] = linesOf(run('analyze', `${RULES}/broken.yml`).stdout) as [Line];
    const text = readFileSync(join(ROOT, RULES, 'broken.yml'), 'utf8');
    const wrong = line.diagnostics.find(({ code }) => code === 'sigma/unknown-modifier')!;
    expect(text.slice(wrong.start, wrong.end)).toBe('endswth');
    expect(wrong).toMatchObject({ severity: 'error', message: expect.any(String) });
  });

  it('is not stopped by files that cannot be read as text, links in a circle, or empty folders', () => {
    const folder = join(scratch, 'odd');
    mkdirSync(join(folder, 'empty'), { recursive: true });
    writeFileSync(join(folder, 'binary.yml'), Buffer.from([0xff, 0xfe ^ 0xff, 0x00, 0xc0, 0x00]));
    writeFileSync(
      join(folder, 'latin.yml'),
      Buffer.from('title: Caf\xe9\nlogsource:\n  product: linux\ndetection:\n  a:\n    b: c\n  condition: a\n', 'latin1'),
    );
    writeFileSync(join(folder, 'marked.yml'), '\ufefftitle: Marked\nlogsource:\n  product: linux\ndetection:\n  a:\n    b: c\n  condition: a\n');
    writeFileSync(join(folder, 'huge.yml'), '');
    truncateSync(join(folder, 'huge.yml'), 9 * 1024 * 1024);
    writeFileSync(join(folder, 'ignored.json'), '{}');
    symlinkSync(folder, join(folder, 'circle'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.yml'));
    const { status, stdout } = run('analyze', folder, join(scratch, 'missing.yml'));
    const lines = linesOf(stdout);
    const of = (name: string): Line => lines.find(({ path }) => path.endsWith(name))!;
    expect(status).toBe(0);
    expect(lines).toHaveLength(6);
    expect(of('binary.yml')).toMatchObject({ predicates: [], diagnostics: [{ code: 'file/unreadable', severity: 'error' }] });
    expect(of('huge.yml').diagnostics[0]?.message).toContain('9 MB');
    expect(of('missing.yml').diagnostics[0]?.message).toContain('does not exist');
    expect(of('dangling.yml').diagnostics[0]?.message).toContain('does not exist');
    expect(of('latin.yml')).toMatchObject({ title: 'Café', diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'file/encoding' })]) });
    expect(of('marked.yml')).toMatchObject({ title: 'Marked', stages: [{ start: expect.any(Number) }, { kind: expect.any(String) }] });
  });

  it('says what a file looks like that is read as its ending or the command says', () => {
    const folder = join(scratch, 'mixed');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.spl'), 'DeviceProcessEvents\n| where FileName =~ "a.exe"\n| summarize count() by DeviceName\n');
    writeFileSync(join(folder, 'b.kql'), 'SELECT a FROM b WHERE c = 1\n');
    writeFileSync(join(folder, 'c.spl'), 'index=main sourcetype=x | stats count by host\n');
    const said = (text: string): readonly string[] => text.split('\n').filter((line) => line.includes('looks like'));
    expect(said(run('lint', folder).stdout)).toEqual([
      `${folder}/a.spl:1:1: info file/looks-like This looks like Kusto; it is read as SPL.`,
      `${folder}/b.kql:1:1: info file/looks-like This looks like SQL, which is not read here; it is read as Kusto.`,
    ]);
    expect(linesOf(run('analyze', join(folder, 'c.spl'), '--format', 'kusto').stdout)[0]!.diagnostics[0]).toMatchObject({
      code: 'file/looks-like',
      severity: 'info',
      message: 'This looks like SPL; it is read as Kusto.',
    });
  });

  it('stops quietly when nobody reads on', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" src/cli/bin.mjs analyze ${RULES} ${RULES} | head -c 1 > /dev/null`], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    // What was passed over is told all the same.
    expect(stderr.replace(/^\d+ files? passed over: .*\n$/, '')).toBe('');
  });
});

describe('lint', () => {
  it('prints path, line, column, severity, code and message, and fails on errors', () => {
    const { status, stdout } = run('lint', RULES);
    expect(status).toBe(1);
    expect(stdout).toMatch(new RegExp(`^${RULES}/broken.yml:6:11: error sigma/unknown-modifier .+$`, 'm'));
  });

  it('passes what has no error', () => {
    expect(run('lint', `${RULES}/connections.yml`).status).toBe(0);
  });

  it('prints one JSON list', () => {
    const { status, stdout } = run('lint', '--json', RULES);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({
        path: `${RULES}/broken.yml`,
        line: 6,
        column: 11,
        severity: 'error',
        code: 'sigma/unknown-modifier',
        message: expect.any(String),
      }),
    );
    expect(JSON.parse(run('lint', '--json', join(scratch, 'odd', 'empty')).stdout)).toEqual([]);
  });
});

describe('catalog and guide', () => {
  const clone = (): string => {
    const folder = join(scratch, 'clone');
    mkdirSync(join(folder, 'rules', 'windows'), { recursive: true });
    mkdirSync(join(folder, 'other'), { recursive: true });
    for (const name of ['connections.yml', 'nested/two.yml', 'broken.yml'])
      writeFileSync(join(folder, 'rules', 'windows', name.replace('/', '_')), readFileSync(join(ROOT, RULES, name)));
    writeFileSync(join(folder, 'other', 'not-read.yml'), readFileSync(join(ROOT, RULES, 'connections.yml')));
    writeFileSync(join(folder, '.commit'), '0123456789abcdef0123456789abcdef01234567\n');
    return folder;
  };

  it('builds the same bytes twice, from what its table says is to be read', () => {
    const folder = clone();
    const [first, second] = [join(scratch, 'one'), join(scratch, 'two')];
    const { status, stdout } = run('catalog', '--source', `sigma=${folder}`, '--attack', 'test/cli/fixtures/attack', '--out', first);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^sigma +sigma +4 +3 +1 +0$/m);
    expect(stdout).toContain('4 rules, 2 techniques');
    run('catalog', '--source', `sigma=${folder}`, '--attack', 'test/cli/fixtures/attack', '--out', second);
    expect(readdirSync(first).sort()).toEqual(['details.bin', 'facts.bin', 'list.bin', 'manifest.json', 'meaning.bin']);
    for (const name of readdirSync(first)) expect(readFileSync(join(first, name)).equals(readFileSync(join(second, name)))).toBe(true);
    expect(JSON.parse(readFileSync(join(first, 'manifest.json'), 'utf8'))).toMatchObject({
      rules: 4,
      attack: '18.1',
      newest: '2026-02-06',
      sources: [{ name: 'sigma', repository: 'SigmaHQ/sigma', commit: '0123456789abcdef0123456789abcdef01234567', license: 'DRL-1.1', rules: 4 }],
    });
  });

  it('reads a listing, says what was left out as a copy, and what changed since the last build', () => {
    const [folder, listing, out] = [clone(), join(scratch, 'listing'), join(scratch, 'changing')];
    mkdirSync(listing, { recursive: true });
    const line = { id: 'l-1', title: 'Only listed', tactics: ['DefenseEvasion'], techniques: ['t1049'], tables: ['SigninLogs'], severity: 'High' };
    const source = 'https://github.com/Azure/Azure-Sentinel/blob/master/Solutions/A%20B/Hunting%20Queries/C.yaml';
    writeFileSync(join(listing, 'content.ndjson'), `${JSON.stringify({ ...line, source })}\nnot json\n${JSON.stringify({ title: 'Without a place' })}\n`);
    const build = () => run('catalog', '--source', `sigma=${folder}`, '--source', `sentinel-facts=${listing}`, '--changes', '--out', out);
    const first = build();
    expect(first.status).toBe(0);
    expect(first.stdout).toContain('4 rules, 1 more that are only listed');
    expect(first.stdout).toContain('There was no catalog of this version to compare with.');
    expect(build().stdout).toContain('nothing changed since the last build');
    writeFileSync(join(folder, 'rules', 'windows', 'copy.yml'), readFileSync(join(ROOT, RULES, 'connections.yml')));
    const text = readFileSync(join(ROOT, RULES, 'connections.yml'), 'utf8');
    writeFileSync(
      join(folder, 'rules', 'windows', 'new.yml'),
      text
        .replace(/^title: .*$/m, 'title: A new one')
        .replace(/^id: .*$/m, 'id: new')
        .replaceAll('ss', 'newer'),
    );
    const { stdout } = build();
    for (const name of ['copy.yml', 'new.yml']) rmSync(join(folder, 'rules', 'windows', name));
    expect(stdout).toMatch(/left out as copies: 1\n.*\nsigma +sigma +same ID +1/);
    expect(stdout).toMatch(/^sigma +1 +\d+ +0$/m);
    const { builds } = JSON.parse(readFileSync(join(out, 'changes.json'), 'utf8')) as { readonly builds: readonly CorpusChange[] };
    expect(builds).toHaveLength(1);
    expect(builds[0]!.added).toMatchObject([{ source: 'sigma', title: 'A new one' }]);
  });

  it('adds the texts where asked', () => {
    const out = join(scratch, 'texts');
    run('catalog', '--source', `sigma=${clone()}`, '--with-texts', '--out', out);
    expect(readdirSync(out)).toContain('texts.bin');
  });

  it('takes a private folder of any mixture, and tells of a clone that holds nothing', () => {
    mkdirSync(join(scratch, 'nothing'), { recursive: true });
    const { status, stdout } = run(
      'catalog',
      '--source',
      `private=${RULES}`,
      '--source',
      `elastic=${join(scratch, 'nothing')}`,
      '--out',
      join(scratch, 'mixed'),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^private +sigma +4/m);
    expect(stdout).toContain('elastic: there are no rules in');
  });

  it('prints the guide as JSON with every row, and as tables', () => {
    const out = join(scratch, 'guided');
    run('catalog', '--source', `sigma=${clone()}`, '--attack', 'test/cli/fixtures/attack', '--out', out);
    const { status, stdout } = run('guide', 't1049', '--catalog', out, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      technique: 'T1049',
      rules: { Sigma: 2, Elastic: 0, Splunk: 0, Kusto: 0 },
      fields: [
        { field: 'process_name', rules: 2, how: { ends_with: 2 }, samples: ['netstat.exe', 'ss'] },
        { field: 'parent_process_name', rules: 1, how: { ends_with: 1 }, samples: ['cmd.exe', 'powershell.exe'] },
      ],
      values: [
        { field: 'parent_process_name', kind: 'eq', value: 'cmd.exe', rules: 1, reach: 1 },
        { field: 'parent_process_name', kind: 'eq', value: 'powershell.exe', rules: 1, reach: 1 },
        { field: 'process_name', kind: 'eq', value: 'netstat.exe', rules: 1, reach: 1 },
        { field: 'process_name', kind: 'eq', value: 'ss', rules: 1, reach: 1 },
      ],
      exclusions: [{ field: 'ParentCommandLine', kind: 'contains', value: 'console', rules: 1, reach: 1 }],
      events: expect.arrayContaining([expect.objectContaining({ id: '4688', rules: 1 })]),
    });
    const tables = run('guide', 'T1049', '--catalog', out, '--platform', 'windows').stdout;
    expect(tables).toContain('T1049 System Network Connections Discovery');
    expect(tables).toContain('1 of 2 rules (Sigma 1, Elastic 0, Splunk 0, Kusto 0)');
    expect(tables).toMatch(/Exclusions \(1 distinct\)\n.*\n +ParentCommandLine +contains +console +1 +1/);
  });

  it('says what is wrong with a damaged catalog', () => {
    const out = join(scratch, 'damaged');
    run('catalog', '--source', `sigma=${clone()}`, '--out', out);
    truncateSync(join(out, 'facts.bin'), 20);
    const { status, stderr } = run('guide', 'T1049', '--catalog', out);
    expect([status, stderr]).toEqual([2, expect.stringContaining('facts.bin is cut off: 20 of')]);
  });
});

describe('witness and test', () => {
  const RULE = `title: a\nlogsource:\n  category: test\ndetection:\n  sel:\n    Image|endswith: '\\net.exe'\n    User: '%names%'\n  condition: sel\n`;

  it('prints events that fire a rule, near misses, or why there are none', () => {
    const folder = join(scratch, 'witness');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.yml'), RULE);
    writeFileSync(join(folder, 'b.yml'), RULE.replace("'%names%'", "'x'\n  no:\n    User: '*'").replace('condition: sel', 'condition: sel and not no'));
    const { status, stdout } = run('witness', folder);
    expect(status).toBe(0);
    const [a, b] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { events?: unknown; misses?: readonly { condition: string; events: unknown }[]; withheld?: string });
    expect(a).toMatchObject({ events: [{ User: '%names%' }], misses: [{ condition: 'Image ends with \\net.exe' }, { condition: 'User is %names%' }] });
    expect(b).toMatchObject({ withheld: 'no event was found that meets all conditions' });
  });

  it('runs tests of several events, by name, at the moment they say', () => {
    const folder = join(scratch, 'own-tests');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'a.kql'),
      'DeviceProcessEvents | where Timestamp > ago(1h) | where FileName == "net.exe" | summarize n = count() | where n >= 2',
    );
    const event = { Timestamp: '2026-01-05T11:30:00Z', FileName: 'net.exe' };
    const test = { rule: 'a.kql', now: '2026-01-05T12:00:00Z', match: [[event, event]], noMatch: [event], names: { match: ['both'], noMatch: ['one alone'] } };
    writeFileSync(join(folder, 'a.test.json'), JSON.stringify(test));
    expect(run('test', folder)).toMatchObject({ status: 0, stdout: '2 held, 0 failed\n' });
    writeFileSync(join(folder, 'a.test.json'), JSON.stringify({ ...test, now: '2026-02-05T12:00:00Z' }));
    expect(run('test', folder)).toMatchObject({ status: 1, stdout: expect.stringContaining('both: 0 of 2 events match, at least 1 must') });
  });
});

describe('format', () => {
  const loose = 'T|where a==1   // why\n| take 1';
  const usual = 'T\n| where a == 1 // why\n| take 1\n';

  it('writes files in their usual form, and says which', () => {
    const folder = join(scratch, 'format');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.kql'), loose);
    writeFileSync(join(folder, 'b.kql'), usual);
    writeFileSync(join(folder, 'notes.txt'), 'nothing of ours');
    const checked = run('format', folder, '--check');
    expect([checked.status, checked.stdout]).toEqual([1, `${join(folder, 'a.kql')}\n`]);
    expect(readFileSync(join(folder, 'a.kql'), 'utf8')).toBe(loose);
    const written = run('format', folder);
    expect([written.status, written.stdout]).toEqual([0, `${join(folder, 'a.kql')}\n`]);
    expect(written.stderr).toContain('1 file changed');
    expect(readFileSync(join(folder, 'a.kql'), 'utf8')).toBe(usual);
    expect(run('format', folder, '--check').status).toBe(0);
  });

  it('leaves a file in another encoding, and one that is no rule, as they are', () => {
    const file = join(scratch, 'latin.kql');
    writeFileSync(file, Buffer.from('T|where a == "\xe9"', 'latin1'));
    const { status, stderr } = run('format', file);
    expect(status).toBe(1);
    expect(stderr).toContain('is not in UTF-8');
    expect(readFileSync(file, 'latin1')).toBe('T|where a == "\xe9"');
  });
});
