import type { Language } from '../../model';
import { opaqueAnalysis } from '../../syntax/opaque';

export const kusto: Language = {
  id: 'kusto',
  label: 'Kusto',
  taxonomy: 'kusto',
  analyse: (text) => opaqueAnalysis('kusto', text),
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
