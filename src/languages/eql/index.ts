import type { Language } from '../../model';
import { add } from './add';
import { analyse } from './analyse';
import { hover, suggest } from './assist';

/** Elastic's event query language. */
export const eql: Language = { id: 'eql', label: 'EQL', taxonomy: 'ecs', analyse, suggest, hover, add };
