import type { CatalogLeaf, Operator, PerVendor, Polarity, Triple, Vendor } from '../../src/model';
import { VENDORS } from '../../src/knowledge/families';
import { openCatalog, openList, openManifest } from '../../src/catalog/store/open';
import type { Catalog } from '../../src/catalog/catalog';
import type { CatalogRule } from '../../src/catalog/store/encode';
import { writeCatalog, type CatalogInput } from '../../src/catalog/store/write';

/** A rule that says nothing, with these facts. */
export const ruleWith = (facts: Partial<CatalogRule>): CatalogRule => ({
  id: '',
  title: '',
  vendor: 'sigma',
  source: 'sigma',
  kind: 'detection',
  status: '',
  severity: '',
  language: 'sigma',
  techniques: [],
  tactics: [],
  platforms: [],
  domains: [],
  created: '',
  modified: '',
  path: '',
  copies: [],
  ordinal: 0,
  meaning: null,
  license: '',
  author: [],
  references: [],
  logsource: '',
  timeWindow: '',
  groupBy: [],
  events: [],
  stages: [],
  leaves: [],
  terms: [],
  outputs: [],
  text: null,
  ...facts,
});

/** A comparison whose canonical form is itself, its values in lower case. */
export const leafWith = (
  field: string,
  op: Operator,
  values: readonly string[],
  polarity: Polarity = 'indicator',
  triples?: readonly (Triple | null)[],
): CatalogLeaf => ({
  field,
  op,
  values,
  triples: triples ?? (values.length === 0 ? [{ field, kind: op, value: '' }] : values.map((value) => ({ field, kind: op, value: value.toLowerCase() }))),
  negated: polarity === 'exclusion',
  polarity,
  stage: 0,
  composite: null,
  macro: null,
});

export const SOURCE_OF = { sigma: 'sigma', elastic: 'elastic', splunk: 'splunk', kusto: 'sentinel' } as const satisfies Record<Vendor, string>;

export const inputOf = (rules: readonly CatalogRule[], techniques: CatalogInput['attack']['techniques'] = []): CatalogInput => ({
  rules,
  sources: [
    { name: 'sigma', repository: 'SigmaHQ/sigma', commit: 'c0ffee', license: 'DRL-1.1' },
    { name: 'elastic', repository: 'elastic/detection-rules', commit: 'c0ffee', license: 'Elastic-2.0' },
  ],
  attack: { release: '', techniques },
});

/** Writes a catalog and opens what was written. */
export function opened(input: CatalogInput): Catalog {
  const files = writeCatalog(input);
  const manifest = openManifest(new TextDecoder().decode(files.get('manifest.json')));
  if (manifest.failure) throw new Error(manifest.failure.message);
  const list = openList(manifest.value, files.get('list.bin')!);
  if (list.failure) throw new Error(list.failure.message);
  const catalog = openCatalog(manifest.value, list.value, files.get('facts.bin')!);
  if (catalog.failure) throw new Error(catalog.failure.message);
  return catalog.value;
}

/** Counts by vendor, as catalogs give them: in the vendors' order, nothing of those that are not named. */
export const perVendor = (counts: Readonly<Record<Vendor, number>>): PerVendor => VENDORS.map((vendor) => counts[vendor] ?? 0);
