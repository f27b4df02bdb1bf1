import type { Language } from '../../model';
import { hover } from './assist/hover';
import { signature } from './assist/signature';
import { suggest } from './assist/suggest';
import { DIAGNOSTICS } from './diagnostics';
import { CHECKS } from './lint/checks';
import { analyse } from './lower/analyse';
import { add } from './print/add';
import { format } from './print/format';
import { print } from './print/print';

/** Operators that are blind to letters' case, for those that are not. */
const WIDER: Readonly<Record<string, readonly string[]>> = { '==': [':'], in: ['in~'], like: ['like~'], regex: ['regex~'] };

/** Elastic's event query language. */
export const eql: Language = {
  id: 'eql',
  label: 'EQL',
  taxonomy: 'ecs',
  analyse,
  suggest,
  hover,
  signature,
  print,
  format,
  diagnostics: DIAGNOSTICS,
  checks: CHECKS,
  wider: (operator) => (Object.hasOwn(WIDER, operator) ? WIDER[operator]! : []),
  add,
};
