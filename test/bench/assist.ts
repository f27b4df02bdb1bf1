import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginningWith, fieldsIn, valuesIn } from '../../src/catalog/completion';
import { catalogIn } from '../../src/cli/catalog-folder';
import { detectFormat } from '../../src/formats/detect';
import { FAMILIES } from '../../src/knowledge/families';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { type Bench, besideJson, type Figure, spread, timeEach, type Times, timesOf, unmeasured } from './measure';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'public', 'catalog');
const context = { languages: LANGUAGES, macros: macroMap(MACROS) };
/** Log sources and fields of a family that are asked for: those that stand first in the catalog. */
const ASKED = 150;

/** Completion: what the languages know at every place of the examples, and what the bundled catalog has for a field or its values when it is asked for the first time. */
export async function bench(): Promise<Bench> {
  const title = 'Completion';
  const samples = [...LANGUAGES.keys()].flatMap((id) => {
    const folder = join(ROOT, 'src', 'languages', id);
    return readdirSync(folder)
      .filter((name) => name.startsWith('sample'))
      .map((name) => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }));
  });
  const places = samples.flatMap(({ path, text }) =>
    Array.from({ length: text.length + 1 }, (_, offset) => ({ format: detectFormat(text, path), text, offset })),
  );
  const lists = timesOf(timeEach(places, ({ format, text, offset }) => format.suggest(text, offset, context)));
  const figureOf = (what: string, took: Times): Figure => besideJson(what, took.median, spread(took), 'p95 under 30 ms');
  const figures = [figureOf(`at every place of ${samples.length} examples`, lists)];
  if (!existsSync(join(FOLDER, 'manifest.json'))) return { title, figures: [...figures, unmeasured('from the catalog', 'no catalog is built')] };
  const catalog = await catalogIn(FOLDER);
  const { strings, leafFields, logsources } = catalog.facts;
  const fields = [...new Set(leafFields)].filter((name) => name > 0).map((name) => strings[name - 1]!);
  const sources = [...new Set(logsources)].map((text) => strings[text]!);
  for (const { taxonomy, name } of FAMILIES) {
    const named = timesOf(
      timeEach(sources.slice(0, ASKED), (logsource) =>
        beginningWith(fieldsIn(catalog, taxonomy, { logsource, scopes: logsource.toLowerCase().split(', ') }), 'p', 60),
      ),
    );
    const valued = timesOf(timeEach(fields.slice(0, ASKED), (field) => beginningWith(valuesIn(catalog, taxonomy, [], field), 'c', 60)));
    figures.push(figureOf(`${name}: fields of a source, first asked`, named), figureOf(`${name}: values of a field, first asked`, valued));
  }
  return { title, figures };
}
