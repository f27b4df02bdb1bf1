import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import type { Event } from '../../../src/model';
import { type ReadOptions, type ReadReport, readEvents, readTable } from '../../../src/run/events/read';
import { text, usualEvent, utf16, writeChunk, writeEvtx } from '../../support/evtx';
import { writeParquet } from '../../support/parquet';
import { writeTar } from '../../support/tar';

vi.setConfig({ testTimeout: 60_000 });

type Read = ReadReport & { readonly read: readonly Event[] };

async function read(content: string | Uint8Array, name = 'file', options: Partial<ReadOptions> = {}): Promise<Read> {
  const events: Event[] = [];
  const bytes = typeof content === 'string' ? strToU8(content) : content;
  const report = await readEvents(name, bytes, { limitBytes: 1e9, limitEvents: 1e6, ...options, onEvents: (batch) => events.push(...batch) });
  expect(events).toHaveLength(report.events);
  return { ...report, read: events };
}

/** Events of a text that is read without a word. */
async function clean(content: string | Uint8Array, format: string, name?: string): Promise<readonly Event[]> {
  const report = await read(content, name);
  expect({ problems: report.problems, cuts: report.cuts, format: report.format }).toEqual({ problems: [], cuts: [], format });
  return report.read;
}

describe('JSON', () => {
  it('reads lines, values one after the other, lists and one object', async () => {
    const expected = [{ a: 1 }, { a: { b: [2, null] } }];
    expect(await clean('{"a":1}\n{"a":{"b":[2,null]}}\n', 'NDJSON')).toEqual(expected);
    expect(await clean('\ufeff{"a":1}\r\n\r\n{"a":{"b":[2,null]}}', 'NDJSON')).toEqual(expected);
    expect(await clean('[{"a":1},\n {"a":{"b":[2,null]}}]', 'JSON')).toEqual(expected);
    expect(await clean('{\n "a": 1\n}{\n "a": {"b": [2, null]} }', 'JSON')).toEqual(expected);
    expect(await clean('{\n "a": "}\\"{"\n}', 'JSON')).toEqual([{ a: '}"{' }]);
    expect(await clean('{"a":1}', 'JSON')).toEqual([{ a: 1 }]);
  });

  it('keeps whole numbers beyond 2^53 as text, and only those', async () => {
    const line =
      '{"a":9007199254740993,"b":-9007199254740993,"c":9007199254740991,"d":12345678901234567e1,"e":"9007199254740993","f":0.12345678901234567,"g\\"9007199254740993":1}';
    expect(await clean(line, 'JSON')).toEqual([
      {
        a: '9007199254740993',
        b: '-9007199254740993',
        c: 9007199254740991,
        d: Number('12345678901234567e1'),
        e: '9007199254740993',
        f: Number('0.12345678901234567'),
        'g"9007199254740993': 1,
      },
    ]);
  });

  it('keeps names as they are, dotted and dangerous ones too', async () => {
    const [event] = await clean('{"process.name":"a","process":{"name":"b"},"__proto__":"c","constructor":"d"}', 'JSON');
    expect(JSON.stringify(event)).toBe('{"process.name":"a","process":{"name":"b"},"__proto__":"c","constructor":"d"}');
  });

  it('says what is damaged and reads the rest', async () => {
    const lines = await read('{"a":1}\n{"a":\nnonsense\n7\n{"a":2}');
    expect(lines.read).toEqual([{ a: 1 }, { a: 2 }]);
    expect(lines.problems.map(({ at, number }) => `${at} ${number}`)).toEqual(['line 2', 'line 3', 'line 4']);
    expect((await read('{"a":\n{"a":2}\n{"a":3}\n')).read).toEqual([{ a: 2 }, { a: 3 }]);
    const list = await read('[{"a":1},{"a":nope},{"a":3},"}{",5,{"a":4}]');
    expect(list.read).toEqual([{ a: 1 }, { a: 3 }, { a: 4 }]);
    expect(list.problemCount).toBe(2);
    const open = await read('[\n{"a":1},\n{"a":{"b":2},\n{"a":3}\n]');
    expect(open.read).toEqual([{ a: 1 }, { a: 3 }]);
    expect(open.problems).toEqual([expect.objectContaining({ at: 'line', number: 3, sentence: expect.stringContaining('no JSON') as string })]);
  });

  it('refuses nesting without end', async () => {
    for (const deep of [`{"a":${'['.repeat(200)}${']'.repeat(200)}}\n{"a":1}\n`, `{"a":${'['.repeat(500_000)}\n{"a":1}\n{"a":1}`]) {
      const report = await read(deep);
      expect(report.read[0]).toEqual({ a: 1 });
      expect(report.problemCount).toBe(1);
    }
  });
});

describe('damage in JSON', () => {
  it('takes no object inside a damaged one for an event', async () => {
    const report = await read('[\n  {\n    "a": oops,\n    "b": [\n      {"c": 1},\n      {"c": 2}\n    ]\n  },\n  {\n    "a": 2\n  }\n]');
    expect(report.read).toEqual([{ a: 2 }]);
    expect(report.problems.map(({ number }) => number)).toEqual([2]);
  });

  it('loses only the value that does not end', async () => {
    const report = await read('{\n "a": 1\n}\n{\n "a": 2,\n "b": {\n}\n{\n "a": 3\n}\n');
    expect(report.read).toEqual([{ a: 1 }, { a: 3 }]);
    expect(report.problemCount).toBe(1);
  });
});

describe('exports', () => {
  it('opens lists under the names that products use, and no list of an event', async () => {
    expect(await clean('{"events":[{"a":1},{"a":2}]}', 'JSON')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await clean('{"Records":[{"eventName":"x"}]}', 'JSON')).toEqual([{ eventName: 'x' }]);
    expect(await clean('{"@odata.context":"u","value":[{"a":1}],"@odata.nextLink":"v"}', 'JSON')).toEqual([{ a: 1 }]);
    const activity = { id: { time: 't' }, actor: { email: 'e' }, events: [{ name: 'n' }] };
    expect(await clean(JSON.stringify(activity), 'JSON')).toEqual([activity]);
  });

  it('opens lists in objects that are too long to be held', async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `{"_index":"i","_source":{"n":${n},"t":"${'x'.repeat(1000)}]}"}}`).join(',\n');
    const hits = await read(`{"took":1,"_shards":{"total":1},\n"hits":{"total":{"value":5,"relation":"eq"},"max_score":null,"hits":[\n${many}]}}`);
    expect([hits.events, hits.problems, hits.cuts]).toEqual([5000, [], []]);
    expect(hits.read.at(-1)).toMatchObject({ _index: 'i', n: 4999 });
    const records = await read(`{"total":3,"Records":[${many.replace('}}', '}}}')}],"nextToken":"x"}`);
    expect([records.events, records.problemCount, records.cuts]).toEqual([5000, 1, []]);
    // An event's own list stays in it.
    const event = await read(`{"actor":{"name":"a"},"events":[${many}]}`);
    expect([event.events, event.problems]).toEqual([1, []]);
    expect((await read(`{"Records":[${many}`)).problems).toEqual([expect.objectContaining({ sentence: 'The list of events does not end.' })]);
  });

  it('Elasticsearch', async () => {
    const hit = { _index: 'logs', _id: '1', _score: 1, _source: { process: { name: 'a' } } };
    const event = { _index: 'logs', _id: '1', process: { name: 'a' } };
    expect(await clean(JSON.stringify({ took: 1, hits: { total: { value: 1 }, hits: [hit] } }, null, 2), 'JSON')).toEqual([event]);
    expect(await clean(`${JSON.stringify(hit)}\n${JSON.stringify(hit)}\n`, 'NDJSON')).toEqual([event, event]);
    expect(await clean('{"index":{"_index":"x"}}\n{"a":1}\n{"create":{}}\n', 'NDJSON')).toEqual([{ a: 1 }, { create: {} }]);
    expect(await clean('{"columns":[{"name":"a","type":"long"},{"name":"b.c","type":"keyword"}],"values":[[1,"x"],[null,["y","z"]]]}', 'JSON')).toEqual([
      { a: 1, 'b.c': 'x' },
      { a: null, 'b.c': ['y', 'z'] },
    ]);
  });

  it('Kusto and Azure', async () => {
    const columns = [
      { ColumnName: 'a', DataType: 'Int64', ColumnType: 'long' },
      { ColumnName: 'ok', DataType: 'SByte', ColumnType: 'bool' },
      { ColumnName: 'd', DataType: 'Object', ColumnType: 'dynamic' },
    ];
    const rows = [
      [1, 1, '{"x":[1]}'],
      [2, 0, { y: 2 }],
    ];
    const events = [
      { a: 1, ok: true, d: { x: [1] } },
      { a: 2, ok: false, d: { y: 2 } },
    ];
    const contents = {
      TableName: 'Table_2',
      Columns: [
        { ColumnName: 'Ordinal', ColumnType: 'long' },
        { ColumnName: 'Kind', ColumnType: 'string' },
      ],
      Rows: [
        [0, 'QueryResult'],
        [1, 'QueryStatus'],
      ],
    };
    const status = { TableName: 'Table_1', Columns: [{ ColumnName: 's', ColumnType: 'string' }], Rows: [['done']] };
    expect(await clean(JSON.stringify({ Tables: [{ TableName: 'Table_0', Columns: columns, Rows: rows }] }), 'JSON')).toEqual(events);
    expect(await clean(JSON.stringify({ Tables: [{ TableName: 'Table_0', Columns: columns, Rows: rows }, status, contents] }), 'JSON')).toEqual(events);
    const frames = [
      { FrameType: 'DataSetHeader', Version: 'v2.0' },
      { FrameType: 'DataTable', TableKind: 'QueryProperties', ...status },
      { FrameType: 'DataTable', TableKind: 'PrimaryResult', TableName: 'p', Columns: columns, Rows: rows },
      { FrameType: 'DataSetCompletion', HasErrors: false },
    ];
    expect(await clean(JSON.stringify(frames), 'JSON')).toEqual(events);
    const azure = { tables: [{ name: 'PrimaryResult', columns: [{ name: 'a', type: 'long' }], rows: [[1], [2]] }] };
    expect(await clean(JSON.stringify(azure), 'JSON')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await clean('{"Stats":{},"Schema":[{"Name":"a"}],"Results":[{"a":1}]}', 'JSON')).toEqual([{ a: 1 }]);
    const failed = await read(JSON.stringify({ Tables: [{ TableName: 't', Columns: columns.slice(0, 1), Rows: [[1], { OneApiErrors: [] }] }] }));
    expect(failed.read).toEqual([{ a: 1 }]);
    expect(failed.problemCount).toBe(1);
  });

  it('Splunk, with what _raw holds', async () => {
    const lines = [
      { preview: false, offset: 0, result: { host: 'h', _raw: '{"host":"other","process":{"name":"a"}}' } },
      { preview: false, offset: 1, result: { _raw: '<Event><System><EventID>1</EventID></System><EventData><Data Name="Image">x</Data></EventData></Event>' } },
      { preview: false, offset: 2, lastrow: true, result: { _raw: 'a plain line' } },
      { preview: false, lastrow: true },
    ];
    expect(await clean(lines.map((line) => JSON.stringify(line)).join('\n'), 'NDJSON')).toEqual([
      { host: 'h', _raw: lines[0]!.result!._raw, process: { name: 'a' } },
      { _raw: lines[1]!.result!._raw, EventID: 1, Image: 'x' },
      { _raw: 'a plain line' },
    ]);
    const raw = '{"process":{"name":"a"}}';
    expect(await clean(JSON.stringify({ results: [{ _raw: raw, host: 'h' }] }), 'JSON')).toEqual([{ _raw: raw, host: 'h', process: { name: 'a' } }]);
    expect(await clean(`host,_raw\nh,"${raw.replaceAll('"', '""')}"\n`, 'CSV')).toEqual([{ host: 'h', _raw: raw, process: { name: 'a' } }]);
    expect(await clean('{"preview":false,"init_offset":0,"messages":[],"fields":[{"name":"a"}],"results":[{"a":"1"}],"highlighted":{}}', 'JSON')).toEqual([
      { a: '1' },
    ]);
  });

  it('a Windows event as nested JSON', async () => {
    const event = {
      Event: {
        '#attributes': { xmlns: 'x' },
        System: {
          Provider: { '#attributes': { Name: 'P' } },
          EventID: { '#attributes': { Qualifiers: 3 }, '#text': 7 },
          Channel: 'Security',
          Correlation: null,
        },
        EventData: { Image: 'a.exe', Level: 'x', Data: { '#text': ['1', '2'] } },
      },
    };
    expect(await clean(JSON.stringify(event, null, 1), 'JSON')).toEqual([
      { Provider_Name: 'P', EventID_Qualifiers: 3, EventID: 7, Channel: 'Security', Image: 'a.exe', EventData_Level: 'x', Data: ['1', '2'] },
    ]);
  });
});

describe('tables', () => {
  it('reads commas, tabs, semicolons; quotes, line ends and quotes in them', async () => {
    const expected = [
      { a: '1', b: 'x,"y"\nz' },
      { a: '2', b: '' },
      { a: '3', b: null },
    ];
    expect(await clean('a,b\r\n1,"x,""y""\nz"\r\n2,""\r\n3,\r\n', 'CSV')).toEqual(expected);
    expect(await clean('a\tb\n1\t"x,""y""\nz"\n2\t""\n3\t\n', 'TSV')).toEqual(expected);
    expect(await clean('a;b\n1;"x,""y""\nz"\n2;""\n3;', 'CSV')).toEqual(expected);
  });

  it('keeps columns of one name and of dangerous names', async () => {
    const [event] = await clean('a,a,__proto__,,constructor\n1,2,3,4,5\n', 'CSV');
    expect(JSON.stringify(event)).toBe('{"a":"1","a_2":"2","__proto__":"3","column_4":"4","constructor":"5"}');
  });

  it('says rows that are too long and quotes that do not close, and reads the rest', async () => {
    const report = await read('a,b\n1,2,3\n"4,5\n6,7\n', 't.csv');
    expect(report.read).toEqual([
      { a: '1', b: '2' },
      { a: '6', b: '7' },
    ]);
    expect(report.problems.map(({ at, number }) => `${at} ${number}`)).toEqual(['line 2', 'line 3']);
  });

  it('has types where the header gives them', async () => {
    const table =
      's:string,l:long,r:real,b:bool,d:dynamic,t:datetime,m:decimal\nx,1,0.5,true,"{""a"":[1]}",2024-01-01T00:00:00Z,1.10\n,,,,,,\n"",9007199254740993,x,maybe,{,,\n';
    const { columns, rows, report } = await readTable('t.csv', strToU8(table), { limitBytes: 1e6, limitEvents: 100 });
    expect(report.problems).toEqual([]);
    expect(columns.map(({ name, type }) => `${name}:${type}`).join()).toBe('s:string,l:long,r:real,b:bool,d:dynamic,t:datetime,m:decimal');
    expect(rows).toEqual([
      ['x', 1, 0.5, true, { a: [1] }, '2024-01-01T00:00:00Z', '1.10'],
      ['', null, null, null, null, null, null],
      ['', '9007199254740993', 'x', 'maybe', '{', null, null],
    ]);
    expect((await clean(table, 'CSV'))[0]).toEqual({ s: 'x', l: 1, r: 0.5, b: true, d: { a: [1] }, t: '2024-01-01T00:00:00Z', m: '1.10' });
    expect(await readTable('t.csv', strToU8('n:long\n'), { limitBytes: 10, limitEvents: 1 })).toMatchObject({
      columns: [{ name: 'n', type: 'long' }],
      rows: [],
    });
  });

  it('reads a table with the types of a mapping: blanks around cells, lists in brackets', async () => {
    const table =
      ' id:integer , k:keyword,l:long,b:boolean,ip:ip\n 1 , [a b, c\\,d],[1, 2],[true],::1\n2,, [x],,[::1, 10.0.0.1]\r\n3,"[q],",9007199254740993,false,[open\n';
    const { columns, rows, report } = await readTable('t.csv', strToU8(table), { limitBytes: 1e6, limitEvents: 100 });
    expect(report.problems).toEqual([]);
    expect(columns.map(({ name, type }) => `${name}:${type}`)).toEqual(['id:integer', 'k:keyword', 'l:long', 'b:boolean', 'ip:ip']);
    expect(rows).toEqual([
      [1, ['a b', 'c,d'], [1, 2], true, '::1'],
      [2, null, 'x', null, ['::1', '10.0.0.1']],
      [3, '[q],', '9007199254740993', false, '[open'],
    ]);
  });

  it('makes a table of events, with the types that the values have', async () => {
    const { columns, rows } = await readTable('t', strToU8('{"a":1,"b":"x"}\n{"a":1.5,"c":true}\n{"b":[1],"c":null}\n'), { limitBytes: 1e6, limitEvents: 100 });
    expect(columns).toEqual([
      { name: 'a', type: 'real' },
      { name: 'b', type: 'dynamic' },
      { name: 'c', type: 'bool' },
    ]);
    expect(rows).toEqual([
      [1, 'x', null],
      [1.5, null, true],
      [null, [1], null],
    ]);
  });
});

const XML = `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>
  <System><Provider Name="P" Guid='{g}'/><EventID Qualifiers="0">4688</EventID><Level>0</Level><Keywords>0x8020000000000000</Keywords>
  <TimeCreated SystemTime="2024-01-01T00:00:00.1234567Z"/><Correlation/><Channel>Security</Channel></System>
  <EventData><Data Name="CommandLine">a &lt;b&gt; &#x41;&amp;</Data><Data Name="Empty"/><Data Name="Channel">own</Data></EventData>
  <RenderingInfo Culture="en-US"><Message>done<![CDATA[ <ok>]]></Message><Keywords><Keyword>Audit</Keyword><Keyword>Success</Keyword></Keywords></RenderingInfo>
</Event>`;
const XML_EVENT = {
  Provider_Name: 'P',
  Provider_Guid: '{g}',
  EventID_Qualifiers: '0',
  EventID: 4688,
  Level: 0,
  Keywords: '0x8020000000000000',
  TimeCreated_SystemTime: '2024-01-01T00:00:00.1234567Z',
  Channel: 'Security',
  CommandLine: 'a <b> A&',
  Empty: '',
  EventData_Channel: 'own',
  RenderingInfo_Culture: 'en-US',
  Message: 'done <ok>',
  Keyword: ['Audit', 'Success'],
};

describe('Windows events', () => {
  it('reads XML: one, many, in Events, as UTF-16', async () => {
    expect(await clean(XML, 'Windows event XML')).toEqual([XML_EVENT]);
    expect(await clean(`<?xml version="1.0"?><Events>${XML}${XML}</Events>`, 'Windows event XML')).toEqual([XML_EVENT, XML_EVENT]);
    expect(await clean(XML.replaceAll('\n', ' ') + '\n' + XML, 'Windows event XML')).toHaveLength(2);
    expect(await clean(utf16('\ufeff' + XML), 'Windows event XML')).toEqual([XML_EVENT]);
    expect(await clean(utf16(XML), 'Windows event XML')).toEqual([XML_EVENT]);
    expect(await clean('<e:Events xmlns:e="x"><e:Event><e:System><e:EventID>1</e:EventID></e:System></e:Event></e:Events>', 'Windows event XML')).toEqual([
      { EventID: 1 },
    ]);
  });

  it('says damaged XML and reads the rest', async () => {
    const report = await read(`${XML.replace('</System>', '')}${XML}<Event><System>${XML}<Event `);
    expect(report.read).toEqual([XML_EVENT, XML_EVENT]);
    expect(report.problems.map(({ number, sentence }) => `${number} ${sentence}`)).toEqual([
      '1 The event is no well-formed XML.',
      '3 The event does not end before the next begins.',
      '5 The event does not end.',
    ]);
  });

  it('expands no entities of a document', async () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>';
    expect((await read(`${laughs}<Event><EventData><Data Name="x">&b;</Data></EventData></Event>`)).read).toEqual([{ x: '&b;' }]);
  });

  it('reads EVTX, all fields or those asked, empty and damaged chunks', async () => {
    const data = (value: string) => ({
      template: { name: 'EventData', content: [{ name: 'Data', attributes: { Name: ['Image'] }, content: [{ value: 0 }] }] },
      values: [text(value)],
    });
    const chunk = writeChunk([usualEvent('Security', 1, data('a')), usualEvent('Security', 2, data('b'))], { templates: 'once', names: 'once' });
    const file = writeEvtx([chunk, new Uint8Array(65_536), chunk]);
    const events = ['a', 'b', 'a', 'b'].map((Image, place) => ({ Provider_Name: 'Provider', EventID: 1 + (place % 2), Channel: 'Security', Image }));
    expect(await clean(file, 'Windows event log (EVTX)')).toEqual(events);
    expect(await clean(chunk, 'Windows event log (EVTX)')).toEqual(events.slice(0, 2));
    expect((await read(file, 'x', { columns: new Set(['Image']) })).read).toEqual(events.map(({ Image }) => ({ Image })));
    file.fill(1, 4096, 4100);
    const damaged = await read(file);
    expect(damaged.read).toEqual(events.slice(2));
    expect(damaged.problems).toEqual([{ file: 'file', at: 'chunk', number: 1, sentence: 'no chunk begins where one should' }]);
    const cut = await read(file.slice(0, 4096 + 65_536 * 2 + 700));
    expect(cut.problems.at(-1)).toMatchObject({ at: 'chunk', number: 3 });
  });
});

describe('log lines', () => {
  const one = async (line: string): Promise<Event> => {
    const [event, ...others] = await clean(line, 'log lines');
    expect(others).toEqual([]);
    expect(event).toMatchObject({ _raw: line });
    const { _raw: _, ...rest } = event!;
    return rest;
  };

  it('key=value', async () => {
    expect(await one('time=12:00 devname="FG 1" msg=\'it is\' path="a\\"b\\\\c" empty= n=1')).toEqual({
      time: '12:00',
      devname: 'FG 1',
      msg: 'it is',
      path: 'a"b\\c',
      empty: '',
      n: '1',
    });
    expect(await one('type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e exe="/bin/cat" key=a key=b')).toEqual({
      type: 'SYSCALL',
      msg: 'audit(1364481363.243:24287):',
      arch: 'c000003e',
      exe: '/bin/cat',
      key: ['a', 'b'],
    });
  });

  it('CEF', async () => {
    const header = { cefVersion: '0', deviceVendor: 'V|x', deviceProduct: 'P', deviceVersion: '1', deviceEventClassId: '100', name: 'name', severity: '5' };
    expect(await one('CEF:0|V\\|x|P|1|100|name|5|src=10.0.0.1 msg=a b\\=c\\nd act=blocked cs1Label=x cs1=')).toEqual({
      ...header,
      src: '10.0.0.1',
      msg: 'a b=c\nd',
      act: 'blocked',
      cs1Label: 'x',
      cs1: '',
    });
    expect(await one('<134>Jan  2 03:04:05 host CEF:0|V\\|x|P|1|100|name|5|src=10.0.0.1')).toMatchObject({
      ...header,
      syslog_host: 'host',
      syslog_severity: 6,
      src: '10.0.0.1',
    });
  });

  it('LEEF', async () => {
    const header = { vendor: 'V', product: 'P', productVersion: '1', eventId: 'id' };
    expect(await one('LEEF:1.0|V|P|1|id|src=10.0.0.1\tusrName=a b\tx=y=z')).toEqual({
      leefVersion: '1.0',
      ...header,
      src: '10.0.0.1',
      usrName: 'a b',
      x: 'y=z',
    });
    expect(await one('LEEF:2.0|V|P|1|id|^|src=1^dst=2')).toEqual({ leefVersion: '2.0', ...header, src: '1', dst: '2' });
    expect(await one('LEEF:2.0|V|P|1|id|x7c|src=1|dst=2')).toEqual({ leefVersion: '2.0', ...header, src: '1', dst: '2' });
  });

  it('syslog before them, and before JSON or plain words', async () => {
    expect(await one('<165>1 2024-01-01T00:00:00Z host app 12 ID1 [ex@1 a="b\\"c"] {"x":{"y":1}}')).toEqual({
      syslog_facility: 20,
      syslog_severity: 5,
      syslog_timestamp: '2024-01-01T00:00:00Z',
      syslog_host: 'host',
      syslog_program: 'app',
      syslog_pid: '12',
      syslog_message_id: 'ID1',
      a: 'b"c',
      message: '{"x":{"y":1}}',
      x: { y: 1 },
    });
    expect(await one('Jan 12 03:04:05 host sshd[99]: Failed password for root from 10.0.0.1')).toEqual({
      syslog_timestamp: 'Jan 12 03:04:05',
      syslog_host: 'host',
      syslog_program: 'sshd',
      syslog_pid: '99',
      message: 'Failed password for root from 10.0.0.1',
    });
    expect(await one('<189>date=2024-01-01 time=00:00:00 srcip=10.0.0.1')).toMatchObject({ syslog_facility: 23, date: '2024-01-01', srcip: '10.0.0.1' });
  });

  it('says a line that is none of them', async () => {
    const report = await read('a=1 b=2\nno pairs here, only words\na=3 b=4\n');
    expect(report.read.map(({ a }) => a)).toEqual(['1', '3']);
    expect(report.problems).toEqual([expect.objectContaining({ at: 'line', number: 2 })]);
  });
});

describe('archives', () => {
  const lines = strToU8('{"a":1}\n{"a":2}\n');
  const events = [{ a: 1 }, { a: 2 }];

  it('opens gzip, of one member and of two', async () => {
    expect(await clean(gzipSync(lines), 'gzip: NDJSON', 'x.json.gz')).toEqual(events);
    expect(await clean(Uint8Array.from([...gzipSync(lines), ...gzipSync(lines)]), 'gzip: NDJSON')).toEqual([...events, ...events]);
  });

  it('opens zip, each file by what it is', async () => {
    const zip = zipSync({
      'd/': new Uint8Array(0),
      'd/a.ndjson': lines,
      'b.csv': [strToU8('a,b\n1,2\n'), { level: 0 }],
      'c.bin': Uint8Array.of(0, 1, 2, 0, 1, 2),
      'e.gz': gzipSync(lines),
    });
    const report = await read(zip, 'z.zip');
    expect(report.read).toEqual([...events, { a: '1', b: '2' }, ...events]);
    expect(report.files.map(({ name, format, events: count }) => `${name} ${format} ${count}`)).toEqual([
      'z.zip zip 0',
      'z.zip › d/a.ndjson NDJSON 2',
      'z.zip › b.csv CSV 1',
      'z.zip › c.bin binary 0',
      'z.zip › e.gz gzip 0',
      'z.zip › e NDJSON 2',
    ]);
    expect(report.problems).toEqual([{ file: 'z.zip › c.bin', at: 'file', number: 1, sentence: 'The file is binary and of no format that is known.' }]);
  });

  it('opens tar and tar.gz', async () => {
    const long = `${'d'.repeat(120)}/x.ndjson`;
    const tar = writeTar([
      { name: 'a.ndjson', bytes: lines },
      { name: long, bytes: lines },
      { name: 'empty', bytes: new Uint8Array(0) },
    ]);
    for (const [bytes, name] of [
      [tar, 't.tar'],
      [gzipSync(tar), 't.tgz'],
    ] as const) {
      const report = await read(bytes, name);
      expect(report.read).toEqual([...events, ...events]);
      expect(report.files.map((file) => file.name)).toContain(`t.tar › ${long}`);
      expect(report.problems.map(({ sentence }) => sentence)).toEqual(['The file is empty.']);
    }
  });

  it('says what is cut or damaged, after what could be read', async () => {
    const many = strToU8(Array.from({ length: 20_000 }, (_, a) => JSON.stringify({ a, b: Math.sin(a) })).join('\n'));
    const gz = gzipSync(many);
    const cut = await read(gz.subarray(0, gz.length - 5000));
    expect(cut.read.length).toBeGreaterThan(1000);
    expect(cut.problems.some(({ sentence }) => sentence.includes('gzip data is damaged or cut'))).toBe(true);
    const zip = zipSync({ 'a.ndjson': many });
    const half = await read(zip.subarray(0, zip.length >> 1));
    expect(half.read.length).toBeGreaterThan(1000);
    expect(half.problemCount).toBeGreaterThan(0);
  });

  it('stops at archives in archives, and at bombs', async () => {
    let nested = gzipSync(lines);
    for (let depth = 0; depth < 6; depth++) nested = gzipSync(nested);
    expect((await read(nested)).cuts).toEqual([expect.stringContaining('deep in each other')]);
    const bomb = gzipSync(strToU8('{"a":1}\n'.repeat(2_000_000)));
    const report = await read(bomb, 'b.gz', { limitBytes: 100_000 });
    expect(report.events).toBeLessThanOrEqual(12_500);
    expect(report.cuts).toEqual([expect.stringContaining('more than 100000 bytes')]);
  });
});

describe('Parquet', () => {
  it('reads rows, plain, gzip and zstd', async () => {
    for (const codec of ['none', 'gzip', 'zstd'] as const) {
      const file = writeParquet({ id: [1n, 9007199254740993n], name: ['a', 'é'] }, codec);
      expect(await clean(file, 'Parquet')).toEqual([
        { id: 1, name: 'a' },
        { id: '9007199254740993', name: 'é' },
      ]);
    }
  });

  it('says a damaged one', async () => {
    const file = writeParquet({ id: [1n] }, 'none');
    expect((await read(file.subarray(0, file.length - 3))).problems).toEqual([
      expect.objectContaining({ sentence: expect.stringContaining('cannot be read') as string }),
    ]);
  });
});

describe('limits', () => {
  const many = Array.from({ length: 5000 }, (_, a) => `{"a":${a}}`).join('\n');

  it('stops at the events wanted and says so', async () => {
    const report = await read(many, 'x', { limitEvents: 10 });
    expect(report.events).toBe(10);
    expect(report.cuts).toEqual(['There are more than 10 events; the rest was not read.']);
    expect((await read(many, 'x', { limitEvents: 5000 })).cuts).toEqual([]);
  });

  it('counts all problems and keeps the first hundred', async () => {
    const report = await read('{"a":1}\n'.concat('{nope\n'.repeat(300)));
    expect([report.problems.length, report.problemCount]).toEqual([100, 300]);
  });

  it('passes over a line beyond all measure', async () => {
    const report = await read(`{"a":1}\n{"a":"${'x'.repeat(17_000_000)}"}\n{"a":2}\n`);
    expect(report.read).toEqual([{ a: 1 }, { a: 2 }]);
    expect(report.problems).toEqual([expect.objectContaining({ at: 'line', number: 2 })]);
  });

  it('gives up when asked, with progress until then', async () => {
    const signal = { aborted: false };
    const stopped = await read('{"a":1}\n'.repeat(2_000_000), 'x', { signal, onProgress: ({ events }) => (signal.aborted = events > 0) });
    expect(stopped.isAborted).toBe(true);
    expect(stopped.events).toBeLessThan(2_000_000);
  });

  it('says what is no events at all', async () => {
    for (const [content, sentence] of [
      ['', 'The file is empty.'],
      [' \n', 'The file has nothing but blanks.'],
      ['just words', 'no format that is known'],
      ['<html></html>', 'no Windows event'],
      ['\0\u0001\u0002\u0003', 'binary'],
    ] as const) {
      const report = await read(content);
      expect(report.events).toBe(0);
      expect(report.problems.map((problem) => problem.sentence).join()).toContain(sentence);
    }
  });
});
