/** False, true, null (a comparison with nothing, in languages that know it) and not known to us. */
export type Truth = 0 | 1 | 2 | 3;
export const FALSE = 0;
export const TRUE = 1;
/** The language's own third value: no match, and its negation is none either. */
export const NULL = 2;
/** An unread part decides: we cannot tell. */
export const UNKNOWN = 3;

/** What a rule says of an event. */
export type Verdict = 'true' | 'false' | 'unknown';

export const truthOf = (holds: boolean): Truth => (holds ? TRUE : FALSE);
export const notOf = (truth: Truth): Truth => (truth === TRUE ? FALSE : truth === FALSE ? TRUE : truth);

/** False wins; else what is not known; else null. */
export function both(a: Truth, b: Truth): Truth {
  if (a === FALSE || b === FALSE) return FALSE;
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : a === NULL || b === NULL ? NULL : TRUE;
}

/** True wins; else what is not known; else null. */
export function either(a: Truth, b: Truth): Truth {
  if (a === TRUE || b === TRUE) return TRUE;
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : a === NULL || b === NULL ? NULL : FALSE;
}

/** A filter lets through what is true: null is no match. */
export const verdictOf = (truth: Truth): Verdict => (truth === TRUE ? 'true' : truth === UNKNOWN ? 'unknown' : 'false');
