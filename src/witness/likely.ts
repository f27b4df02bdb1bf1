import { eventWithField, isEventIdField, whatIsSaid } from '../knowledge/events';
import { familyWriting, isContextField } from '../knowledge/families';
import { canonicalField } from '../knowledge/fields';
import { factsOfLogsource } from '../knowledge/logsources';
import { FILES, kindOf, PROCESSES, usuallyIn } from '../knowledge/usual-values';
import { logsourcesOf } from '../run/logsource';
import { fileAlike, processAlike, type Proposal, type Values } from './alike-fields';
import { wholePaths } from './likely-path';
import type { Source } from './shape';
import { sideOf } from './sides';

/** So many usual values are tried of a field. */
const MOST_USUAL = 3;

/**
 * Values with which an event looks as its source would write it: what is usual where the rule leaves it open, paths from their beginning, and what tells of one
 * thing in agreement. One field after another: who asks puts the first that can stay into `row` before asking for the next. `isOpen`: fields that may have
 * another value; `isNew`: whether nothing of the event was there before.
 */
export function* likelier(row: Values, source: Source, isOpen: (field: string) => boolean, isNew: boolean): Generator<Proposal> {
  const fields = Object.keys(row).filter(isOpen);
  const canonical = new Map(Object.keys(row).map((field) => [field, canonicalField(source.taxonomy, source.meta.scopes, sideOf(field).name)] as const));
  const isUnix = isOfUnix(row, source, canonical);
  if (isNew)
    for (const field of fields) {
      const values = usuallyIn(sideOf(field).name, source.taxonomy, isUnix);
      if (typeof row[field] === 'string' && !values.includes(row[field])) yield [field, values.slice(0, MOST_USUAL)];
      yield* ofKind(row, field, canonical);
    }
  for (const field of fields) {
    const text = row[field];
    if (typeof text === 'string' && text !== '') yield [field, wholePaths(text, canonical.get(field)!, isUnix)];
  }
  for (const side of new Set(fields.map((field) => sideOf(field).side))) {
    const named = (name: string | undefined): string | null =>
      Object.keys(row).find((field) => canonical.get(field) === name && sideOf(field).side === side && typeof row[field] !== 'number') ?? null;
    for (const { path, name, line, args, original } of PROCESSES)
      yield* processAlike(row, { path: named(path), name: named(name), line: named(line), args: named(args), original: named(original) }, isUnix);
    for (const { path, name, extension } of FILES) yield* fileAlike(row, { path: named(path), name: named(name), extension: named(extension) });
  }
  const { flat, text } = familyWriting(source.taxonomy) ?? {};
  if (flat === true && text !== undefined && isOpen(text)) yield* wholeText(row, text, source);
}

function isOfUnix(row: Values, { meta }: Source, canonical: ReadonlyMap<string, string>): boolean {
  const said = Object.keys(row).find((field) => whatIsSaid(canonical.get(field)!) === 'platform');
  const platforms = said === undefined ? logsourcesOf(meta).flatMap((one) => factsOfLogsource(one).platforms) : [row[said]];
  return platforms.some((one) => one === 'linux' || one === 'macos') && !platforms.includes('windows');
}

/** What an event is called that has such fields; the type and the action of one of its category. */
function* ofKind(row: Values, field: string, canonical: ReadonlyMap<string, string>): Generator<Proposal> {
  const name = canonical.get(field)!;
  if (isEventIdField(name)) {
    const ids = [...canonical.values()].flatMap((other) => eventWithField(other)?.id ?? []).filter((id) => /^\d+$/.test(id));
    yield [field, typeof row[field] === 'number' ? ids.map(Number) : ids];
  }
  const category = [...canonical].find(([, other]) => whatIsSaid(other) === 'category')?.[0];
  const kind = category === undefined ? null : kindOf(String(row[category]));
  if (kind === null) return;
  if (whatIsSaid(name) === 'type') yield [field, [kind.type]];
  else if (name === 'event.action') yield [field, [kind.action]];
}

/** Fields that stand beside an event's text, not in it. */
const BESIDE = /^(?:_.*|host|source|eventtype|tag)$/;

/** An event's whole text says what its fields say too. */
function* wholeText(row: Values, field: string, { taxonomy }: Source): Generator<Proposal> {
  const said = Object.entries(row).flatMap(([name, value]) =>
    name === field || sideOf(name).side !== 0 || BESIDE.test(name) || isContextField(taxonomy, name) || typeof value === 'object'
      ? []
      : [`${name}=${/^[\w.]*$/.test(String(value)) ? String(value) : `"${String(value)}"`}`],
  );
  if (said.length > 0) yield [field, [said.join(' '), `${said.join(' ')} ${String(row[field])}`]];
}
