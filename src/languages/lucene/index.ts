import type { Language } from '../../model';
import { analyse } from './analyse';

/** Lucene's query language, as far as detection rules use it: fields, phrases, ranges, regular expressions, groups. */
export const lucene: Language = {
  id: 'lucene',
  label: 'Lucene',
  taxonomy: 'ecs',
  analyse,
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
