import { tacticsOfTechnique } from '../knowledge/attack';
import { techniquesNamed } from '../knowledge/techniques-named';
import type { Analysis, Metadata } from '../model';

/** The metadata of a text that says nothing about itself. */
export const NO_METADATA: Metadata = {
  id: '',
  title: '',
  description: '',
  author: [],
  status: '',
  kind: 'detection',
  severity: '',
  license: '',
  created: '',
  modified: '',
  references: [],
  tags: [],
  techniques: [],
  tactics: [],
  logsource: '',
  scopes: [],
  platforms: [],
  domains: [],
  events: [],
  providers: [],
  times: [],
  groupBy: [],
  falsePositives: [],
  places: {},
};

/** What a query's comments say of ATT&CK: its techniques, their tactics, and where they stand; nothing where they name none. */
export function commentedTechniques(text: string, { tokens }: Analysis): Partial<Metadata> {
  const named = techniquesNamed(
    text,
    tokens.filter(({ type }) => type === 'comment'),
  );
  if (named === null) return {};
  const { techniques, span } = named;
  return { techniques, tactics: [...new Set(techniques.flatMap(tacticsOfTechnique))], places: { techniques: span } };
}
