import { describe, expect, it } from 'vitest';
import { fixAll } from '../../src/lint/fix-all';
import { withoutSuppressed } from '../../src/lint/suppression';
import type { Diagnostic, Token } from '../../src/model';

const commentsIn = (text: string): readonly Token[] =>
  [...text.matchAll(/#[^\n]*/g)].map(({ 0: written, index }) => ({ type: 'comment', start: index, end: index + written.length }));
const at = (text: string, part: string, code: Diagnostic['code']): Diagnostic => {
  const start = text.indexOf(part);
  return { code, severity: 'warning', span: { start, end: start + part.length }, message: '' };
};
const left = (text: string, ...remarks: readonly Diagnostic[]) => withoutSuppressed(text, commentsIn(text), remarks).map(({ code }) => code);

describe('a comment silences', () => {
  it('the checks it names on the next line, and nothing else', () => {
    const text = 'a # rulewright-disable-next-line rule/short-value, rule/idle-condition\nB\nC\n';
    expect(left(text, at(text, 'B', 'rule/short-value'), at(text, 'C', 'rule/short-value'), at(text, 'B', 'rule/never-matches'))).toEqual([
      'rule/short-value',
      'rule/never-matches',
    ]);
  });

  it('the checks it names in the whole file, or all of them', () => {
    const text = 'a\n# rulewright-disable rule/short-value\nb';
    expect(left(text, at(text, 'a', 'rule/short-value'), at(text, 'b', 'rule/short-value'), at(text, 'b', 'sigma/tag-name'))).toEqual(['sigma/tag-name']);
    expect(left('a # rulewright-disable', at('a', 'a', 'rule/short-value'))).toEqual([]);
  });

  it('what several comments on a line name, on the next one alone', () => {
    const text = 'a\n# rulewright-disable-next-line a/b # rulewright-disable-next-line c/d\nB\n# rulewright-disable-next-line\nC\nD';
    const remarks = ['a/b', 'c/d', 'e/f'].flatMap((code) => ['a', 'B', 'C', 'D'].map((part) => at(text, part, code as Diagnostic['code'])));
    expect(withoutSuppressed(text, commentsIn(text), remarks).map(({ code, span }) => text.slice(span.start, span.end) + code)).toEqual([
      'aa/b',
      'Da/b',
      'ac/d',
      'Dc/d',
      'ae/f',
      'Be/f',
      'De/f',
    ]);
  });

  it('nothing where it is no comment', () => {
    const text = 'a: rulewright-disable rule/short-value';
    expect(left(text, at(text, 'a', 'rule/short-value'))).toEqual(['rule/short-value']);
  });
});

describe('all fixes at once', () => {
  /** Every `x` should be a `y`; every `yy` a `z`. */
  const remarksOn = (text: string): readonly Diagnostic[] =>
    [...text.matchAll(/x|yy/g)].map(({ 0: found, index }) => {
      const span = { start: index, end: index + found.length };
      return { code: 'made/letter', severity: 'warning', span, message: '', fix: { title: '', edits: [{ span, text: found === 'x' ? 'y' : 'z' }] } };
    });

  it('makes those that do not touch, then looks again', () => {
    expect(fixAll('x-x-q', remarksOn)).toEqual({ text: 'y-y-q', fixes: 2 });
    expect(fixAll('xx', remarksOn)).toEqual({ text: 'z', fixes: 3 });
    expect(fixAll('q', remarksOn)).toEqual({ text: 'q', fixes: 0 });
  });

  it('leaves what its author chooses', () => {
    const chosen = (text: string): readonly Diagnostic[] => remarksOn(text).map((remark) => ({ ...remark, fix: { ...remark.fix!, isChoice: true } }));
    expect(fixAll('x-x', chosen)).toEqual({ text: 'x-x', fixes: 0 });
  });

  it('takes back a round that draws an error', () => {
    const worse = (text: string): readonly Diagnostic[] =>
      text.includes('x') ? remarksOn(text) : [{ code: 'made/broken', severity: 'error', span: { start: 0, end: 0 }, message: '' }];
    expect(fixAll('x', worse)).toEqual({ text: 'x', fixes: 0 });
  });
});
