import { VENDORS, vendorName } from '../knowledge/families';
import { join } from 'node:path';
import { guideOf } from '../catalog/guide';
import { isTechniqueId } from '../knowledge/attack';
import { DOMAINS, PLATFORMS, type Guide } from '../model';
import { guideLines } from './guide-table';
import { catalogIn } from './catalog-folder';
import { outputTo } from './output';
import { parseWords, usageError } from './usage';

const FORM = 'guide TECHNIQUE [--catalog DIR] [--platform P] [--domain D] [--vendor V] [--unsettled] [--json]';
const BUNDLED = join(import.meta.dirname, '..', '..', 'public', 'catalog');

/** Prints the guide of a technique, sub-techniques included, as tables or as JSON. */
export async function guide(words: readonly string[]): Promise<number> {
  const many = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseWords(
    words,
    { catalog: { type: 'string' }, platform: many, domain: many, vendor: many, unsettled: { type: 'boolean' }, json: { type: 'boolean' } },
    FORM,
  );
  const [asked, ...more] = positionals;
  if (asked === undefined || more.length > 0) throw usageError(`Name one technique. Use: ${FORM}`);
  if (!isTechniqueId(asked.toUpperCase())) throw usageError(`"${asked}" is no technique's ID; IDs look like T1049 or T1087.001.`);
  const filters = {
    platforms: chosen('platform', values.platform, PLATFORMS),
    domains: chosen('domain', values.domain, DOMAINS),
    vendors: chosen('vendor', values.vendor, VENDORS),
    subTechniques: true,
    unsettled: values.unsettled === true,
  };
  const catalog = await catalogIn(values.catalog ?? BUNDLED);
  const found = guideOf(catalog, asked, filters, null);
  if (found === null) throw usageError(`Neither the catalog's ATT&CK nor any of its rules knows ${asked.toUpperCase()}.`);
  const output = outputTo(process.stdout);
  for (const line of values.json ? [JSON.stringify(jsonOf(found), null, 1)] : guideLines(found)) if (!(await output.line(line))) return 0;
  await output.end();
  return 0;
}

/** The words of an option among those it knows. */
function chosen<T extends string>(option: string, given: readonly string[] | undefined, known: readonly T[]): T[] {
  return (given ?? []).map((word) => {
    const found = known.find((one) => one === word.toLowerCase());
    if (found === undefined) throw usageError(`--${option} ${word} is not known. Known: ${known.join(', ')}.`);
    return found;
  });
}

const jsonOf = ({ technique, perVendor, fields, values, exclusions, events }: Guide) => ({
  technique: technique.id,
  rules: Object.fromEntries(VENDORS.map((vendor, at) => [vendorName(vendor), perVendor[at]])),
  fields: fields.map(({ field, rules, how, samples }) => ({ field, rules, how: Object.fromEntries(how), samples })),
  values: values.map(({ field, kind, value, rules, reach }) => ({ field, kind, value, rules, reach })),
  exclusions: exclusions.map(({ field, kind, value, rules, reach }) => ({ field, kind, value, rules, reach })),
  events: events.map(({ provider, id, title, rules }) => ({ provider, id, title, rules })),
});
