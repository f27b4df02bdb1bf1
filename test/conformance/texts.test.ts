import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ruleOf } from '../../src/catalog/rule';
import { catalogIn } from '../../src/cli/catalog-folder';
import type { AnalysisApi } from '../../src/model';
import { sourceFolder } from './source-folder';
import { unpacked } from '../../src/syntax/packed';
import { isOtherText } from '../../src/pages/rule/sourceText';

const exposed: { api: AnalysisApi | null } = { api: null };
vi.mock('comlink', () => ({ expose: (api: AnalysisApi) => (exposed.api = api), transfer: (value: unknown) => value, wrap: () => ({}) }));

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

// A rule's page fetches its text and says so when that is not what the catalog was made from: of the very texts it was made from that is never so.
it.skipIf(!existsSync(CORPUS))('every bundled rule says of its own text what the catalog says', { timeout: 1_200_000 }, async () => {
  await import('../../workers/analysis');
  const catalog = await catalogIn(join(import.meta.dirname, '../../public/catalog'));
  const others: string[] = [];
  for (let index = 0; index < catalog.list.count; index++) {
    const facts = ruleOf(catalog, index)!;
    if (facts.kind === 'no query text') continue;
    const file = join(sourceFolder(facts.source), facts.path);
    const answer = unpacked(exposed.api!.analyse({ text: readFileSync(file, 'utf8'), format: null, path: facts.path, macros: '' }).rest);
    if (isOtherText(facts, answer)) others.push(`${facts.source}/${facts.path}#${facts.ordinal}`);
  }
  console.log(`${others.length} of ${catalog.list.count} differ`);
  expect(others).toEqual([]);
});
