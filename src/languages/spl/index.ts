import type { Check, DiagnosticTable, Language } from '../../model';
import { add } from './print/add';
import { analyse } from './analyse';
import { DIAGNOSTICS } from './diagnostics';
import { CHECKS } from './lint/checks';
import { expand } from './assist/expand';
import { hover } from './assist/hover';
import { namings } from './assist/namings';
import { format } from './print/format';
import { print } from './print/print';
import { signature } from './assist/signature';
import { suggest } from './assist/suggest';

/** The rows that checks bring to the table of remarks. */
const tableOf = (checks: readonly Check[]): DiagnosticTable =>
  Object.fromEntries(checks.map(({ id, severity, sentence, fixable }) => [id, { severity, sentence, fixable }]));

/** Splunk's Search Processing Language. */
export const spl: Language = {
  id: 'spl',
  label: 'SPL',
  taxonomy: 'cim',
  analyse,
  suggest,
  hover,
  signature,
  namings,
  print,
  format,
  add,
  expand,
  diagnostics: { ...DIAGNOSTICS, ...tableOf(CHECKS) },
  checks: CHECKS,
};
