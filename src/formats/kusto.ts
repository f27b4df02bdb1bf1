import { kusto } from '../languages/kusto';
import type { Metadata, Rule } from '../model';
import { bareFormat } from './bare';
import { factsOf } from './sentinel/facts';

/** Kusto queries without a container. */
export const kustoFormat = bareFormat(kusto, {
  extensions: ['.kql', '.kusto', '.csl', '.txt'],
  start: ({ point }) => point.kusto,
  metadata: metadataOf,
});

function metadataOf({ analysis }: Rule): Partial<Metadata> {
  const { isAlertFeed, ...facts } = factsOf(analysis);
  return { ...facts, kind: isAlertFeed ? 'alert feed' : 'detection', logsource: analysis.sources.map(({ name }) => name).join(', ') };
}
