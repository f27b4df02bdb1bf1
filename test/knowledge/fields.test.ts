import { describe, expect, test } from 'vitest';
import { basenameField, canonicalField, fieldNames, knownFields, localField, pathField } from '../../src/knowledge/fields';
import { FAMILIES } from '../../src/knowledge/families';
import table from '../../src/knowledge/fields.json';
import type { Taxonomy } from '../../src/model';

const TAXONOMIES: readonly Taxonomy[] = FAMILIES.map(({ taxonomy }) => taxonomy);
interface Row {
  readonly name: string;
  readonly from: string;
  readonly basename?: string;
}
const ROWS: readonly Row[] = table.fields;
const writtenIn = (row: Row, taxonomy: Taxonomy) => (row as unknown as Readonly<Record<Taxonomy, readonly string[]>>)[taxonomy] ?? [];

describe('the table', () => {
  test('each field stands once and says where it comes from', () => {
    expect(new Set(ROWS.map((row) => row.name)).size).toBe(ROWS.length);
    for (const row of ROWS) {
      expect(Object.keys(table.sources)).toContain(row.from);
      expect(TAXONOMIES.some((taxonomy) => writtenIn(row, taxonomy).length > 0)).toBe(true);
    }
  });

  test('groups exist, and no spelling stands twice in a row', () => {
    for (const row of ROWS)
      for (const taxonomy of TAXONOMIES) {
        const spellings = writtenIn(row, taxonomy);
        expect(new Set(spellings).size).toBe(spellings.length);
        for (const written of spellings) for (const [, group] of written.matchAll(/[@,]\+([a-z-]+)/g)) expect(Object.keys(table.groups)).toContain(group);
      }
  });

  test('a canonical name is canonical already', () => {
    for (const row of ROWS) expect([row.name, canonicalField('sigma', [], row.name)]).toEqual([row.name, row.name]);
  });

  test('the first local name leads back to its field, in each of its scopes', () => {
    for (const row of ROWS)
      for (const taxonomy of TAXONOMIES) {
        const local = localField(taxonomy, [], row.name);
        expect([row.name, local === null]).toEqual([row.name, writtenIn(row, taxonomy).every((written) => written.startsWith('<'))]);
      }
  });

  test('basenames and paths are inverse', () => {
    for (const row of ROWS) {
      const path = pathField(row.name);
      if (path !== null) expect(basenameField(path)).toBe(row.name);
      if (row.basename !== undefined) expect(basenameField(row.basename)).toBe(row.basename);
    }
    expect(pathField('process_name')).toBe('Image');
  });
});

describe('scopes', () => {
  test('one name means what its table means by it', () => {
    expect(canonicalField('kusto', ['deviceprocessevents'], 'FolderPath')).toBe('Image');
    expect(canonicalField('kusto', ['devicefileevents'], 'FolderPath')).toBe('TargetFilename');
    expect(canonicalField('kusto', ['deviceimageloadevents'], 'FolderPath')).toBe('ImageLoaded');
    expect(canonicalField('kusto', ['deviceprocessevents'], 'InitiatingProcessFileName')).toBe('parent_process_name');
    expect(canonicalField('kusto', ['devicenetworkevents'], 'InitiatingProcessFileName')).toBe('process_name');
    expect(canonicalField('kusto', [], 'FileName')).toBe('file_name');
  });

  test('of several tables the first read decides', () => {
    expect(canonicalField('kusto', ['devicefileevents', 'deviceprocessevents'], 'FileName')).toBe('file_name');
    expect(canonicalField('kusto', ['deviceprocessevents', 'devicefileevents'], 'FileName')).toBe('process_name');
  });

  test('index patterns name their data set', () => {
    expect(canonicalField('ecs', ['filebeat-*', 'logs-aws.cloudtrail-*'], 'event.action')).toBe('eventName');
    expect(canonicalField('ecs', ['logs-okta*'], 'event.action')).toBe('eventType');
    expect(canonicalField('ecs', ['logs-endpoint.events.process-*'], 'event.action')).toBe('EventType');
  });

  test('Windows events in Elastic have the names Sigma uses', () => {
    expect(canonicalField('ecs', [], 'winlog.event_data.TargetUserName')).toBe('TargetUserName');
    expect(canonicalField('ecs', [], 'winlog.event_data.IpAddress')).toBe('SourceIp');
    expect(canonicalField('ecs', [], 'winlog.event_data.NeverHeardOf')).toBe('NeverHeardOf');
  });

  test('second forms of an Elastic field are the field', () => {
    expect(canonicalField('ecs', [], 'process.name.caseless')).toBe('process_name');
    expect(canonicalField('ecs', [], 'message.text')).toBe('Message');
    expect(canonicalField('ecs', [], 'my.own.text')).toBe('my.own');
  });

  test('letters vary, unless they tell fields apart', () => {
    expect(canonicalField('sigma', [], 'commandline')).toBe('CommandLine');
    expect(canonicalField('sigma', ['okta'], 'eventType')).toBe('eventType');
    expect(canonicalField('sigma', ['registry_set'], 'EventType')).toBe('EventType');
    expect(canonicalField('cim', [], 'status')).toBe('status');
    expect(canonicalField('cim', ['web'], 'status')).toBe('sc-status');
  });

  test('a field that is not there has no local name', () => {
    expect(localField('sigma', ['process_creation', 'windows'], 'event.type')).toBeNull();
    expect(localField('sigma', ['process_creation', 'windows'], 'ScriptBlockText')).toBeNull();
    expect(localField('sigma', ['ps_script', 'windows'], 'ScriptBlockText')).toBe('ScriptBlockText');
    expect(localField('sigma', [], 'ScriptBlockText')).toBe('ScriptBlockText');
    expect(localField('sigma', ['process_creation'], 'process_name')).toBeNull();
    expect(localField('kusto', ['signinlogs'], 'CommandLine')).toBeNull();
    expect(localField('kusto', ['signinlogs'], 'c-useragent')).toBe('UserAgent');
    expect(localField('kusto', [], 'CommandLine')).toBe('ProcessCommandLine');
    expect(localField('ecs', ['logs-endpoint.events.*'], 'eventName')).toBeNull();
    expect(localField('cim', ['endpoint.processes'], 'TargetObject')).toBeNull();
    expect(localField('cim', ['endpoint.registry'], 'TargetObject')).toBe('registry_path');
    expect(localField('cim', [], 'CommandLine')).toBe('process');
  });

  test('names of one rule, both ways', () => {
    const names = fieldNames('kusto', ['securityevent']);
    expect([names.canonical('NewProcessName'), names.local('Image'), names.local('EventID')]).toEqual(['Image', 'NewProcessName', 'EventID']);
  });

  test('completion knows the usual names', () => {
    expect(knownFields('sigma')).toContain('CommandLine');
    expect(knownFields('ecs')).toContain('process.name');
    expect(knownFields('cim')).toContain('parent_process_name');
    expect(knownFields('kusto')).toContain('InitiatingProcessCommandLine');
  });
});
