import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/model';
import { chunkReader } from '../../../src/run/events/evtx/chunks';
import { type Instance, type Layout, nothing, text, type Tree, usualEvent, utf16, type Value, writeChunk } from '../../support/evtx';

const LAYOUTS: readonly Layout[] = (['inline', 'once', 'apart'] as const).flatMap((templates) =>
  (['inline', 'once'] as const).flatMap((names) => [false, true].map((odd) => ({ templates, names, odd }))),
);

function eventsOf(chunk: Uint8Array, columns: ReadonlySet<string> | null = null, keepTemplates = true): { events: Event[]; damage: string[] } {
  const events: Event[] = [];
  const damage: string[] = [];
  chunkReader({ columns, keepTemplates }).read(chunk, { onEvent: (event) => events.push(event), onDamage: (record, why) => damage.push(`${record}: ${why}`) });
  return { events, damage };
}

/** `EventData` with one named place for each value. */
const dataOf = (values: readonly Value[], optional = false): Instance => ({
  template: {
    name: 'EventData',
    content: values.map((_, value): Tree => ({ name: 'Data', attributes: { Name: [`v${value}`] }, content: [{ value, optional }] })),
  },
  values,
});

const bytes = (...list: readonly number[]): Uint8Array => Uint8Array.from(list);
function packed(size: number, write: (view: DataView) => void): Uint8Array {
  const data = new Uint8Array(size);
  write(new DataView(data.buffer));
  return data;
}

/** Each value type with its text. */
const TYPES: readonly (readonly [string, Value, string | readonly string[]])[] = [
  ['null, not optional', nothing, ''],
  ['UTF-16', text('Grüße \u{1f600}'), 'Grüße \u{1f600}'],
  ['UTF-16 with NULs and a blank at its end', text('a \0\0'), 'a '],
  ['an unpaired surrogate and a control character', text('\ud800\u0001'), '\ud800\u0001'],
  ['line ends as XML has them', text('a\r\nb\rc'), 'a\nb\nc'],
  ['ANSI', { type: 0x02, bytes: bytes(0x61, 0x80, 0xe9, 0) }, 'a€é'],
  ['i8', { type: 0x03, bytes: bytes(0xfe) }, '-2'],
  ['u8', { type: 0x04, bytes: bytes(0xfe) }, '254'],
  ['i16', { type: 0x05, bytes: bytes(0xfe, 0xff) }, '-2'],
  ['u16', { type: 0x06, bytes: bytes(0xfe, 0xff) }, '65534'],
  ['i32', { type: 0x07, bytes: bytes(0xfe, 0xff, 0xff, 0xff) }, '-2'],
  ['u32', { type: 0x08, bytes: bytes(0xfe, 0xff, 0xff, 0xff) }, '4294967294'],
  ['i64', { type: 0x09, bytes: packed(8, (view) => view.setBigInt64(0, -9007199254740993n, true)) }, '-9007199254740993'],
  ['u64', { type: 0x0a, bytes: packed(8, (view) => view.setBigUint64(0, 18446744073709551615n, true)) }, '18446744073709551615'],
  ['u64 below 2^53', { type: 0x0a, bytes: packed(8, (view) => view.setBigUint64(0, 9007199254740991n, true)) }, '9007199254740991'],
  ['f32', { type: 0x0b, bytes: packed(4, (view) => view.setFloat32(0, 0.5, true)) }, '0.5'],
  ['f64', { type: 0x0c, bytes: packed(8, (view) => view.setFloat64(0, -1.25, true)) }, '-1.25'],
  ['bool', { type: 0x0d, bytes: bytes(1, 0, 0, 0) }, 'true'],
  ['bool, false', { type: 0x0d, bytes: bytes(0, 0, 0, 0) }, 'false'],
  ['binary', { type: 0x0e, bytes: bytes(0, 0xab) }, '00AB'],
  [
    'GUID',
    { type: 0x0f, bytes: bytes(0x33, 0x22, 0x11, 0, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff) },
    '{00112233-4455-6677-8899-AABBCCDDEEFF}',
  ],
  ['size_t of 4 bytes', { type: 0x10, bytes: bytes(0x78, 3, 0, 0) }, '0x378'],
  ['size_t of 8 bytes', { type: 0x10, bytes: bytes(0, 0, 0, 0, 1, 0, 0, 0) }, '0x100000000'],
  ['FILETIME', { type: 0x11, bytes: packed(8, (view) => view.setBigUint64(0, 132_876_654_713_619_556n, true)) }, '2022-01-26T10:11:11.361955600Z'],
  ['FILETIME of 1601', { type: 0x11, bytes: new Uint8Array(8) }, '1601-01-01T00:00:00.000000000Z'],
  ['the last FILETIME', { type: 0x11, bytes: new Uint8Array(8).fill(255) }, '+060056-05-28T05:36:10.955161500Z'],
  [
    'SYSTEMTIME',
    { type: 0x12, bytes: packed(16, (view) => [2024, 2, 4, 29, 23, 59, 58, 7].forEach((part, place) => view.setUint16(place * 2, part, true))) },
    '2024-02-29T23:59:58.007Z',
  ],
  ['SID', { type: 0x13, bytes: bytes(1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0) }, 'S-1-5-32-544'],
  ['hex32', { type: 0x14, bytes: bytes(0x78, 3, 0, 0) }, '0x378'],
  ['hex64', { type: 0x15, bytes: bytes(1, 0, 0, 0, 1, 0, 0, 0x80) }, '0x8000000100000001'],
  ['a type that was never seen', { type: 0x66, bytes: bytes(1, 2) }, '0102'],
  ['texts, an empty one among them', { type: 0x81, bytes: utf16('a\0\0b\0') }, ['a', '', 'b']],
  ['one text in an array', { type: 0x81, bytes: utf16('a\0') }, 'a'],
  ['ANSI texts', { type: 0x82, bytes: bytes(0x61, 0, 0x62) }, ['a', 'b']],
  ['u16s', { type: 0x86, bytes: bytes(1, 0, 2, 0) }, ['1', '2']],
  ['SIDs', { type: 0x93, bytes: bytes(1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 5, 19, 0, 0, 0) }, ['S-1-5-18', 'S-1-5-19']],
  ['an array that ends inside a member', { type: 0x88, bytes: bytes(1, 0, 0, 0, 2) }, ['1', '02']],
  ['an empty array', { type: 0x81, bytes: new Uint8Array(0) }, ''],
];

describe('value types', () => {
  for (const [name, value, expected] of TYPES) {
    it(name, () => {
      for (const layout of LAYOUTS) {
        const { events, damage } = eventsOf(writeChunk([usualEvent('Security', 4688, dataOf([value]))], layout));
        expect(damage).toEqual([]);
        expect(events).toEqual([{ Provider_Name: 'Provider', EventID: 4688, Channel: 'Security', v0: expected }]);
      }
    });
  }
});

describe('shapes', () => {
  const only = (data: Tree | Instance): Event => {
    const all = LAYOUTS.map((layout) => eventsOf(writeChunk([usualEvent('System', 1, data)], layout)));
    for (const { events, damage } of all) expect({ events, damage }).toEqual({ events: all[0]!.events, damage: [] });
    const { Provider_Name: _, EventID: __, Channel: ___, ...rest } = all[0]!.events[0]!;
    return rest;
  };

  it('leaves an optional field without value out', () => expect(only(dataOf([nothing, text('x')], true))).toEqual({ v1: 'x' }));

  it('takes fewer and more values than the template names', () => {
    expect(only({ ...dataOf([text('a'), text('b')]), values: [text('a')] })).toEqual({ v0: 'a', v1: '' });
    expect(only({ ...dataOf([text('a')]), values: [text('a'), text('b')] })).toEqual({ v0: 'a' });
  });

  it('makes a list of data without names', () => {
    const unnamed: Tree = {
      name: 'EventData',
      content: [
        { name: 'Data', content: ['a'] },
        { name: 'Data', content: [] },
        { name: 'Data', content: ['c'] },
      ],
    };
    expect(only(unnamed)).toEqual({ Data: ['a', '', 'c'] });
    expect(only({ template: unnamed, values: [] })).toEqual({ Data: ['a', '', 'c'] });
    expect(
      only({ template: { name: 'EventData', content: [{ name: 'Data', content: [{ value: 0 }] }] }, values: [{ type: 0x81, bytes: utf16('a\0b\0') }] }),
    ).toEqual({
      Data: ['a', 'b'],
    });
  });

  it('names data by a value', () => {
    const template: Tree = { name: 'EventData', content: [{ name: 'Data', attributes: { Name: [{ value: 0 }] }, content: [{ value: 1 }] }] };
    expect(only({ template, values: [text('Image'), text('cmd.exe')] })).toEqual({ Image: 'cmd.exe' });
  });

  it('joins text, characters, entities and values', () => {
    const content = ['a', { entity: 'amp' }, { character: 65 }, { value: 0 }, { cdata: '<b>' }] as const;
    expect(only({ template: { name: 'EventData', content: [{ name: 'Data', attributes: { Name: ['x'] }, content }] }, values: [text('v')] })).toEqual({
      x: 'a&Av<b>',
    });
  });

  it('keeps what System has too apart, and a name twice as a list', () => {
    const named = (name: string, value: string): Tree => ({ name: 'Data', attributes: { Name: [name] }, content: [value] });
    expect(only({ name: 'EventData', content: [named('Channel', 'c'), named('x', '1'), named('x', '2'), named('__proto__', 'p')] })).toEqual({
      EventData_Channel: 'c',
      x: ['1', '2'],
      ['__proto__']: 'p',
    });
  });

  it('keeps user data, rendered texts and what stands beside them', () => {
    const cleared: Tree = {
      name: 'UserData',
      content: [
        {
          name: 'LogFileCleared',
          attributes: { xmlns: ['x'] },
          content: [
            { name: 'SubjectUserName', content: [{ value: 0 }] },
            { name: 'Channel', content: ['Security'] },
          ],
        },
      ],
    };
    expect(only({ template: cleared, values: [text('me')] })).toEqual({ SubjectUserName: 'me', UserData_Channel: 'Security' });
    const rendered: Tree = {
      name: 'RenderingInfo',
      attributes: { Culture: ['en'] },
      content: [
        { name: 'Message', content: ['hello'] },
        { name: 'Level', content: ['Info'] },
      ],
    };
    expect(only(rendered)).toEqual({ RenderingInfo_Culture: 'en', Message: 'hello', RenderingInfo_Level: 'Info' });
  });

  it('reads a template inside a fragment, and a fragment in a place of another type', () => {
    const inner = dataOf([text('x')]);
    expect(only({ name: 'UserData', content: [{ template: { name: 'A', content: [{ value: 0 }] }, values: [text('x')] }] })).toEqual({ A: 'x' });
    const place: Tree = { name: 'UserData', content: [{ name: 'Outer', content: [{ value: 0 }] }] };
    expect(only({ template: place, values: [{ type: 0x21, bytes: { of: { name: 'Inner', content: ['y'] } } }] })).toEqual({ Inner: 'y' });
    expect(only(inner)).toEqual({ v0: 'x' });
  });

  it('reads an event without a template', () => {
    const event: Tree = {
      name: 'Event',
      content: [
        { name: 'System', content: [{ name: 'EventID', attributes: { Qualifiers: ['3'] }, content: ['7'] }, { name: 'Security' }] },
        { name: 'EventData', content: [{ name: 'Data', attributes: { Name: ['a'] }, content: ['b'] }] },
      ],
    };
    for (const layout of LAYOUTS)
      expect(eventsOf(writeChunk([event, event], layout))).toEqual({ events: Array(2).fill({ EventID_Qualifiers: '3', EventID: 7, a: 'b' }), damage: [] });
  });
});

/** Chunks with every value type, several templates and records without one. */
const CHUNKS = LAYOUTS.map((layout) =>
  writeChunk(
    [
      usualEvent('Security', 1, dataOf(TYPES.map(([, value]) => value))),
      usualEvent('System', 2, { name: 'UserData', content: [{ name: 'x', content: ['y'] }] }),
      usualEvent(
        'Security',
        3,
        dataOf(
          TYPES.slice(0, 9).map(([, value]) => value),
          true,
        ),
      ),
      { name: 'Event', content: [{ name: 'EventData', content: [{ name: 'Data', content: ['z'] }] }] },
      usualEvent('Security', 1, dataOf(TYPES.map(([, value]) => value))),
    ],
    layout,
  ),
);

describe('laws', () => {
  it('gives the same events with templates kept over chunks as without', () => {
    const all = (keepTemplates: boolean): Event[] => {
      const reader = chunkReader({ columns: null, keepTemplates });
      const events: Event[] = [];
      for (const chunk of [...CHUNKS, ...CHUNKS]) reader.read(chunk, { onEvent: (event) => events.push(event), onDamage: (_, why) => expect.fail(why) });
      return events;
    };
    expect(all(true)).toHaveLength(CHUNKS.length * 10);
    expect(all(true)).toEqual(all(false));
  });

  it('tells templates of one identity and size apart by their names', () => {
    const named = (name: string): Instance => ({ template: { name: 'EventData', content: [{ name, content: [{ value: 0 }] }] }, values: [text('x')] });
    const reader = chunkReader({ columns: null });
    const events: Event[] = [];
    for (const name of ['ab', 'cd', 'ab'])
      for (const layout of LAYOUTS)
        reader.read(writeChunk([usualEvent('S', 1, named(name))], layout), { onEvent: (event) => events.push(event), onDamage: (_, why) => expect.fail(why) });
    expect(events.map((event) => Object.keys(event).at(-1))).toEqual(['ab', 'cd', 'ab'].flatMap((name) => LAYOUTS.map(() => name)));
  });

  it('gives for columns asked what it gives for all', () => {
    const names = ['EventID', 'Channel', 'v0', 'v1', 'v31', 'v34', 'x', 'Data', 'missing'];
    fc.assert(
      fc.property(fc.constantFrom(...CHUNKS), fc.subarray(names), (chunk, asked) => {
        const all = eventsOf(chunk).events.map((event) => Object.fromEntries(Object.entries(event).filter(([name]) => asked.includes(name))));
        expect(eventsOf(chunk, new Set(asked)).events).toEqual(all);
      }),
    );
  });

  it('throws for no damage, and keeps the records that are whole', () => {
    const used = 9000;
    fc.assert(
      fc.property(
        fc.constantFrom(...CHUNKS),
        fc.array(fc.tuple(fc.oneof(fc.nat(used), fc.integer({ min: 0xa000, max: 0xc000 })), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        fc.option(fc.nat(used)),
        (chunk, flips, length) => {
          const damaged = chunk.slice(0, length ?? chunk.length);
          for (const [at, byte] of flips) if (at < damaged.length) damaged[at] = byte;
          expect(eventsOf(damaged).events.length).toBeLessThanOrEqual(64);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('passes over one damaged record and says which', () => {
    const chunk = CHUNKS[0]!.slice();
    const view = new DataView(chunk.buffer);
    const second = 512 + view.getUint32(516, true);
    chunk.fill(0x55, second + 24, second + 60);
    const { events, damage } = eventsOf(chunk);
    expect(events).toHaveLength(4);
    expect(damage).toEqual([expect.stringMatching(/^2: the record cannot be read/)]);
    // And one whose size is gone.
    chunk.fill(0xff, second + 4, second + 8);
    expect(eventsOf(chunk)).toEqual({ events, damage: [expect.stringMatching(/^null: \d+ bytes at \d+ are no record/)] });
  });

  it('reads fragments inside each other only so deep, and values only so often', () => {
    const nested = (depth: number): Instance => ({
      template: { name: 'UserData', content: [{ value: 0 }] },
      values: [depth === 0 ? text('x') : { type: 0x21, bytes: { of: nested(depth - 1) } }],
    });
    expect(eventsOf(writeChunk([usualEvent('S', 1, nested(40))], LAYOUTS[0]!)).damage).toEqual(['1: the record cannot be read: fragments nested too deeply']);
    const places = Array.from({ length: 3000 }, () => ({ value: 0 }));
    const often: Tree = { name: 'EventData', content: [{ name: 'Data', content: places }] };
    expect(eventsOf(writeChunk([usualEvent('S', 1, { template: often, values: [text('x'.repeat(1000))] })], LAYOUTS[0]!)).damage).toEqual([
      '1: the record cannot be read: values used too often',
    ]);
    const twice = (depth: number): Instance => ({
      template: { name: 'UserData', content: Array.from({ length: 200 }, () => ({ value: 0 })) },
      values: [depth === 0 ? text('') : { type: 0x21, bytes: { of: twice(depth - 1) } }],
    });
    expect(eventsOf(writeChunk([usualEvent('S', 1, twice(4))], { templates: 'inline', names: 'once' })).damage).toEqual([
      '1: the record cannot be read: too many fragments',
    ]);
  });
});

it('writes FILETIME with every tick, whatever the date', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (ticks) => {
      const value: Value = { type: 0x11, bytes: packed(8, (view) => view.setBigUint64(0, ticks, true)) };
      const written = String(eventsOf(writeChunk([usualEvent('S', 1, dataOf([value]))], LAYOUTS[0]!)).events[0]!['v0']);
      const second = new Date(Number(ticks / 10_000_000n - 11_644_473_600n) * 1000).toISOString().slice(0, -4);
      expect(written).toBe(`${second}${String(ticks % 10_000_000n).padStart(7, '0')}00Z`);
    }),
  );
});
