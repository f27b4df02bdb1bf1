import type { Operator, Test, Triple, Value } from '../model';
import { basenameField, type FieldNames } from '../knowledge/fields';
import { isEncoding } from '../knowledge/encodings';
import { isTransparent } from '../knowledge/functions';
import { type Subject, subjectOf, valuesOf } from '../syntax/classify';
import { type Classified, classifyGlob, globParts, openParts } from '../syntax/glob';

const isAlone = ({ transforms }: Subject): boolean => transforms.every(isTransparent);

/** What the corpus counts of one comparison: a triple per value, or one where it has none; null where nothing can be counted (rule model, section 5). */
export function canonicalise(test: Test, names: FieldNames): readonly (Triple | null)[] {
  const field = subjectOf(test.left);
  const op = test.word;
  const values = valuesOf(test);
  const isCountable = field !== null && op !== 'keyword' && op !== 'term' && isAlone(field) && !test.modifiers?.some(isEncoding);
  if (!isCountable) return values.length === 0 ? [null] : values.map(() => null);
  const name = canonicalName(field, names);
  if (values.length === 0) return [{ field: name, kind: op, value: '' }];
  return values.map((value, index) => {
    const meaning = meaningOfValue(op, value, index, names);
    return meaning === null ? null : tripleOf(name, meaning);
  });
}

/** A computed field has no other name; one that an earlier stage merely copied is the column it comes from. */
const canonicalName = ({ name, of, derived }: Subject, names: FieldNames): string =>
  of !== undefined ? names.canonical(of) : derived ? name : names.canonical(name);

function meaningOfValue(op: Operator, value: Value, index: number, names: FieldNames): Classified | null {
  if (value.type === 'field') return op === 'field_eq' ? { kind: op, value: names.canonical(value.text) } : null;
  if (value.type === 'expression' || value.type === 'time' || value.secret === true) return null;
  const parts = globParts(value.text, value.wild ?? []);
  switch (op) {
    case 'eq':
    case 'in':
    case 'wildcard':
    case 'like':
      return classifyGlob(parts);
    case 'contains':
      return value.wild === undefined ? { kind: op, value: value.text } : classifyGlob(openParts(parts, true, true));
    case 'starts_with':
      return value.wild === undefined ? { kind: op, value: value.text } : classifyGlob(openParts(parts, false, true));
    case 'ends_with':
      return value.wild === undefined ? { kind: op, value: value.text } : classifyGlob(openParts(parts, true, false));
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
    case 'term':
      return { kind: op, value: value.text };
    case 'is_null':
    case 'is_not_null':
      return { kind: op, value: '' };
    default:
      return op satisfies never;
  }
}

/** Literals in lower case; a process path that is, or ends in, nothing but a file name becomes the name. */
function tripleOf(field: string, { kind, value }: Classified): Triple {
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
