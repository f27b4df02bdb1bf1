import type { Language } from '../../model';
import { add } from './add';
import { analyse } from './analyse';
import { hover, suggest } from './assist';

/** Elastic's piped query language. */
export const esql: Language = { id: 'esql', label: 'ES|QL', taxonomy: 'ecs', analyse, suggest, hover, add };
