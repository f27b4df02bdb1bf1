import type { Language } from '../../model';
import { analyse } from './analyse';

/** Elastic's event query language. */
export const eql: Language = {
  id: 'eql',
  label: 'EQL',
  taxonomy: 'ecs',
  analyse,
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
