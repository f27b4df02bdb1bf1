/** The path of every page, after the `#`. */
export const placeOf = {
  workbench: (): string => '/',
  rules: (query = ''): string => (query === '' ? '/rules' : `/rules/q/${encodeURIComponent(query)}`),
  rule: (index: number): string => `/rule/${index}`,
  techniques: (): string => '/techniques',
  technique: (id: string): string => `/technique/${encodeURIComponent(id)}`,
  events: (provider = '', id = ''): string => (provider === '' ? '/events' : `/events/${encodeURIComponent(provider)}/${encodeURIComponent(id)}`),
} as const;
