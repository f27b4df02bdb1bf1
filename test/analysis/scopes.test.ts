import { expect, test } from 'vitest';
import { namesOf, scopesOf } from '../../src/analysis/scopes';
import type { Span, Stage } from '../../src/model';
import { ruleOf, testOf } from './made';

const source = (name: string, start: number) => ({ name, span: { start, end: start + 1 } });
const at = (start: number): Span => ({ start, end: start + 1 });

/** `DeviceProcessEvents(0) | where …(10) | join (DeviceFileEvents(30) | where …(40)) | where …(60)` */
const join: Stage = { kind: 'join', role: 'combine', span: { start: 20, end: 50 }, branches: [{ name: 'right', span: { start: 25, end: 50 }, stages: [] }] };
const rule = ruleOf(
  testOf('FileName', 'eq', ['a']),
  'kusto',
  { scopes: ['sentinel'] },
  { stages: [join], sources: [source('DeviceProcessEvents', 0), source('DeviceFileEvents', 30)] },
);

test('the table a pipeline reads says what its fields are called', () => {
  const names = namesOf(rule);
  expect([10, 40, 60].map((place) => names(at(place)).canonical('FileName'))).toEqual(['process_name', 'file_name', 'process_name']);
});

test('one table, or none, holds everywhere', () => {
  const one = ruleOf(testOf('FileName', 'eq', ['a']), 'kusto', {}, { sources: [source('DeviceFileEvents', 30), source('DeviceFileEvents', 50)] });
  expect(namesOf(one)(at(10)).canonical('FileName')).toBe('file_name');
  expect(namesOf(ruleOf(testOf('process', 'eq', ['a']), 'cim'))(at(0)).canonical('process')).toBe('CommandLine');
});

test('scopes are what is read, then what the container says', () => {
  expect(scopesOf(rule)).toEqual(['deviceprocessevents', 'devicefileevents', 'sentinel']);
});
