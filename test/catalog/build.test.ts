import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { startBuilding, tooMany, type OwnFile } from '../../src/catalog/build/own-catalog';
import { zipFiles } from '../../src/catalog/build/zip-files';
import { ruleOf } from '../../src/catalog/rule';
import { openCatalog, openDetails, openList, openManifest, openTexts } from '../../src/catalog/store/open';
import { LANGUAGES } from '../../src/languages/registry';
import type { RuleFacts } from '../../src/model';

// One case runs the command line, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const sigma = (title: string, more = ''): string =>
  `title: ${title}\nid: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11\ntags:\n    - attack.t1049\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    selection:\n        Image|endswith: '\\netstat.exe'\n    condition: selection\n${more}`;

/** A folder of rules as people have them. */
const FOLDER: Readonly<Record<string, string>> = {
  'sigma/listing.yml': sigma('Listing of ours'),
  'spl/search.spl': '`our_index` process_name="netstat.exe" | stats count by host',
  'spl/count.spl': '`ours_in_the_browser` process_name="nbtstat.exe"',
  'macros/our_index.yml': 'name: our_index\ndefinition: index=own process_name="ss.exe"\n',
  'README.md': '# Rules of ours\n',
  'logo.png': 'no picture',
  'settings.yml': 'colour: blue\n',
};
const MACROS = '[ours_in_the_browser]\ndefinition = index=own user="root"\n';

const fileOf = (path: string, text: string | Uint8Array): OwnFile => {
  const bytes = typeof text === 'string' ? strToU8(text) : text;
  return { path, size: bytes.length, bytes: async () => bytes };
};
const filesOf = (folder: Readonly<Record<string, string>>): OwnFile[] => Object.entries(folder).map(([path, text]) => fileOf(path, text));

async function built(files: readonly OwnFile[], milliseconds = 10_000) {
  const building = startBuilding('ours', files, MACROS, LANGUAGES);
  const steps = [building.progress()];
  for (; steps.at(-1)!.read < steps.at(-1)!.files; steps.push(building.progress())) await building.readOn(milliseconds);
  return { ...building.finish(), steps };
}

/** Every rule of a catalog's files, with its text. */
function rulesIn(files: ReadonlyMap<string, Uint8Array>): readonly RuleFacts[] {
  const manifest = openManifest(new TextDecoder().decode(files.get('manifest.json'))).value!;
  const catalog = openCatalog(manifest, openList(manifest, files.get('list.bin')!).value!, files.get('facts.bin')!).value!;
  const details = openDetails(catalog, manifest.files.details, files.get('details.bin')!).value!;
  const texts = openTexts(manifest, files.get('texts.bin')!).value!;
  return Array.from({ length: catalog.list.count }, (_, at) => ({ ...ruleOf(catalog, at, details)!, text: texts(at) }));
}

describe("a catalog of the reader's own rules, built without a command line", () => {
  it('holds every rule with its text, macros written out, and tells what is none', async () => {
    const { files, report } = await built(filesOf(FOLDER));
    const rules = rulesIn(files);
    expect(rules.map(({ title, source, vendor, path }) => [title, source, vendor, path])).toEqual([
      ['Listing of ours', 'private', 'sigma', 'sigma/listing.yml'],
      ['count', 'private', 'splunk', 'spl/count.spl'],
      ['search', 'private', 'splunk', 'spl/search.spl'],
    ]);
    expect(rules[0]!.text).toBe(FOLDER['sigma/listing.yml']);
    // A folder named macros gives some, the reader's settings others.
    expect(rules[1]!.leaves.map(({ values, macro }) => [values.join(), macro])).toContainEqual(['root', 'ours_in_the_browser']);
    expect(rules[2]!.leaves.map(({ values, macro }) => [values.join(), macro])).toContainEqual(['ss.exe', 'our_index']);
    expect(report).toEqual({
      from: 'ours',
      files: 7,
      rules: 3,
      passedOver: [
        { what: 'Markdown without a query', paths: ['README.md'] },
        { what: 'YAML that is no rule', paths: ['settings.yml'] },
        { what: 'a macro', paths: ['macros/our_index.yml'] },
        { what: 'with other endings', paths: ['logo.png'] },
      ],
      unread: [],
    });
  });

  it('tells how far it is, and reads one file at least at a time', async () => {
    const { steps } = await built(filesOf(FOLDER), 0);
    expect(steps.map(({ read }) => read)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(steps.at(-1)).toMatchObject({ files: 6, rules: 3, passedOver: 4, unread: 0, last: 'spl/search.spl' });
  });

  it('goes on past what cannot be read', async () => {
    const gone: OwnFile = { path: 'gone.yml', size: 1, bytes: () => Promise.reject(new Error('it was moved')) };
    const large: OwnFile = { path: 'large.yml', size: 9 * 2 ** 20, bytes: () => Promise.reject(new Error('never asked for')) };
    const { report } = await built([gone, large, fileOf('binary.yml', new Uint8Array([0, 255, 0])), ...filesOf(FOLDER)]);
    expect(report.rules).toBe(3);
    expect(report.unread).toEqual([
      { path: 'binary.yml', why: 'It is not a text file.' },
      { path: 'gone.yml', why: 'It cannot be read (it was moved).' },
      { path: 'large.yml', why: 'It is 9 MB long; files over 8 MB are not read.' },
    ]);
  });

  it('is the same whatever order the files come in', async () => {
    const first = await built(filesOf(FOLDER));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(filesOf(FOLDER), { minLength: 7 }), async (files) => {
        const { files: again, report } = await built(files);
        expect(report).toEqual(first.report);
        expect([...again.keys()].every((name) => Buffer.from(again.get(name)!).equals(first.files.get(name)!))).toBe(true);
      }),
      { numRuns: 6 },
    );
  });

  it('is the same from a zip archive, whose one folder is cut off', async () => {
    const zipped = (top: string) => zipSync(Object.fromEntries(Object.entries(FOLDER).map(([path, text]) => [`${top}${path}`, strToU8(text)])));
    const first = await built(filesOf(FOLDER));
    for (const top of ['rules-main/', '']) {
      const { files } = await built(zipFiles(zipped(top)) as readonly OwnFile[]);
      expect(Buffer.from(files.get('facts.bin')!).equals(first.files.get('facts.bin')!)).toBe(true);
    }
    expect(zipFiles(zipped('').subarray(0, 400))).toMatch(/no whole zip archive/);
    expect(zipFiles(strToU8('no archive at all'))).toMatch(/no zip archive/);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(600), (noise, at) => {
        const damaged = Uint8Array.from(zipped(''));
        damaged.set(noise.subarray(0, damaged.length - at), at);
        expect(() => zipFiles(damaged)).not.toThrow();
      }),
    );
  });

  it('refuses more than a browser should be asked to read', () => {
    const many = Array.from({ length: 50_001 }, (_, at): OwnFile => ({ path: `${at}.yml`, size: 1, bytes: async () => new Uint8Array() }));
    expect(tooMany(many)).toMatch(/50,001 files.*reads 50,000/);
    expect(tooMany(many.slice(1))).toBeNull();
    expect(tooMany([{ ...many[0]!, size: 600 * 2 ** 20 }])).toMatch(/600 MB.*512 MB/);
    expect(tooMany([{ ...many[0]!, path: 'film.mp4', size: 600 * 2 ** 20 }])).toBeNull();
  });

  describe('beside the command line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'own-build-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('says the same of the same folder', async () => {
      for (const [path, text] of Object.entries(FOLDER)) {
        mkdirSync(dirname(join(folder, 'rules', path)), { recursive: true });
        writeFileSync(join(folder, 'rules', path), text);
      }
      const out = join(folder, 'out');
      const { status } = spawnSync(
        process.execPath,
        ['src/cli/bin.mjs', 'catalog', '--source', `private=${join(folder, 'rules')}`, '--with-texts', '--out', out],
        {
          cwd: join(import.meta.dirname, '..', '..'),
        },
      );
      expect(status).toBe(0);
      const building = startBuilding('ours', filesOf(FOLDER), '', LANGUAGES);
      await building.readOn(10_000);
      for (const name of ['facts.bin', 'details.bin', 'meaning.bin', 'texts.bin'])
        expect(Buffer.from(building.finish().files.get(name)!).equals(readFileSync(join(out, name))), name).toBe(true);
    });
  });
});
