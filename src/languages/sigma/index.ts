import type { Language } from '../../model';
import { opaqueAnalysis } from '../../syntax/opaque';

export const sigma: Language = {
  id: 'sigma',
  label: 'Sigma',
  taxonomy: 'sigma',
  analyse: (text) => opaqueAnalysis('sigma', text),
  suggest: (_text, offset) => ({ span: { start: offset, end: offset }, items: [] }),
  hover: () => null,
  add: () => null,
};
