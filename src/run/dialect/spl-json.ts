import { refused, type RunFunction } from '../dialect';
import { isBag, isJson, isList, jsonValue, type Bag, type Value } from '../value';
import { atPath, fieldOfJson, jsonOf, mvOf, splText, valuesIn } from './spl-values';

type Entry = readonly [string, RunFunction];
const given = (name: string, call: (args: readonly Value[]) => Value): Entry => [name, { takesNull: true, call }];

/** A value inside JSON: a text that is JSON of an object or array is one. */
function inJson(value: Value | undefined): Value {
  if (value === undefined || value === null) return null;
  if (isJson(value)) return value.value;
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) return jsonOf(value) ?? value;
  return value;
}

/** Objects and arrays as JSON, other values as they are. */
const shown = (value: Value): Value => (isList(value) || isBag(value) ? jsonValue(value) : value);

/** A copy in which what stands at a path is changed; `change` gets undefined where nothing does. Undefined leaves it out. */
function changed(value: Value, steps: readonly (string | number)[], change: (old: Value | undefined) => Value | undefined): Value {
  const [step, ...rest] = steps;
  if (step === undefined) return change(value) ?? null;
  if (typeof step === 'number') {
    if (!isList(value)) return value;
    if (rest.length > 0) return value.map((item, at) => (at === step ? changed(item, rest, change) : item));
    const made = change(value[step]);
    if (made === undefined) return value.filter((_, at) => at !== step);
    return step >= value.length ? [...value, made] : value.map((item, at) => (at === step ? made : item));
  }
  if (!isBag(value)) return value;
  const copy: Record<string, Value> = Object.assign(Object.create(null) as Record<string, Value>, value);
  if (rest.length > 0) {
    if (Object.hasOwn(value, step)) copy[step] = changed(value[step]!, rest, change);
    else copy[step] = changed(Object.create(null) as Bag, rest, change);
    return copy;
  }
  const made = change(Object.hasOwn(value, step) ? value[step] : undefined);
  if (made === undefined) delete copy[step];
  else copy[step] = made;
  return copy;
}

function stepsOf(path: string): readonly (string | number)[] {
  if (path.includes('{}')) throw refused('a path with `{}`');
  return [...path.matchAll(/([^.{}]+)|\{(\d+)\}/g)].map(([, name, index]) => name ?? Number(index));
}

function edited(args: readonly Value[], change: (old: Value | undefined, value: Value) => Value | undefined): Value {
  const [json, ...pairs] = args;
  let value = jsonOf(json);
  if (value === undefined) return null;
  for (let at = 0; at + 1 < pairs.length; at += 2) value = changed(value, stepsOf(splText(pairs[at]) ?? ''), (old) => change(old, inJson(pairs[at + 1])));
  return shown(value);
}

/** A value of JSON as a field holds it. */
const asField = (value: Value): Value => (isList(value) || isBag(value) ? jsonValue(value) : fieldOfJson(value));

function extracted([json, ...paths]: readonly Value[]): Value {
  const value = jsonOf(json);
  if (value === undefined) return null;
  if (paths.length === 0) return asField(value);
  const found = paths.map((path) => {
    const text = splText(path) ?? '';
    const values = atPath(value, text);
    return text.includes('{}') ? (values.length === 0 ? null : (values as Value)) : (values[0] ?? null);
  });
  return paths.length === 1 ? asField(found[0]!) : shown(found);
}

/** The same by names of keys, in which nothing is a path. */
function extractedExactly([json, ...keys]: readonly Value[]): Value {
  const value = jsonOf(json);
  if (value === undefined) return null;
  if (keys.length === 0) return asField(value);
  const found = keys.map((key) => (isBag(value) && Object.hasOwn(value, splText(key) ?? '') ? value[splText(key) ?? '']! : null));
  return keys.length === 1 ? asField(found[0]!) : shown(found);
}

/** Functions of SPL over JSON. */
export const SPL_JSON: readonly Entry[] = [
  given('json_object', (args) => {
    const bag: Record<string, Value> = Object.create(null);
    for (let at = 0; at + 1 < args.length; at += 2) bag[splText(args[at]) ?? ''] = inJson(args[at + 1]);
    return shown(bag);
  }),
  given('json_array', (args) => shown(args.flatMap((value) => (isList(value) ? value.map(inJson) : [inJson(value)])))),
  given('json', ([value]) => {
    const json = jsonOf(value);
    return json === undefined ? null : shown(json);
  }),
  given('json_valid', ([value]) => jsonOf(value) !== undefined),
  given('json_keys', ([value]) => {
    const json = jsonOf(value);
    return isBag(json) ? shown(Object.keys(json)) : null;
  }),
  given('json_extract', extracted),
  given('json_extract_exact', extractedExactly),
  given('json_has_key_exact', ([json, key]) => {
    const value = jsonOf(json);
    return isBag(value) && Object.hasOwn(value, splText(key) ?? '');
  }),
  given('json_set', (args) => edited(args, (_, value) => value)),
  given('json_append', (args) => edited(args, (old, value) => (isList(old) ? [...old, value] : old === undefined ? undefined : [old, value]))),
  given('json_extend', (args) =>
    edited(args, (old, value) =>
      isList(old) ? [...old, ...(isList(value) ? value : [value])] : old === undefined ? undefined : [old, ...(isList(value) ? value : [value])],
    ),
  ),
  given('json_delete', ([json, ...keys]) => {
    let value = jsonOf(json);
    if (value === undefined) return null;
    for (const key of keys) value = changed(value, stepsOf(splText(key) ?? ''), () => undefined);
    return shown(value);
  }),
  given('json_entries', ([json]) => {
    const value = jsonOf(json);
    return isBag(value) ? shown(Object.entries(value).map(([key, inner]) => ({ key, value: inner }))) : null;
  }),
  given('json_array_to_mv', ([json, keeps]) => {
    const value = jsonOf(json);
    return isList(value) ? mvOf(value.map((item) => (typeof item === 'string' && keeps === true ? JSON.stringify(item) : asField(item)))) : null;
  }),
  given('mv_to_json_array', ([value, infers]) =>
    shown(valuesIn(value).map((item) => (infers === true && typeof item === 'string' ? (jsonOf(item) ?? item) : item))),
  ),
  given('isarray', ([value]) => isList(jsonOf(value))),
  given('isobject', ([value]) => isBag(jsonOf(value))),
  given('toobject', ([value]) => (isBag(jsonOf(value)) ? shown(jsonOf(value)!) : null)),
  given('toarray', ([value]) => (isList(jsonOf(value)) ? shown(jsonOf(value)!) : null)),
];
