import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'smol-toml';
import { readToml } from '../../src/formats/elastic/toml';
import { at, type DocumentNode, type TextNode } from '../../src/formats/elastic/tree';
import { expectLinear } from '../support/linear';

const plain = (node: DocumentNode): unknown => {
  switch (node.kind) {
    case 'text':
      return node.value;
    case 'scalar':
      return node.source === 'true' ? true : node.source === 'false' ? false : Number(node.source.replaceAll('_', ''));
    case 'list':
      return node.items.map(plain);
    case 'table':
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
  }
};
const text = (source: string, ...path: readonly string[]): TextNode => at(readToml(source).root, ...path) as TextNode;
const codes = (source: string): readonly string[] => readToml(source).diagnostics.map(({ code, span }) => `${code} ${source.slice(span.start, span.end)}`);

describe('TOML with places', () => {
  it('reads what a plain parser reads', () => {
    const source = [
      '# a comment',
      'a = "x \\"y\\" \\\\ \\u00e9" # after',
      "b = 'C:\\raw'",
      'c = """\nfirst\nsecond \\\n   joined"""',
      "d = '''\nraw \\ text'''",
      'e = [1, 2.5, -3, 1_000,\n  "t", # in a list\n]',
      'f = { g = true, "h i" = { j = false } }',
      'k.l."m n" = 1',
      '[o.p]',
      'q = "r"',
      '[[s]]',
      't = 1',
      '[[s]]',
      't = 2',
      '[s.u]',
      'v = 3',
      '[[s.w]]',
      'x = 4',
    ].join('\n');
    expect(plain(readToml(source).root)).toEqual(parse(source));
    expect(readToml(source).diagnostics).toEqual([]);
  });

  it('maps every offset of an escaped text back to the document', () => {
    const source = 'a = "one \\"two\\" \\\\three \\u0041 four"';
    const node = text(source, 'a');
    expect(node.value).toBe('one "two" \\three A four');
    for (const word of ['one', 'two', 'three', 'four']) expect(node.map(node.value.indexOf(word))).toBe(source.indexOf(word));
    expect(node.map(node.value.indexOf('"'))).toBe(source.indexOf('\\"'));
    expect(node.map(node.value.length)).toBe(source.length - 1);
  });

  it('ends an open text before the next table, and reads on', () => {
    const source = "[rule]\nquery = '''\nprocess.name: a\n\n[[rule.threat]]\nframework = \"f\"\nnote = '''\nx'''\n";
    expect(text(source, 'rule', 'query').value.trim()).toBe('process.name: a');
    expect(plain(at(readToml(source).root, 'rule', 'threat')!)).toEqual([{ framework: 'f', note: 'x' }]);
    expect(codes(source)).toEqual(["elastic/unclosed '''"]);
  });

  it('ends an open line, list or table where the next key begins', () => {
    expect(codes('a = "x\nb = 1\n')).toEqual(['elastic/unclosed "']);
    const source = 'a = [\n  "x",\nb = 1\n[c]\nd = 2\n';
    expect(codes(source)).toEqual(['elastic/unclosed [']);
    expect(plain(readToml(source).root)).toEqual({ a: ['x'], b: 1, c: { d: 2 } });
  });

  it('remarks what is no TOML and keeps the rest', () => {
    expect(codes('a 1\nb = 2')).toEqual(['elastic/syntax a ']);
    expect(codes('a = nonsense\nb = 2')).toEqual(['elastic/syntax nonsense']);
    expect(codes('a = 1\na = 2')).toEqual(['elastic/duplicate-key a']);
    expect(codes('a = "C:\\temp"')).toEqual([]);
    expect(codes('a = "C:\\Windows"')).toEqual(['elastic/escape \\W']);
    expect(codes('a = 1 2')).toEqual(['elastic/syntax 2']);
  });

  it('repairs what is broken inside a statement', () => {
    const root = (source: string): unknown => plain(readToml(source).root);
    expect(root('a = ["x", "y"\n[c]\nd = 2')).toEqual({ a: ['x', 'y'], c: { d: 2 } });
    expect(root('a = ["x" "y"]')).toEqual({ a: ['x', 'y'] });
    expect(root('a = [\n  "x",\n  "y"z",\n  "u",\n  "v",\n]\nb = 1')).toEqual({ a: ['x', 'v'], b: 1 });
    expect(root('[a\nb = 1\n[c d]\ne = 2')).toEqual({ a: { b: 1 }, c: { e: 2 } });
    expect(at(readToml('a = high\nb = 1').root, 'a')).toMatchObject({ kind: 'scalar', source: 'high', start: 4, end: 8 });
    expect(text('a = "x \\" and\nb = "\\W \u0001 y"', 'b').value).toBe('\\W \u0001 y');
    expect(codes('[a]\nb = 1\n[c]\n[a]\nd = 2')).toEqual(['elastic/duplicate-key a']);
    expect(codes('a = 1\n[a.b]\nc = 2')).toHaveLength(1);
  });

  it('takes the end of a text whose beginning is broken for no beginning', () => {
    const source = 'note "x = """\nIt is\nthis\n"""\n[rule]\nquery = \'\'\'\na:1\n\'\'\'\n';
    expect(text(source, 'rule', 'query').value).toBe('a:1\n');
  });

  it('says that it does not read what is too deep, too long or no TOML at all', () => {
    expect(codes(`a = ${'['.repeat(5000)}\nb = 1`)).toEqual(['elastic/too-deep [']);
    expect(plain(readToml(`a = ${'['.repeat(5000)}\nb = 1`).root)).toEqual({ b: 1 });
    expect(codes(`a = "${'x'.repeat(200_000)}"\nb = 1`)).toEqual(['elastic/syntax a']);
    expect(readToml('no toml\n'.repeat(5000)).diagnostics.at(-1)!.message).toContain('not read from here on');
  });

  it('colours a comment where a name is closed for the writer', () => {
    expect(readToml('[[a,#\na').tokens.map(({ type, start, end }) => [type, start, end])).toEqual([
      ['key', 0, 3],
      ['punctuation', 3, 4],
      ['comment', 4, 5],
    ]);
  });

  it('answers for any text, with tokens in order', () => {
    const pieces = ['a', ' = ', '"', "'", "'''", '"""', '\n', '[', ']', '[[', '{', '}', ',', '.', '#', '\\', '[rule]', '1', 'true', ' '];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        const source = parts.join('');
        let last = 0;
        for (const { start, end } of readToml(source).tokens) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(source.length);
          last = end;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('takes time linear in the length', () => {
    for (const unit of ['[', '{', '"', "'''", 'a = "x"\n', 'a = [', '[a]\n', 'a.', '\\', '"""\n[x]\n', 'a = "\\\\', '[[a.b]]\n'])
      expectLinear(JSON.stringify(unit), (length) => readToml(unit.repeat(Math.ceil(length / unit.length))), 20_000);
  });
});
