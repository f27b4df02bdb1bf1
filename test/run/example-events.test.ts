import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect';
import { openAt } from '../../src/formats/open-at';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';
import { timed } from '../../src/state/drafts/example-events';

const ROOT = join(import.meta.dirname, '..', '..', 'src', 'languages');
const FILES = [...LANGUAGES.keys()].flatMap((language) =>
  readdirSync(join(ROOT, language))
    .filter((name) => /^events.*\.ndjson$/.test(name))
    .map((name) => `${language}/${name}`),
);

describe('the events that ship with an example', () => {
  it.each(FILES)('%s: the example matches some of them, and not others', (path) => {
    const file = path.replace(/events(.*)\.ndjson$/, 'sample$1');
    const text = readFileSync(join(ROOT, file), 'utf8');
    const events = timed(readFileSync(join(ROOT, path), 'utf8').trim(), Date.now())
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    const { rules } = openAt(detectFormat(text, file), text, file, { languages: LANGUAGES, macros: macroMap(MACROS) });
    for (const rule of rules) {
      const { verdict, matches, table } = runRule(rule, eventsGiven(events, rules));
      expect(verdict).not.toBe('refused');
      expect(table?.rows.length ?? matches.length).toBeGreaterThan(0);
      expect(matches.length).toBeLessThan(events.length);
    }
  });
});
