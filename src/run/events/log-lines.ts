import type { Event, EventValue } from '../../model';
import { unwrap } from './exports';
import { isTooDeep, parseJson } from './json-text';
import { type Draft, put, set } from './put';
import type { Sink, TextReader } from './sink';
import { splitLines } from './split-lines';
import { readWindowsXml } from './windows-xml';

/** Reads lines of `key=value`, CEF, LEEF, and these or JSON or XML behind a syslog header; each line is told by itself. */
export function logLinesReader(sink: Sink): TextReader {
  return splitLines(sink, (line, number) => {
    if (line.trim() === '') return;
    const events = readLogLine(line);
    if (events.length === 0) sink.problem('line', number, 'The line has neither key=value pairs nor a header that is known.');
    for (const event of events) sink.event(event);
  });
}

/** The events of one line (more than one only where JSON wraps them); none: it is of no known form. The line itself is kept as `_raw`. */
export function readLogLine(line: string): readonly Event[] {
  const header = syslogHeader(line);
  const message = header === null ? line.replace(/^\ufeff/, '') : line.slice(header.end);
  const fields: Draft = { ...header?.fields };
  const found = JSON_START.test(message) ? jsonOf(message) : null;
  const bodies = found ?? [bodyOf(message)];
  return bodies.flatMap((body) => {
    if (body === null && header === null) return [];
    const event: Draft = {};
    for (const name of Object.keys(fields)) set(event, name, fields[name]!);
    if (header !== null) set(event, 'message', message);
    for (const name of Object.keys(body ?? {})) set(event, name, body![name]!);
    if (!Object.hasOwn(event, '_raw')) set(event, '_raw', line);
    return [event];
  });
}

const JSON_START = /^\s*\{/;

function jsonOf(message: string): readonly Event[] | null {
  let value: EventValue;
  try {
    value = parseJson(message);
  } catch {
    return null;
  }
  if (isTooDeep(value)) return null;
  const events: Event[] = [];
  unwrap(value, { event: (event) => events.push(event), problem: () => undefined });
  return events;
}

function bodyOf(message: string): Event | null {
  const cef = /(?:^|\s)CEF:\s?\d/.exec(message);
  if (cef !== null) return cefOf(message.slice(message.indexOf('CEF:', cef.index)));
  const leef = /(?:^|\s)LEEF:\s?\d/.exec(message);
  if (leef !== null) return leefOf(message.slice(message.indexOf('LEEF:', leef.index)));
  if (/^\s*<(?:[\w.-]+:)?Event[\s>]/.test(message)) return readWindowsXml(message.trim());
  return pairsOf(message);
}

const CEF_HEADER = ['cefVersion', 'deviceVendor', 'deviceProduct', 'deviceVersion', 'deviceEventClassId', 'name', 'severity'];
const LEEF_HEADER = ['leefVersion', 'vendor', 'product', 'productVersion', 'eventId'];

/** Cells between bars, where a backslash keeps the next character; and where the last one ends. */
function barred(text: string, count: number): { readonly cells: readonly string[]; readonly end: number } | null {
  const cells: string[] = [];
  let cell = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\\' && at + 1 < text.length && (text[at + 1] === '|' || text[at + 1] === '\\')) cell += text[++at]!;
    else if (character === '|') {
      cells.push(cell);
      cell = '';
      if (cells.length === count) return { cells, end: at + 1 };
    } else cell += character;
  }
  return cells.length === count - 1 ? { cells: [...cells, cell], end: text.length } : null;
}

/** CEF (ArcSight, "Implementing ArcSight CEF" 26): seven cells, then pairs whose values may hold blanks; `\=`, `\\`, `\n` and `\r` are escapes there. */
function cefOf(text: string): Event | null {
  const header = barred(text.slice(4), CEF_HEADER.length);
  if (header === null) return null;
  const event: Draft = {};
  CEF_HEADER.forEach((name, place) => set(event, name, header.cells[place]!.trim()));
  const extension = text.slice(4 + header.end);
  const keys = [...extension.matchAll(/(?<=^|\s)([\w.[\]-]+)=/g)];
  keys.forEach((key, place) => {
    const from = key.index + key[0].length;
    const value = extension.slice(from, keys[place + 1]?.index ?? extension.length);
    const unescaped = value.trimEnd().replace(/\\([=\\|nr])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : escaped));
    put(event, key[1]!, unescaped);
  });
  return event;
}

/** LEEF (IBM QRadar, "Log Event Extended Format"): 1.0 has tabs between its pairs, 2.0 says which character. */
function leefOf(text: string): Event | null {
  const isSecond = /^LEEF:\s?2/.test(text);
  const header = barred(text.slice(5), LEEF_HEADER.length);
  if (header === null) return null;
  const event: Draft = {};
  LEEF_HEADER.forEach((name, place) => set(event, name, header.cells[place]!.trim()));
  let attributes = text.slice(5 + header.end);
  let between = '\t';
  // Some writers of 2.0 leave the cell with the character out.
  const cell = isSecond ? /^(?:(?:0?x)([\da-f]{1,4})|([^|]?))\|/i.exec(attributes) : null;
  if (cell !== null) {
    between = cell[1] !== undefined ? String.fromCharCode(parseInt(cell[1], 16)) : cell[2] || '\t';
    attributes = attributes.slice(cell[0].length);
  }
  for (const pair of attributes.split(between)) {
    const equals = pair.indexOf('=');
    if (equals > 0) put(event, pair.slice(0, equals).trim(), pair.slice(equals + 1).trimEnd());
  }
  return event;
}

const PAIR = /(?:^|[\s,;|([{])(["']?)([A-Za-z_@$][\w.@$:/-]*)\1=(?:"((?:[^"\\]|\\[^])*)"|'([^']*)'|([^\s,;|]*))/g;

/** Pairs of a line; a value ends at a blank or a comma unless quotes hold it. One pair in a sentence makes no event. */
function pairsOf(text: string): Event | null {
  const event: Draft = {};
  let pairs = 0;
  for (const [, , key, double, single, plain] of text.matchAll(PAIR)) {
    pairs++;
    put(event, key!, double !== undefined ? double.replace(/\\(["\\])/g, '$1') : (single ?? plain!));
  }
  return pairs > 1 || (pairs === 1 && /^\s*[\w.@$:/-]+=(?:"[^"]*"|\S*)\s*$/.test(text)) ? event : null;
}

const RFC5424 = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (?:-|((?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+))(?: |$)/;
const RFC3164 =
  /^(?:<(\d{1,3})>)?((?:[A-Z][a-z]{2} [ \d]?\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)?)|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?) (?:(\S+) )?/;
const TAG = /^([\w./-]+)(?:\[(\d+)\])?: ?/;

/** The header that syslog writes before a message (RFC 5424, RFC 3164 as it is found); its fields begin with `syslog_`. */
function syslogHeader(line: string): { readonly fields: Event; readonly end: number } | null {
  const fields: Draft = {};
  const say = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '-') fields[`syslog_${name}`] = value;
  };
  const sayPriority = (text: string | undefined): void => {
    if (text === undefined) return;
    fields['syslog_facility'] = Number(text) >> 3;
    fields['syslog_severity'] = Number(text) & 7;
  };
  const modern = RFC5424.exec(line);
  if (modern !== null) {
    sayPriority(modern[1]);
    say('timestamp', modern[2]);
    say('host', modern[3]);
    say('program', modern[4]);
    say('pid', modern[5]);
    say('message_id', modern[6]);
    for (const [, name, value] of (modern[7] ?? '').matchAll(/ ([^\s="\]]+)="((?:[^"\\]|\\.)*)"/g)) put(fields, name!, value!.replace(/\\(["\\\]])/g, '$1'));
    const end = modern[0].length;
    return { fields, end: line.charCodeAt(end) === 0xfeff ? end + 1 : end };
  }
  const old = RFC3164.exec(line);
  if (old === null) {
    // A priority alone, as some devices send it before their pairs.
    const priority = /^<(\d{1,3})>(?=\S)/.exec(line);
    if (priority === null || /^<\d{1,3}>\d? ?<?$/.test(line)) return null;
    sayPriority(priority[1]);
    return { fields, end: priority[0].length };
  }
  let end = old[0].length;
  let host = old[3];
  // `key=value` in the host's place is no host: the message begins there. So it is with a program's name.
  if (host !== undefined && (/[=:{]/.test(host.replace(/^[\da-f:]+$/i, '')) || host.startsWith('CEF:') || host.startsWith('LEEF:'))) {
    end -= host.length + 1;
    host = undefined;
  }
  sayPriority(old[1]);
  say('timestamp', old[2]);
  say('host', host);
  const rest = line.slice(end);
  const tag = /^(?:CEF|LEEF):/.test(rest) ? null : TAG.exec(rest);
  if (tag !== null) {
    say('program', tag[1]);
    say('pid', tag[2]);
    end += tag[0].length;
  }
  return { fields, end };
}
