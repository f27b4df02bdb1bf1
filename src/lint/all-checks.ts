import { OWN_DIAGNOSTICS } from '../formats/analysed';
import { MACROS_DIAGNOSTICS } from '../formats/macros-conf';
import { FORMATS } from '../formats/registry';
import { LANGUAGES } from '../languages/registry';
import type { DiagnosticKind, DiagnosticTable } from '../model';
import { YAML_DIAGNOSTICS } from '../syntax/yaml';
import { RULE_CHECKS } from './rule-checks';

/** A check as people look it up. */
export interface ListedCheck extends DiagnosticKind {
  readonly id: string;
}

const listed = (table: DiagnosticTable): readonly ListedCheck[] => Object.entries(table).map(([id, kind]) => ({ id, ...kind }));

/** Every remark that a text, or a rule of any language, can draw; by ID. */
export const allChecks = (): readonly ListedCheck[] =>
  [
    ...[...LANGUAGES.values(), ...FORMATS.values()].flatMap(({ diagnostics }) => listed(diagnostics ?? {})),
    ...[YAML_DIAGNOSTICS, MACROS_DIAGNOSTICS, OWN_DIAGNOSTICS].flatMap(listed),
    ...RULE_CHECKS.map(({ id, severity, sentence, fixable }) => ({ id, severity, sentence, fixable })),
  ].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
