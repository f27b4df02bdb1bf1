import { describe, expect, test } from 'vitest';
import {
  eventIdFields,
  eventOf,
  eventTitle,
  eventsOfCategory,
  isCategory,
  isEventIdField,
  knownProviders,
  providerName,
  providersOfEvent,
  whereOf,
} from '../../src/knowledge/events';
import table from '../../src/knowledge/events.json';
import fields from '../../src/knowledge/fields.json';
import { DOMAINS, PLATFORMS } from '../../src/model';

describe('the table', () => {
  test('providers stand once, titles belong to them', () => {
    const names = table.providers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const provider of Object.keys(table.titles)) expect(names).toContain(provider);
  });

  test('titles are short and plain', () => {
    for (const [provider, titles] of Object.entries(table.titles))
      for (const [id, title] of Object.entries(titles)) {
        expect([provider, id]).toEqual([provider, expect.stringMatching(/^\w+$/)]);
        expect(title).toMatch(/^[A-Z].{2,90}$/);
      }
  });

  test('events are named by canonical fields, platforms and domains by the shared words', () => {
    const canonical = fields.fields.map(({ name }) => name);
    for (const { name } of table.providers) {
      for (const field of eventIdFields(name)) {
        expect(canonical).toContain(field);
        expect(isEventIdField(field)).toBe(true);
      }
      for (const platform of whereOf(name).platforms) expect(PLATFORMS).toContain(platform);
      for (const domain of whereOf(name).domains) expect(DOMAINS).toContain(domain);
    }
  });
});

describe('categories', () => {
  test('are events of the providers a rule reads', () => {
    expect(eventsOfCategory('process', 'Sysmon')).toEqual([{ provider: 'Sysmon', id: '1', title: 'Process creation' }]);
    expect(eventsOfCategory('process', 'Microsoft Defender XDR')).toEqual([
      { provider: 'DeviceProcessEvents', id: 'ProcessCreated', title: 'Process created' },
    ]);
    expect(eventsOfCategory('process', 'Okta')).toEqual([]);
    expect([isCategory('file'), isCategory('where')]).toEqual([true, false]);
  });

  test('every event of a category has a title', () => {
    for (const [category, events] of Object.entries(table.categories))
      for (const [reader] of events) for (const event of eventsOfCategory(category, reader!)) expect(event.title).not.toBe('');
  });
});

describe('names', () => {
  test('full names, channels, source types and tables are one provider', () => {
    expect(providerName('Microsoft-Windows-Security-Auditing')).toBe('Security-Auditing');
    expect(providerName('Microsoft-Windows-Sysmon/Operational')).toBe('Sysmon');
    expect(knownProviders('XmlWinEventLog:Microsoft-Windows-Sysmon/Operational')).toEqual(['Sysmon']);
    expect(knownProviders('PowerShellCore/Operational')).toEqual(['PowerShell']);
    expect(knownProviders('Windows PowerShell')).toEqual(['Windows PowerShell']);
    expect(knownProviders('aws:cloudtrail')).toEqual(['AWS CloudTrail']);
    expect(knownProviders('Security')).toContain('Security-Auditing');
    expect(providerName('Microsoft-Windows-Unheard-Of')).toBe('Unheard-Of');
    expect(knownProviders('Unheard-Of')).toEqual([]);
  });

  test('titles as page 004 shows them', () => {
    expect(eventOf('Microsoft-Windows-Security-Auditing', '4688')).toEqual({
      provider: 'Security-Auditing',
      id: '4688',
      title: 'A new process has been created.',
    });
    expect(eventOf('Security', '1102')).toEqual({ provider: 'Eventlog', id: '1102', title: 'The audit log was cleared.' });
    expect(eventOf('PowerShell', '400')).toEqual({ provider: 'Windows PowerShell', id: '400', title: 'Engine state changed from none to available' });
    expect(eventTitle('Sysmon', '1')).toBe('Process creation');
    expect(eventOf('Sysmon', '4711')).toEqual({ provider: 'Sysmon', id: '4711', title: '' });
    expect(providersOfEvent('4104')).toEqual(['PowerShell']);
  });
});
