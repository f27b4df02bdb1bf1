import type { GlobPart, Test } from '../../model';
import type { Manner } from '../manner';

const isText = (part: GlobPart | undefined): boolean => typeof part === 'object';

/** Whether stars stand at a pattern's ends alone, around one text. */
export const isAtEnds = (parts: readonly GlobPart[]): boolean => {
  const inner = parts.slice(parts[0] === 'any-run' ? 1 : 0, parts.at(-1) === 'any-run' ? -1 : undefined);
  return inner.length === 1 && isText(inner[0]);
};

/** Whether a text in the pattern has a star or a question mark of its own. */
export const hasPlainStar = (parts: readonly GlobPart[]): boolean => parts.some((part) => typeof part === 'object' && 'text' in part && /[*?]/.test(part.text));

/** Languages whose comparisons give nothing of an absent field. */
export const nullForMissing: Manner['missing'] = (compare): Test['missing'] =>
  compare === 'exists' || compare === 'filled' ? 'false' : compare === 'absent' || compare === 'empty' ? 'true' : 'unknown';

/** Languages whose comparisons are false of an absent field. */
export const falseForMissing: Manner['missing'] = (compare): Test['missing'] => (compare === 'absent' || compare === 'empty' ? 'true' : 'false');
