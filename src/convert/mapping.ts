import { parseYaml } from '../syntax/yaml';

/** Field names of a reader's own: the rule's name to the target's. Or why the text holds none. */
type Mapping = { readonly names: ReadonlyMap<string, string> } | { readonly why: string };

/**
 * Names out of a JSON object (`{ "Image": "exe" }`) or a pySigma pipeline in YAML, whose transformations of the type `field_name_mapping` are read.
 * Source of the pipeline's form: pySigma documentation, "Processing Pipelines".
 */
export function readMapping(text: string): Mapping {
  const { documents, diagnostics } = parseYaml(text);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined) return { why: error.message };
  const root: unknown = documents[0]?.document.toJS({ maxAliasCount: 100 });
  if (!isObject(root)) return { why: 'it is no list of names' };
  const { transformations } = root;
  if (!Array.isArray(transformations)) return namesOf([root]);
  const mappings = transformations.filter(isObject).filter(({ type }) => type === 'field_name_mapping');
  const conditional = mappings.find((one) => Object.keys(one).some((key) => key.endsWith('conditions')));
  if (conditional !== undefined)
    return { why: `the transformation ${String(conditional['id'] ?? 'field_name_mapping')} holds under conditions, which are not read` };
  return mappings.length === 0 ? { why: 'it has no transformation of the type field_name_mapping' } : namesOf(mappings.map((one) => one['mapping']));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function namesOf(mappings: readonly unknown[]): Mapping {
  const names = new Map<string, string>();
  for (const mapping of mappings) {
    if (!isObject(mapping)) return { why: 'a mapping is no list of names' };
    for (const [from, to] of Object.entries(mapping)) {
      // One name for several would make one comparison of each.
      const [only, ...others]: readonly unknown[] = Array.isArray(to) ? to : [to];
      if (typeof only !== 'string' || others.length > 0) return { why: `\`${from}\` has not one name` };
      names.set(from, only);
    }
  }
  return { names };
}
