import type { Language } from '../../model';
import { opaqueAnalysis } from '../../syntax/opaque';

export const lucene: Language = {
  id: 'lucene',
  label: 'Lucene',
  taxonomy: 'ecs',
  analyse: (text) => opaqueAnalysis('lucene', text),
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
