import type { Language } from '../../model';
import { add } from './add';
import { hover } from './hover';
import { analyse } from './lower';
import { queriesOf } from './queries';
import { suggest } from './suggest';

export const kusto: Language = { id: 'kusto', label: 'Kusto', taxonomy: 'kusto', analyse, suggest, hover, add, queriesOf };
