import type { Domain, Platform } from '../model';
import table from './elastic-indexes.json';

/** What an Elastic integration reads. */
export interface ElasticSource {
  readonly platforms: readonly Platform[];
  readonly domains: readonly Domain[];
  readonly providers: readonly string[];
}

const SOURCES: ReadonlyMap<string, ElasticSource> = new Map(
  table.sources.map(([name, platforms, domains, providers]) => [
    name as string,
    { platforms: platforms as readonly Platform[], domains: domains as readonly Domain[], providers: providers as readonly string[] },
  ]),
);

/** What is known of an integration (`okta`), a data set (`aws.cloudtrail`) or an index pattern (`logs-endpoint.events.*`, `winlogbeat-*`). */
export function elasticSourceOf(name: string): ElasticSource | undefined {
  const dataset = name
    .toLowerCase()
    .replace(/^[^:]*:/, '')
    .replace(/^(?:logs|metrics)-/, '')
    .replace(/[-*].*$/, '')
    .replace(/\.$/, '');
  return SOURCES.get(dataset) ?? SOURCES.get(dataset.replace(/\..*$/, ''));
}

/** The category of the events that a data set of one kind holds (`process` for `logs-endpoint.events.process-*`); null where its name says none. */
export const categoryOfIndex = (name: string): string | null => /\.events\.([a-z]+)(?:-[\w*.-]*)?$/.exec(name.toLowerCase())?.[1] ?? null;

/** Index patterns that public rules search, the most searched first. */
export const INDEX_PATTERNS: readonly string[] = table.patterns.split(' ');
