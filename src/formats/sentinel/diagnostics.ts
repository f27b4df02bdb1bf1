import type { DiagnosticTable } from '../../model';

/** Every remark the container makes. */
export const DIAGNOSTICS = {
  'sentinel/no-query': { severity: 'error', sentence: 'A document has no query.', fixable: false },
  'sentinel/missing-key': { severity: 'warning', sentence: 'An analytics rule lacks its id, name or severity.', fixable: false },
  'sentinel/slip': { severity: 'warning', sentence: 'A key, kind or entity is one slip away from one that Sentinel has.', fixable: true },
  'sentinel/id': { severity: 'warning', sentence: 'The ID of an analytics rule is no GUID.', fixable: false },
  'sentinel/list': { severity: 'warning', sentence: 'Tactics or techniques are a text where Sentinel takes a list.', fixable: false },
  'sentinel/severity': { severity: 'warning', sentence: 'A severity is none of the four that Sentinel takes.', fixable: true },
  'sentinel/tactic': { severity: 'warning', sentence: 'A tactic is none of ATT&CK.', fixable: true },
  'sentinel/technique': { severity: 'warning', sentence: 'A technique is not written as ATT&CK writes it.', fixable: true },
  'sentinel/trigger': { severity: 'warning', sentence: 'A trigger operator is none of gt, lt, eq and ne.', fixable: false },
  'sentinel/period': { severity: 'warning', sentence: 'A rule runs less often than it looks back.', fixable: false },
  'sentinel/duration': { severity: 'warning', sentence: 'A length of time is not written as Sentinel takes it.', fixable: false },
  'sentinel/beyond-period': { severity: 'warning', sentence: 'A query looks back further than its rule may.', fixable: false },
  'sentinel/entity-column': { severity: 'warning', sentence: 'A mapping names a column that the answer does not have.', fixable: false },
} as const satisfies DiagnosticTable;
