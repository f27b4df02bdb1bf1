import type { TimeBound } from '../../../model';
import type { Remarks } from '../diagnostics';
import { entryOf, headOf, type SigmaMap, type SigmaScalar, scalarsOf } from '../parse/yaml-node';

/** The rules a correlation refers to. Temporal ones may leave that to their condition. */
export function readReferences(section: SigmaMap, isTemporal: boolean, remarks: Remarks): readonly SigmaScalar[] {
  const entry = entryOf(section, 'rules');
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.type === 'null')) {
    if (!isTemporal)
      remarks.remark('sigma/missing-key', entry?.span ?? headOf(section), 'A correlation needs `rules`: the names or IDs of the rules it combines.');
    return [];
  }
  if (entry.value.kind === 'map' || (entry.value.kind === 'scalar' && entry.value.type !== 'string')) {
    remarks.remark('sigma/wrong-type', entry.value.span, '`rules` is a rule name or a list of them.');
    return [];
  }
  return scalarsOf(entry.value);
}

/** A number and its unit: s, m, h, d, and w, M, y of the reference implementation. */
export function checkTimespan(section: SigmaMap, remarks: Remarks): readonly TimeBound[] {
  const entry = entryOf(section, 'timespan');
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.type === 'null')) {
    remarks.remark('sigma/missing-key', entry?.span ?? headOf(section), 'A correlation needs a `timespan`, such as 5m or 1h.');
    return [];
  }
  const { value } = entry;
  if (value.kind !== 'scalar' || value.type !== 'string' || !/^\s*\d+\s*[smhdwMy]$/.test(value.text) || /^\s*0+\s*\w$/.test(value.text)) {
    remarks.remark('sigma/bad-value', value.span, 'A timespan is a positive whole number and a unit: 30s, 5m, 1h, 7d.');
    return [];
  }
  if (!/^[1-9]\d*[smhdwMy]$/.test(value.text))
    remarks.remark(
      'sigma/loose-timespan',
      value.span,
      'This timespan is read, but it should be a positive whole number and a unit, without blanks: 30s, 5m, 1h, 7d.',
    );
  return [{ kind: 'timespan', text: value.text, span: value.span }];
}

/** Aliases name, for each rule, the field that the group goes by. */
export function checkAliases(section: SigmaMap, rules: readonly SigmaScalar[], remarks: Remarks): void {
  const entry = entryOf(section, 'aliases');
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.type === 'null')) return;
  if (entry.value.kind !== 'map') {
    remarks.remark('sigma/wrong-type', entry.value.span, '`aliases` is a mapping: a name, and below it the field of each rule.');
    return;
  }
  const known = new Set(rules.map((rule) => rule.text));
  const grouped = new Set(scalarsOf(entryOf(section, 'group-by')?.value ?? entry.value).map((field) => field.text));
  for (const alias of entry.value.entries) {
    if (alias.value.kind !== 'map') {
      remarks.remark('sigma/wrong-type', alias.value.span, 'An alias is a mapping of rule names to their fields.');
      continue;
    }
    for (const rule of alias.value.entries) {
      if (known.size > 0 && !known.has(rule.key))
        remarks.remark('sigma/unresolved-alias', rule.keySpan, `\`${rule.key}\` is not among the rules of this correlation.`);
    }
    const named = new Set(alias.value.entries.map((rule) => rule.key));
    const missing = [...known].filter((name) => !named.has(name)).slice(0, 5);
    if (known.size > 1 && missing.length > 0)
      remarks.remark(
        'sigma/unresolved-alias',
        alias.keySpan,
        `The alias \`${alias.key}\` names no field for ${missing.map((name) => `\`${name}\``).join(', ')}.`,
      );
    if (grouped.size > 0 && !grouped.has(alias.key))
      remarks.remark('sigma/unresolved-alias', alias.keySpan, `The alias \`${alias.key}\` is not used in \`group-by\`.`);
  }
}
