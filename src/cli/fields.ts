import { join } from 'node:path';
import { fieldsOfLogsource, unnamedFields, type UsedField } from '../catalog/logsource-fields';
import { vendorName, VENDORS } from '../knowledge/families';
import { aligned } from './aligned';
import { catalogIn } from './catalog-folder';
import { outputTo } from './output';
import { parseWords, usageError } from './usage';

const FORM = 'fields LOGSOURCE [--catalog DIR] [--json] | fields --unnamed N [--catalog DIR] [--json]';
const BUNDLED = join(import.meta.dirname, '..', '..', 'public', 'catalog');

/** Prints the fields that rules of a log source compare, or, by vendor, those with at least N rules that the table of fields does not name. */
export async function fields(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, { catalog: { type: 'string' }, unnamed: { type: 'string' }, json: { type: 'boolean' } }, FORM);
  const least = values.unnamed === undefined ? null : Number(values.unnamed);
  if (least === null ? positionals.length !== 1 : positionals.length > 0 || !Number.isInteger(least) || least < 1)
    throw usageError(`Name one log source, or a number of rules. Use: ${FORM}`);
  const catalog = await catalogIn(values.catalog ?? BUNDLED);
  const rows: readonly (UsedField & { readonly vendor?: string })[] =
    least === null
      ? fieldsOfLogsource(catalog, positionals[0]!)
      : VENDORS.flatMap((vendor) => unnamedFields(catalog, vendor, least).map((field) => ({ vendor: vendorName(vendor), ...field })));
  const output = outputTo(process.stdout);
  const lines = values.json
    ? rows.map((row) => JSON.stringify(row))
    : aligned([
        ['vendor', 'field', 'counts as', 'rules'],
        ...rows.map(({ vendor = '', written, canonical, rules }) => [vendor, written, canonical === written ? '' : canonical, String(rules)]),
      ]);
  for (const line of lines) if (!(await output.line(line))) return 0;
  await output.end();
  return 0;
}
