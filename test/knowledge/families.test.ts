import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import table from '../../src/knowledge/families.json';
import { FAMILIES, familyOf, familyWriting, isContextField, VENDORS } from '../../src/knowledge/families';
import { FILE_KINDS, fileKindOf } from '../../src/knowledge/file-kinds';
import fields from '../../src/knowledge/fields.json';
import { isOwnSource, SOURCES, sourceOf } from '../../src/knowledge/sources';
import { isEncoding } from '../../src/knowledge/encodings';
import { isTransparent } from '../../src/knowledge/functions';
import { LANGUAGES } from '../../src/languages/registry';
import { RULE_KINDS } from '../../src/model';

const ROOT = join(import.meta.dirname, '..', '..');
const distinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

describe('the families', () => {
  it('are told apart by each of their marks', () => {
    for (const mark of ['id', 'taxonomy', 'name', 'letter', 'colour'] as const) expect(distinct(FAMILIES.map((family) => family[mark])), mark).toBe(true);
  });

  it('hold what the table says they hold, and nothing else', () => {
    for (const row of table.families) for (const key of Object.keys(row)) expect(table.about, `${row.id}: ${key}`).toMatch(new RegExp(`\\b${key}\\b`));
    for (const { id, name, letter, quote, context, wraps, copies } of FAMILIES) {
      expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect([...letter]).toHaveLength(1);
      expect(name).not.toBe('');
      expect(quote.mark).toMatch(/^['"]$/);
      expect(['doubled', 'backslash']).toContain(quote.inside);
      expect([...context].every((field) => field.trim() === field && field !== '')).toBe(true);
      expect(wraps === null || familyWriting(wraps.taxonomy) !== undefined).toBe(true);
      expect(copies.every((ending) => ending.startsWith('.'))).toBe(true);
    }
  });

  it('have colours, a ground beside each', () => {
    const tokens = readFileSync(join(ROOT, 'src', 'ui', 'tokens.css'), 'utf8');
    for (const { colour } of FAMILIES) for (const token of [colour, `${colour}-soft`]) expect(tokens).toContain(`${token}: light-dark(`);
  });

  it('are all there are: every language writes the fields of one, and the table of fields knows each', () => {
    for (const { id, taxonomy } of LANGUAGES.values()) expect(familyWriting(taxonomy)?.taxonomy, id).toBe(taxonomy);
    for (const { taxonomy } of FAMILIES) expect(Object.keys(fields.scopes)).toContain(taxonomy);
    expect(Object.keys(fields.scopes)).toHaveLength(FAMILIES.length);
  });

  it('know what scopes a rule, in the letters of their vendor', () => {
    expect(isContextField('cim', 'Type')).toBe(true);
    expect(isContextField('cim', 'type')).toBe(false);
    expect(isContextField('none of ours', 'Type')).toBe(false);
    expect(familyOf('none of ours')).toBeUndefined();
  });
});

describe('the sources', () => {
  it('are read by formats and written by vendors that there are', () => {
    expect(distinct(SOURCES.map(({ name }) => name))).toBe(true);
    for (const { name, vendor, format, reads, label } of SOURCES) {
      expect(vendor === null || VENDORS.includes(vendor), name).toBe(true);
      expect(format === null || FORMATS.has(format), name).toBe(true);
      expect(reads.length, name).toBeGreaterThan(0);
      for (const { kind } of reads) expect(kind === null || RULE_KINDS.includes(kind), name).toBe(true);
      expect(label, name).not.toBe('');
    }
  });

  it('hold one that is the reader’s own, which takes every file', () => {
    expect(SOURCES.filter(({ name }) => isOwnSource(name)).map(({ vendor, format }) => [vendor, format])).toEqual([[null, null]]);
    expect(sourceOf('private')!.reads[0]!.files.test('any/file.txt')).toBe(true);
  });
});

describe('kinds of files', () => {
  it('hold every usual ending of a format once, and one for all others', () => {
    const endings = FILE_KINDS.flatMap(({ extensions }) => extensions);
    expect(distinct(endings)).toBe(true);
    expect(FILE_KINDS.filter(({ extensions }) => extensions.length === 0)).toEqual([FILE_KINDS.at(-1)]);
    for (const { extensions } of FORMATS.values()) expect(fileKindOf(extensions[0]).quotes.length).toBeGreaterThan(0);
    expect(fileKindOf(undefined)).toBe(FILE_KINDS.at(-1));
  });
});

describe('what leaves a value alone', () => {
  it('is a function or a modifier by name, however a language spells its case', () => {
    expect([isTransparent('ToLower'), isTransparent('length'), isTransparent('constructor')]).toEqual([true, false, false]);
    expect([isEncoding('base64'), isEncoding('contains')]).toEqual([true, false]);
  });
});
