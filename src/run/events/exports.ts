import type { Event, EventValue } from '../../model';
import { isTooDeep, parseJson } from './json-text';
import { type Draft, set } from './put';
import { typedValue } from './table-types';
import { nestedWindowsEvent } from './windows-json';
import { readWindowsXml } from './windows-xml';

/** Where the events of a JSON value go. */
export interface Unwrapped {
  readonly event: (event: Event) => void;
  readonly problem: (sentence: string) => void;
}

type Fields = Readonly<Record<string, EventValue>>;

/**
 * The events in a JSON value: itself, or those that it wraps as a product's export does. A wrapper is told by its whole form, never by one name alone: an
 * event may well have a list called `events`.
 */
export function unwrap(value: EventValue, to: Unwrapped): void {
  if (isList(value)) {
    for (const member of value) unwrap(member, to);
    return;
  }
  if (!isFields(value)) return to.problem(`A ${value === null ? 'null' : typeof value} is no event.`);
  // Most events have none of a wrapper's names.
  for (const name in value) {
    if (!MARKS.has(name)) continue;
    for (const form of FORMS) if (form(value, to)) return;
    break;
  }
  to.event(withRaw(value));
}

const isList = (value: EventValue | undefined): value is readonly EventValue[] => Array.isArray(value);
const isFields = (value: EventValue | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (fields: Fields, name: string): EventValue | undefined => (Object.hasOwn(fields, name) ? fields[name] : undefined);

/** Takes the value if it has its form. */
type Form = (value: Fields, to: Unwrapped) => boolean;

/** Splunk's search export: `{"preview":false,"offset":0,"result":{…}}` a line, and the REST API's `{"preview":…,"fields":[…],"results":[…]}`. */
const searchResult: Form = (value, to) => {
  const result = at(value, 'result');
  if (Object.hasOwn(value, 'preview') || Object.keys(value).length === 1) {
    if (isFields(result)) {
      to.event(withRaw(result));
      return true;
    }
    const results = at(value, 'results');
    if (isList(results) && results.every(isFields) && Object.hasOwn(value, 'preview')) {
      for (const each of results) to.event(withRaw(each));
      return true;
    }
    // The last line may say only that it is the last.
    if (Object.hasOwn(value, 'preview') && Object.keys(value).every((name) => SEARCH_META.has(name))) return true;
  }
  return false;
};
const SEARCH_META = new Set(['preview', 'offset', 'lastrow', 'init_offset', 'messages', 'fields', 'highlighted', 'post_process_count']);

/** An event as Splunk exports it, whose `_raw` is JSON or a Windows event: what the search did not extract is added, what it says stands. */
export function withRaw(result: Fields): Event {
  const raw = at(result, '_raw');
  if (typeof raw !== 'string') return result;
  const text = raw.trim();
  let more: EventValue = null;
  if (text.startsWith('{')) {
    try {
      more = parseJson(text);
    } catch {
      return result;
    }
  } else if (/^<(?:\w+:)?Event[\s>]/.test(text)) more = readWindowsXml(text);
  if (!isFields(more) || isTooDeep(more)) return result;
  let inner: Event = more;
  unwrap(more, { event: (event) => (inner = event), problem: () => undefined });
  const whole: Draft = {};
  for (const name of Object.keys(result)) set(whole, name, result[name]!);
  for (const name of Object.keys(inner)) if (!Object.hasOwn(whole, name)) set(whole, name, inner[name]!);
  return whole;
}

/** Elasticsearch's answer to a search: `{"took":…,"hits":{"hits":[{"_index":…,"_source":{…}}]}}`. */
const hits: Form = (value, to) => {
  const outer = at(value, 'hits');
  const list = isFields(outer) ? at(outer, 'hits') : undefined;
  if (!isList(list)) return false;
  for (const each of list) if (!isFields(each) || !hit(each, to)) unwrap(each, to);
  return true;
};

/** One hit, as dumps have it on a line: the document with the index it lies in. */
const hit: Form = (value, to) => {
  const source = at(value, '_source') ?? at(value, 'fields');
  if (!isFields(source) || !Object.hasOwn(value, '_index')) return false;
  const event: Draft = {};
  for (const name of ['_index', '_id']) {
    const meta = at(value, name);
    if (typeof meta === 'string') event[name] = meta;
  }
  for (const name of Object.keys(source)) set(event, name, source[name]!);
  to.event(event);
  return true;
};

/** The line of Elasticsearch's bulk format before each document says only where it goes. */
const bulkAction: Form = (value) => {
  const names = Object.keys(value);
  const action = names.length === 1 && (names[0] === 'index' || names[0] === 'create') ? value[names[0]] : undefined;
  return isFields(action) && Object.keys(action).length > 0 && Object.keys(action).every((name) => BULK_META.has(name));
};
const BULK_META = new Set(['_index', '_id', '_type', 'routing', 'version', 'pipeline', '_routing']);

/** Tables with columns and rows: Kusto's REST answers of both versions, Azure's logs API, Elasticsearch's `columns` and `values`. */
const tables: Form = (value, to) => {
  const list = at(value, 'Tables') ?? at(value, 'tables');
  if (isList(list) && list.length > 0 && list.every((each) => isFields(each) && tableOf(each) !== null)) {
    for (const table of results(list.map((each) => tableOf(each as Fields)!))) rowsOf(table, to);
    return true;
  }
  const frame = at(value, 'FrameType');
  if (typeof frame === 'string') {
    const kind = at(value, 'TableKind');
    const table = kind === undefined || kind === 'PrimaryResult' ? tableOf(value) : null;
    if (table !== null) rowsOf(table, to);
    // The other frames tell how the query went.
    return FRAMES.has(frame);
  }
  const table = tableOf(value);
  if (table === null || Object.keys(value).some((name) => !TABLE_META.has(name))) return false;
  rowsOf(table, to);
  return true;
};
const FRAMES = new Set(['DataSetHeader', 'DataTable', 'DataSetCompletion', 'TableHeader', 'TableFragment', 'TableCompletion', 'TableProgress']);
const TABLE_META = new Set(
  ['TableName', 'name', 'Columns', 'columns', 'Rows', 'rows', 'values', 'took', 'is_partial', 'cursor', 'all_columns', 'documents_found'].concat(
    'values_loaded',
    'TableId',
    'TableKind',
    '_clusters',
    'completion_time_in_millis',
    'expiration_time_in_millis',
    'start_time_in_millis',
  ),
);

interface Table {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly EventValue[];
}

function tableOf(value: Fields): Table | null {
  const columns = at(value, 'Columns') ?? at(value, 'columns');
  const rows = at(value, 'Rows') ?? at(value, 'rows') ?? at(value, 'values');
  if (!isList(columns) || !isList(rows) || columns.length === 0) return null;
  const read = columns.map((column) => {
    const name = isFields(column) ? (at(column, 'ColumnName') ?? at(column, 'name')) : undefined;
    const type = isFields(column) ? (at(column, 'ColumnType') ?? at(column, 'DataType') ?? at(column, 'type')) : undefined;
    return typeof name === 'string' ? { name, type: typeof type === 'string' ? type.toLowerCase() : '' } : null;
  });
  if (read.includes(null) || !rows.every((row) => isList(row) || isFields(row))) return null;
  return { columns: read as Table['columns'], rows };
}

/** Version 1 of Kusto's API ends with a table of contents that says which tables are the query's result. */
function results(all: readonly Table[]): readonly Table[] {
  const contents = all.length > 2 ? all.at(-1)! : null;
  const kind = contents?.columns.findIndex(({ name }) => name === 'Kind') ?? -1;
  if (contents === null || kind < 0) return all;
  return all.filter((_, place) => {
    const row = contents.rows[place];
    return isList(row) && row[kind] === 'QueryResult';
  });
}

function rowsOf({ columns, rows }: Table, to: Unwrapped): void {
  for (const row of rows) {
    // A row that is an object tells an error in the middle of the answer.
    if (!isList(row)) {
      to.problem(`The table's answer has an error in it: ${JSON.stringify(row).slice(0, 200)}`);
      continue;
    }
    const event: Draft = {};
    columns.forEach(({ name, type }, place) => {
      const cell = row[place];
      if (cell !== undefined) set(event, name, typedValue(cell, type));
    });
    to.event(event);
  }
}

/** `{"Schema":[…],"Results":[…]}` of Microsoft's hunting API, `{"Records":[…]}` of CloudTrail, `{"value":[…]}` of Graph, `{"events":[…]}` and their like. */
const wrappedList: Form = (value, to) => {
  for (const name of LISTS) {
    const list = at(value, name);
    if (!isList(list) || (list.length > 0 && !list.every(isFields))) continue;
    const others = Object.keys(value).filter((other) => other !== name);
    // Beside an event's own list stand the event's fields; beside a wrapper's stand counts and pages.
    if (!others.every((other) => WRAPPER_META.has(other.toLowerCase()) || other.startsWith('@odata.'))) continue;
    for (const each of list) unwrap(each, to);
    return true;
  }
  return false;
};
const LISTS = ['events', 'Events', 'Records', 'records', 'results', 'Results', 'value', 'data', 'logs', 'items', 'hits', 'resources', 'LogEvents'];
const WRAPPER_META = new Set(
  ['count', 'total', 'totalcount', 'total_count', 'next', 'nextlink', 'next_page', 'nexttoken', 'nextpagetoken', 'page', 'size', 'cursor', 'has_more'].concat(
    'schema',
    'stats',
    'metadata',
    'meta',
    'status',
    'success',
    'limit',
    'offset',
    'kind',
    'etag',
    'took',
    'querystatus',
  ),
);

/**
 * Where the list of events begins in an object, by the object's beginning; -1: it is no wrapper that is known, or its list needs more than its members. For
 * objects too long to be held as a whole.
 */
export function listInside(beginning: string): number {
  const search = HITS.exec(beginning);
  if (search !== null) return search[0].length;
  const list = LIST.exec(beginning);
  if (list === null || !LISTS.includes(list[2]!)) return -1;
  const others = [...list[1]!.matchAll(MEMBER)].map(([, name]) => name!.toLowerCase());
  return others.every((name) => WRAPPER_META.has(name) || name.startsWith('@odata.')) ? list[0].length : -1;
}
const SCALAR = String.raw`(?:"[^"\\]*"|[-+.\w]+|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})`;
const MEMBERS = String.raw`((?:\s*"[^"\\]*"\s*:\s*${SCALAR}\s*,)*)`;
const MEMBER = new RegExp(String.raw`"([^"\\]*)"\s*:\s*${SCALAR}\s*,`, 'g');
const HITS = new RegExp(String.raw`^\{${MEMBERS}\s*"hits"\s*:\s*\{${MEMBERS}\s*"hits"\s*:\s*\[`);
const LIST = new RegExp(String.raw`^\{${MEMBERS}\s*"(\w+)"\s*:\s*\[(?=\s*\{)`);

/** A Windows event as tools write it in JSON, `{"Event":{"System":{…},"EventData":{…}}}`: flat, as from EVTX and XML. */
const windows: Form = (value, to) => {
  const event = nestedWindowsEvent(value);
  if (event === null) return false;
  to.event(event);
  return true;
};

/** Each form's value has at least one of these. */
const MARKS = new Set(['result', 'preview', 'hits', '_index', 'index', 'create', 'Tables', 'tables', 'FrameType', 'Columns', 'columns', 'Event', ...LISTS]);
const FORMS: readonly Form[] = [searchResult, hits, hit, bulkAction, tables, wrappedList, windows];
