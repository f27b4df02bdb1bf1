import type { Language } from '../../model';
import { opaqueAnalysis } from '../../syntax/opaque';

export const kuery: Language = {
  id: 'kuery',
  label: 'KQL (Kibana)',
  taxonomy: 'ecs',
  analyse: (text) => opaqueAnalysis('kuery', text),
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
