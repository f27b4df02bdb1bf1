import { LANGUAGES } from '../languages/registry';
import type { DiagnosticKind, DiagnosticTable } from '../model';
import { RULE_CHECKS } from './rule-checks';

/** A check as people look it up. */
export interface ListedCheck extends DiagnosticKind {
  readonly id: string;
}

const listed = (table: DiagnosticTable): readonly ListedCheck[] => Object.entries(table).map(([id, kind]) => ({ id, ...kind }));

/** Every remark that a language, or a rule of any language, can draw; by ID. */
export const allChecks = (): readonly ListedCheck[] =>
  [
    ...[...LANGUAGES.values()].flatMap(({ diagnostics }) => listed(diagnostics ?? {})),
    ...RULE_CHECKS.map(({ id, severity, sentence, fixable }) => ({ id, severity, sentence, fixable })),
  ].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
