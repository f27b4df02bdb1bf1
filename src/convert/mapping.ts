import { jsonOf, parseYaml } from '../syntax/yaml';

/** Field names of a reader's own: the rule's name to the target's; `left`: what else the pipeline does, which is not done. Or why the text holds none. */
type Mapping = { readonly names: ReadonlyMap<string, string>; readonly left: readonly string[] } | { readonly why: string };

/**
 * Names out of a JSON object (`{ "Image": "exe" }`) or a pySigma pipeline in YAML, whose transformations of the type `field_name_mapping` are read.
 * Source of the pipeline's form: pySigma documentation, "Processing Pipelines".
 */
export function readMapping(text: string): Mapping {
  const { documents, diagnostics } = parseYaml(text);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined) return { why: `it is damaged (${error.message.replace(/\.$/, '')})` };
  const json = documents[0] === undefined ? null : jsonOf(documents[0]);
  const root: unknown = json === null ? null : JSON.parse(json);
  if (!isObject(root)) return { why: 'it is no list of names' };
  const { transformations } = root;
  if (!Array.isArray(transformations)) return namesOf([root]);
  const [mappings, others] = [true, false].map((isMapping) =>
    transformations.filter(isObject).filter(({ type }) => (type === 'field_name_mapping') === isMapping),
  ) as [Readonly<Record<string, unknown>>[], Readonly<Record<string, unknown>>[]];
  const left = [...new Set(others.map(({ type }) => String(type)))];
  const renaming = left.find((type) => type.startsWith('field_name_'));
  if (renaming !== undefined) return { why: `its transformation \`${renaming}\` changes names too, and is not read` };
  const conditional = mappings.find((one) => Object.keys(one).some((key) => key.endsWith('conditions')));
  if (conditional !== undefined)
    return { why: `the transformation ${String(conditional['id'] ?? 'field_name_mapping')} holds under conditions, which are not read` };
  return mappings.length === 0
    ? { why: 'it has no transformation of the type field_name_mapping' }
    : namesOf(
        mappings.map((one) => one['mapping']),
        left,
      );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function namesOf(mappings: readonly unknown[], left: readonly string[] = []): Mapping {
  const names = new Map<string, string>();
  for (const mapping of mappings) {
    if (!isObject(mapping)) return { why: 'a mapping is no list of names' };
    for (const [from, to] of Object.entries(mapping)) {
      // One name for several would make one comparison of each.
      const [only, ...others]: readonly unknown[] = Array.isArray(to) ? to : [to];
      if (typeof only !== 'string' || only.trim() === '' || others.length > 0) return { why: `\`${from}\` has not one name` };
      names.set(from, only);
    }
  }
  return names.size === 0 ? { why: 'it holds none' } : { names, left };
}
