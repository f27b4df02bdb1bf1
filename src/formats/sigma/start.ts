import type { DraftStart } from '../../model';
import { aboutOf, quotedYaml, titleOf } from '../starts';

/** A Sigma rule over the log source, its condition waiting for a selection. */
export function startSigma(draft: DraftStart): string {
  const { id, date, technique, point } = draft;
  const logsource = (['category', 'product', 'service'] as const).flatMap((part) => (point.sigma[part] === '' ? [] : [`    ${part}: ${point.sigma[part]}`]));
  const tags = [...technique.tactics, technique.id.toLowerCase()].map((tag) => `    - attack.${tag}`);
  return `title: ${quotedYaml(titleOf(draft))}
id: ${id}
status: experimental
description: ${quotedYaml(aboutOf(draft))}
author: ''
date: ${date}
tags:
${tags.join('\n')}
logsource:
${logsource.join('\n')}
detection:
    condition: selection
falsepositives:
    - Unknown
level: medium
`;
}
