import { gzipSync, strToU8, zipSync } from 'fflate';
import type { Event } from '../../src/model';
import { readEvents, readTable } from '../../src/run/events/read';
import { text, usualEvent, writeChunk, writeEvtx } from '../support/evtx';
import { writeParquet } from '../support/parquet';
import { randomlyEdited } from '../support/random-edits';
import { writeTar } from '../support/tar';
import { targetOf, type AnyTarget, type Random } from './target';

const LINES = Array.from({ length: 5 }, (_, at) => `{"n":${at},"t":"é\u{1f600}\\"\\\\","o":{"a":[1,null]},"big":90071992547409931}`);
const XML =
  '<Event><System><Provider Name="P"/><EventID>1</EventID><Channel>Security</Channel></System><EventData><Data Name="a">é &amp; b</Data></EventData></Event>';
const TEXTS: readonly string[] = [
  LINES.join('\n'),
  `[${LINES.join(',')}]`,
  `{"Records":[${LINES.join(',')}]}`,
  'a,b,c\n1,"x""\ny",é\n2,,z\n',
  'a:keyword,b:integer\n[x, y],1\n',
  'a\tb\n1\t2\n',
  `<Events>${XML.repeat(3)}</Events>`,
  'a=1 b="x y"\nCEF:0|V|P|1|2|n|3|src=1 msg=é x\n<13>Jan  1 00:00:00 host app[1]: {"x":1}\n',
];
const CHUNK = writeChunk(
  [1, 2, 3].map((id) =>
    usualEvent('Security', id, { template: { name: 'EventData', content: [{ name: 'Data', content: [{ value: 0 }] }] }, values: [text('x')] }),
  ),
  { templates: 'once', names: 'once' },
);
const BYTES: readonly Uint8Array[] = [
  writeEvtx([CHUNK]),
  writeParquet({ id: [1n, 2n], name: ['a', 'b'] }, 'gzip'),
  gzipSync(strToU8(TEXTS[0]!)),
  zipSync({ 'a.ndjson': strToU8(TEXTS[0]!), 'b.csv': strToU8(TEXTS[3]!), 'c.gz': gzipSync(strToU8(TEXTS[0]!)) }),
  gzipSync(writeTar([{ name: 'a.ndjson', bytes: strToU8(TEXTS[0]!) }])),
];

function bytesOf(random: Random): Uint8Array {
  if (random() < 0.6) return strToU8(randomlyEdited(random.of(TEXTS), random));
  const damaged = random.of(BYTES).slice();
  for (let left = random.upTo(8); left > 0; left--) damaged[random.upTo(damaged.length)] = random.upTo(256);
  return random() < 0.3 ? damaged.subarray(0, random.upTo(damaged.length + 1)) : damaged;
}

async function read(bytes: Uint8Array, random: Random): Promise<readonly string[]> {
  const events: Event[] = [];
  const limits = { limitBytes: 1e7, limitEvents: random() < 0.2 ? random.upTo(4) : 1e5 };
  const report = await readEvents('file', bytes, { ...limits, onEvents: (batch) => events.push(...batch) });
  const table = await readTable('file', bytes, limits);
  return [
    ...(report.events === events.length ? [] : [`${report.events} events told, ${events.length} given`]),
    ...(events.length <= limits.limitEvents ? [] : ['more events than asked for']),
    ...(table.rows.every((row) => row.length === table.columns.length) ? [] : ['a row of another width than its table']),
    ...(report.problemCount >= report.problems.length ? [] : ['fewer problems than are listed']),
  ];
}

/** Files of events: whatever the bytes, they are read as far as can be and the rest is said. */
export const eventTargets: readonly AnyTarget[] = [
  targetOf({ name: 'events', input: bytesOf, check: read, shown: (bytes) => Buffer.from(bytes).toString('base64') }),
];
