import type { Analysis, Language } from '../../model';
import { DIAGNOSTICS } from './diagnostics';
import { hover } from './assist/hover';
import { namings } from './assist/namings';
import { format } from './print/format';
import { print } from './print/print';
import { signature } from './assist/signature';
import { suggest } from './assist/suggest';
import { CHECKS } from './lint/checks';
import { analyse } from './lower/analyse';
import { queriesOf } from './parse/parser';
import { add } from './print/add';
import { told } from '../../syntax/told';

/** The analysis with what the checks find, by place. */
function checked(text: string): Analysis {
  const analysis = analyse(text);
  return { ...analysis, diagnostics: told(text, [...analysis.diagnostics, ...CHECKS.flatMap((check) => check.check(text, analysis))]) };
}

export const kusto: Language = {
  id: 'kusto',
  label: 'Kusto',
  taxonomy: 'kusto',
  analyse: checked,
  checks: CHECKS,
  suggest,
  hover,
  signature,
  namings,
  print,
  format,
  diagnostics: DIAGNOSTICS,
  add,
  queriesOf,
};
