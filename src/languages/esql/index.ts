import type { Language } from '../../model';
import { add } from './print/add';
import { analyse } from './lower/analyse';
import { hover, suggest } from './assist/suggest';

/** Elastic's piped query language. */
export const esql: Language = { id: 'esql', label: 'ES|QL', taxonomy: 'ecs', analyse, suggest, hover, add };
