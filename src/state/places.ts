import type { RuleRow } from '../model';

/** What a link needs of a rule: it outlives the numbers of one catalog. */
export type RuleName = Pick<RuleRow, 'key'> & { readonly source: string };

/** The path of every page, after the `#`. */
export const placeOf = {
  workbench: (): string => '/',
  rules: (query = ''): string => (query === '' ? '/rules' : `/rules/q/${encodeURIComponent(query)}`),
  rule: (rule: RuleName): string => `/rule/${rule.source}/${encodeURIComponent(rule.key)}`,
  /** Two rules side by side. */
  comparison: (rule: RuleName, other: RuleName): string => `${placeOf.rule(rule)}/with/${other.source}/${encodeURIComponent(other.key)}`,
  techniques: (): string => '/techniques',
  technique: (id: string): string => `/technique/${encodeURIComponent(id)}`,
  events: (provider = '', id = ''): string => (provider === '' ? '/events' : `/events/${encodeURIComponent(provider)}/${encodeURIComponent(id)}`),
} as const;
