import { VENDORS } from '../../src/knowledge/families';
import { SOURCE_NAMES } from '../../src/knowledge/sources';
import fc from 'fast-check';
import { gunzipSync, gzipSync, strFromU8, strToU8 } from 'fflate';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packDeltas, packInts, packLists, unpackDeltas, unpackInts, unpackLists } from '../../src/catalog/store/columns';
import { truncateValue, truncateText } from '../../src/catalog/store/truncate';
import type { CatalogRule } from '../../src/catalog/store/encode';
import { withOneSpelling } from '../../src/catalog/store/event-spellings';
import { openCatalog, openList, openManifest, openStored, openTexts } from '../../src/catalog/store/open';
import { withoutCopies } from '../../src/catalog/store/copies';
import { ruleOf } from '../../src/catalog/rule';
import { sha256 } from '../../src/catalog/store/sha256';
import { storeCatalog, writeCatalog } from '../../src/catalog/store/write';
import { smallPredicate } from '../logic/made';
import { COPY_REASONS, DOMAINS, PLATFORMS, RULE_KINDS, type CatalogLeaf, type Literal, type Predicate } from '../../src/model';
import { KINDS, POLARITIES } from '../../src/catalog/store/stored-format';
import { inputOf, opened, ruleWith } from './rules';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const word = fc.constantFrom('', 'a', 'B', 'b', 'Image', 'process_name', '\\net.exe', 'ÄÖ', '😀', '\ud800', 'T1049');
const place = fc.nat({ max: 2 ** 31 - 2 });

const leaf: fc.Arbitrary<CatalogLeaf> = fc
  .record({
    field: fc.option(word),
    op: fc.constantFrom(...KINDS),
    values: fc.array(fc.oneof(text, word), { maxLength: 4 }),
    triples: fc.array(fc.option(fc.record({ field: word, kind: fc.constantFrom(...KINDS), value: fc.oneof(text, word) })), { minLength: 4, maxLength: 4 }),
    negated: fc.boolean(),
    polarity: fc.constantFrom(...POLARITIES),
    stage: fc.integer({ min: -1, max: 40 }),
    composite: fc.option(fc.nat({ max: 40 })),
    macro: fc.option(word),
  })
  .map((made) => ({ ...made, triples: made.triples.slice(0, Math.max(1, made.values.length)) }));

const rule: fc.Arbitrary<CatalogRule> = fc.record({
  id: text,
  title: fc.oneof(text, word),
  vendor: fc.constantFrom(...VENDORS),
  source: fc.constantFrom(...SOURCE_NAMES),
  kind: fc.constantFrom(...RULE_KINDS),
  status: word,
  severity: word,
  language: word,
  techniques: fc.uniqueArray(word, { maxLength: 4 }),
  tactics: fc.uniqueArray(word, { maxLength: 4 }),
  platforms: fc.subarray([...PLATFORMS]),
  domains: fc.subarray([...DOMAINS]),
  created: word,
  modified: word,
  path: text,
  copies: fc.array(fc.record({ source: fc.constantFrom(...SOURCE_NAMES), path: text, by: fc.constantFrom(...COPY_REASONS) }), { maxLength: 2 }),
  ordinal: place,
  license: word,
  author: fc.array(text, { maxLength: 3 }),
  references: fc.array(text, { maxLength: 3 }),
  logsource: text,
  timeWindow: word,
  groupBy: fc.array(word, { maxLength: 3 }),
  events: fc.array(fc.record({ provider: word, id: word, title: text }), { maxLength: 3 }),
  stages: fc.array(fc.record({ kind: word, label: text }), { maxLength: 4 }),
  leaves: fc.array(leaf, { maxLength: 6 }),
  terms: fc.array(fc.record({ stage: fc.nat({ max: 9 }), text }), { maxLength: 3 }),
  outputs: fc.array(fc.record({ name: word, source: text, used: fc.boolean() }), { maxLength: 3 }),
  meaning: fc.constant(null),
  text: fc.constant(null),
});

describe('columns', () => {
  it('give back the numbers they were made of', () => {
    fc.assert(
      fc.property(fc.array(place), (numbers) => {
        expect([...unpackInts(packInts(numbers))]).toEqual(numbers);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 ** 30 - 1 })), (numbers) => {
        expect([...unpackDeltas(packDeltas(numbers))]).toEqual(numbers);
      }),
    );
  });

  it('give back lists', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat({ max: 999 }))), (lists) => {
        const back = unpackLists(packLists(lists));
        expect(lists.map((_, at) => [...back.items.subarray(back.starts[at], back.starts[at + 1])])).toEqual(lists);
      }),
    );
  });

  it('refuse what is no column', () => {
    expect(() => unpackInts('A!')).toThrow();
    expect(() => unpackInts('Aé')).toThrow();
    expect(() => unpackInts('_')).toThrow();
    expect(() => unpackInts('_______A')).toThrow();
    expect(() => unpackLists({ lengths: packInts([2]), items: packDeltas([1]) })).toThrow();
  });
});

describe('the hash', () => {
  it('is SHA-256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });
});

describe('a long value', () => {
  it('is cut to 256 characters with 8 digits of its hash', () => {
    const long = 'x'.repeat(300);
    expect(truncateValue(long)).toBe(`${'x'.repeat(246)}…#${sha256(strToU8(long)).slice(0, 8)}`);
    expect(truncateValue('x'.repeat(256))).toBe('x'.repeat(256));
  });

  it('is cut once, and never inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 }), (value) => {
        expect(truncateValue(truncateValue(value))).toBe(truncateValue(value));
      }),
    );
    expect(truncateValue('😀'.repeat(200))).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(truncateValue(`a${'😀'.repeat(200)}`)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  it('is shortened for people only where that makes it shorter', () => {
    expect(truncateText('x'.repeat(60), 57)).toBe('x'.repeat(60));
    expect(truncateText('x'.repeat(61), 57)).toBe(`${'x'.repeat(57)}...`);
  });
});

describe('a catalog', () => {
  // With keys in one order, so that equal facts are equal texts.
  const keyed = (rules: readonly CatalogRule[]): string[] => rules.map((one) => JSON.stringify(ruleWith(one))).sort();

  it('gives back the facts it was written from, events in one spelling', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (rules) => {
        const { catalog, details } = openStored(storeCatalog(inputOf(withoutCopies(rules).rules)));
        const kept = withoutCopies(rules).rules;
        const back = kept.map((_, index) => {
          const { index: _index, key: _key, url: _url, ...facts } = ruleOf(catalog, index, details())!;
          return { ...facts, copies: facts.copies.map(({ source, path, by }) => ({ source, path, by })), meaning: null };
        });
        expect(keyed(back)).toEqual(keyed(withOneSpelling(kept)));
        expect(ruleOf(catalog, kept.length)).toBeNull();
      }),
    );
  });

  it('gives back what its rules mean, but for values that are too long', () => {
    const meaning = fc.option(fc.record({ predicate: smallPredicate, isWhole: fc.boolean() }));
    fc.assert(
      fc.property(fc.array(meaning, { maxLength: 6 }), (made) => {
        const { meanings } = openStored(storeCatalog(inputOf(made.map((one, at) => ruleWith({ title: `${at}`, meaning: one })))));
        const back = meanings();
        made.forEach((one, at) => expect(back(at)).toEqual(one));
      }),
    );
    const kept: Predicate = {
      kind: 'all',
      span: { start: 0, end: 0 },
      of: (
        [
          { left: { kind: 'field', name: 'a.*', span: { start: 0, end: 0 }, canonical: 'b.*', wild: [2] }, values: [] },
          { left: null, values: [{ kind: 'literal', span: { start: 0, end: 0 }, type: 'string', text: 'x y', words: true }] },
          { left: null, values: [], modifiers: ['set_has_element'] },
        ] as const
      ).map((part) => ({ kind: 'test', span: { start: 0, end: 0 }, compare: 'equals', case: 'fold', missing: 'false', word: 'eq', ...part })),
    };
    expect(openStored(storeCatalog(inputOf([ruleWith({ meaning: { predicate: kept, isWhole: true } })]))).meanings()(0)).toEqual({
      predicate: kept,
      isWhole: true,
    });
    const long: Literal = { kind: 'literal', span: { start: 0, end: 0 }, type: 'string', text: 'x'.repeat(257) };
    const predicate: Predicate = {
      kind: 'test',
      span: { start: 0, end: 0 },
      left: null,
      compare: 'equals',
      values: [long],
      case: 'fold',
      missing: 'false',
      word: 'keyword',
    };
    const { meanings } = openStored(storeCatalog(inputOf([ruleWith({ meaning: { predicate, isWhole: true } })])));
    expect(JSON.stringify(meanings()(0))).toContain('"reason":"limit"');
    expect(JSON.stringify(meanings()(0))).not.toContain('xxx');
  });

  it('has the same bytes whatever the order of its input', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(rule, { maxLength: 6, selector: ({ vendor, title, source, path, ordinal }) => JSON.stringify([vendor, title, source, path, ordinal]) }),
        (rules) => {
          const [one, other] = [writeCatalog(inputOf(rules)), writeCatalog(inputOf([...rules].reverse()))];
          for (const [name, bytes] of one) expect(Buffer.from(other.get(name)!).equals(Buffer.from(bytes))).toBe(true);
        },
      ),
    );
  });

  it('names where a rule can be read', () => {
    const catalog = opened(inputOf([ruleWith({ path: 'rules/a b/ü#1.yml' }), ruleWith({ source: 'private', path: 'own.yml', title: 'z' })]));
    expect(ruleOf(catalog, 0)?.url).toBe('https://github.com/SigmaHQ/sigma/blob/c0ffee/rules/a%20b/%C3%BC%231.yml');
    expect(ruleOf(catalog, 1)?.url).toBe('');
  });

  it('keeps the texts of the files only where they were given, each once', () => {
    const files = writeCatalog(inputOf([ruleWith({ title: 'a', text: 'one' }), ruleWith({ title: 'b', text: 'one', ordinal: 1 }), ruleWith({ title: 'c' })]));
    const manifest = openManifest(strFromU8(files.get('manifest.json')!)).value!;
    const texts = openTexts(manifest, files.get('texts.bin')!).value!;
    expect([0, 1, 2, 3].map(texts)).toEqual(['one', 'one', null, null]);
    expect(writeCatalog(inputOf([ruleWith({})])).has('texts.bin')).toBe(false);
  });
});

describe('a damaged catalog', () => {
  const files = writeCatalog(inputOf([ruleWith({ title: 'a', techniques: ['T1049'] }), ruleWith({ title: 'b' })]));
  const manifestText = strFromU8(files.get('manifest.json')!);
  const manifest = openManifest(manifestText).value!;
  const list = openList(manifest, files.get('list.bin')!).value!;

  it('says what is wrong with its manifest', () => {
    expect(openManifest(null).failure).toMatchObject({ reason: 'missing', message: expect.stringContaining('manifest.json is not there') });
    expect(openManifest(manifestText.slice(0, 90)).failure?.reason).toBe('truncated');
    expect(openManifest('').failure?.reason).toBe('truncated');
    expect(openManifest('null').failure?.reason).toBe('unreadable');
    expect(openManifest('<!doctype html>').failure?.reason).toBe('missing');
    expect(openManifest('{"format":"other"}').failure?.reason).toBe('unreadable');
    expect(openManifest(manifestText.replace(/"version": \d+/, '"version": 99')).failure).toMatchObject({
      reason: 'version',
      message: expect.stringContaining('version 4'),
    });
    expect(openManifest(manifestText.replace('"list"', '"lost"')).failure?.reason).toBe('unreadable');
  });

  it('takes no manifest with an entry of another kind, and names it', () => {
    const whole = JSON.parse(manifestText) as Record<string, unknown>;
    const wrongs: Readonly<Record<string, readonly unknown[]>> = {
      newest: [5, null, undefined, ['2026'], {}],
      attack: [17, null, undefined],
      listed: ['2', -1, null, undefined],
      rules: ['2', -1, 1.5, null, undefined, 1e300],
      perVendor: [[1, 2], ['1', 0, 0, 0], null, undefined, {}],
      sources: [[null], [{ name: 'other' }], {}, 'sigma', undefined],
      files: [null, [], undefined, { list: 1 }],
    };
    for (const [key, values] of Object.entries(wrongs))
      for (const value of values) {
        const { failure } = openManifest(JSON.stringify({ ...whole, [key]: value }));
        expect(failure?.reason, `${key}: ${JSON.stringify(value)}`).toBe('unreadable');
        expect(failure?.message).toContain(`\`${key}`);
      }
    const { sources } = whole as { readonly sources: readonly Record<string, unknown>[] };
    for (const key of Object.keys(sources[0]!))
      expect(openManifest(JSON.stringify({ ...whole, sources: [{ ...sources[0], [key]: {} }] })).failure?.message).toContain('sources[0]');
  });

  it('says what is wrong with a file', () => {
    const bytes = files.get('list.bin')!;
    const flipped = bytes.slice();
    flipped[40]! ^= 1;
    expect(openList(manifest, null).failure?.reason).toBe('missing');
    expect(openList(manifest, bytes.slice(0, -3)).failure?.reason).toBe('truncated');
    expect(openList(manifest, flipped).failure?.reason).toBe('hash');
    expect(openList(manifest, new Uint8Array([...bytes, 0])).failure?.reason).toBe('hash');
    expect(openCatalog(manifest, list, files.get('list.bin')!).failure).toBeDefined();
  });

  it('tells in each message what can be done; what still holds is said where it is shown', () => {
    for (const failure of [openManifest(null).failure!, openList(manifest, null).failure!, openList(manifest, files.get('list.bin')!.slice(1)).failure!])
      expect(failure.message).toMatch(/(Build it again|Reload)/);
  });

  it('never throws, whatever one changed value of its content does, even under a fitting hash', () => {
    const content = JSON.parse(strFromU8(gunzipSync(files.get('facts.bin')!))) as Record<string, unknown>;
    const open = (stored: unknown) => {
      const bytes = gzipSync(strToU8(JSON.stringify(stored)));
      const forged = { ...manifest, files: { ...manifest.files, facts: { name: 'facts.bin', bytes: bytes.length, sha256: sha256(bytes) } } };
      return openCatalog(forged, list, bytes);
    };
    expect(open(content).failure).toBeUndefined();
    for (const key of Object.keys(content))
      for (const wrong of [null, 7, '_', 'ZZZZ', [], {}, ['_', '_', '_']]) expect(open({ ...content, [key]: wrong })).toBeDefined();
    expect(open(null).failure?.reason).toBe('unreadable');
  });
});
