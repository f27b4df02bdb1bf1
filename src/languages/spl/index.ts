import type { Language } from '../../model';
import { opaqueAnalysis } from '../../syntax/opaque';

export const spl: Language = {
  id: 'spl',
  label: 'SPL',
  taxonomy: 'cim',
  analyse: (text) => opaqueAnalysis('spl', text),
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
