import type { DiagnosticTable } from '../../model';

/** Every remark the Elastic format makes. The table is closed: an id that is not here does not compile. */
export const DIAGNOSTICS = {
  'elastic/syntax': { severity: 'error', sentence: 'The text is no TOML, or no JSON, at this place.', fixable: false },
  'elastic/unclosed': { severity: 'error', sentence: 'A text, a list or a table is not closed.', fixable: false },
  'elastic/escape': { severity: 'error', sentence: 'A backslash sequence that TOML does not have.', fixable: false },
  'elastic/duplicate-key': { severity: 'error', sentence: 'A key is written twice in one table.', fixable: false },
  'elastic/too-deep': { severity: 'error', sentence: 'Lists or tables are nested too deep to read.', fixable: false },
  'elastic/no-rule': { severity: 'error', sentence: 'The document has no [rule] table.', fixable: false },
  'elastic/no-query': { severity: 'error', sentence: 'The rule type needs a query.', fixable: false },
  'elastic/missing-part': { severity: 'error', sentence: 'The rule type needs a part that is missing, such as a threshold.', fixable: false },
  'elastic/part': { severity: 'error', sentence: 'A threshold or score that is no number the rule type takes.', fixable: false },
  'elastic/unknown-type': { severity: 'warning', sentence: 'A rule type that Elastic does not have.', fixable: false },
  'elastic/unknown-language': { severity: 'warning', sentence: 'A query language that is not read here.', fixable: false },
  'elastic/language-type': { severity: 'warning', sentence: 'The rule type does not go with the query language.', fixable: true },
  'elastic/severity': { severity: 'warning', sentence: 'A severity that is none of low, medium, high, critical.', fixable: true },
  'elastic/risk-score': { severity: 'warning', sentence: 'A risk score that is no whole number from 0 to 100.', fixable: true },
  'elastic/key': { severity: 'warning', sentence: 'A key is one slip away from one that rules have.', fixable: false },
  'elastic/duration': { severity: 'warning', sentence: 'A length of time is not written as Elastic takes it.', fixable: false },
  'elastic/threat': { severity: 'warning', sentence: 'A tactic or technique is not written as ATT&CK writes it.', fixable: false },
  'elastic/filter': { severity: 'info', sentence: 'A filter of a form that is not read.', fixable: false },
  'elastic/exception-list': { severity: 'info', sentence: 'An exception that is not in the document, or of a form that is not read.', fixable: false },
} as const satisfies DiagnosticTable;

export type ElasticDiagnostic = keyof typeof DIAGNOSTICS;
