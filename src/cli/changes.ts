import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../catalog/catalog';
import { rowOf } from '../catalog/store/metadata-columns';
import { ruleOf } from '../catalog/rule';
import { techniquesOf } from '../catalog/techniques';
import { CHANGES_FORMAT, type ChangedRule, type CorpusChange } from '../model';
import { aligned } from './aligned';

const FILE = 'changes.json';
/** Builds that are remembered, and rules named of each. */
const BUILDS = 12;
const NAMED = 5000;
/** Techniques told of in print. */
const SHOWN = 15;

/** What a build changed: rules by what their source calls them, techniques by their number of rules. `id`: what the new catalog is called. */
export function changesOf(before: Catalog, after: Catalog, id: string, date: string): CorpusChange {
  const [old, fresh] = [contentsOf(before), contentsOf(after)];
  const rulesOf = (catalog: Catalog, numbers: readonly number[]): ChangedRule[] => numbers.slice(0, NAMED).map((rule) => changedRule(catalog, rule));
  const added = [...fresh].filter(([key]) => !old.has(key)).map(([, { rule }]) => rule);
  const changed = [...fresh].filter(([key, { content }]) => old.has(key) && old.get(key)!.content !== content).map(([, { rule }]) => rule);
  const gone = [...old].filter(([key]) => !fresh.has(key)).map(([, { rule }]) => rule);
  const counts = new Map<string, { added: number; changed: number; gone: number }>();
  const count = (catalog: Catalog, numbers: readonly number[], what: 'added' | 'changed' | 'gone'): void => {
    for (const rule of numbers) {
      const { source } = rowOf(catalog.list, rule);
      const known = counts.get(source) ?? { added: 0, changed: 0, gone: 0 };
      known[what]++;
      counts.set(source, known);
    }
  };
  count(after, added, 'added');
  count(after, changed, 'changed');
  count(before, gone, 'gone');
  const was = new Map(techniquesOf(before.list).map((technique) => [technique.id, technique.rules]));
  return {
    id,
    date,
    rules: after.about.rules,
    sources: [...counts].map(([source, numbers]) => ({ source, ...numbers })),
    techniques: techniquesOf(after.list)
      .map((technique) => [technique.id, was.get(technique.id) ?? 0, technique.rules] as const)
      .filter(([, from, to]) => to > from)
      .sort((a, b) => b[2] - b[1] - (a[2] - a[1]) || (a[0] < b[0] ? -1 : 1)),
    added: rulesOf(after, added),
    changed: rulesOf(after, changed),
    gone: rulesOf(before, gone),
  };
}

/** The change in print. */
export function changeLines({ sources, techniques }: CorpusChange): readonly string[] {
  if (sources.length === 0) return ['nothing changed since the last build'];
  return [
    'since the last build',
    ...aligned([['source', 'added', 'changed', 'gone'], ...sources.map((one) => [one.source, String(one.added), String(one.changed), String(one.gone)])]),
    ...(techniques.length === 0
      ? []
      : [
          `techniques that gained: ${techniques.length}, most: ${techniques
            .slice(0, SHOWN)
            .map(([id, from, to]) => `${id} ${from} → ${to}`)
            .join(', ')}`,
        ]),
  ];
}

/** Puts a change before those of earlier builds beside the catalog. */
export async function keepChange(folder: string, change: CorpusChange | null): Promise<void> {
  const path = join(folder, FILE);
  const earlier = await readFile(path, 'utf8').then(
    (text) => buildsIn(text),
    () => [],
  );
  const builds = change === null ? earlier : [change, ...earlier.filter(({ id }) => id !== change.id)].slice(0, BUILDS);
  await writeFile(path, `${JSON.stringify({ format: CHANGES_FORMAT, builds })}\n`);
}

function buildsIn(text: string): readonly CorpusChange[] {
  try {
    const read = JSON.parse(text) as { readonly format?: unknown; readonly builds?: unknown } | null;
    return read?.format === CHANGES_FORMAT && Array.isArray(read.builds) ? (read.builds as CorpusChange[]) : [];
  } catch {
    return [];
  }
}

/** Every rule with its number and all that is known of it, but for where it stands. */
function contentsOf(catalog: Catalog): ReadonlyMap<string, { readonly rule: number; readonly content: string }> {
  const contents = new Map<string, { readonly rule: number; readonly content: string }>();
  for (let rule = 0; rule < catalog.list.count; rule++) {
    const { index: _index, url: _url, copies: _copies, path: _path, ordinal: _ordinal, ...facts } = ruleOf(catalog, rule)!;
    contents.set(`${facts.source} ${facts.key}`, { rule, content: JSON.stringify(facts) });
  }
  return contents;
}

function changedRule({ list }: Catalog, rule: number): ChangedRule {
  const { source, key, title, vendor, techniques } = rowOf(list, rule);
  return { source, key, title, vendor, techniques };
}
