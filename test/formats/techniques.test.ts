import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';

const techniquesIn = (format: string, text: string): readonly string[] =>
  FORMATS.get(format)!
    .open(text, { languages: LANGUAGES })
    .rules.flatMap(({ meta }) => meta.techniques);

describe('techniques that a bare query names in its comments', () => {
  it.each([
    ['kusto', '// ATT&CK: T1059.001, T1003\nT | where A == 1 // T1059.001', ['T1059.001', 'T1003']],
    ['kusto', '// https://attack.mitre.org/techniques/T1548/002/\nT | where A == 1', ['T1548.002']],
    ['kusto', '// x-T1059, T9999, T10590, MyT1059\nT | where A has "T1059"', []],
    ['kusto', '// T1003\nT | where A == 1;\n// T1059\nU | where B == 2', ['T1003', 'T1059']],
    ['spl', '```MITRE T1055.012``` index=a process=x', ['T1055.012']],
    ['eql', '/* T1218.011 */ process where process.name == "a"', ['T1218.011']],
    ['esql', '// T1110\nFROM a | WHERE b == 1', ['T1110']],
  ])('%s %j', (format, text, found) => expect(techniquesIn(format, text)).toEqual(found));

  it('their tactics and their place with them', () => {
    const { meta } = FORMATS.get('spl')!.open('```see T1049``` index=a', { languages: LANGUAGES }).rules[0]!;
    expect(meta).toMatchObject({ tactics: ['discovery'], places: { techniques: { start: 7, end: 12 } } });
  });
});

describe('techniques that a page names', () => {
  const page = (head: string, query = 'T | where A == 1'): string => `${head}\n\`\`\`kql\n${query}\n\`\`\`\nSee T1027.\n`;
  it.each([
    ['# Hunt', ['T1027']],
    ['# LSASS (T1003.001)\n## MITRE\n| T1003 | x |', ['T1003.001', 'T1003', 'T1027']],
    ['# LSASS T1005\n## ATT&CK techniques\n| T1003 | x | https://attack.mitre.org/techniques/T1003/ |\n| T9999 |\n## Query', ['T1003', 'T9999']],
  ])('%j', (head, found) => expect(techniquesIn('markdown', page(head))).toEqual(found));

  it('those in the comments of a block are its own', () => {
    expect(techniquesIn('markdown', page('# Hunt\n## Techniques\nT1003\n## Query', '// T1055\nT | where A == 1'))).toEqual(['T1003', 'T1055']);
  });
});
