import type { DraftStart } from '../../model';
import { tacticOf } from '../../knowledge/attack';
import { aboutOf, indented, quotedYaml, referenceOf, titleOf } from '../starts';

/** A rule of Anvilogic's armory over the search. */
export function startAnvilogic(draft: DraftStart): string {
  const { id, technique, point } = draft;
  const name = titleOf(draft).toLowerCase();
  const techniques = technique.tactics.map((short) => `  - ${quotedYaml(`${tacticOf(short)?.name.toLowerCase() ?? short}:${name}`)}`);
  return `id: ${id}
title: ${quotedYaml(titleOf(draft))}
description: ${quotedYaml(aboutOf(draft))}
logic_format: Splunk
logic: |-
${indented(point.spl, 2)}
techniques:
${techniques.join('\n')}
technique_id:
  - ${technique.id}
data_category:
  - ${point.category}
references:
  - ${referenceOf(draft)}
`;
}
