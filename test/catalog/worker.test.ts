import { beforeEach, describe, expect, it, vi } from 'vitest';
import { writeCatalog } from '../../src/catalog/store/write';
import type { CatalogApi, CatalogPages, OpenProgress } from '../../src/model';
import { perVendor, inputOf, leafWith, ruleWith } from './rules';

type Api = CatalogApi & CatalogPages;
type Answers = { readonly [K in keyof Api]: (...asked: Parameters<Api[K]>) => Promise<Awaited<ReturnType<Api[K]>>> };

const exposed: { api: Answers | null } = { api: null };
vi.mock('comlink', () => ({ expose: (api: Answers) => (exposed.api = api) }));

const BASE = 'https://here.example/catalog/';
const files = writeCatalog(
  inputOf(
    [
      ruleWith({ title: 'Net use', techniques: ['T1049'], text: 'title: Net use', leaves: [leafWith('process_name', 'eq', ['net.exe'])] }),
      ruleWith({ title: 'Elsewhere', vendor: 'elastic', source: 'elastic', leaves: [leafWith('process_name', 'eq', ['net.exe'])] }),
    ],
    [{ id: 'T1049', name: 'System Network Connections Discovery', tactics: [] }],
  ),
);

/** What the server has; each entry can be held back, cut off or missing. */
let served: Map<string, () => Promise<Response>>;
const whole = (name: string) => async () => new Response(files.get(name)!.slice());

beforeEach(async () => {
  vi.resetModules();
  served = new Map([...files.keys()].map((name) => [name, whole(name)]));
  vi.stubGlobal('fetch', async (address: string) => {
    const name = address.slice(BASE.length).replace(/\?.*/, '');
    return (await served.get(name)?.()) ?? new Response('', { status: 404 });
  });
  vi.stubGlobal('addEventListener', () => undefined);
  await import('../../workers/catalog');
});

const MANIFEST = `${BASE}manifest.json`;
const open = async (progress: OpenProgress[] = []) => exposed.api!.open(MANIFEST, 'bundled', (step) => progress.push(step));
const ALL = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };

describe("the corpus' thread", () => {
  it('answers nothing before a catalog is open', async () => {
    expect(await exposed.api!.guide('T1049', ALL, null)).toBeNull();
    expect(await exposed.api!.search('net', 0, 9)).toEqual({ total: 0, listed: 0, rows: [] });
    expect(await exposed.api!.reach([{ field: 'a', kind: 'eq', value: 'b' }], null)).toMatchObject([
      { total: 0, perVendor: perVendor({}), here: 0, excluding: { total: 0 } },
    ]);
    expect(await exposed.api!.techniques()).toEqual([]);
    expect(await exposed.api!.rule(0)).toBeNull();
  });

  it('opens a catalog, tells real bytes, and answers', async () => {
    const progress: OpenProgress[] = [];
    expect(await open(progress)).toMatchObject({ info: { rules: 2, perVendor: perVendor({ sigma: 1, elastic: 1 }) } });
    const total = files.get('list.bin')!.length + files.get('facts.bin')!.length;
    expect(progress.at(-1)).toMatchObject({ loaded: total, total });
    expect(new Set(progress.map(({ step }) => step))).toEqual(new Set(['list of rules', 'facts']));
    expect(await exposed.api!.guide('T1049', ALL, null)).toMatchObject({ total: 1, values: [{ value: 'net.exe', rules: 1, reach: 2 }] });
    expect((await exposed.api!.search('value:net.exe', 1, 1)).rows.map(({ title }) => title)).toEqual(['Elsewhere']);
    expect(await exposed.api!.rulesOf({ field: 'process_name', kind: 'eq', value: 'net.exe' }, 'indicator', null)).toHaveLength(2);
    expect(await exposed.api!.fields('sigma', '', [], 'proc', 5)).toContainEqual({ name: 'process_name', rules: 2 });
    expect(await exposed.api!.values('sigma', [], 'process_name', '', 5)).toContainEqual({ value: 'net.exe', rules: 2 });
    expect(await exposed.api!.techniques()).toContainEqual(expect.objectContaining({ id: 'T1049', rules: 1, own: 1 }));
    expect((await exposed.api!.list('', { by: 'title', descending: false }, 0, 9)).rows.map(({ title }) => title)).toEqual(['Elsewhere', 'Net use']);
    expect(await exposed.api!.facets('')).toMatchObject({
      vendor: [
        ['elastic', 1],
        ['sigma', 1],
      ],
    });
    expect(await exposed.api!.heat({ ...ALL, vendors: ['elastic'] })).toContainEqual({
      id: 'T1049',
      rules: 0,
      own: 0,
      perVendor: perVendor({}),
      yours: perVendor({}),
    });
    expect(await exposed.api!.findValues('net', 5)).toMatchObject([{ value: 'net.exe', total: 2 }]);
    expect(await exposed.api!.events()).toEqual({ events: [], providers: [] });
    expect(await exposed.api!.event('Sysmon', '9999')).toBeNull();
    expect(await exposed.api!.rule(0)).toMatchObject({ title: 'Net use', text: 'title: Net use' });
    expect(await exposed.api!.rule(1)).toMatchObject({ title: 'Elsewhere', text: null });
    expect(await exposed.api!.ruleOf('sigma', 'Net use')).toMatchObject({ index: 0, key: 'Net use' });
    expect(await exposed.api!.ruleOf('elastic', 'Net use')).toBeNull();
    expect(await exposed.api!.ruleOf('nowhere', 'Net use')).toBeNull();
  });

  it('finds rules by their titles while the facts are on their way', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    served.set('facts.bin', async () => {
      await held;
      return whole('facts.bin')();
    });
    const opening = open();
    await vi.waitFor(async () => expect(await exposed.api!.search('net', 0, 9)).toMatchObject({ total: 1 }));
    expect(await exposed.api!.search('value:net.exe', 0, 9)).toMatchObject({ total: 0 });
    release();
    await opening;
    expect(await exposed.api!.search('value:net.exe', 0, 9)).toMatchObject({ total: 2 });
  });

  it.each([
    ['manifest.json', async () => new Response('', { status: 404 }), 'missing'],
    ['manifest.json', () => Promise.reject(new TypeError('offline')), 'missing'],
    ['manifest.json', async () => new Response('<!doctype html><title>Not found</title>'), 'missing'],
    ['list.bin', async () => new Response('', { status: 404 }), 'missing'],
    ['facts.bin', async () => new Response('<!doctype html><title>Not found</title>'), 'missing'],
    ['facts.bin', async () => new Response(files.get('facts.bin')!.slice(0, 90)), 'truncated'],
    ['facts.bin', async () => new Response(files.get('facts.bin')!.slice().fill(7, 40, 50)), 'hash'],
    ['facts.bin', async () => new Response(new Uint8Array(files.get('facts.bin')!.length + 9).fill(1)), 'hash'],
  ])('says what is wrong when %s is not right (%#)', async (name, answer, reason) => {
    served.set(name, answer);
    expect(await open()).toMatchObject({ failure: { reason, message: expect.stringContaining('catalog') } });
    expect(await exposed.api!.guide('T1049', ALL, null)).toBeNull();
  });

  it('takes a line that breaks off for a file cut off', async () => {
    const part = files.get('facts.bin')!.slice(0, 90);
    let sent = false;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) controller.error(new TypeError('connection lost'));
        else controller.enqueue(part);
        sent = true;
      },
    });
    served.set('facts.bin', async () => new Response(stream));
    expect(await open()).toMatchObject({ failure: { reason: 'truncated' } });
  });

  it('opens again after a failure', async () => {
    served.set('facts.bin', async () => new Response('', { status: 500 }));
    expect(await open()).toHaveProperty('failure');
    served.set('facts.bin', whole('facts.bin'));
    expect(await open()).toHaveProperty('info');
    expect(await exposed.api!.guide('T1049', ALL, null)).toMatchObject({ total: 1 });
  });

  const fileOf = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({
    name,
    size: bytes.length,
    webkitRelativePath: `mine/${name}`,
    text: async () => new TextDecoder().decode(bytes),
    arrayBuffer: async () => bytes.slice().buffer,
  });
  const mine = writeCatalog({
    ...inputOf([ruleWith({ title: 'Our own', source: 'private', techniques: ['T1049'], leaves: [leafWith('process_name', 'eq', ['net.exe'])] })]),
    sources: [{ name: 'private', repository: '', commit: '', license: '' }],
  });
  const myFiles = [...mine].map(([name, bytes]) => fileOf(name, bytes.slice()));

  it("opens the reader's own catalog, alone or with the bundled one as one", async () => {
    expect(await exposed.api!.own()).toBeNull();
    // Without storage it is held as long as the thread lives, and says so.
    expect(await exposed.api!.adopt(myFiles)).toMatchObject({ own: { name: 'mine', isKept: false, info: { rules: 1 } } });
    expect(await exposed.api!.open(MANIFEST, 'own', () => {})).toMatchObject({ use: 'own', info: { rules: 1 } });
    expect(await exposed.api!.guide('T1049', ALL, null)).toMatchObject({ total: 1, values: [{ rules: 1, reach: 1 }] });
    expect(await exposed.api!.open(MANIFEST, 'both', () => {})).toMatchObject({ use: 'both', info: { rules: 3 } });
    expect(await exposed.api!.guide('T1049', ALL, null)).toMatchObject({ total: 2, values: [{ value: 'net.exe', rules: 2, reach: 3 }] });
    expect(await exposed.api!.facets('')).toMatchObject({ source: expect.arrayContaining([['private', 1]]) });
    expect((await exposed.api!.search('Net use', 0, 9)).total).toBe(1);
    expect(await exposed.api!.heat(ALL)).toContainEqual(
      expect.objectContaining({ id: 'T1049', rules: 2, perVendor: perVendor({ sigma: 2 }), yours: perVendor({ sigma: 1 }) }),
    );
    const report = { from: 'detections', files: 1, rules: 1, passedOver: [], unread: [] };
    expect(await exposed.api!.adopt(myFiles, { report, folder: null })).toMatchObject({ own: { name: 'detections', report } });
    await exposed.api!.discard();
    expect(await exposed.api!.open(MANIFEST, 'both', () => {})).toMatchObject({ use: 'bundled', info: { rules: 2 } });
  });

  it('refuses a catalog that is not whole, and the open one stays open', async () => {
    await open();
    for (const [given, reason] of [
      [[], 'missing'],
      [myFiles.filter(({ name }) => name !== 'facts.bin'), 'missing'],
      [myFiles.map((file) => (file.name === 'list.bin' ? fileOf('list.bin', mine.get('list.bin')!.slice(0, 20)) : file)), 'truncated'],
      [myFiles.map((file) => (file.name === 'facts.bin' ? fileOf('facts.bin', mine.get('facts.bin')!.slice().fill(1, 20, 30)) : file)), 'hash'],
      [[fileOf('manifest.json', new TextEncoder().encode('{"format":"rulewright-catalog","version":99}'))], 'version'],
      [[fileOf('manifest.json', new TextEncoder().encode('[1]'))], 'unreadable'],
    ] as const)
      expect(await exposed.api!.adopt(given)).toMatchObject({ failure: { reason } });
    expect(await exposed.api!.own()).toBeNull();
    expect(await exposed.api!.guide('T1049', ALL, null)).toMatchObject({ total: 1 });
  });
});
