import type { Event } from '../../model';
import { ENTITIES, type Element, type Part } from './evtx/binary-xml';
import { compile, ROOT } from './evtx/program';
import { type Draft, put } from './put';
import { CAPS, type Sink, type TextReader } from './sink';

/** Reads Windows events written as XML, one or many, whatever stands around them. Each is cut out by its tags, so a damaged one costs only itself. */
export function windowsXmlReader(sink: Sink): TextReader {
  let rest = '';
  // Text is looked at again only when it has doubled: an event that never ends costs linear time.
  let wait = 0;
  let record = 0;

  function scan(isLast: boolean): void {
    let from = 0;
    for (;;) {
      if (sink.isStopped()) return;
      START.lastIndex = from;
      const start = START.exec(rest);
      if (start === null) {
        // The beginning of a tag may be cut.
        from = Math.max(from, rest.length - 64);
        break;
      }
      END.lastIndex = start.index;
      const end = END.exec(rest);
      if (end === null) {
        from = start.index;
        if (rest.length - from > CAPS.event) {
          sink.problem('record', ++record, `The event has more than ${CAPS.event} characters, or does not end; it was passed over.`);
          // No event that begins before this place ends either.
          from = Math.max(from + 6, rest.length - CAPS.event);
          continue;
        }
        if (isLast) sink.problem('record', ++record, 'The event does not end.');
        break;
      }
      const to = end.index + end[0].length;
      // Another event that begins inside: the first one was cut.
      let begin = start.index;
      START.lastIndex = begin + 6;
      for (let next = START.exec(rest); next !== null && next.index < end.index; next = START.exec(rest)) {
        sink.problem('record', ++record, 'The event does not end before the next begins.');
        begin = next.index;
      }
      record++;
      const event = readWindowsXml(rest.slice(begin, to));
      if (event === null) sink.problem('record', record, 'The event is no well-formed XML.');
      else sink.event(event);
      from = to;
    }
    rest = rest.slice(from);
    wait = rest.length * 2;
  }

  return {
    push(text) {
      rest += text;
      if (rest.length >= wait) scan(false);
    },
    end() {
      scan(true);
      if (record === 0) sink.problem('file', 1, 'The XML has no Windows event (<Event>).');
    },
  };
}

const START = /<(?:[\w.-]+:)?Event(?=[\s>])/g;
const END = /<\/(?:[\w.-]+:)?Event\s*>/g;

/** One Windows event from its XML, flat by the names that EVTX gives too; null where the text is not well-formed. */
export function readWindowsXml(text: string): Event | null {
  const element = parseXml(text);
  if (element === null || element.name !== 'Event') return null;
  const event: Draft = {};
  for (const { name, nameParts, parts, isNumber, unlessEmpty } of compile([element], ROOT, null).all) {
    const value = parts.join('');
    if (value === '' && unlessEmpty) continue;
    put(event, name ?? (nameParts.join('') || 'Data'), isNumber && /^\d{1,15}$/.test(value) ? Number(value) : value);
  }
  return event;
}

interface Open {
  readonly name: string;
  readonly attributes: { readonly name: string; readonly parts: readonly Part[] }[];
  readonly content: (Part | Element)[];
}

const TAG = /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\?[^]*?\?>|<!DOCTYPE[^>]*>|<(\/?)([^\s<>/=]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([^\s<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The elements of an XML text by the names behind their prefixes; null for what is not well-formed. Declares no entities, so none can grow. */
function parseXml(text: string): Element | null {
  const open: Open[] = [];
  let root: Element | null = null;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at && open.length > 0) open.at(-1)!.content.push(plain(text.slice(at, end)));
    if (next < 0) break;
    TAG.lastIndex = next;
    const tag = TAG.exec(text);
    if (tag === null) return null;
    at = TAG.lastIndex;
    const [, cdata, slash, qualified, attributes, empty] = tag;
    if (cdata !== undefined) open.at(-1)?.content.push(cdata.replace(/\r\n?/g, '\n'));
    if (qualified === undefined) continue;
    const name = local(qualified);
    if (slash === '/') {
      const closed = open.pop();
      if (closed === undefined || closed.name !== name) return null;
      if (open.length === 0) root ??= merged(closed);
      else open.at(-1)!.content.push(merged(closed));
      continue;
    }
    const element: Open = {
      name,
      attributes: [...attributes!.matchAll(ATTRIBUTE)].map((one) => ({
        name: one[1]!.startsWith('xmlns:') ? one[1]! : local(one[1]!),
        parts: [plain(one[2] ?? one[3]!)],
      })),
      content: [],
    };
    if (empty !== '/') {
      if (open.length >= CAPS.nesting) return null;
      open.push(element);
    } else if (open.length === 0) root ??= element;
    else open.at(-1)!.content.push(element);
  }
  return open.length === 0 ? root : null;
}

/** Blank text between elements says nothing; beside text alone it is the value. */
function merged(element: Open): Element {
  const hasElements = element.content.some((part) => typeof part !== 'string');
  return hasElements ? { ...element, content: element.content.filter((part) => typeof part !== 'string' || part.trim() !== '') } : element;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const plain = (text: string): string => {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return lines.includes('&') ? lines.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, entity) : lines;
};

function entity(written: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES.get(name) ?? written;
  const code = decimal !== undefined ? Number(decimal) : parseInt(hex!, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}
