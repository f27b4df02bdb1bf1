import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Event, EventValue } from '../../src/model';
import { chunkReader } from '../../src/run/events/evtx/chunks';
import { readEvents } from '../../src/run/events/read';
import { SHARED } from './sigma-cases';

interface Line {
  readonly file: string;
  /** The record's own number; negative or 0 for what the other parser could not read. */
  readonly id: number;
  readonly event?: Readonly<Record<string, EventValue>>;
  readonly notRead?: string;
}

const FOLDER = join(SHARED, 'expected', 'run', 'evtx');

/** Fields of ours that the reference leaves out, each with its reason. */
const ONLY_OURS: ReadonlyMap<string, string> = new Map([
  ['Provider_EventSourceName', 'the attribute of Provider under which classic sources write; the reference keeps Name and Guid only'],
  ['EventData_Name', 'the Name that some providers give EventData itself (<EventData Name="TaskDisabled">)'],
]);

/** Differences that the reference's README names as no fault. */
function isNamed(ours: EventValue | undefined, theirs: EventValue): boolean {
  if (typeof ours !== 'string' || typeof theirs !== 'string') return false;
  const unbroken = (text: string): string => text.replace(/[\r\n]/g, '');
  return unbroken(ours) === unbroken(theirs) || (/^0x[\da-f]+$/.test(ours) && String(BigInt(ours)) === theirs);
}

function recordsOf(file: string): { readonly events: ReadonlyMap<number, Event>; readonly damage: readonly string[] } {
  const bytes = readFileSync(join(FOLDER, 'files', file));
  const events = new Map<number, Event>();
  const damage: string[] = [];
  const reader = chunkReader({ columns: null });
  for (let at = 4096; at < bytes.length; at += 65_536) {
    const chunk = bytes.subarray(at, at + 65_536);
    if (chunk.every((byte) => byte === 0)) continue;
    reader.read(chunk, { onEvent: (event, record) => events.set(record, event), onDamage: (record, why) => damage.push(`${file} ${record}: ${why}`) });
  }
  return { events, damage };
}

describe('EVTX files against an independent parser', () => {
  const lines = gunzipSync(readFileSync(join(FOLDER, 'records.ndjson.gz')))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const files = [...new Set(lines.map(({ file }) => file))];
  const read = new Map(files.map((file) => [file, recordsOf(file)]));

  it('every record is equal in every field', () => {
    const different: string[] = [];
    let records = 0;
    let fields = 0;
    let named = 0;
    const ours = new Map<string, number>();
    for (const { file, id, event } of lines) {
      if (event === undefined) continue;
      records++;
      const mine = read.get(file)!.events.get(id);
      if (mine === undefined) {
        different.push(`${file} ${id} was not read`);
        continue;
      }
      for (const [name, value] of Object.entries(event)) {
        fields++;
        const own = Object.hasOwn(mine, name) ? mine[name] : undefined;
        if (JSON.stringify(own) === JSON.stringify(value)) continue;
        if (isNamed(own, value)) named++;
        else different.push(`${file} ${id} ${name}: ${JSON.stringify(own)} instead of ${JSON.stringify(value)}`);
      }
      for (const name of Object.keys(mine)) {
        if (Object.hasOwn(event, name)) continue;
        ours.set(name, (ours.get(name) ?? 0) + 1);
        if (!ONLY_OURS.has(name)) different.push(`${file} ${id} ${name}: only ours`);
      }
    }
    console.log(
      `${records - new Set(different.map((line) => line.split(':')[0])).size} of ${records} records, ${fields - different.length} of ${fields} fields equal; ${named} by a named difference`,
    );
    for (const [name, count] of ours) console.log(`only ours: ${name} in ${count} records (${ONLY_OURS.get(name) ?? 'not explained'})`);
    expect(records).toBeGreaterThan(2000);
    expect(different).toEqual([]);
  });

  it('what the other parser could not read is read', () => {
    const unread = new Map<string, number>();
    for (const { file, notRead } of lines) if (notRead !== undefined) unread.set(file, (unread.get(file) ?? 0) + 1);
    let total = 0;
    for (const [file, count] of unread) {
      const theirs = new Set(lines.filter((line) => line.file === file && line.event !== undefined).map(({ id }) => id));
      const more = [...read.get(file)!.events].filter(([record]) => !theirs.has(record));
      expect({ file, count: more.length }).toEqual({ file, count });
      // Not merely an object: an event that says where it comes from and what it is.
      for (const [, event] of more)
        expect(Object.keys(event)).toEqual(expect.arrayContaining(['Provider_Name', 'EventID', 'Channel', 'Computer', 'TimeCreated_SystemTime']));
      total += more.length;
    }
    console.log(`${total} records that the other parser could not read are read`);
    expect([...read.values()].flatMap(({ damage }) => damage)).toEqual([]);
  });

  it('whole files give the same events, all fields and columns asked', async () => {
    const columns = new Set(['EventID', 'Channel', 'Image', 'CommandLine', 'TargetObject', 'SubjectUserName', 'Data']);
    for (const file of files) {
      const bytes = readFileSync(join(FOLDER, 'files', file));
      const gather = async (asked?: ReadonlySet<string>): Promise<readonly Event[]> => {
        const events: Event[] = [];
        const options = {
          limitBytes: 1e9,
          limitEvents: 1e6,
          onEvents: (batch: readonly Event[]) => void events.push(...batch),
          ...(asked === undefined ? {} : { columns: asked }),
        };
        const { problems } = await readEvents(file, bytes, options);
        expect(problems).toEqual([]);
        return events;
      };
      const all = await gather();
      expect(all).toEqual([...read.get(file)!.events.values()]);
      expect(await gather(columns)).toEqual(all.map((event) => Object.fromEntries(Object.entries(event).filter(([name]) => columns.has(name)))));
    }
  });
});
