import type { Operator, Test, Value } from '../../src/model';
import { type Subject, subjectOf, valuesOf } from '../../src/syntax/classify';

/** A comparison as people read it: what it is about, its kind as written, its values. */
export const readTest = (test: Test): { readonly field: Subject | null; readonly op: Operator; readonly values: readonly Value[] } => ({
  field: subjectOf(test.left),
  op: test.word,
  values: valuesOf(test),
});
