import type { Taxonomy } from '../model';
import table from './context-fields.json';

const FIELDS: Readonly<Record<Taxonomy, ReadonlySet<string>>> = {
  sigma: new Set(table.sigma),
  ecs: new Set(table.ecs),
  cim: new Set(table.cim),
  kusto: new Set(table.kusto),
};

/** Whether a field, as its vendor writes it, scopes a rule rather than detects: the system, the index, the time. */
export const isContextField = (taxonomy: Taxonomy, name: string): boolean => FIELDS[taxonomy].has(name);
