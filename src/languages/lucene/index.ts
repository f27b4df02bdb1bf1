import type { Language } from '../../model';
import { hover } from './assist/hover';
import { suggest } from './assist/suggest';
import { DIAGNOSTICS } from './diagnostics';
import { CHECKS } from './lint/checks';
import { analyse } from './lower/analyse';
import { add } from './print/add';
import { format } from './print/format';
import { print } from './print/print';

/** Lucene's query language, as far as detection rules use it: fields, phrases, ranges, regular expressions, groups. */
export const lucene: Language = {
  id: 'lucene',
  label: 'Lucene',
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
