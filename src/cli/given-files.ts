import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Event } from '../model';
import { type EventTable, readEvents, readTable, type ReadReport } from '../run/events/read';
import { reasonOf } from './files';

/** More than this is not held at once. */
const LIMITS = { limitBytes: 2 ** 31, limitEvents: 5_000_000 } as const;

/** The events of a file, or of standard input for `-`; what cannot be read of it is said on standard error. */
export async function eventsIn(path: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  await told(path, (bytes, name) => readEvents(name, bytes, { ...LIMITS, onEvents: (batch) => events.push(...batch) }));
  return events;
}

/** A table of a file: columns with their types, and as many values in each row; null: it cannot be read. */
export async function tableIn(path: string): Promise<EventTable | null> {
  const tables: EventTable[] = [];
  await told(path, async (bytes, name) => {
    const table = await readTable(name, bytes, LIMITS);
    tables.push(table);
    return table.report;
  });
  return tables[0] ?? null;
}

async function told(path: string, read: (bytes: AsyncIterable<Uint8Array>, name: string) => Promise<ReadReport>): Promise<void> {
  try {
    if (path !== '-') await stat(path);
    const stream = path === '-' ? process.stdin : createReadStream(path);
    const report = await read(stream as AsyncIterable<Uint8Array>, path === '-' ? '' : basename(path));
    for (const problem of report.problems) process.stderr.write(`rulewright: ${path}: ${sentenceOf(problem)}\n`);
    for (const cut of report.cuts) process.stderr.write(`rulewright: ${path}: ${cut}\n`);
  } catch (error) {
    process.stderr.write(`rulewright: ${path} ${reasonOf(error)}.\n`);
  }
}

const sentenceOf = ({ at, number, sentence }: ReadReport['problems'][number]): string => (at === 'file' ? sentence : `${at} ${number}: ${sentence}`);
