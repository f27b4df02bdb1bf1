import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { adapt } from '../../src/convert/adapt';
import { convert } from '../../src/convert/convert';
import { lucenePattern } from '../../src/convert/lucene-pattern';
import { readMapping } from '../../src/convert/mapping';
import { meaningOf } from '../../src/convert/meaning';
import { TARGETS } from '../../src/convert/targets/list';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { ColumnKind, LossEffect, Predicate, Rule } from '../../src/model';
import { regexOf } from '../../src/run/regex';
import { smallEvent, smallPredicate, verdictOf } from '../logic/made';

/** Single texts, which is what the small events have; what is lost of the rest is said apart. */
const RUNS = { numRuns: 800 };

// Thousands of texts are parsed, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('a predicate in a target’s manner', () => {
  for (const target of [...TARGETS.values()].filter(({ manner }) => manner.letters !== 'lowered'))
    test(`${target.id}: holds of the same events, or a loss says which way it differs`, () => {
      fc.assert(
        fc.property(smallPredicate, fc.array(smallEvent, { maxLength: 8 }), (predicate, events) => {
          const effects = new Set<LossEffect>();
          let isRefused = false;
          const adapted = adapt(predicate, {
            manner: target.manner,
            language: 'sigma',
            label: target.label,
            from: target.manner,
            nameOf: ({ name }) => ({ name }),
            lose: (_span, _kind, _why, effect) => void effects.add(effect),
            refuse: () => void (isRefused = true),
          });
          if (isRefused || holdsRegex(adapted)) return;
          for (const event of events) {
            const [before, after] = [verdictOf(predicate, event) === true, verdictOf(adapted, event) === true];
            if (before && !after) expect([...effects].some((effect) => effect === 'stricter' || effect === 'either')).toBe(true);
            if (after && !before) expect([...effects].some((effect) => effect === 'looser' || effect === 'either')).toBe(true);
          }
        }),
        RUNS,
      );
    });
});

const holdsRegex = (node: Predicate): boolean =>
  node.kind === 'test'
    ? node.compare === 'regex' || node.compare === 'filled' || node.compare === 'empty'
    : node.kind === 'not'
      ? holdsRegex(node.of)
      : node.kind !== 'unread' && node.of.some(holdsRegex);

/** A rule that demands a predicate and nothing else. */
function ruleOf(predicate: Predicate): Rule {
  const text =
    'title: t\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    selection:\n        a: b\n    condition: selection\n';
  const [rule] = FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules;
  return { ...rule!, analysis: { ...rule!.analysis, predicate, diagnostics: [] } };
}

describe('what is written', () => {
  for (const target of TARGETS.values())
    test(`${target.id}: reads back as what it was made of`, () => {
      fc.assert(
        fc.property(smallPredicate, (predicate) => {
          const { text, proof } = convert(ruleOf(predicate), target);
          if (text !== null && proof.readsBack !== true) expect.fail(text);
        }),
        { numRuns: 200 },
      );
    });

  for (const target of [...TARGETS.values()].filter(({ takesColumns }) => takesColumns === true))
    test(`${target.id}: reads back over a table whose columns are known`, () => {
      const kind = fc.constantFrom<ColumnKind | null>('text', 'number', 'other', null);
      fc.assert(
        fc.property(smallPredicate, fc.array(kind, { minLength: 5, maxLength: 5 }), (predicate, kinds) => {
          const { text, proof } = convert(ruleOf(predicate), target, { columns: (name) => kinds[name.charCodeAt(0) % kinds.length]! });
          if (text !== null && proof.readsBack !== true) expect.fail(text);
        }),
        { numRuns: 200 },
      );
    });

  test('a text written in its own language again is the same', () => {
    fc.assert(
      fc.property(smallPredicate, (predicate) => {
        const once = convert(ruleOf(predicate), TARGETS.get('eql')!, { names: 'sigma' });
        if (once.text === null) return;
        const [rule] = FORMATS.get('eql')!.open(once.text, { languages: LANGUAGES }).rules;
        const twice = convert(rule!, TARGETS.get('eql')!);
        expect(meaningOf(FORMATS.get('eql')!.open(twice.text!, { languages: LANGUAGES }).rules[0]!.analysis.predicate)).toBe(
          meaningOf(rule!.analysis.predicate),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('regular expressions in the style of Lucene', () => {
  const piece = fc.constantFrom('a', 'B', '.', '\\.', '[a-c]', '[^B]', '(?:a|b)', '(B)', 'a+', 'b*?', 'a{1,2}', '\\d', '"', '#', '&', '\\\\', 'a?');
  const pattern = fc
    .record({ start: fc.boolean(), end: fc.boolean(), pieces: fc.array(piece, { minLength: 1, maxLength: 5 }) })
    .map(({ start, end, pieces }) => `${start ? '^' : ''}${pieces.join('')}${end ? '$' : ''}`);
  const value = fc.array(fc.constantFrom('a', 'b', 'B', 'c', '.', '1', '"', '#', '&', '\\', 'x'), { maxLength: 6 }).map((chars) => chars.join(''));

  test('the same values fit', () => {
    fc.assert(
      fc.property(pattern, pattern, fc.boolean(), fc.array(value, { maxLength: 6 }), (one, other, isChoice, values) => {
        const source = isChoice ? `${one}|${other}` : one;
        const made = lucenePattern(source, { lowers: false });
        if ('why' in made) return;
        const [before, after] = [
          regexOf({ text: source, dialect: 'pcre', flags: 's' }, false),
          regexOf({ text: made.text, dialect: 'lucene', flags: '', whole: true }, false),
        ];
        if (before.refused !== undefined || after.refused !== undefined) expect.fail(`${source} → ${made.text}: ${before.refused ?? after.refused}`);
        else for (const text of values) expect([source, made.text, text, after.test(text)]).toEqual([source, made.text, text, before.test(text)]);
      }),
      RUNS,
    );
  });

  test.each([
    ['(^|x)a', 'an anchor within the expression'],
    ['a(?=b)', 'a group of its own kind (look-around, flags)'],
    ['\\bcmd', 'a border of a word'],
    ['(a)\\1', 'a back-reference'],
  ])('%s is refused: %s', (source, why) => expect(lucenePattern(source, { lowers: false })).toEqual({ why }));
});

describe('names of the reader’s own', () => {
  test('JSON, and a pipeline of pySigma', () => {
    expect(readMapping('{ "Image": "exe" }')).toEqual({ names: new Map([['Image', 'exe']]), left: [] });
    expect(readMapping('name: x\ntransformations:\n  - id: m\n    type: field_name_mapping\n    mapping:\n      Image: exe\n      User: [who]\n')).toEqual({
      names: new Map([
        ['Image', 'exe'],
        ['User', 'who'],
      ]),
      left: [],
    });
  });
  test('what else a pipeline does is told; what names fields in another way too is refused', () => {
    const pipeline = (type: string): string => `transformations:\n  - type: field_name_mapping\n    mapping: {a: b}\n  - type: ${type}\n`;
    expect(readMapping(pipeline('add_condition'))).toEqual({ names: new Map([['a', 'b']]), left: ['add_condition'] });
    expect(readMapping(pipeline('field_name_prefix'))).toEqual({ why: 'its transformation `field_name_prefix` changes names too, and is not read' });
  });
  test('a mapping without names is none', () => {
    const wide = `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]\nImage: exe\n`;
    for (const text of ['{}', '', 'name: [x', '{ "Image": ', 'transformations: []', '{ "Image": " " }', 'Image: &a {b: *a}', wide])
      expect(readMapping(text)).toHaveProperty('why');
  });
  test('what is not one name for one, or holds under conditions, is refused', () => {
    expect(readMapping('{ "Image": ["a", "b"] }')).toEqual({ why: '`Image` has not one name' });
    expect(readMapping('transformations:\n  - type: field_name_mapping\n    mapping: {a: b}\n    rule_conditions: [{type: logsource}]\n')).toHaveProperty(
      'why',
    );
  });
});
