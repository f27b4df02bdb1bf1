import type { Language } from '../../model';
import { analyse } from './analyse';

/** Elastic's piped query language. */
export const esql: Language = {
  id: 'esql',
  label: 'ES|QL',
  taxonomy: 'ecs',
  analyse,
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
