import type { FieldRef, Operator, Test, Triple, Value } from '../model';
import { basenameField, type FieldNames } from '../knowledge/fields';
import { likePattern, classifyGlob, opened, type Meaning } from '../syntax/glob';

/** Modifiers that search for an encoded form of the value, or compare a part of the field: what is written is not what is sought. */
const ENCODING: ReadonlySet<string> = new Set('base64 base64offset wide utf16 utf16le utf16be minute hour day week month year'.split(' '));

/** Functions that leave what a value says alone; behind any other (a length, a part, a sum) the comparison is not about the field's value. */
const TRANSPARENT: ReadonlySet<string> = new Set(
  `lower upper tolower toupper to_lower to_upper tostring to_string string trim trim_start trim_end ltrim rtrim coalesce
   toint tolong todouble toreal tobool todecimal tonumber number to_integer to_long to_double to_boolean to_ip todynamic parse_json`.split(/\s+/),
);

const isTransparent = (field: FieldRef): boolean => field.transforms === undefined || field.transforms.every((name) => TRANSPARENT.has(name.toLowerCase()));

/** What the corpus counts of one comparison: a triple per value, or one where it has none; null where nothing can be counted (rule model, section 5). */
export function canonicalise(test: Test, names: FieldNames): readonly (Triple | null)[] {
  const { field, op, values } = test;
  const isCountable = field !== null && op !== 'keyword' && isTransparent(field) && !test.modifiers?.some((modifier) => ENCODING.has(modifier));
  if (!isCountable) return values.length === 0 ? [null] : values.map(() => null);
  const name = canonicalName(field, names);
  if (values.length === 0) return [{ field: name, kind: op, value: '' }];
  return values.map((value, index) => {
    const meaning = meaningOfValue(op, value, index, names);
    return meaning === null ? null : tripleOf(name, meaning);
  });
}

/** A computed field has no other name; one that an earlier stage merely copied is the column it comes from. */
const canonicalName = ({ name, of, derived }: FieldRef, names: FieldNames): string =>
  of !== undefined ? names.canonical(of) : derived === true ? name : names.canonical(name);

function meaningOfValue(op: Operator, value: Value, index: number, names: FieldNames): Meaning | null {
  if (value.type === 'field') return op === 'field_eq' ? { kind: op, value: names.canonical(value.text) } : null;
  if (value.type === 'expression' || value.type === 'time' || value.secret === true) return null;
  const pattern = { text: value.text, wild: value.wild ?? [] };
  switch (op) {
    case 'eq':
    case 'in':
    case 'wildcard':
      return classifyGlob(pattern);
    case 'like':
      return classifyGlob(value.wild === undefined ? likePattern(value.text) : pattern);
    case 'contains':
      return pattern.wild.length === 0 ? { kind: op, value: value.text } : classifyGlob(opened(pattern, true, true));
    case 'starts_with':
      return pattern.wild.length === 0 ? { kind: op, value: value.text } : classifyGlob(opened(pattern, false, true));
    case 'ends_with':
      return pattern.wild.length === 0 ? { kind: op, value: value.text } : classifyGlob(opened(pattern, true, false));
    case 'match':
    case 'regex_match':
      return { kind: 'regex_match', value: value.text };
    case 'between':
      return { kind: index === 0 ? 'ge' : 'le', value: value.text };
    case 'cidr_match':
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
    case 'field_eq':
    case 'keyword':
      return { kind: op, value: value.text };
    case 'is_null':
    case 'is_not_null':
      return { kind: op, value: '' };
    default:
      return op satisfies never;
  }
}

/** Literals in lower case; a process path that is, or ends in, nothing but a file name becomes the name. */
function tripleOf(field: string, { kind, value }: Meaning): Triple {
  if (kind === 'regex_match' || kind === 'field_eq') return { field, kind, value };
  const literal = value.toLowerCase();
  if (kind === 'eq' || kind === 'ends_with') {
    const basename = basenameField(field);
    const from = literal.startsWith('\\') || literal.startsWith('/') ? 1 : 0;
    const isName = basename !== null && (kind === 'eq' || from === 1) && literal.length > from && !literal.includes('\\', from) && !literal.includes('/', from);
    if (isName) return { field: basename, kind: 'eq', value: literal.slice(from) };
  }
  return { field, kind, value: literal };
}
