import type { Language } from '../../model';
import { analyse } from './analyse';

/** Splunk's Search Processing Language. */
export const spl: Language = {
  id: 'spl',
  label: 'SPL',
  taxonomy: 'cim',
  analyse,
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
