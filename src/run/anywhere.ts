import type { Operand, Test } from '../model';
import type { Row } from './dialect';
import { singlesOf } from './fields';
import type { Reading } from './expression';
import { both, either, FALSE, TRUE, type Truth } from './truth';
import type { Value } from './value';

/** Whether a single value of the field that is so called fits. */
export type FitsNamed = (value: Value, row: Row, name: string) => Truth;

interface Anywhere {
  /** What it is compared with, one by one. */
  readonly operands: readonly Operand[];
  /** The question of one of them. */
  readonly fitsOf: (operand: Operand) => FitsNamed;
  /** A text in the case in which it is compared. */
  readonly change: (text: string) => string;
  /** Whether a field that is so called is asked; absent: each is. */
  readonly isAsked?: (name: string) => boolean;
}

/** A comparison with the whole event, or with each of many fields: any of their values may fit. */
export function anywhere(test: Test, { dialect }: Reading, { operands, fitsOf, change, isAsked }: Anywhere): (row: Row) => Truth {
  // Every event has something.
  if (test.compare === 'exists') return () => TRUE;
  const each = operands.map((operand) => ({
    fits: fitsOf(operand),
    needed: dialect.fits === undefined && isAsked === undefined ? textNeeded(operand, test, change) : null,
  }));
  const allTexts = textsOf(dialect.text, change);
  const one = ({ fits, needed }: (typeof each)[number], row: Row): Truth => {
    if (needed !== null && !allTexts(row).includes(needed)) return FALSE;
    let found: Truth = FALSE;
    for (const { value, name } of singlesOf(row)) {
      if (isAsked?.(name) === false) continue;
      found = either(found, fits(value, row, name));
      if (found === TRUE) return TRUE;
    }
    return found;
  };
  const isEvery = test.every === true;
  return (row) => {
    let found: Truth = isEvery ? TRUE : FALSE;
    for (const part of each) {
      found = isEvery ? both(found, one(part, row)) : either(found, one(part, row));
      if (found === (isEvery ? FALSE : TRUE)) return found;
    }
    return found;
  };
}

/** A text that every value holds which fits, where the operand asks for a text in it; null: nothing is known to be needed. */
function textNeeded(operand: Operand, test: Test, change: (text: string) => string): string | null {
  if (test.compare !== 'token' && test.compare !== 'equals') return null;
  if (operand.kind === 'literal') return test.compare === 'token' ? change(operand.text) : null;
  if (operand.kind !== 'glob' || operand.parts.some((part) => typeof part === 'object' && 'of' in part)) return null;
  const texts = operand.parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : ''));
  return change(texts.reduce((longest, text) => (text.length > longest.length ? text : longest), ''));
}

/** Whose texts were put together last: all searches of a rule look at one row before they look at the next. */
let last: { readonly row: Row; readonly text: (value: Value) => string | null; readonly change: (text: string) => string; readonly all: string } | null = null;

const textsOf =
  (text: (value: Value) => string | null, change: (text: string) => string) =>
  (row: Row): string => {
    if (last === null || last.row !== row || last.text !== text || last.change !== change) {
      const all = singlesOf(row).map(({ value }) => change(text(value) ?? ''));
      last = { row, text, change, all: all.join('\n') };
    }
    return last.all;
  };
