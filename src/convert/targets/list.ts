import type { Target } from '../manner';
import { eqlTarget, esqlTarget, kueryTarget, luceneTarget } from './elastic';
import { kustoTarget } from './kusto';
import { sigmaTarget } from './sigma';
import { splTarget, tstatsTarget } from './spl';
import { clickhouseTarget, duckdbTarget, sparkTarget } from './sql';

/** Everything rules are converted to, by id, in the order they are offered. */
export const TARGETS: ReadonlyMap<string, Target> = new Map(
  [sigmaTarget, splTarget, tstatsTarget, kustoTarget, kueryTarget, luceneTarget, eqlTarget, esqlTarget, duckdbTarget, clickhouseTarget, sparkTarget].map(
    (target) => [target.id, target],
  ),
);
