import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addTo } from '../../src/languages/sigma/print/add';
import { parseCondition } from '../../src/languages/sigma/parse/condition';
import { openSigma } from '../../src/languages/sigma/lower/documents';
import { placeAt } from '../../src/languages/sigma/assist/place';
import { problemOfStrictNetwork } from '../../src/syntax/network';
import { checkRegex } from '../../src/languages/sigma/lint/regex';
import { decodePattern, encodeParts, encodePattern, openedParts, partsOf } from '../../src/languages/sigma/parse/pattern';
import { canonicalise } from '../../src/analysis/canonicalise';
import type { FieldNames } from '../../src/knowledge/fields';
import { OPERATORS } from '../../src/model';
import { rowTest } from '../../src/syntax/row-test';
import { walkTests } from '../../src/syntax/walk';
import { inputsOf } from '../support/cases';

const pattern = fc.array(fc.constantFrom('*', '?', '\\', 'a', 'B', ' ', '\\*', '\\\\'), { maxLength: 12 }).map((parts) => parts.join(''));
const texts = inputsOf('sigma');

it('what is decoded is encoded back to the same meaning', () => {
  fc.assert(
    fc.property(pattern, (raw) => {
      const decoded = decodePattern(raw);
      expect(decodePattern(encodePattern(decoded.text, decoded.wild))).toEqual(decoded);
    }),
  );
});

it('the parts of a text are written back as the same parts', () => {
  fc.assert(
    fc.property(pattern, fc.boolean(), fc.boolean(), (raw, start, end) => {
      const parts = openedParts(partsOf(raw), start, end);
      expect(partsOf(encodeParts(parts))).toEqual(parts);
    }),
  );
});

it('a condition of any words has a tree inside its text', () => {
  const words = fc.array(
    fc.constantFrom('and', 'or', 'not', '(', ')', '1', 'of', 'all', 'them', 'sel', 'sel_*', 'AND', '|', 'count()', '>', '5', '"x"', ',', '&&', '!'),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join(' ');
      const { condition, diagnostics } = parseCondition(text, new Set(['sel']));
      expect(condition.span.start).toBeGreaterThanOrEqual(0);
      expect(condition.span.end).toBeLessThanOrEqual(text.length);
      for (const { span } of diagnostics) expect(span.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 500 },
  );
});

it('a condition that nests deeply, or denies long, is answered', () => {
  for (const unit of ['(', 'not ', '(not ', 'not (', '1 of (', 'a and ', 'a or not ', ')', '"']) {
    const { diagnostics } = parseCondition(unit.repeat(20_000), new Set());
    expect(diagnostics.length).toBeGreaterThan(0);
  }
});

it('expressions and networks of any letters get an answer', () => {
  const letters = fc.array(fc.constantFrom(...'()[]{}?*+|^$\\.,-=!<>:P#0123456789abdwx&~'), { maxLength: 20 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(letters, (text) => {
      const { problem } = checkRegex(text);
      if (problem !== null) expect(problem.at).toBeLessThanOrEqual(text.length);
      problemOfStrictNetwork(text);
    }),
    { numRuns: 2_000 },
  );
});

it('a regular expression that JavaScript takes as it stands has no problem', () => {
  const letters = fc
    .array(fc.constantFrom('(', ')', '[ab]', '[^x-z-]', 'a', 'b-c', '+', '*', '|', '.', '\\d', '\\.', '(?:', '{2,3}'), { maxLength: 10 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(letters, (text) => {
      let isFine = true;
      try {
        new RegExp(text, 'u');
      } catch {
        isFine = false;
      }
      if (isFine) expect({ text, ...checkRegex(text) }).toMatchObject({ problem: null });
    }),
    { numRuns: 3_000 },
  );
});

it('a row that is added reads back as that row, beside all that stood there, without a new error', { timeout: 120_000 }, () => {
  const value = fc.oneof(pattern, fc.constantFrom('5', '007', '1.5', 'on', 'null', "it's", '"', 'a\nb', '%x%', '\u2028', ' '));
  const rows = fc.record({
    polarity: fc.constantFrom('indicator', 'exclusion'),
    field: fc.constantFrom('Image', 'New Value', 'on'),
    op: fc.constantFrom(...OPERATORS.filter((op) => op !== 'keyword' && op !== 'term' && op !== 'field_eq')),
    value,
  });
  // a field is one however its letters are written, as the field table has it
  const names = { canonical: (name: string) => name.toLowerCase() } as unknown as FieldNames;
  const countedOf = (text: string): readonly string[] => {
    const found: string[] = [];
    walkTests(openSigma(text).documents[0]!.analysis.predicate, (test, negated) =>
      canonicalise(test, names).forEach((triple) => found.push(JSON.stringify([triple, negated, test.case]))),
    );
    return found;
  };
  const sound = texts.filter(
    (text) => openSigma(text).documents[0]?.kind === 'rule' && openSigma(text).diagnostics.every(({ severity }) => severity !== 'error'),
  );
  let added = 0;
  fc.assert(
    fc.property(fc.constantFrom(...sound), rows, (text, row) => {
      const edits = addTo(text, 0, row);
      if (edits === null || edits.length === 0) return;
      added++;
      const after = [...edits]
        .reverse()
        .sort((a, b) => b.span.start - a.span.start)
        .reduce((done, edit) => done.slice(0, edit.span.start) + edit.text + done.slice(edit.span.end), text);
      const before = countedOf(text);
      const counted = countedOf(after);
      const wanted = canonicalise(rowTest(row, 'pcre'), names).map((triple) => JSON.stringify([triple, row.polarity === 'exclusion', 'fold']));
      const errors = openSigma(after).diagnostics.filter(
        ({ severity, code }) => severity === 'error' && code !== 'sigma/bad-regex' && code !== 'sigma/bad-network',
      );
      expect({ after, missing: [...before, ...wanted].filter((one) => !counted.includes(one)), errors }).toEqual({ after, missing: [], errors: [] });
    }),
    { numRuns: 400 },
  );
  expect(added).toBeGreaterThan(100);
});

it('places are inside the text, and additions give a text that still opens', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.constantFrom(...OPERATORS),
      fc.constantFrom('indicator', 'exclusion'),
      pattern,
      (text, at, op, polarity, value) => {
        const offset = at % (text.length + 1);
        const { span } = placeAt(text, offset);
        expect(span.start <= offset && offset <= span.end && span.end <= text.length).toBe(true);
        const edits = addTo(text, 0, { polarity, field: 'Image', op, value });
        if (edits === null) return;
        const sorted = [...edits].sort((a, b) => a.span.start - b.span.start);
        for (const [index, edit] of sorted.entries()) expect(index === 0 || sorted[index - 1]!.span.end <= edit.span.start).toBe(true);
        const after = sorted.reduceRight((done, edit) => done.slice(0, edit.span.start) + edit.text + done.slice(edit.span.end), text);
        const broken = (written: string): number => openSigma(written).diagnostics.filter(({ code }) => code.startsWith('yaml/')).length;
        if (broken(text) === 0) expect({ text, after, broken: broken(after) }).toMatchObject({ broken: 0 });
      },
    ),
    { numRuns: 600 },
  );
});
