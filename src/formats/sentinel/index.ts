import { DIAGNOSTICS } from './diagnostics';
import { kusto } from '../../languages/kusto';
import { embeddedScalar } from '../../syntax/yaml-scalar';
import { entriesOf, isScalar, type YamlDocument } from '../../syntax/yaml';
import { parseLenientYaml } from '../../syntax/yaml-repair';
import { tokensOfYaml } from '../../syntax/yaml-tokens';
import { techniqueAt } from '../../knowledge/technique-items';
import { hoverKey, suggestKeys } from '../keys';
import { skeletonsOf, withSkeletons } from '../skeletons';
import { type ContainedRule, queryContainer } from '../query-container';
import { yamlSure } from '../yaml-look';
import { containedRule } from './contained-rule';
import { remarkOf } from './remarks';
import { keysIn, readRule } from './yaml-rule';
import { SENTINEL_KEYS } from './keys';
import { startSentinel } from './start';
import { leftBySentinel, writeSentinel } from './write';

/** What is left where a file was: it has no query any more. */
const MOVED = /this (?:file|query|rule|content) (?:is|has been|was) moved to/i;

/** Microsoft Sentinel's analytics rules, hunting and exploration queries: YAML with the query under `query`. */
export const sentinelFormat = queryContainer(kusto, {
  id: 'sentinel',
  label: 'Sentinel rule',
  diagnostics: DIAGNOSTICS,
  extensions: ['.yaml', '.yml'],
  detect: (text) => yamlSure('sentinel', text),
  read(text) {
    const { documents, tokens, diagnostics } = parseLenientYaml(text);
    const rules: ContainedRule[] = [];
    const remarks = [...diagnostics];
    for (const document of documents) {
      const rule = ruleIn(text, document);
      if (rule !== null) rules.push(rule);
      else if (MOVED.test(text.slice(document.span.start, document.span.end))) continue;
      else if (document.map !== null)
        remarks.push(
          remarkOf(
            'sentinel/no-query',
            { start: document.span.start, end: Math.min(document.span.start + 1, document.span.end) },
            'This document has no `query`.',
          ),
        );
    }
    const isQuery = (offset: number): boolean => rules.some(({ query }) => offset >= query.span.start && offset < query.span.end);
    return { rules, colour: () => tokensOfYaml(tokens, text, (offset, isKey) => (!isKey && isQuery(offset) ? null : undefined)), diagnostics: remarks };
  },
  suggest: (text, offset) => withSkeletons(suggestKeys(text, offset, SENTINEL_KEYS), text, offset, () => skeletonsOf(startSentinel)),
  hover: (text, offset) => techniqueAt(text, offset) ?? hoverKey(text, offset, SENTINEL_KEYS),
  start: startSentinel,
  write: { languages: ['kusto'], text: writeSentinel, left: leftBySentinel },
  folder: ({ meta, analysis }) =>
    [meta.kind === 'hunting query' ? 'Hunting Queries' : 'Detections', analysis.sources[0]?.name.replace(/\W+/g, '') ?? '']
      .filter((name) => name !== '')
      .join('/'),
  fileName: (rule) => `${(rule?.meta.title ?? '').replace(/[^\p{L}\p{N}]+/gu, '') || 'rule'}.yaml`,
});

function ruleIn(text: string, { map, span }: YamlDocument): ContainedRule | null {
  if (map === null) return null;
  const keys = keysIn(entriesOf(map));
  const node = (keys.get('query') ?? keys.get('parserquery') ?? keys.get('querytext'))?.value;
  return isScalar(node) ? containedRule(span, embeddedScalar(text, node), readRule(keys)) : null;
}
