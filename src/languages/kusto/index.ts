import type { Language } from '../../model';
import { DIAGNOSTICS } from './diagnostics';
import { hover } from './assist/hover';
import { print } from './print/print';
import { suggest } from './assist/suggest';
import { analyse } from './lower/analyse';
import { queriesOf } from './parse/parser';
import { add } from './print/add';

export const kusto: Language = { id: 'kusto', label: 'Kusto', taxonomy: 'kusto', analyse, suggest, hover, print, diagnostics: DIAGNOSTICS, add, queriesOf };
