import type { Language } from '../../model';
import { analyse } from './lower';

export const kusto: Language = {
  id: 'kusto',
  label: 'Kusto',
  taxonomy: 'kusto',
  analyse,
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
