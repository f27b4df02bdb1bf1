import type { Language } from '../../model';
import { opaqueAnalysis } from '../../syntax/opaque';

export const eql: Language = {
  id: 'eql',
  label: 'EQL',
  taxonomy: 'ecs',
  analyse: (text) => opaqueAnalysis('eql', text),
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
