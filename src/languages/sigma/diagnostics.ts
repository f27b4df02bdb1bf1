import type { Diagnostic, Fix, Severity, Span } from '../../model';
import { nearest } from './lint/nearest';

/** Every remark Sigma makes, with how grave it is. Errors are what makes a rule invalid to the reference implementation. */
export const CODES = {
  // The document
  'sigma/empty-document': 'error',
  'sigma/not-a-map': 'error',
  'sigma/duplicate-key': 'error',
  'sigma/unknown-alias': 'error',
  'sigma/unknown-action': 'error',
  'sigma/mixed-document': 'warning',
  'sigma/too-much': 'error',
  'sigma/missing-key': 'error',
  'sigma/wrong-type': 'error',
  'sigma/bad-value': 'error',
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
  'sigma/array-matching': 'info',
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
  'sigma/correlation-range': 'info',
  'sigma/loose-timespan': 'warning',
  'sigma/no-rules': 'warning',
  'sigma/unresolved-rule': 'error',
  'sigma/unresolved-alias': 'warning',
  'sigma/filter-keeps': 'warning',
  // Legal, and rarely meant
  'sigma/idle-modifier': 'warning',
  'sigma/never-all': 'warning',
  'sigma/offset-without-contains': 'warning',
  'sigma/blank-in-field': 'warning',
  'sigma/duplicate-value': 'warning',
  'sigma/control-character': 'warning',
  'sigma/double-wildcard': 'warning',
  'sigma/escaped-wildcard': 'info',
  'sigma/handmade-wildcards': 'info',
  'sigma/number-as-string': 'info',
  'sigma/bad-hash': 'warning',
  'sigma/regex-lookaround': 'warning',
  'sigma/idle-quantifier': 'info',
  'sigma/all-of-them': 'info',
  // The log source
  'sigma/unknown-logsource': 'warning',
  'sigma/unknown-field': 'info',
  'sigma/field-case': 'warning',
  'sigma/redundant-field': 'warning',
  'sigma/sysmon-without-event': 'warning',
  'sigma/generic-logsource': 'warning',
  // The keys around the detection
  'sigma/unknown-key': 'warning',
  'sigma/missing-recommended': 'info',
  'sigma/title-style': 'info',
  'sigma/title-case': 'info',
  'sigma/short-description': 'info',
  'sigma/link-in-description': 'info',
  'sigma/date-order': 'warning',
  'sigma/idle-modified': 'info',
  'sigma/duplicate-reference': 'warning',
  'sigma/reference-style': 'info',
  'sigma/false-positive-style': 'info',
  'sigma/duplicate-tag': 'warning',
  'sigma/tag-format': 'warning',
  'sigma/tag-namespace': 'warning',
  'sigma/tag-name': 'info',
  'sigma/technique-without-tactic': 'info',
} as const satisfies Record<`sigma/${string}`, Severity>;

export type Code = keyof typeof CODES;

export interface Remarks {
  readonly diagnostics: readonly Diagnostic[];
  remark(code: Code, span: Span, message: string, fix?: Fix): void;
  add(diagnostic: Diagnostic): void;
  /** The known word that a wrong one is closest to; after many of them none is looked for, so that no text costs more than its length. */
  nearest(written: string, known: () => Iterable<string>): string | undefined;
}

/** How often a better word is looked for in one text. */
export interface Effort {
  left: number;
}
export const effortOf = (): Effort => ({ left: 100 });

/** Collects remarks of one document; the documents of a text share the effort. */
export function remarksOf(effort: Effort): Remarks {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    add(diagnostic) {
      diagnostics.push(diagnostic);
    },
    nearest(written, known) {
      return effort.left-- > 0 ? nearest(written, known()) : undefined;
    },
    remark(code, span, message, fix) {
      const severity = CODES[code];
      diagnostics.push(fix === undefined ? { code, severity, span, message } : { code, severity, span, message, fix });
    },
  };
}

/** A fix of one edit. */
export const replacing = (title: string, span: Span, text: string): Fix => ({ title, edits: [{ span, text }] });
