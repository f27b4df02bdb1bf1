import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventRulesOf } from '../../src/catalog/event-rules';
import type { MetadataColumns } from '../../src/catalog/store/metadata-columns';
import { openCatalog, openList, openManifest, openMeaning } from '../../src/catalog/store/open';
import type { EventRule } from '../../src/model';

const FOLDER = join(import.meta.dirname, '..', '..', 'public', 'catalog');
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, name)));

/** The rules of the bundled catalog as what one event fires, by number; null: one event does not decide it. */
export function bundledRules(): { readonly list: MetadataColumns; readonly rules: readonly (EventRule | null)[] } {
  const manifest = openManifest(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')).value!;
  const list = openList(manifest, bytesOf(manifest.files.list.name)).value!;
  const catalog = openCatalog(manifest, list, bytesOf(manifest.files.facts.name)).value!;
  const meanings = openMeaning(catalog, manifest.files.meaning, bytesOf(manifest.files.meaning.name)).value!;
  return { list, rules: eventRulesOf(catalog, meanings).map((rule) => (typeof rule === 'string' ? null : rule)) };
}
