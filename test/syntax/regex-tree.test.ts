import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regexPieces } from '../../src/syntax/regex';
import { type RegexNode, regexTree } from '../../src/syntax/regex-tree';

/** The expression again, from the tree's leaves and the pieces that stand around them. */
function written(source: string, node: RegexNode): string {
  switch (node.kind) {
    case 'sequence':
      return node.of.map((part) => written(source, part)).join('');
    case 'choice':
      return node.of.map((part) => written(source, part)).join('|');
    case 'group':
      return `${source.slice(node.open.start, node.open.end)}${written(source, node.of)})`;
    case 'repeated':
      return `${written(source, node.of)}${node.by.map(({ start, end }) => source.slice(start, end)).join('')}`;
    default:
      return source.slice(node.start, node.end);
  }
}

const tree = (source: string): RegexNode | null => regexTree(source, 'pcre', '');

describe('a regular expression as a tree', () => {
  it.each(['', 'a|b|', '(?:a(b)|c)*?d', 'a**', '[a|(]\\(', '(?<n>x){2,3}|^$'])('has all that is written: %s', (source) => {
    expect(written(source, tree(source)!)).toBe(source);
  });

  it('has all that is written, or is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab()[]{}|*+?.^$\\1,'), maxLength: 30 }), (source) => {
        const made = tree(source);
        const open = regexPieces(source, 'pcre').filter(({ kind }) => kind === 'open').length;
        const close = regexPieces(source, 'pcre').filter(({ kind }) => kind === 'close').length;
        if (open !== close) expect(made).toBeNull();
        // A quantifier behind nothing is left out.
        if (made !== null && !/(?:^|[(|])[*+?{]/.test(source)) expect(written(source, made)).toBe(source);
      }),
    );
  });

  it('counts the groups that keep what they find', () => {
    const found = tree('(?:a)(b(?<name>c))');
    expect(found).toMatchObject({ of: [{ number: 0 }, { number: 1, of: { of: [{}, { number: 2, open: { name: 'name' } }] } }] });
  });

  it('is none where brackets do not pair, are too deep, or blanks do not count', () => {
    expect(tree('(a')).toBeNull();
    expect(tree('a)')).toBeNull();
    expect(tree(`${'('.repeat(300)}x${')'.repeat(300)}`)).toBeNull();
    expect(tree('(?x)a b')).toBeNull();
    expect(regexTree('a b', 'pcre', 'x')).toBeNull();
  });

  it('makes no tower of quantifiers', () => {
    expect(tree(`a${'+?'.repeat(20_000)}`)).toMatchObject({ of: [{ kind: 'repeated', of: { kind: 'char' } }] });
  });
});
