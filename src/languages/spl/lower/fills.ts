import type { Operand, Predicate, Test } from '../../../model';
import { fieldNameOf } from '../../../syntax/classify';
import { fits } from '../../../syntax/glob';
import { mapTests } from '../../../syntax/walk';
import datasets from '../datasets.json';
import type { Flow } from './lowering-context';

const FILLED: ReadonlyMap<string, string> = new Map(Object.entries(datasets.filled));
const ROOTS: ReadonlyMap<string, string> = new Map(Object.entries(datasets.roots));

/** Notes what a data model has for fields its events lack; `model` as written: `Endpoint.Processes`. */
export function fillFromModel(flow: Flow, model: string): void {
  const set = ROOTS.get(model) ?? model.slice(model.lastIndexOf('.') + 1);
  for (const name of FILLED.get(set)?.split(' ') ?? []) flow.fills.set(name, datasets.filler);
}

/** A condition behind a `fillnull` of its field, or on a data model that fills gaps: of an event without the field it says what it says of the value that stands for it. */
export function overFilled(predicate: Predicate, { fills }: Flow): Predicate {
  if (fills.size === 0) return predicate;
  return mapTests(predicate, (test): Predicate => {
    const name = test.left?.kind === 'field' ? fieldNameOf(test) : null;
    const fill = name === null ? undefined : fills.get(name);
    if (fill === undefined) return test;
    const holds = holdsOf(test, fill);
    return { ...test, missing: holds === null ? 'unknown' : holds ? 'true' : 'false' };
  });
}

/** Whether a value meets a comparison; null where that is not told here. */
function holdsOf({ compare, values, case: letters }: Test, value: string): boolean | null {
  if (compare === 'exists' || compare === 'absent') return compare === 'exists';
  if (compare === 'regex' || compare === 'cidr' || compare === 'token') return null;
  const found = values.map((one) => (compare === 'equals' ? equals(one, value, letters === 'fold') : ordered(one, value, compare)));
  return found.includes(true) ? true : found.includes(null) ? null : false;
}

function equals(operand: Operand, value: string, isFolded: boolean): boolean | null {
  const cased = (text: string): string => (isFolded ? text.toLowerCase() : text);
  if (operand.kind === 'literal') return cased(operand.text) === cased(value) || (isNumeric(value) && Number(operand.text) === Number(value));
  if (operand.kind !== 'glob' || operand.parts.some((part) => part === 'any-char' || (typeof part === 'object' && 'of' in part))) return null;
  const text = operand.parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '\u0000')).join('');
  return fits(cased(value), cased(text).split('\u0000'));
}

const isNumeric = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

function ordered(operand: Operand, value: string, compare: Test['compare']): boolean | null {
  if (operand.kind !== 'literal' || !isNumeric(operand.text) || !isNumeric(value)) return null;
  const order = Number(value) - Number(operand.text);
  switch (compare) {
    case 'less':
      return order < 0;
    case 'at-most':
      return order <= 0;
    case 'greater':
      return order > 0;
    case 'at-least':
      return order >= 0;
    default:
      return null;
  }
}
