import type { DraftStart } from '../../model';
import { aboutOf, referenceOf, titleOf } from '../starts';

/** A page of a hunting repository: the technique's table and the query in its fence. */
export function startMarkdown(draft: DraftStart): string {
  const { technique, point } = draft;
  return `# ${titleOf(draft)}

#### MITRE ATT&CK Technique(s)

| Technique ID | Title | Link |
| --- | --- | --- |
| ${technique.id} | ${titleOf(draft)} | ${referenceOf(draft)} |

#### Description
${aboutOf(draft)}

## ${point.kusto.includes('TimeGenerated') ? 'Sentinel' : 'Defender XDR'}
\`\`\`KQL
${point.kusto}
\`\`\`
`;
}
