import { isDeepStrictEqual } from 'node:util';
import { meaningOf } from '../../src/logic/meaning';
import type { Predicate } from '../../src/model';

export { meaningOf };

/** Whether two predicates mean the same by the same tree, whatever the order of their parts' keys. */
export const samePredicate = (a: Predicate, b: Predicate): boolean => isDeepStrictEqual(meaningOf(a), meaningOf(b));
