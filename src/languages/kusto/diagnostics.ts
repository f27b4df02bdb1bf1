import type { Severity } from '../../model';

/** Every remark this language makes, with how much it weighs. */
export const DIAGNOSTICS = {
  'kusto/expected': 'error',
  'kusto/character': 'error',
  'kusto/unclosed-string': 'error',
  'kusto/unclosed-literal': 'error',
  'kusto/escape': 'error',
  'kusto/unknown-operator': 'error',
  'kusto/missing-pipe': 'error',
  'kusto/assignment': 'error',
  'kusto/unknown-type': 'error',
  'kusto/reserved-name': 'error',
  'kusto/bare-list': 'error',
  'kusto/several-queries': 'error',
  'kusto/too-deep': 'error',
  'kusto/merged-strings': 'warning',
  'kusto/type-mismatch': 'warning',
  'kusto/literal-star': 'warning',
  'kusto/never-equal': 'warning',
  'kusto/table-case': 'warning',
  'kusto/unknown-column': 'info',
  'kusto/implicit-conversion': 'info',
  'kusto/contains-term': 'info',
  'kusto/case-matters': 'info',
  'kusto/no-time-filter': 'info',
  'kusto/unused-let': 'info',
} as const satisfies Readonly<Record<`kusto/${string}`, Severity>>;

export type KustoCode = keyof typeof DIAGNOSTICS;
