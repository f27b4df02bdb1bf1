import type { Language } from '../../model';
import { add } from './add';
import { analyse } from './analyse';
import { hover, suggest } from './assist';

/** Kibana's query language, as Elastic rules of language `kuery` are written in it. */
export const kuery: Language = { id: 'kuery', label: 'KQL (Kibana)', taxonomy: 'ecs', analyse, suggest, hover, add };
