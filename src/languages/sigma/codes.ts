import type { Diagnostic, Fix, Severity, Span } from '../../model';

/** Every remark Sigma makes, with how grave it is. Errors are what makes a rule invalid to the reference implementation. */
export const CODES = {
  // The document
  'sigma/empty-document': 'error',
  'sigma/not-a-map': 'error',
  'sigma/duplicate-key': 'error',
  'sigma/unknown-action': 'error',
  'sigma/missing-key': 'error',
  'sigma/wrong-type': 'error',
  'sigma/bad-value': 'error',
  'sigma/unknown-key': 'info',
  // Search identifiers
  'sigma/empty-selection': 'error',
  'sigma/null-keyword': 'error',
  'sigma/empty-list': 'warning',
  'sigma/nested-value': 'error',
  'sigma/unknown-modifier': 'error',
  'sigma/modifier-order': 'error',
  'sigma/value-type': 'error',
  'sigma/bad-regex': 'error',
  'sigma/bad-network': 'error',
  'sigma/timeframe': 'warning',
  // The condition
  'sigma/no-condition': 'error',
  'sigma/condition-syntax': 'error',
  'sigma/keyword-case': 'error',
  'sigma/quantifier': 'error',
  'sigma/pattern-syntax': 'error',
  'sigma/unknown-identifier': 'error',
  'sigma/old-aggregation': 'error',
  'sigma/pattern-without-match': 'warning',
  'sigma/unused-identifier': 'warning',
  // Correlations and filters
  'sigma/correlation-condition': 'error',
  'sigma/loose-timespan': 'warning',
  'sigma/unresolved-rule': 'error',
  'sigma/unresolved-alias': 'warning',
  'sigma/filter-keeps': 'warning',
} as const satisfies Record<`sigma/${string}`, Severity>;

export type Code = keyof typeof CODES;

export interface Remarks {
  readonly diagnostics: readonly Diagnostic[];
  remark(code: Code, span: Span, message: string, fix?: Fix): void;
  add(diagnostic: Diagnostic): void;
}

/** Collects remarks of one document. */
export function remarksOf(): Remarks {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    add: (diagnostic) => void diagnostics.push(diagnostic),
    remark(code, span, message, fix) {
      const severity = CODES[code];
      diagnostics.push(fix === undefined ? { code, severity, span, message } : { code, severity, span, message, fix });
    },
  };
}

/** A fix of one edit. */
export const replacing = (title: string, span: Span, text: string): Fix => ({ title, edits: [{ span, text }] });
