import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Scalar, stringify } from 'yaml';
import { editsInDocument } from '../../src/syntax/embedded';
import { entriesOf, parseYaml } from '../../src/syntax/yaml';
import { embeddedScalar } from '../../src/syntax/yaml-scalar';

const open = (document: string) =>
  embeddedScalar(document, entriesOf(parseYaml(document).documents[0]!.map!).find(({ key: name }) => name === 'q')!.value as Scalar);
/** Each decoded unit with the document's unit at its place. */
const pairs = (document: string) => {
  const embedded = open(document);
  return [...embedded.text].map((_, i) => [embedded.text[i], document[embedded.toDocument(i)]]);
};

describe('embedded YAML scalars', () => {
  it.each([
    ['plain', 'q: index=main | stats count\n'],
    ['plain over lines', 'q: index=main\n  | stats\n\n  count\nz: 1\n'],
    ['single quoted', "q: 'a ''b'' c\n  d'\n"],
    ['literal', 'q: |\n  index=main\n    deep\n\n  | stats\nz: 1\n'],
    ['literal with carriage returns', 'q: |-\r\n  index=main\r\n  | stats\r\nz: 1\r\n'],
    ['literal with an indentation indicator', 'q: |2\n    two more\n  none\n'],
    ['folded', 'q: >-\n  index=main\n  | stats\n\n  count\n    more\n  end\n'],
    ['double quoted over lines', 'q: "a b\n  c \\\n  d"\n'],
  ])('%s: every visible unit maps to itself', (_, document) => {
    for (const [decoded, source] of pairs(document)) if (decoded!.trim() !== '') expect(source).toBe(decoded);
  });

  it('double quoted escapes map to their backslash', () => {
    const document = 'q: "a\\tb\\u0041\\U0001F600\\"z"\n';
    const embedded = open(document);
    expect(embedded.text).toBe('a\tbA\u{1F600}"z');
    expect([...embedded.text].map((_, i) => embedded.toDocument(i))).toEqual([4, 5, 7, 8, 14, 14, 24].slice(0, 7));
    expect(document[embedded.toDocument(embedded.text.length - 1)]).toBe('z');
  });

  it('maps back what it maps out, and stays in order', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', "'", '"', '\\', '|', '#', ':', 'é') }),
        fc.constantFrom('BLOCK_LITERAL', 'BLOCK_FOLDED', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
        (text, type) => {
          const document = stringify({ q: text, z: 1 }, { defaultStringType: type as 'PLAIN', lineWidth: 30 });
          const embedded = open(document);
          // The writer itself cannot keep every blank in every style: what counts is what was decoded.
          for (let i = 0; i < embedded.text.length; i++) {
            expect(embedded.toDocument(i)).toBeLessThanOrEqual(embedded.toDocument(i + 1));
            if (/[ab|#:é]/.test(embedded.text[i]!)) expect(document[embedded.toDocument(i)]).toBe(embedded.text[i]);
          }
        },
      ),
    );
  });

  it('writes an insertion behind any text so that it stands there and nothing else changes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', "'", '"', '\\', '|') }).map((text) => `x${text}y`),
        fc.constantFrom('BLOCK_LITERAL', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
        fc.nat(),
        (text, type, place) => {
          const document = stringify({ q: text, z: 1 }, { defaultStringType: type as 'PLAIN', lineWidth: 0 });
          const at = 1 + (place % text.length);
          const [edit] = editsInDocument(open(document), [{ span: { start: at, end: at }, text: `<"it's\\">` }])!;
          const changed = document.slice(0, edit!.span.start) + edit!.text + document.slice(edit!.span.end);
          expect(open(changed).text.trimEnd()).toBe(`${text.slice(0, at)}<"it's\\">${text.slice(at)}`);
        },
      ),
    );
  });

  it('writes an insertion so that it decodes to itself', () => {
    for (const document of ["q: 'x=1'\n", 'q: "x=1"\n', 'q: |\n  x=1\n  | y\n', 'q: x=1\n']) {
      const edits = editsInDocument(open(document), [{ span: { start: 3, end: 3 }, text: ' NOT f="it\'s"' }])!;
      const { span, text } = edits[0]!;
      const changed = document.slice(0, span.start) + text + document.slice(span.end);
      expect(open(changed).text.startsWith('x=1 NOT f="it\'s"')).toBe(true);
    }
  });
});
