import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import type { Event } from '../../../src/model';
import { readEvents } from '../../../src/run/events/read';
import { text, usualEvent, utf16, writeChunk, writeEvtx } from '../../support/evtx';
import { writeParquet } from '../../support/parquet';
import { writeTar } from '../../support/tar';

vi.setConfig({ testTimeout: 60_000 });

const text4 = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

interface Whole {
  readonly events: readonly Event[];
  readonly report: unknown;
}

async function read(bytes: Uint8Array | AsyncIterable<Uint8Array>, limitEvents = 1e6): Promise<Whole> {
  const events: Event[] = [];
  const report = await readEvents('file', bytes, { limitBytes: 1e7, limitEvents, onEvents: (batch) => events.push(...batch) });
  return { events, report };
}

async function* cutAt(bytes: Uint8Array, places: readonly number[]): AsyncIterable<Uint8Array> {
  const sorted = [...places].map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  let from = 0;
  for (const to of [...sorted, bytes.length]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

const LINES = Array.from({ length: 40 }, (_, at) => `{"n":${at},"t":"é\u{1f600}\\"\\\\","big":90071992547409931${at}}`);
const XML = '<Event><System><EventID>1</EventID><Channel>Security</Channel></System><EventData><Data Name="a">é &amp; b</Data></EventData></Event>';
const NDJSON = strToU8(LINES.join('\r\n'));
const CHUNK = writeChunk(
  [1, 2, 3].map((id) =>
    usualEvent('Security', id, { template: { name: 'EventData', content: [{ name: 'Data', content: [{ value: 0 }] }] }, values: [text('x')] }),
  ),
  { templates: 'once', names: 'once' },
);

/** A file of each format, damaged lines among them. */
const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['NDJSON', NDJSON],
  ['damaged NDJSON', strToU8([LINES[0], '{"a":', '', '[1]', LINES[1], '{"a":"\\'].join('\n'))],
  ['a list', strToU8(`[${LINES.join(',\n')}]`)],
  ['a damaged list', strToU8(`[\n${LINES.slice(0, 4).join(',\n')},\n{"a":{"b":1},\n${LINES.slice(4, 6).join(',\n')}, "}", 7\n]`)],
  ['values', strToU8(LINES.map((line) => JSON.stringify(JSON.parse(line), null, 1)).join('\n'))],
  ['an object around', strToU8(`{"Records":[${LINES.join(',')}]}`)],
  ['CSV', strToU8('a,b,c\n' + Array.from({ length: 30 }, (_, at) => `${at},"x""\n${at}",é\r\n`).join(''))],
  ['CSV of a mapping', strToU8('a:keyword,b:integer\n[x, y],1\r\n [z ,2\n"[q],\n]",[3,4] \n')],
  ['damaged CSV', strToU8('a,b\n1,2\n"3,4\n5,6\n7,8,9\n"x"y,z')],
  ['XML', strToU8(`<Events>${XML.repeat(5)}${XML.replace('</System>', '')}${XML}<Event>${XML}<Event`)],
  ['UTF-16', utf16('\ufeff' + XML.repeat(3))],
  ['log lines', strToU8('a=1 b="x y"\nCEF:0|V|P|1|2|n|3|src=1 msg=é x\nno pairs\n<13>Jan  1 00:00:00 host app[1]: {"x":1}\n')],
  ['EVTX', writeEvtx([CHUNK, CHUNK])],
  ['Parquet', writeParquet({ id: [1n, 2n], name: ['a', 'b'] }, 'gzip')],
  ['gzip', gzipSync(NDJSON)],
  ['gzip of two', Uint8Array.from([...gzipSync(NDJSON), ...gzipSync(NDJSON)])],
  ['zip', zipSync({ 'a.ndjson': NDJSON, 'b.csv': strToU8('a,b\n1,2\n'), 'c.gz': gzipSync(NDJSON) })],
  [
    'tar.gz',
    gzipSync(
      writeTar([
        { name: 'a.ndjson', bytes: NDJSON },
        { name: 'b', bytes: strToU8(XML) },
      ]),
    ),
  ],
];

describe('however a file is cut into pieces, it gives the same events and says the same', () => {
  for (const [name, bytes] of FILES) {
    it(name, async () => {
      const whole = await read(bytes);
      expect(whole.events.length).toBeGreaterThan(1);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (places) => {
          expect(await read(cutAt(bytes, places))).toEqual(whole);
        }),
        { numRuns: 20 },
      );
      // Each byte by itself, where the file is small.
      if (bytes.length < 6000) expect(await read(cutAt(bytes, [...bytes.keys()]))).toEqual(whole);
    });
  }
});

describe('any bytes', () => {
  it('give an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await read(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('give an answer behind any format’s beginning, with any bytes changed, cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILES),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 10 }),
        fc.option(fc.nat()),
        fc.array(fc.nat(), { maxLength: 3 }),
        async ([, bytes], changes, length, places) => {
          const damaged = bytes.slice(0, length === null ? bytes.length : length % (bytes.length + 1));
          for (const [at, byte] of changes) if (damaged.length > 0) damaged[at % damaged.length] = byte;
          const whole = await read(damaged);
          expect(whole.events.length).toBeLessThan(1000);
          expect((await read(cutAt(damaged, places))).events).toEqual(whole.events);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of text give an answer', async () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '\n',
      '\\',
      'a',
      '1',
      '=',
      ' ',
      '<Event>',
      '</Event>',
      '<',
      '>',
      '&#1;',
      '|',
      'CEF:0|',
      '\r\n',
      '\u0000',
      'é',
      '{"a":1}',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), fc.array(fc.nat(), { maxLength: 4 }), async (pieces, places) => {
        const bytes = strToU8(pieces.join(''));
        const whole = await read(bytes);
        expect(await read(cutAt(bytes, places))).toEqual(whole);
      }),
      { numRuns: 800 },
    );
  });
});

it('a Parquet file whose directory names a column that its schema has not is said to be so, and nothing fails behind that', async () => {
  const bytes = writeParquet({ id: [1n, 2n], name: ['a', 'b'] }, 'gzip');
  const names = [...bytes.keys()].filter((at) => text4(bytes, at) === 'name');
  expect(names.length).toBeGreaterThan(1);
  for (const at of names) {
    const damaged = bytes.slice();
    damaged[at] = 'g'.charCodeAt(0);
    // Its pages are damaged too: a column that nobody asks for would fail unheard.
    damaged[30] = damaged[30]! ^ 0xff;
    const { report } = await read(damaged);
    expect(report).toMatchObject({ problems: [{ sentence: expect.stringContaining('not those of its schema') }] });
  }
  await new Promise((done) => setTimeout(done));
});

it('takes time in the length, whatever the text', async () => {
  const hostile: readonly ((size: number) => string)[] = [
    (size) => '{"a":1}\n' + '{'.repeat(size),
    (size) => '[' + '{"a":\n'.repeat(size / 6),
    (size) => '{"a":"' + '\\'.repeat(size),
    (size) => 'a,b\n' + '"'.repeat(size),
    (size) => 'a,b\n1,2\n' + '"x,\n'.repeat(size / 4),
    (size) => '<Event>' + '<Event '.repeat(size / 7),
    (size) => '<Event>' + '<a '.repeat(size / 3) + '</Event>',
    (size) => `<Event x${' '.repeat(size)}></Event>`,
    (size) => 'a=1 b=2 ' + 'a'.repeat(size),
    (size) => 'a=1 ' + 'b="'.repeat(size / 3),
    (size) => 'a=1 b=2 ' + ' '.repeat(size),
    (size) => 'CEF:0|a|b|c|d|e|f|' + 'a '.repeat(size / 2),
    (size) => '<1>1 a b c d e ' + '[a '.repeat(size / 3),
    (size) => '{"a":1' + '1'.repeat(size) + '}',
  ];
  const took = async (make: (size: number) => string, size: number): Promise<number> => {
    const bytes = strToU8(make(size));
    const start = performance.now();
    await read(bytes);
    return performance.now() - start;
  };
  for (const make of hostile) {
    await took(make, 20_000);
    const small = Math.min(await took(make, 100_000), await took(make, 100_000));
    const large = await took(make, 1_600_000);
    // Sixteen times the text; squared would be 256 times.
    expect({ text: make(20), ratio: large / Math.max(small, 10) }).toEqual({
      text: make(20),
      ratio: expect.toSatisfy((ratio: number) => ratio < 100) as number,
    });
  }
});
