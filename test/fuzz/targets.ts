import { eventTargets } from './events';
import { formatTargets } from './formats';
import { judgeTargets } from './judges';
import { languageTargets } from './languages';
import { storedTargets } from './stored';
import type { AnyTarget } from './target';

/** Everything that must answer whatever it is given. */
export const TARGETS: readonly AnyTarget[] = [...languageTargets, ...formatTargets, ...judgeTargets, ...eventTargets, ...storedTargets];
