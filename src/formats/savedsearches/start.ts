import type { DraftStart } from '../../model';
import { aboutOf, titleOf } from '../starts';

/** A stanza that Enterprise Security runs as a correlation search. */
export function startSavedSearch(draft: DraftStart): string {
  const { technique, point } = draft;
  return `[Threat - ${titleOf(draft).replace(/[[\]\n]/g, ' ')} - Rule]
action.correlationsearch.enabled = 1
action.correlationsearch.label = ${titleOf(draft)}
action.correlationsearch.annotations = {"mitre_attack": ["${technique.id}"]}
description = ${aboutOf(draft)}
cron_schedule = 0 * * * *
dispatch.earliest_time = -70m@m
dispatch.latest_time = -10m@m
disabled = 1
search = ${point.spl.replaceAll('\n', '\\\n')}
`;
}
