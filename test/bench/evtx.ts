import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Event } from '../../src/model';
import { type ChunkReader, chunkReader } from '../../src/run/events/evtx/chunks';
import { CORPUS } from './corpus';
import { type Bench, count, type Figure, ms as inMs, timeOnce, times, timesOf, unmeasured } from './measure';

/** What the comparison's package is asked for: https://www.npmjs.com/package/@ts-evtx/core, its events as objects. */
interface Other {
  readonly readResolvedEvents: (path: string, options: object) => AsyncIterable<unknown>;
}

/** The package, if it is installed or `TS_EVTX` names its entry file; it is no dependency of ours. */
async function other(): Promise<Other | null> {
  const path = process.env['TS_EVTX'];
  const name = path === undefined ? '@ts-evtx/core' : pathToFileURL(path).href;
  try {
    return (await import(name)) as Other;
  } catch {
    return null;
  }
}

/** Fields that a rule with its log source looks at. */
const COLUMNS = new Set(['EventID', 'Channel', 'Provider_Name', 'Image', 'CommandLine', 'ParentImage', 'TargetObject', 'Details', 'User']);
const ROUNDS = 5;

/**
 * EVTX files: every field, and nine columns asked, against `@ts-evtx/core`'s objects (goal: 8 and 16 times), and against what `JSON.parse` takes for the same
 * events as NDJSON, which no reader of objects can beat by much. Megabytes are those that records fill.
 */
export async function bench(): Promise<Bench> {
  const title = 'Reading EVTX';
  const folder = join(CORPUS, '..', 'expected', 'run', 'evtx', 'files');
  if (!existsSync(folder)) return { title, figures: [unmeasured('all of it', 'no EVTX files at hand')] };
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.evtx'))
    .map((path) => join(folder, path));
  const files = paths.map((path) => readFileSync(path));
  const used = files.reduce((sum, file) => sum + filled(file), 0);
  const events: Event[] = [];
  scan(files, chunkReader({ columns: null }), (event) => events.push(event));
  const lines = events.map((event) => JSON.stringify(event));
  const their = await other();

  const round = { all: [] as number[], asked: [] as number[], json: [] as number[], theirs: [] as number[] };
  for (let turn = 0; turn <= ROUNDS; turn++) {
    let fields = 0;
    const look = (event: Event): void => void (fields += event['EventID'] === undefined ? 0 : 1);
    const all = timeOnce(() => scan(files, chunkReader({ columns: null }), look));
    const asked = timeOnce(() => scan(files, chunkReader({ columns: COLUMNS }), look));
    const json = timeOnce(() => lines.forEach((line) => JSON.parse(line)));
    const theirs = their === null ? NaN : await timeTheirs(their, paths);
    // The first turn warms up.
    if (turn === 0) continue;
    round.all.push(all);
    round.asked.push(asked);
    round.json.push(json);
    round.theirs.push(theirs);
  }
  const [all, asked, json, theirs] = [round.all, round.asked, round.json, round.theirs].map((times) => timesOf(times).median) as [
    number,
    number,
    number,
    number,
  ];
  const rateOf = (took: number): string => `${inMs(took)}, ${count((events.length / took) * 1000)} events/s, ${count(used / took / 1000)} MB/s`;
  const againstJson = (what: string, took: number): Figure => ({
    what,
    value: rateOf(took),
    beside: `JSON.parse of the same events ${inMs(json)}`,
    ratio: times(took / json),
    goal: '',
  });
  const againstTheirs = (what: string, took: number, goal: string): Figure =>
    their === null
      ? unmeasured(what, '@ts-evtx/core is not installed')
      : { what, value: rateOf(took), beside: `@ts-evtx/core ${inMs(theirs)}`, ratio: `${times(theirs / took)} faster`, goal };
  return {
    title: `${title}: ${files.length} files, ${count(events.length)} events`,
    figures: [
      againstJson('every field', all),
      againstJson('nine columns asked', asked),
      againstTheirs("every field, against another reader's objects", all, '8 times'),
      againstTheirs("nine columns, against another reader's objects", asked, '16 times'),
    ],
  };
}

const chunksOf = (file: Uint8Array): readonly Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  for (let at = 4096; at < file.length; at += 65_536) if (file[at] !== 0) chunks.push(file.subarray(at, at + 65_536));
  return chunks;
};

const filled = (file: Uint8Array): number => chunksOf(file).reduce((sum, chunk) => sum + new DataView(chunk.buffer, chunk.byteOffset).getUint32(48, true), 0);

/** Reads as a scan does: each event is looked at and dropped; one reader for all files, as in the product. */
function scan(files: readonly Uint8Array[], reader: ChunkReader, onEvent: (event: Event) => void): void {
  for (const file of files) for (const chunk of chunksOf(file)) reader.read(chunk, { onEvent, onDamage: () => undefined });
}

async function timeTheirs({ readResolvedEvents }: Other, paths: readonly string[]): Promise<number> {
  const start = performance.now();
  let count = 0;
  for (const path of paths) for await (const event of readResolvedEvents(path, {})) count += event === null ? 0 : 1;
  if (count === 0) return NaN;
  return performance.now() - start;
}
