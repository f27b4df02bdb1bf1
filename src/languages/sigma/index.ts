import type { Analysis, Language } from '../../model';
import { addTo } from './print/add';
import { DIAGNOSTICS } from './diagnostics';
import { CHECKS } from './lint/checks';
import { printDetection } from './print/detection';
import { format } from './print/format';
import { wider } from './print/wider';
import { openSigma } from './lower/documents';
import { hover } from './assist/hover';
import { namings } from './assist/namings';
import { suggest } from './assist/suggest';

/** A text of several documents is their stages one after the other; any of its rules may match. */
function analyse(text: string): Analysis {
  const { documents, diagnostics, colour } = openSigma(text);
  const tokens = colour();
  const analyses = documents.map((document) => document.analysis);
  const [only] = analyses;
  if (analyses.length === 1) return { ...only!, tokens, diagnostics };
  return {
    language: 'sigma',
    tokens,
    sources: [],
    stages: analyses.flatMap((analysis) => analysis.stages),
    predicate: { kind: analyses.length === 0 ? 'all' : 'any', span: { start: 0, end: text.length }, of: analyses.map((analysis) => analysis.predicate) },
    terms: [],
    bindings: [],
    outputs: analyses.flatMap((analysis) => analysis.outputs),
    groupBy: analyses.flatMap((analysis) => analysis.groupBy),
    times: analyses.flatMap((analysis) => analysis.times),
    diagnostics,
  };
}

export const sigma: Language = {
  id: 'sigma',
  label: 'Sigma',
  taxonomy: 'sigma',
  analyse,
  suggest,
  hover,
  namings,
  print: printDetection,
  format,
  formatsErrors: true,
  diagnostics: DIAGNOSTICS,
  checks: CHECKS,
  wider,
  add: (text, addition) => addTo(text, 0, addition),
};
