import type { Analysis } from '../model';

/** The analysis of a text nothing is known about: one opaque stage. Also what an empty text gets, without a stage. */
export function opaqueAnalysis(language: string, text: string): Analysis {
  const span = { start: 0, end: text.length };
  const isBlank = text.trim() === '';
  return {
    language,
    tokens: [],
    sources: [],
    stages: isBlank ? [] : [{ kind: 'unknown', role: 'unread', span }],
    predicate: isBlank ? { kind: 'all', span, of: [] } : { kind: 'unread', span, reason: 'unmodelled' },
    terms: [],
    bindings: [],
    outputs: [],
    groupBy: [],
    times: [],
    diagnostics: [],
  };
}
