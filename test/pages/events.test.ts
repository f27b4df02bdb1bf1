import { describe, expect, it } from 'vitest';
import type { EventSummary, ProviderSummary } from '../../src/model';
import { eventsFound, platformKey, providerIn } from '../../src/pages/events/eventQuery';

const event = (provider: string, id: string, title: string, perVendor: EventSummary['perVendor']): EventSummary => ({
  provider,
  id,
  title,
  perVendor,
  rules: perVendor.reduce((sum, count) => sum + count, 0),
  techniques: 1,
});
const provider = (name: string, platform: ProviderSummary['platform']): ProviderSummary => ({
  name,
  platform,
  channel: '',
  events: 1,
  rules: 1,
  perVendor: [1, 0, 0, 0],
});

const EVENTS = [
  event('Sysmon', '1', 'Process creation', [5, 2, 0, 0]),
  event('AWS CloudTrail', 'CreateUser', '', [0, 3, 1, 0]),
  event('CrowdStrike', 'ProcessRollup2', '', [0, 0, 4, 0]),
];
const PROVIDERS = [provider('Sysmon', 'windows'), provider('AWS CloudTrail', 'aws'), provider('CrowdStrike', null)];
const found = (query: string): string[] => eventsFound(query, EVENTS, PROVIDERS).map(({ provider: name }) => name);

describe('the search for events', () => {
  it('looks for every word in provider, ID and title', () => {
    expect(found('')).toEqual(['Sysmon', 'AWS CloudTrail', 'CrowdStrike']);
    expect(found('process')).toEqual(['Sysmon', 'CrowdStrike']);
    expect(found('PROCESS sysmon')).toEqual(['Sysmon']);
    expect(found('"process creation"')).toEqual(['Sysmon']);
    expect(found('process nothing')).toEqual([]);
  });

  it('narrows by provider, platform and vendor, letters of either case, one of several values', () => {
    expect(found('provider:"aws cloudtrail"')).toEqual(['AWS CloudTrail']);
    expect(found('platform:several')).toEqual(['CrowdStrike']);
    expect(found('platform:windows platform:aws')).toEqual(['Sysmon', 'AWS CloudTrail']);
    expect(found('vendor:Elastic')).toEqual(['Sysmon', 'AWS CloudTrail']);
    expect(found('vendor:kusto')).toEqual([]);
    expect(found('vendor:nobody')).toEqual([]);
  });

  it('takes the order for no word, and a condition without a value for none', () => {
    expect(found('sort:-rules provider: process')).toEqual(['Sysmon', 'CrowdStrike']);
  });

  it('knows which provider it asks for, and where one is', () => {
    expect([providerIn('x provider:"AWS CloudTrail"'), providerIn('x')]).toEqual(['AWS CloudTrail', '']);
    expect(PROVIDERS.map(platformKey)).toEqual(['windows', 'aws', 'several']);
  });
});
