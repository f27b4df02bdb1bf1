import type { Metadata } from '../model';

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
