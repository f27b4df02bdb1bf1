import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { NO_METADATA } from '../../src/formats/metadata';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Metadata } from '../../src/model';

const QUERIES: Readonly<Record<string, string>> = {
  sigma: 'logsource:\n    category: made\ndetection:\n    selection:\n        name: value\n    condition: selection\n',
  kusto: 'Made\n| where name == "a\u0001"',
  spl: 'name="a\u2028b"',
  kuery: 'name: "a\u007f"',
  lucene: 'name:"a\rb"',
  eql: "any where name == \"'''\"",
  esql: 'FROM made\n| WHERE name == "a\u0000"',
};

const odd = fc
  .array(
    fc.constantFrom(
      'abc',
      ' ',
      '  ',
      '\n',
      '\n\n',
      '\r\n',
      '\r',
      '\t',
      '"',
      "'",
      '"""',
      "'''",
      ':',
      ': ',
      '#',
      ' #',
      'no',
      '~',
      'null',
      '2024-01-02',
      '- a',
      '---',
      '\n---\n',
      'é',
      '😀',
      '\\',
      '\\n',
      '%',
      '&a',
      '*b',
      '!t',
      '|',
      '>',
      '{',
      '[',
      ',',
      '\u0000',
      '\u0001',
      '\u007f',
      '\u0085',
      '\u2028',
      '\ufeff',
      'x'.repeat(2000),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
const few = fc.array(odd, { maxLength: 2 });
const metadata: fc.Arbitrary<Metadata> = fc
  .record({
    id: fc.constantFrom('', '1B7F4B52-6c44-4d7a-8a0e-5e7a5b0f6c11', 'rule: 12'),
    title: odd,
    description: odd,
    author: few,
    license: odd,
    references: few,
    falsePositives: few,
    severity: fc.constantFrom('', 'critical', 'high', 'medium', 'low', 'informational', 'odd'),
    status: fc.constantFrom('', 'stable', 'production'),
    created: fc.constantFrom('', '2024-01-02'),
    modified: fc.constantFrom('', '2024-02-03'),
    techniques: fc.subarray(['T1059.001', 'T1105', 'T10: 5']),
    tactics: fc.subarray(['execution', 'command-and-control', 'odd: tactic']),
    tags: fc.subarray(['attack.t1105', 'cve.2024-1', 'attack.g0001', 'OS: Windows', 'detection.threat-hunting']),
  })
  .map((said) => ({ ...NO_METADATA, ...said }));

/** All keys and texts of a document, with one blank for any number of them. */
const textsIn = (node: unknown): string =>
  typeof node === 'object' && node !== null ? Object.entries(node).flat().map(textsIn).join(' ') : oneLine(String(node));
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('metadata in a container', () => {
  for (const { id, write, open } of FORMATS.values())
    for (const language of write?.languages ?? [])
      test(`${id}, ${language}: stands in a text that others read too, or is told to be left behind`, () => {
        fc.assert(
          fc.property(metadata, (meta) => {
            const query = QUERIES[language]!;
            const text = write!.text({
              id: '302e9791-f4b9-5df2-b380-257f86bbf278',
              meta,
              query,
              language,
              point: null,
              from: 'made',
              rules: [],
              seconds: null,
            });
            const shown = textsIn(text.startsWith('[') ? parseToml(text) : parseYaml(text, { uniqueKeys: true }));
            const { rules, diagnostics } = open(text, { languages: LANGUAGES });
            expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
            expect(rules).toHaveLength(1);
            const told = write!.left(meta).map(({ row, why }) => `${row} ${why}`);
            const { title, severity, techniques, tactics } = rules[0]!.meta;
            const wanted = oneLine(meta.title) || 'Converted rule';
            expect(title).toBe(told.some((one) => one.startsWith('title')) ? oneLine(wanted.slice(0, 256)) : wanted);
            if (!told.some((one) => one.startsWith('severity')) && meta.severity !== '' && !shown.includes(`Severity: ${meta.severity}.`))
              expect(severity).toBe(meta.severity);
            const said = [...meta.author, ...meta.references, ...meta.falsePositives, meta.description, meta.license].map(oneLine);
            for (const one of said) expect(shown).toContain(one);
            for (const one of [meta.id, meta.status, ...meta.tags.slice(1)])
              if (!told.some((why) => why.includes(one))) expect(shown.toLowerCase()).toContain(one.toLowerCase());
            for (const one of [meta.created, meta.modified]) if (one !== '') expect(shown.replaceAll('/', '-')).toContain(one);
            for (const one of meta.techniques) if (!told.some((why) => why.toUpperCase().includes(one))) expect(techniques).toContain(one);
            for (const one of meta.tactics) if (!told.some((why) => why.includes(one))) expect(tactics).toContain(one);
          }),
          { numRuns: 300 },
        );
      });
});
