import { eventRulesOf } from '../../src/catalog/event-rules';
import type { MetadataColumns } from '../../src/catalog/store/metadata-columns';
import { openCatalog, openList, openManifest, openMeaning } from '../../src/catalog/store/open';
import type { EventRule } from '../../src/model';

/** The rules of a catalog as what one event fires, by number; null: one event does not decide it. `bytesOf`: a file of the catalog by its name. */
export function rulesOfFiles(bytesOf: (name: string) => Uint8Array): { readonly list: MetadataColumns; readonly rules: readonly (EventRule | null)[] } {
  const manifest = openManifest(new TextDecoder().decode(bytesOf('manifest.json'))).value!;
  const list = openList(manifest, bytesOf(manifest.files.list.name)).value!;
  const catalog = openCatalog(manifest, list, bytesOf(manifest.files.facts.name)).value!;
  const meanings = openMeaning(catalog, manifest.files.meaning, bytesOf(manifest.files.meaning.name)).value!;
  return { list, rules: eventRulesOf(catalog, meanings).map((rule) => (typeof rule === 'string' ? null : rule)) };
}
