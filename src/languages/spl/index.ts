import type { Language } from '../../model';
import { add } from './print/add';
import { analyse } from './analyse';
import { expand } from './assist/expand';
import { hover } from './assist/hover';
import { print } from './print/print';
import { suggest } from './assist/suggest';

/** Splunk's Search Processing Language. */
export const spl: Language = { id: 'spl', label: 'SPL', taxonomy: 'cim', analyse, suggest, hover, print, add, expand };
