import type { Span } from '../../model';

/** A setting of a stanza. */
export interface Setting {
  /** The value, lines joined where a backslash continues them. */
  readonly text: string;
  /** Where each unit of `text` stands; one more entry gives the end. */
  readonly places: Uint32Array;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  readonly span: Span;
}

/** A stanza of a .conf file with its settings, the last where one stands twice. */
export interface Stanza {
  readonly name: string;
  /** `[name]` as written; empty for settings before the first stanza. */
  readonly head: Span;
  readonly span: Span;
  readonly settings: ReadonlyMap<string, Setting>;
  readonly comments: readonly Span[];
  /** Lines that are no setting. */
  readonly loose: readonly Span[];
}

/** Reads a .conf text: `[stanza]`, `name = value`, `#` comments, a backslash at a line's end continues a value. Total and linear. */
export function readStanzas(text: string): readonly Stanza[] {
  const stanzas: { name: string; head: Span; settings: Map<string, Setting>; comments: Span[]; loose: Span[]; end: number }[] = [];
  const begin = (name: string, head: Span) => stanzas[stanzas.push({ name, head, settings: new Map(), comments: [], loose: [], end: head.end }) - 1]!;
  const current = () => stanzas.at(-1) ?? begin('', { start: 0, end: 0 });
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at);
    const start = firstOf(text, at, end);
    const stop = trimmedEnd(text, start, end);
    if (text[start] === '[' && text[stop - 1] === ']') {
      begin(text.slice(start + 1, stop - 1).trim(), { start, end: stop });
    } else if (text[start] === '#') {
      const stanza = current();
      stanza.comments.push({ start, end: stop });
      stanza.end = stop;
    } else if (stop > start) {
      const equals = start + text.slice(start, end).indexOf('=');
      if (equals > start) {
        const setting = readSetting(text, start, equals);
        const stanza = current();
        stanza.settings.set(text.slice(start, trimmedEnd(text, start, equals)), setting);
        stanza.end = setting.span.end;
        at = lineEnd(text, setting.span.end) + 1;
        continue;
      }
      current().loose.push({ start, end: stop });
    }
    at = end + 1;
  }
  return stanzas.map(({ end, head, ...stanza }) => ({ ...stanza, head, span: { start: head.start, end: Math.max(end, head.end) } }));
}

function readSetting(text: string, start: number, equals: number): Setting {
  const units: string[] = [];
  const places: number[] = [];
  let at = equals + 1;
  while (text[at] === ' ' || text[at] === '\t') at++;
  const valueStart = at;
  for (; at < text.length && text[at] !== '\n'; at++) {
    const isContinued = text[at] === '\\' && (text[at + 1] === '\n' || (text[at + 1] === '\r' && text[at + 2] === '\n'));
    if (isContinued) at += text[at + 1] === '\r' ? 2 : 1;
    else if (text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length)) continue;
    units.push(isContinued ? '\n' : text[at]!);
    places.push(at);
  }
  while (places.length > 0 && /\s/.test(units.at(-1)!)) {
    units.pop();
    places.pop();
  }
  const end = places.length === 0 ? valueStart : places.at(-1)! + 1;
  places.push(end);
  const valueSpan = { start: valueStart, end };
  return { text: units.join(''), places: Uint32Array.from(places), nameSpan: { start, end: trimmedEnd(text, start, equals) }, valueSpan, span: { start, end } };
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
};

function firstOf(text: string, at: number, end: number): number {
  while (at < end && /\s/.test(text[at]!)) at++;
  return at;
}

function trimmedEnd(text: string, start: number, end: number): number {
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return end;
}
