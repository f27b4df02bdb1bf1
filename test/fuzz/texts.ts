import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS } from '../../src/formats/registry';
import { pointOn } from '../../src/knowledge/starting-points';
import { LANGUAGES } from '../../src/languages/registry';
import { inputsOf } from '../support/cases';
import { randomlyEdited } from '../support/random-edits';
import type { Random } from './target';

const SOURCE = join(import.meta.dirname, '..', '..', 'src');

/** The samples that ship, and the new drafts of every format: whole documents. */
const SAMPLES: readonly string[] = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?:^|[\\/])sample[\w-]*\.\w+$/.test(path))
  .sort()
  .map((path) => readFileSync(join(SOURCE, path), 'utf8'));
const STARTS: readonly string[] = [...FORMATS.values()].map((format) =>
  format.start({
    id: '5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11',
    date: '2026-10-01',
    technique: { id: 'T1049', name: 'System Network Connections Discovery', tactics: ['discovery'] },
    point: pointOn('windows'),
  }),
);
const CASES: ReadonlyMap<string, readonly string[]> = new Map([...LANGUAGES.keys()].map((id) => [id, inputsOf(id)]));
const DOCUMENTS: readonly string[] = [...SAMPLES, ...STARTS, ...(CASES.get('sigma') ?? [])];
const ALL: readonly string[] = [...DOCUMENTS, ...[...CASES.values()].flat()];
const PIECES: ReadonlyMap<string, readonly string[]> = new Map(
  [...CASES].map(([id, texts]) => [id, [...new Set(texts.flatMap((text) => text.match(/\w+|\s+|[^\w\s]/g) ?? []))]]),
);

/** A text in a language: one of its cases or a damaged one, its own pieces in any order, any characters, or a text of another. */
export function textIn(language: string, random: Random): string {
  const cases = CASES.get(language)!;
  const kind = random();
  if (kind < 0.6) return randomlyEdited(random.of(cases), random);
  if (kind < 0.85) return piecesOf(PIECES.get(language)!, random);
  if (kind < 0.9) return randomlyEdited(`${random.of(cases)}\n${random.of(cases)}`, random);
  if (kind < 0.95) return randomlyEdited(random.of(ALL), random);
  return anyCharacters(random);
}

/** A document of any format, whole or damaged; a query in another's container now and then. */
export function documentText(random: Random): string {
  const kind = random();
  if (kind < 0.75) return randomlyEdited(random.of(DOCUMENTS), random);
  if (kind < 0.9) {
    const document = random.of([...SAMPLES, ...STARTS]);
    const at = random.upTo(document.length);
    return document.slice(0, at) + random.of(ALL) + document.slice(at + random.upTo(40));
  }
  if (kind < 0.97) return randomlyEdited(random.of(ALL), random);
  return anyCharacters(random);
}

export const piecesOf = (pieces: readonly string[], random: Random): string => Array.from({ length: 1 + random.upTo(50) }, () => random.of(pieces)).join('');

const anyCharacters = (random: Random): string =>
  Array.from({ length: random.upTo(120) }, () => String.fromCharCode(random() < 0.7 ? random.upTo(128) : random.upTo(0x10000))).join('');
