import type { DraftStart, Platform } from '../../model';
import { aboutOf, indented, quotedYaml, referenceOf, titleOf } from '../starts';

const ASSETS: Partial<Readonly<Record<Platform, string>>> = {
  aws: 'AWS Account',
  azure: 'Azure Active Directory',
  gcp: 'GCP',
  m365: 'O365 Tenant',
  okta: 'Okta Tenant',
  kubernetes: 'Kubernetes',
  github: 'GitHub',
  google_workspace: 'GSuite',
};

/** A detection of Splunk's security content over the search. */
export function startSplunk(draft: DraftStart): string {
  const { id, date, technique, point } = draft;
  return `name: ${quotedYaml(titleOf(draft))}
id: ${id}
version: 1
date: '${date}'
author: ''
status: experimental
type: Anomaly
description: ${quotedYaml(aboutOf(draft))}
data_source:
${point.dataSources.map((name) => `  - ${name}`).join('\n')}
search: |-
${indented(point.spl, 2)}
how_to_implement: ''
known_false_positives: ''
references:
  - ${referenceOf(draft)}
tags:
  analytic_story: []
  asset_type: ${ASSETS[point.platform] ?? 'Endpoint'}
  mitre_attack_id:
    - ${technique.id}
  product:
    - Splunk Enterprise Security
  security_domain: ${point.domain === 'endpoint' || point.domain === 'network' || point.domain === 'identity' ? point.domain : 'threat'}
`;
}
