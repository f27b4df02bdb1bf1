import type { RuleRow } from '../../model';

/** What a link needs of a rule: it outlives the numbers of one catalog. */
export type RuleName = Pick<RuleRow, 'key'> & { readonly source: string };

/** A text as a part of a path. The router decodes percent signs once before a page does: they are encoded twice. */
const part = (text: string): string => encodeURIComponent(text).replaceAll('%25', '%2525');

/** A part of a path, half decoded by the router, as it was; one that nobody encoded stays as it stands. */
export function textOf(path: string): string {
  try {
    return decodeURIComponent(path.replace(/%(?![\da-f]{2})/gi, '%25'));
  } catch {
    return path;
  }
}

/** The path of every page, after the `#`. */
export const pathOf = {
  workbench: (): string => '/',
  rules: (query = ''): string => (query === '' ? '/rules' : `/rules/q/${part(query)}`),
  rule: (rule: RuleName): string => `/rule/${rule.source}/${part(rule.key)}`,
  /** Two rules side by side. */
  comparison: (rule: RuleName, other: RuleName): string => `${pathOf.rule(rule)}/with/${other.source}/${part(other.key)}`,
  techniques: (): string => '/techniques',
  technique: (id: string): string => `/technique/${part(id)}`,
  /** All events, those of a provider, or one of them. */
  events: (provider = '', id = ''): string => (provider === '' ? '/events' : `/events/${part(provider)}/${part(id)}`),
  fires: (): string => '/fires',
  eventSearch: (query: string): string => (query === '' ? pathOf.events() : `/events/q/${part(query)}`),
} as const;
