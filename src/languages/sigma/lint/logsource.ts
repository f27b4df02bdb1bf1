import { fieldsOfLogsource, impliedProviders, isKnownLogsource, type Logsource, LOGSOURCES, type LogsourceFields } from '../../../knowledge/logsources';
import { canonicalField, localField, pathField } from '../../../knowledge/fields';
import { nearest } from '../../../syntax/nearest';
import type { Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import { keyPartsOf } from '../parse/modifiers';
import { entryOf, placeInKey, type SigmaEntry, type SigmaMap, type SigmaNode, scalarsOf } from '../parse/yaml-node';
import type { Section } from '../lower/section';

/** The log source a rule names; parts it does not name are ''. */
export function logsourceOf(root: SigmaMap): Logsource {
  const entry = entryOf(root, 'logsource');
  const part = (key: string): string => {
    const value = entry?.value.kind === 'map' ? entryOf(entry.value, key)?.value : undefined;
    return value?.kind === 'scalar' ? value.text : '';
  };
  return { product: part('product'), category: part('category'), service: part('service') };
}

/** Log sources that SigmaHQ's taxonomy does not have, and fields it does not give to this one. */
export function lintLogsource(root: SigmaMap, section: Section, remarks: Remarks): void {
  const entry = entryOf(root, 'logsource');
  const logsource = logsourceOf(root);
  if (entry?.value.kind !== 'map' || (logsource.product === '' && logsource.category === '' && logsource.service === '')) return;
  lintCase(entry.value, remarks);
  if (!isKnownLogsource(logsource)) explainUnknown(entry.value, logsource, remarks);
  const reading: Reading = { logsource, fields: fieldsOfLogsource(logsource), implied: impliedProviders(logsource), isExcluded: false, ids: [], remarks };
  for (const { entry: search, uses, negatedUses } of section.searches) lintFields(search.value, { ...reading, isExcluded: uses > 0 && negatedUses === uses });
  lintSpecific(entry.value, logsource, reading.ids, remarks);
  if (TEXTLESS.has(logsource.category)) for (const search of section.searches) lintKeywords(search.entry, logsource.category, remarks);
}

interface Reading {
  readonly logsource: Logsource;
  readonly fields: LogsourceFields | null;
  readonly implied: ReadonlySet<string>;
  /** What is read is taken away: a provider there is one of several that the category stands for. */
  readonly isExcluded: boolean;
  /** The entries that name event IDs. */
  readonly ids: SigmaEntry[];
  readonly remarks: Remarks;
}

function lintFields(node: SigmaNode, reading: Reading): void {
  if (node.kind === 'seq') for (const item of node.items) lintFields(item, reading);
  if (node.kind !== 'map') return;
  const { logsource, fields, implied, isExcluded, ids, remarks } = reading;
  for (const item of node.entries) {
    const { field } = keyPartsOf(item.key);
    if (field === 'EventID') ids.push(item);
    if (fields !== null && field !== '' && !field.endsWith(']')) lintField(item, field, fields, logsource, remarks);
    if (field !== 'Provider_Name' || isExcluded || implied.size === 0 || fields?.redundant.has(field) === true) continue;
    if (scalarsOf(item.value).every(({ text }) => implied.has(text))) {
      remarks.remark('sigma/redundant-field', item.keySpan, `The category ${logsource.category} already stands for this provider.`);
    }
  }
}

/** Converters compare the words of a log source letter for letter. */
function lintCase(map: SigmaMap, remarks: Remarks): void {
  for (const part of ['product', 'category', 'service'] as const) {
    const value = entryOf(map, part)?.value;
    if (value?.kind !== 'scalar' || value.text === value.text.toLowerCase()) continue;
    const lower = value.text.toLowerCase();
    if (LOGSOURCES.some((row) => row[part] === lower))
      remarks.remark('sigma/word-case', value.span, `A ${part} is written in lower case: \`${lower}\`.`, replacing(`Write ${lower}`, value.span, lower));
  }
}

function explainUnknown(map: SigmaMap, logsource: Logsource, remarks: Remarks): void {
  const parts = ['product', 'category', 'service'] as const;
  const knownAs = (part: (typeof parts)[number]): ReadonlySet<string> => new Set(LOGSOURCES.map((row) => row[part]));
  const strange = parts.filter((part) => logsource[part] !== '' && !knownAs(part).has(logsource[part]));
  // The strange words were meant as those that go with each other and with the rest. A name two letters longer is another's: `mssql` is no slip of `sql`.
  const meant = { ...logsource };
  for (const one of strange) {
    const isFitting = (word: string): boolean =>
      Math.abs(word.length - logsource[one].length) < 2 && (strange.length > 1 || isKnownLogsource({ ...logsource, [one]: word }));
    meant[one] = remarks.nearest(logsource[one], () => [...knownAs(one)].filter(isFitting)) ?? '';
  }
  const [part] = strange;
  if (part === undefined)
    return remarks.remark('sigma/unknown-logsource', map.span, "SigmaHQ's taxonomy does not have this combination of product, category and service.");
  const close = isKnownLogsource(meant) ? meant[part] : '';
  const span = entryOf(map, part)!.value.span;
  const message = `SigmaHQ's taxonomy has no ${part} \`${logsource[part]}\`${close === '' ? '.' : `; did you mean \`${close}\`?`}`;
  remarks.remark('sigma/unknown-logsource', span, message, close === '' ? undefined : replacing(`Write ${close}`, span, close));
}

/** Defender's tables of a category's events: what its columns mean depends on the table. */
const DEFENDER = [
  [/^process_creation$/, 'deviceprocessevents'],
  [/^file_/, 'devicefileevents'],
  [/^network_connection$/, 'devicenetworkevents'],
  [/^registry_/, 'deviceregistryevents'],
  [/^image_load$/, 'deviceimageloadevents'],
] as const;

/** The log source's field that is one slip away. */
function closeField(field: string, { native }: LogsourceFields): string | undefined {
  const folded = new Map([...native].map((name) => [name.toLowerCase(), name]));
  const close = nearest(field, folded.keys());
  return close === undefined ? undefined : folded.get(close);
}

/** This log source's own name of a field that another vendor's events have under the written one. */
function elsewhereNamed(field: string, logsource: Logsource, fields: LogsourceFields): string | undefined {
  const scopes = [logsource.category, logsource.service, logsource.product].filter((part) => part !== '');
  for (const taxonomy of ['kusto', 'ecs', 'cim'] as const) {
    const table = DEFENDER.find(([categories]) => categories.test(logsource.category))?.[1];
    const canonical = canonicalField(taxonomy, taxonomy === 'kusto' && table !== undefined ? [table] : [], field);
    if (canonical === field) continue;
    for (const name of [canonical, pathField(canonical)]) {
      const local = name === null ? null : (localField('sigma', scopes, name) ?? name);
      if (local !== null && (fields.native.has(local) || fields.custom.has(local))) return local;
    }
  }
  return undefined;
}

/** Whether the other name takes the same values: a path is no file name. */
const isSameShape = (field: string, here: string): boolean => pathField(field) === null && here !== 'Image';

function lintField(item: SigmaEntry, field: string, fields: LogsourceFields, logsource: Logsource, remarks: Remarks): void {
  if (fields.redundant.has(field) && field === 'EventID' && isOfOtherEvents(item, logsource, remarks)) return;
  if (fields.redundant.has(field))
    return remarks.remark('sigma/redundant-field', item.keySpan, `The category ${logsource.category} already implies \`${field}\`.`);
  if (fields.native.has(field) || fields.custom.has(field)) return;
  const lower = field.toLowerCase();
  const cased = [...fields.native, ...fields.custom].find((known) => known.toLowerCase() === lower);
  const span = placeInKey(item, 0, field.length);
  if (cased !== undefined)
    return remarks.remark('sigma/field-case', span, `The taxonomy writes this field \`${cased}\`.`, replacing(`Write ${cased}`, span, cased));
  const close = closeField(field, fields);
  if (close !== undefined) {
    const message = `\`${field}\` is not among the fields of this log source; did you mean \`${close}\`?`;
    return remarks.remark('sigma/misspelt-field', span, message, replacing(`Write ${close}`, span, close));
  }
  const here = elsewhereNamed(field, logsource, fields);
  if (here !== undefined) {
    const message = `\`${field}\` is its name elsewhere; Sigma's name for it here is \`${here}\`.`;
    return remarks.remark('sigma/foreign-field', span, message, isSameShape(field, here) ? replacing(`Write ${here}`, span, here) : undefined);
  }
  remarks.remark('sigma/unknown-field', span, `\`${field}\` is not among the fields of this log source.`);
}

/** Sysmon's and Security's events that have a category of their own. */
const SYSMON: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '1': 'process_creation',
    '2': 'file_change',
    '3': 'network_connection',
    '5': 'process_termination',
    '6': 'driver_load',
    '7': 'image_load',
    '8': 'create_remote_thread',
    '9': 'raw_access_thread',
    '10': 'process_access',
    '11': 'file_event',
    '15': 'create_stream_hash',
    '17': 'pipe_created',
    '18': 'pipe_created',
    '22': 'dns_query',
    '23': 'file_delete',
    '24': 'clipboard_capture',
    '25': 'process_tampering',
    '26': 'file_delete_detected',
    '27': 'file_block_executable',
    '28': 'file_block_shredding',
    '29': 'file_executable_detected',
  }),
);

/** The events that a category is known to stand for. */
const eventIdsOf = (category: string): readonly string[] =>
  category === 'process_creation' ? ['1', '4688'] : [...SYSMON].flatMap(([id, own]) => (own === category ? [id] : []));

/**
 * Whether the IDs a rule asks for are others than its category's: then the category does not imply them. Told where they are known to be other events;
 * Security has events of its own for files, the registry and the network, of which the same category may be read.
 */
function isOfOtherEvents(item: SigmaEntry, { category }: Logsource, remarks: Remarks): boolean {
  const own = eventIdsOf(category);
  const asked = scalarsOf(item.value).map(({ text }) => text);
  if (own.length === 0 || asked.every((id) => own.includes(id))) return false;
  if (asked.every((id) => !own.includes(id) && (category === 'process_creation' || SYSMON.has(id))))
    remarks.remark(
      'sigma/other-event',
      item.span,
      `The category ${category} stands for event ${own.join(' or ')}: a backend that asks for that too finds nothing with this \`EventID\`.`,
    );
  return true;
}

/** Categories whose events are fields alone, without a message in which keywords could be found. */
const TEXTLESS: ReadonlySet<string> = new Set([
  ...SYSMON.values(),
  ...'registry_add registry_delete registry_event registry_set registry_rename file_access file_rename'.split(' '),
]);

/** Keywords over events that have no text. */
function lintKeywords({ key, value, keySpan }: SigmaEntry, category: string, remarks: Remarks): void {
  const isKeywords = value.kind === 'scalar' ? value.text !== '' : value.kind === 'seq' && value.items.some((item) => item.kind === 'scalar');
  if (key.includes('|')) return;
  const isNamed = value.kind === 'map' && value.entries.some(({ key }) => key.startsWith('|'));
  if (isKeywords || isNamed)
    remarks.remark('sigma/keywords-without-text', keySpan, `Events of ${category} are fields without a text in which keywords are found; name the field.`);
}

function lintSpecific(map: SigmaMap, { product, category, service }: Logsource, ids: readonly SigmaEntry[], remarks: Remarks): void {
  if (product !== 'windows' || category !== '' || (service !== 'sysmon' && service !== 'security')) return;
  const place = entryOf(map, 'service')!.span;
  if (service === 'sysmon' && ids.length === 0)
    remarks.remark('sigma/sysmon-without-event', place, 'A rule over all of Sysmon should name the `EventID` it reads, or use a category.');
  for (const item of ids) {
    for (const { text } of scalarsOf(item.value)) {
      const generic = service === 'sysmon' ? SYSMON.get(text) : text === '4688' ? 'process_creation' : undefined;
      if (generic !== undefined)
        return remarks.remark(
          'sigma/generic-logsource',
          place,
          `Event ${text} of ${service} has a category of its own: \`category: ${generic}\` reads it from other sources too.`,
        );
    }
  }
}
