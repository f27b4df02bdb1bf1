import * as fflate from 'fflate';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { AnalysisApi } from '../../src/model';
import { zipOf } from '../../src/state/drafts/export-drafts';
import { inZip } from '../../src/state/drafts/given-files';
import { foldersOf, matching } from '../../src/panels/drafts/foldersOf';
import { type Draft, nameOf, namesOf } from '../../src/state/drafts/document';
import { statesToDrop } from '../../src/state/drafts/history';
import { examplesOf } from '../../src/state/drafts/examples';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const exposed: { api: AnalysisApi | null } = { api: null };
vi.mock('comlink', () => ({
  expose: (api: AnalysisApi) => (exposed.api = api),
  transfer: (value: unknown) => value,
  wrap: () => ({}),
  proxy: (value: unknown) => value,
}));

const draft = (part: Partial<Draft>): Draft => ({
  id: 'a',
  text: '',
  format: null,
  byHand: false,
  path: '',
  name: '',
  title: '',
  created: 1,
  changed: 1,
  version: 1,
  tests: [],
  ...part,
});
const textIn = async (packed: Uint8Array): Promise<ReadonlyMap<string, string>> =>
  new Map(await Promise.all(inZip(fflate, packed, 'z').files.map(async ({ path, bytes }) => [path, new TextDecoder().decode(await bytes())] as const)));

describe('a zip of drafts', () => {
  const file = fc.record({
    path: fc.constantFrom('a.yml', 'rules/a.yml', '../up.kql', '/root.spl', 'A b.txt', 'c:d.yml', ''),
    text: fc.string({ unit: 'grapheme' }),
  });

  test('holds every text, whatever the drafts are called, and the same drafts give the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 12 }), async (files) => {
        const packed = await zipOf(files);
        expect(await zipOf(files)).toEqual(packed);
        const found = await textIn(packed);
        expect([...found.values()].sort()).toEqual(files.map(({ text }) => text).sort());
        for (const path of found.keys()) expect(path).not.toMatch(/^\/|(?:^|\/)\.\.(?:\/|$)|[:\\]/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('exported and imported again', () => {
  const SAMPLES = join(import.meta.dirname, '../../src/languages');
  const samples = Object.fromEntries(
    readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
      .filter((path) => /[\\/]sample[^\\/]*$/.test(path))
      .map((path) => [`languages/${path.replaceAll('\\', '/')}`, readFileSync(join(SAMPLES, path), 'utf8')]),
  );

  test('every example is the same draft: its text, its format, its title', { timeout: 60_000 }, async () => {
    await import('../../workers/analysis');
    const api = exposed.api!;
    const given = examplesOf(samples, []).map(({ id, text }) => ({ text, ...api.describe({ text, format: null, path: id }) }));
    const files = given.map(({ text, format }) => ({ path: api.fileOf({ text, format, path: '' }), text }));
    const found = await textIn(await zipOf(files));
    const back = [...found].flatMap(([path, text]) => api.documentsIn({ text, path }).documents);
    const told = (all: readonly { readonly text: string; readonly format: string; readonly title: string }[]) =>
      all.map(({ text, format, title }) => [title, format, text]).sort();
    expect(told(back)).toEqual(told(given));
    expect(files.map(({ path }) => path).sort()).toEqual([
      'Detections/SigninLogs/Oneusersignsinfromtwocountrieswithinanhour.yaml',
      'burst_of_connection_listings-splunk-winevent.yml',
      'detections/endpoint/windows_network_shares_listed_from_a_script_host.yml',
      'query.eql',
      'query.esql',
      'query.kql',
      'query.kql',
      'query.lucene',
      'query.spl',
      'rules/cross-platform/discovery_new_parent_paths_of_network_discovery_programs.toml',
      'rules/integrations/okta/credential_access_many_users_fail_to_sign_in_from_one_address.toml',
      'rules/windows/builtin/security/win_security_failed_logon.yml',
      'rules/windows/command_and_control_new_program_in_a_temporary_folder_connects_outside.toml',
      'rules/windows/process_creation/proc_creation_win_connection_listing_built_tools.yml',
    ]);
  });

  test('an export of several rules becomes a draft of each, with the exceptions it names', async () => {
    await import('../../workers/analysis');
    const rule = (name: string, list: string): string =>
      JSON.stringify({
        rule_id: name,
        name,
        type: 'query',
        language: 'kuery',
        query: 'a : b',
        risk_score: 1,
        severity: 'low',
        exceptions_list: [{ list_id: list }],
      });
    const item = JSON.stringify({
      list_id: 'one',
      entries: [{ field: 'c', operator: 'included', type: 'match', value: 'd' }],
      type: 'simple',
      item_id: 'x',
      name: 'x',
    });
    const { documents } = exposed.api!.documentsIn({ text: [rule('A', 'one'), rule('B', 'two'), item].join('\n'), path: 'rules_export.ndjson' });
    expect(documents.map(({ title, text }) => [title, text.split('\n').filter(Boolean).length])).toEqual([
      ['A', 2],
      ['B', 1],
    ]);
  });

  test('what is no rule is told and becomes none', async () => {
    await import('../../workers/analysis');
    expect(exposed.api!.documentsIn({ text: 'on: push\njobs: {}\n', path: 'ci.yml' })).toMatchObject({ documents: [] });
  });
});

describe('names', () => {
  test('a draft is called by its title, its file, else what it begins with', () => {
    expect(nameOf(draft({ title: 'T', path: 'x/a.kql' }))).toBe('T');
    expect(nameOf(draft({ path: 'x/a.kql', text: 'T' }))).toBe('a.kql');
    expect(nameOf(draft({ text: '// Finds net.exe\nDeviceProcessEvents' }))).toBe('Finds net.exe');
    expect(nameOf(draft({ text: 'index=win EventCode=4688\n| stats count' }))).toBe('index=win EventCode=4688');
    expect(nameOf(draft({ text: '\n  \n' }))).toBe('Untitled');
  });

  test('no two drafts are called the same but by hand', () => {
    const names = namesOf([
      draft({ id: 'c', created: 3 }),
      draft({ id: 'a', created: 1 }),
      draft({ id: 'b', created: 2 }),
      draft({ id: 'd', created: 4, name: 'Untitled' }),
    ]);
    expect(Object.fromEntries(names)).toEqual({ a: 'Untitled', b: 'Untitled 2', c: 'Untitled 3', d: 'Untitled' });
  });

  test('drafts are found by name, text and folder, and stand in their folders', () => {
    const drafts = [
      draft({ id: 'a', title: 'One', folder: 'Tasks' }),
      draft({ id: 'b', title: 'Two', text: 'schtasks.exe' }),
      draft({ id: 'c', title: 'Three', folder: 'Cloud' }),
    ];
    const names = namesOf(drafts);
    expect(matching(drafts, names, 'TASKS').map(({ id }) => id)).toEqual(['a', 'b']);
    expect(matching(drafts, names, 'two exe').map(({ id }) => id)).toEqual(['b']);
    const { folders, loose } = foldersOf(drafts);
    expect(folders.map(({ name, drafts: inside }) => [name, inside.length])).toEqual([
      ['Cloud', 1],
      ['Tasks', 1],
    ]);
    expect(loose.map(({ id }) => id)).toEqual(['b']);
  });
});

test('of many earlier texts the oldest goes, and the first of all stays', () => {
  const states = Array.from({ length: 60 }, (_, at) => ({ draft: 'a', at, text: String(at), isFirst: at === 0 }));
  expect(statesToDrop(states).map(({ at }) => at)).toEqual([1]);
  expect(statesToDrop(states.slice(0, 59))).toEqual([]);
});
