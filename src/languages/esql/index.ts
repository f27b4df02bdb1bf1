import type { Language } from '../../model';
import { hover } from './assist/hover';
import { namings } from './assist/namings';
import { signature } from './assist/signature';
import { suggest } from './assist/suggest';
import { DIAGNOSTICS } from './diagnostics';
import { CHECKS } from './lint/checks';
import { analyse } from './lower/analyse';
import { add } from './print/add';
import { format } from './print/format';
import { print } from './print/print';

/** Elastic's piped query language. */
export const esql: Language = {
  id: 'esql',
  label: 'ES|QL',
  taxonomy: 'ecs',
  analyse,
  suggest,
  hover,
  signature,
  namings,
  print,
  format,
  diagnostics: DIAGNOSTICS,
  checks: CHECKS,
  add,
};
