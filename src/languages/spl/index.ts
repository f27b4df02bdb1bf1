import type { Language } from '../../model';
import { add } from './add';
import { analyse } from './analyse';
import { expand } from './expand';
import { hover } from './hover';
import { suggest } from './suggest';

/** Splunk's Search Processing Language. */
export const spl: Language = { id: 'spl', label: 'SPL', taxonomy: 'cim', analyse, suggest, hover, add, expand };
