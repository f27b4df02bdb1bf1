import { kusto } from '../../languages/kusto';
import type { Span } from '../../model';
import { embeddedScalar } from '../../syntax/yaml-scalar';
import { entriesOf, isMap, isScalar, isSeq, parseYaml, spanOfNode, type YamlEntry } from '../../syntax/yaml';
import { tokensOfYaml } from '../../syntax/yaml-tokens';
import { type ContainedRule, queryContainer } from '../query-container';
import { containedRule } from '../sentinel/contained-rule';
import { keysOf, readRule } from '../sentinel/yaml-rule';
import { remarkOf } from '../sentinel/remarks';
import { hoverProperty, suggestProperty } from './keys';
import { startArm } from './start';

/** Sentinel's analytics rules as Azure exports and deploys them: ARM templates and single rules in JSON, with the query under `properties`. JSON is YAML's flow style. */
export const armFormat = queryContainer(kusto, {
  id: 'arm',
  label: 'Sentinel ARM template',
  extensions: ['.json'],
  detect,
  read(text) {
    const { documents, tokens, diagnostics } = parseYaml(text);
    const rules: ContainedRule[] = [];
    for (const { document } of documents) collect(text, document.contents, rules);
    const isQuery = (offset: number): boolean => rules.some(({ query }) => offset >= query.span.start && offset < query.span.end);
    const missing =
      rules.length === 0 && diagnostics.length === 0
        ? [remarkOf('sentinel/no-query', { start: 0, end: Math.min(1, text.length) }, 'No resource here has a `query` among its properties.')]
        : [];
    return {
      rules,
      colour: () => tokensOfYaml(tokens, text, (offset, isKey) => (!isKey && isQuery(offset) ? null : undefined)),
      diagnostics: [...diagnostics, ...missing],
    };
  },
  suggest: suggestProperty,
  hover: hoverProperty,
  start: startArm,
  fileName: (rule) => `${(rule?.meta.title ?? '').replace(/[^\p{L}\p{N}]+/gu, '') || 'rule'}.json`,
});

const WHERE: Span = { start: 0, end: 0 };

/** Every mapping with a query and a title: the properties of a resource, wherever templates nest it. */
function collect(text: string, root: unknown, rules: ContainedRule[]): void {
  const stack: { readonly node: unknown; readonly outer: readonly YamlEntry[] }[] = [{ node: root, outer: [] }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, outer } = next;
    if (isSeq(node)) for (const item of node.items.toReversed()) stack.push({ node: item, outer });
    if (!isMap(node)) continue;
    const entries = entriesOf(node);
    const keys = keysOf(entries);
    const query = keys.get('query')?.value;
    if (isScalar(query) && (keys.has('displayname') || keys.has('severity'))) {
      // A resource's own name is an ID in brackets of the template's language; the rule's is displayName.
      const inherited = outer.filter(({ key }) => key === 'id' || key === 'kind');
      rules.push(containedRule(spanOfNode(node, WHERE), embeddedScalar(text, query), readRule(keysOf([...entries, ...inherited]))));
    } else for (const { value } of entries.toReversed()) stack.push({ node: value, outer: entries });
  }
}

function detect(text: string): number {
  if (!/^\s*[{[]/.test(text) || !/"query"\s*:/.test(text)) return 0;
  return /Microsoft\.(?:SecurityInsights|OperationalInsights)|\/alertRules|deploymentTemplate\.json/.test(text) ||
    /"(?:queryFrequency|triggerOperator)"\s*:/.test(text)
    ? 0.96
    : 0;
}
