import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect';
import { LANGUAGES } from '../../src/languages/registry';

const FOLDER = join(import.meta.dirname, '../../src/languages');

// The examples a new reader opens first must be read whole, without a remark that troubles them.
describe.each(['kuery', 'eql', 'esql', 'lucene'])('samples of %s', (id) => {
  const files = readdirSync(join(FOLDER, id)).filter((name) => name.startsWith('sample.'));
  it('there are some', () => expect(files.length).toBeGreaterThan(0));
  it.each(files)('%s', (name) => {
    const text = readFileSync(join(FOLDER, id, name), 'utf8');
    const format = detectFormat(text);
    expect(format.id).toBe(name.endsWith('.toml') ? 'elastic' : id);
    const { rules, diagnostics } = format.open(text, { languages: LANGUAGES });
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(rules).toHaveLength(1);
    expect(rules[0]!.analysis.language).toBe(id);
    expect(JSON.stringify(rules[0]!.analysis.predicate)).not.toContain('"unread"');
  });
});
