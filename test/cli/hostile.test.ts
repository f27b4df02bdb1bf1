import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attempted, withinTime } from '../../src/cli/time-limit';
import { main } from '../../src/cli/main';

const RULE = 'title: T\nlogsource:\n    product: windows\ndetection:\n    s:\n        Image|endswith: a.exe\n    condition: s and x\n';
const HEAD = 'title: T\nlogsource: { product: x }\ndetection:\n';
const many = (count: number, of: (at: number) => string): string => Array.from({ length: count }, (_, at) => of(at)).join('');

/** Files that once took all of the memory, the stack or an hour. */
const HOSTILE: Readonly<Record<string, string | Uint8Array>> = {
  'braces.yml': `${HEAD}    s: ${'{'.repeat(62_000)}`,
  'brackets.json': '['.repeat(62_000),
  'patterns.yml': `${HEAD}${many(10_000, (at) => `    s${at}: { A: b }\n`)}    condition: ${'1 of s* or '.repeat(10_000)}s1\n`,
  'stars.kql': `process.name: ${'*a'.repeat(100_000)}`,
  'lines.toml': '\n'.repeat(200_000),
  'aliases.yml': `${many(12, (at) => `a${at}: &a${at} [${many(9, () => (at === 0 ? 'x, ' : `*a${at - 1}, `))}y]\n`)}${HEAD}    s:\n        A: *a11\n    condition: s\n`,
  'deep.yml': `${HEAD}${many(1_200, (at) => `${' '.repeat(at + 4)}a:\n`)}`,
  'line.spl': `index=x ${'a=b '.repeat(60_000)}`,
  'nul.spl': '\0'.repeat(100_000),
  'bytes.yml': Buffer.from([...Buffer.from(`${HEAD}    s:\n        A: `), 0xff, 0xed, 0xa0, 0x80, 0x00, 0xc3, 0x0a]),
  'queries.eql': `process where ${'('.repeat(62_000)}`,
};

describe('one hostile file costs one line, and the rest of the run goes on', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rulewright-hostile-'));
    for (const [name, text] of Object.entries(HOSTILE)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'zzz.yml'), RULE);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a command prints. */
  async function printed(...words: readonly string[]): Promise<readonly string[]> {
    const out: string[] = [];
    const { write } = process.stdout;
    process.stdout.write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]) => {
      out.push(String(chunk));
      rest.forEach((done) => typeof done === 'function' && (done as () => void)());
      return true;
    }) as typeof write;
    try {
      await main(words);
    } finally {
      process.stdout.write = write;
    }
    return out.join('').split('\n').filter(Boolean);
  }

  it('of analyze', { timeout: 240_000 }, async () => {
    const lines = (await printed('analyze', folder)).map((line) => JSON.parse(line) as { readonly path: string });
    expect(lines.at(-1)).toMatchObject({ path: expect.stringContaining('zzz.yml'), title: 'T' });
  });

  it('of lint', { timeout: 240_000 }, async () => {
    const lines = await printed('lint', folder);
    for (const cut of ['braces.yml', 'patterns.yml', 'aliases.yml', 'deep.yml'])
      expect(
        lines.filter((line) => line.includes(`${cut}:`) && /(?:yaml\/limit|sigma\/too-much) /.test(line)),
        cut,
      ).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/zzz\.yml:7:22: error sigma\/unknown-identifier/);
  });

  it.each([['run', '--events', 'events.ndjson'], ['convert', '--to', 'spl'], ['witness'], ['relate', '--among']])(
    'of %s',
    { timeout: 240_000 },
    async (command, ...words) => {
      writeFileSync(join(folder, 'events.ndjson'), '{"Image":"C:\\\\a.exe"}\n');
      const lines = (await printed(command, folder, ...words.map((word) => word.replace(/^events/, join(folder, 'events'))))).map(
        (line) => JSON.parse(line) as { readonly path: string },
      );
      expect(lines.at(-1)).toMatchObject({ path: expect.stringContaining('zzz.yml') });
    },
  );

  it('of format', { timeout: 240_000 }, async () => {
    // It stands behind a file that is left.
    expect((await printed('format', '--check', folder)).at(-1)).toMatch(/stars\.kql$/);
  });

  it('of test', { timeout: 240_000 }, async () => {
    writeFileSync(join(folder, 'a.test.json'), `{"rule":"zzz.yml","match":${'['.repeat(62_000)}`);
    writeFileSync(join(folder, 'b.test.json'), '{"rule":"patterns.yml","match":[1,null,[{"A":"b"},2],{"A":"b"}],"noMatch":5,"names":7,"now":{}}');
    writeFileSync(join(folder, 'c.test.json'), '{"rule":"braces.yml","match":[{"A":"b"}]}');
    writeFileSync(join(folder, 'd.test.json'), '{"rule":"stars.kql","noMatch":[{"process.name":"b"}]}');
    const lines = await printed('test', folder);
    expect(lines).toEqual([
      expect.stringMatching(/a\.test\.json: .*the test is no JSON object$/),
      expect.stringMatching(/b\.test\.json: match 0: it holds something that is no event$/),
      expect.stringMatching(/b\.test\.json: match 1: it holds something that is no event$/),
      expect.stringMatching(/b\.test\.json: match 2: it holds something that is no event$/),
      expect.stringMatching(/c\.test\.json: .*braces\.yml holds no rule$/),
      '2 held, 5 failed',
    ]);
  });

  it('and what would not end is left', () => {
    const started = Date.now();
    expect(
      withinTime(50, () => {
        for (;;) if (Date.now() - started > 30_000) return 'went on';
      }),
    ).toBeNull();
    expect(attempted('reading it', () => 1)).toEqual({ value: 1 });
    expect(
      attempted('reading it', () => {
        throw new Error('x');
      }),
    ).toEqual({ why: 'reading it failed, which is a defect of this program: x' });
  });
});
