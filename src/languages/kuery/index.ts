import type { Language } from '../../model';
import { hover } from './assist/hover';
import { suggest } from './assist/suggest';
import { DIAGNOSTICS } from './diagnostics';
import { CHECKS } from './lint/checks';
import { analyse } from './lower/analyse';
import { add } from './print/add';
import { format } from './print/format';
import { print } from './print/print';

/** Kibana's query language, as Elastic rules of language `kuery` are written in it. */
export const kuery: Language = {
  id: 'kuery',
  label: 'KQL (Kibana)',
  taxonomy: 'ecs',
  analyse,
  suggest,
  hover,
  print,
  format,
  diagnostics: DIAGNOSTICS,
  checks: CHECKS,
  add,
};
