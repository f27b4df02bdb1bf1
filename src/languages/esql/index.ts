import type { Language } from '../../model';
import { opaqueAnalysis } from '../../syntax/opaque';

export const esql: Language = {
  id: 'esql',
  label: 'ES|QL',
  taxonomy: 'ecs',
  analyse: (text) => opaqueAnalysis('esql', text),
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
