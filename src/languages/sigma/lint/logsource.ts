import { fieldsOfLogsource, impliedProviders, isKnownLogsource, type Logsource, LOGSOURCES, type LogsourceFields } from '../../../knowledge/logsources';
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
  if (!isKnownLogsource(logsource)) explainUnknown(entry.value, logsource, remarks);
  const reading: Reading = { logsource, fields: fieldsOfLogsource(logsource), implied: impliedProviders(logsource), ids: [], remarks };
  for (const search of section.searches) lintFields(search.entry.value, reading);
  lintSpecific(entry.value, logsource, reading.ids, remarks);
}

interface Reading {
  readonly logsource: Logsource;
  readonly fields: LogsourceFields | null;
  readonly implied: ReadonlySet<string>;
  /** The entries that name event IDs. */
  readonly ids: SigmaEntry[];
  readonly remarks: Remarks;
}

function lintFields(node: SigmaNode, reading: Reading): void {
  if (node.kind === 'seq') for (const item of node.items) lintFields(item, reading);
  if (node.kind !== 'map') return;
  const { logsource, fields, implied, ids, remarks } = reading;
  for (const item of node.entries) {
    const { field } = keyPartsOf(item.key);
    if (field === 'EventID') ids.push(item);
    if (fields !== null && field !== '') lintField(item, field, fields, logsource, remarks);
    if (field !== 'Provider_Name' || implied.size === 0 || fields?.redundant.has(field) === true) continue;
    if (scalarsOf(item.value).every(({ text }) => implied.has(text))) {
      remarks.remark('sigma/redundant-field', item.keySpan, `The category ${logsource.category} already stands for this provider.`);
    }
  }
}

function explainUnknown(map: SigmaMap, logsource: Logsource, remarks: Remarks): void {
  for (const part of ['product', 'category', 'service'] as const) {
    if (logsource[part] === '') continue;
    const known = new Set(LOGSOURCES.map((row) => row[part]));
    if (known.has(logsource[part])) continue;
    const close = remarks.nearest(logsource[part], () => known);
    const span = entryOf(map, part)!.value.span;
    return remarks.remark(
      'sigma/unknown-logsource',
      span,
      `SigmaHQ's taxonomy has no ${part} \`${logsource[part]}\`${close === undefined || close === '' ? '.' : `; did you mean \`${close}\`?`}`,
      close === undefined || close === '' ? undefined : replacing(`Write ${close}`, span, close),
    );
  }
  remarks.remark('sigma/unknown-logsource', map.span, "SigmaHQ's taxonomy does not have this combination of product, category and service.");
}

function lintField(item: SigmaEntry, field: string, fields: LogsourceFields, logsource: Logsource, remarks: Remarks): void {
  if (fields.redundant.has(field))
    return remarks.remark('sigma/redundant-field', item.keySpan, `The category ${logsource.category} already implies \`${field}\`.`);
  if (fields.native.has(field) || fields.custom.has(field)) return;
  const lower = field.toLowerCase();
  const cased = [...fields.native, ...fields.custom].find((known) => known.toLowerCase() === lower);
  const span = placeInKey(item, 0, field.length);
  if (cased !== undefined)
    return remarks.remark('sigma/field-case', span, `The taxonomy writes this field \`${cased}\`.`, replacing(`Write ${cased}`, span, cased));
  const close = remarks.nearest(field, () => fields.native);
  remarks.remark(
    'sigma/unknown-field',
    span,
    `\`${field}\` is not among the fields of this log source${close === undefined ? '.' : `; did you mean \`${close}\`?`}`,
    close === undefined ? undefined : replacing(`Write ${close}`, span, close),
  );
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
