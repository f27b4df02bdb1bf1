import type { Catalog } from '../../src/catalog/catalog';
import { rulesOfTriple } from '../../src/catalog/reach';
import { ruleOf } from '../../src/catalog/rule';
import type { CatalogLeaf, Triple } from '../../src/model';

/** The names the page of T1049 counts fields under (rule model, section 5); any other field keeps its name. */
const NAMES: Readonly<Record<string, string>> = {
  'process.command_line': 'CommandLine',
  process: 'CommandLine',
  ProcessCommandLine: 'CommandLine',
  'process.executable': 'Image',
  'process.parent.executable': 'ParentImage',
  ParentProcessName: 'ParentImage',
  'process.name': 'process_name',
  FileName: 'process_name',
  'process.working_directory': 'CurrentDirectory',
  'process.pe.original_file_name': 'OriginalFileName',
  original_file_name: 'OriginalFileName',
  EventCode: 'EventID',
  'event.code': 'EventID',
  'winlog.event_id': 'EventID',
  'event.action': 'EventType',
  'powershell.file.script_block_text': 'ScriptBlockText',
  'process.parent.command_line': 'ParentCommandLine',
};

/** Rules of this catalog counted the way the page counts: each row has how many rules. */
export interface Alike {
  readonly fields: ReadonlyMap<string, number>;
  /** Of a field: its kinds as written. */
  readonly how: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly values: ReadonlyMap<string, number>;
  readonly exclusions: ReadonlyMap<string, number>;
}

export const keyOf = (field: string, kind: string, value: string): string => `${field}\n${kind}\n${value.toLowerCase()}`;

const keysOf = (name: string, { op, values }: CatalogLeaf): readonly string[] => (values.length === 0 ? [''] : values).map((value) => keyOf(name, op, value));

/** Fields under the page's names, kinds as written, a file name of Image left there, the members of a list left in it. */
export function countAlike(catalog: Catalog, rules: Iterable<number>): Alike {
  const [fields, how, values, exclusions] = [
    new Map<string, number>(),
    new Map<string, Map<string, number>>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const addAll = (counts: Map<string, number>, keys: ReadonlySet<string>): void => {
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const rule of rules) {
    const [its, found, left] = [new Map<string, Set<string>>(), new Set<string>(), new Set<string>()];
    for (const leaf of ruleOf(catalog, rule)!.leaves) {
      if (leaf.field === null) continue;
      const name = NAMES[leaf.field] ?? leaf.field;
      if (leaf.polarity === 'exclusion') for (const key of keysOf(name, leaf)) left.add(key);
      if (leaf.polarity === 'indicator' || leaf.polarity === 'threshold') for (const key of keysOf(name, leaf)) found.add(key);
      if (leaf.polarity === 'indicator' || leaf.polarity === 'threshold' || leaf.polarity === 'context')
        its.set(name, (its.get(name) ?? new Set()).add(leaf.op));
    }
    addAll(fields, new Set(its.keys()));
    for (const [name, kinds] of its) {
      if (!how.has(name)) how.set(name, new Map());
      addAll(how.get(name)!, kinds);
    }
    addAll(values, found);
    addAll(exclusions, left);
  }
  return { fields, how, values, exclusions };
}

/** Why a rule counts for a canonical triple: as the page would count it, by the rule's own words or only by a macro's, or else by better normalisation. */
export type Way = 'alike' | 'a macro' | 'a file name of Image' | 'a member of a list' | 'another name of the field';

/** The rules that have a triple among their indicators, by way; a rule with several counts for the first. */
export function waysOf(catalog: Catalog, triple: Triple): ReadonlyMap<Way, number> {
  const ways = new Map<Way, number>();
  const key = keyOf(triple.field, triple.kind, triple.value);
  for (const { index } of rulesOfTriple(catalog, triple, 'indicator', null)) {
    const leaves = ruleOf(catalog, index)!.leaves.filter(
      ({ polarity, triples }) => polarity === 'indicator' && triples.some((one) => one !== null && keyOf(one.field, one.kind, one.value) === key),
    );
    const same = leaves.filter((leaf) => leaf.field !== null && keysOf(NAMES[leaf.field] ?? leaf.field, leaf).includes(key));
    ways.set(wayOf(same, leaves), (ways.get(wayOf(same, leaves)) ?? 0) + 1);
  }
  return ways;
}

function wayOf(same: readonly CatalogLeaf[], leaves: readonly CatalogLeaf[]): Way {
  if (same.length > 0) return same.every(({ macro }) => macro !== null) ? 'a macro' : 'alike';
  if (leaves.some(({ op }) => op === 'ends_with')) return 'a file name of Image';
  return leaves.some(({ op }) => op === 'in') ? 'a member of a list' : 'another name of the field';
}
