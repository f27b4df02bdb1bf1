import type { Language } from '../../model';
import { add } from './add';
import { analyse } from './analyse';
import { hover, suggest } from './assist';

/** Lucene's query language, as far as detection rules use it: fields, phrases, ranges, regular expressions, groups. */
export const lucene: Language = { id: 'lucene', label: 'Lucene', taxonomy: 'ecs', analyse, suggest, hover, add };
