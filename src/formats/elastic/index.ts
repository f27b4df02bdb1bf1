import { DIAGNOSTICS } from './diagnostics';
import type { Context, Format, Rule } from '../../model';
import { readDocument, withQueries } from './document';
import { atPath } from './hunting';
import { namingsIn } from '../namings';
import { hoverKey, suggestIn } from './keys';
import { editsInDocument, queryAt } from './query';
import { skeletonsOf, withSkeletons } from '../skeletons';
import { startElastic } from './start';
import { writeElastic } from './write';

const queriesIn = (text: string, context: Context) => readDocument(text, context).rules.flatMap(({ query }) => (query?.language ? [query] : []));

/** Elastic's detection rules: TOML rule and hunt files, and rules exported from Kibana, one JSON object a line. */
export const elasticFormat: Format = {
  id: 'elastic',
  label: 'Elastic rule',
  language: 'kuery',
  diagnostics: DIAGNOSTICS,
  extensions: ['.toml', '.ndjson', '.json'],
  detect(text) {
    if (/^[ \t\u200b\ufeff]*\[(?:rule|hunt)\]/m.test(text)) return 0.95;
    if (/^[ \t]*\[metadata\]/m.test(text) && /^(?:query|name|type)\s*=/m.test(text)) return 0.7;
    return /^\s*(?:\{|\[\s*\{)/.test(text) && /"(?:rule_id|risk_score)"\s*:/.test(text) && /"type"\s*:/.test(text) ? 0.95 : 0;
  },
  atPath,
  open(text, context) {
    const document = readDocument(text, context);
    const rules = document.rules.map((found) => found.rule(context));
    return { format: 'elastic', rules, ...withQueries(document, rules) };
  },
  suggest(text, offset, context) {
    const found = queryAt(queriesIn(text, context), offset);
    if (found === null) return withSkeletons(suggestIn(text, offset), text, offset, () => skeletonsOf(startElastic));
    const { node, language } = found.query;
    const completion = language!.suggest(node.value, found.inner, context);
    const { start, end } = completion.span;
    return { ...completion, span: { start: node.map(start), end: Math.max(offset, node.map(end)) } };
  },
  hover(text, offset, context) {
    const found = queryAt(queriesIn(text, context), offset);
    if (found === null) return hoverKey(text, offset);
    const { node, language } = found.query;
    const hover = language!.hover(node.value, found.inner, context);
    return hover === null ? null : { ...hover, span: { start: node.map(hover.span.start), end: node.map(hover.span.end) } };
  },
  signature(text, offset, context) {
    const found = queryAt(queriesIn(text, context), offset);
    return found?.query.language?.signature?.(found.query.node.value, found.inner) ?? null;
  },
  namings: (text, context) => queriesIn(text, context).flatMap(({ node, language }) => namingsIn(language!, node.value, node.map, node.map, context)),
  add(text, index, addition, context) {
    const query = readDocument(text, context).rules[index]?.query;
    if (!query?.language) return null;
    const edits = query.language.add(query.node.value, addition, context);
    return edits === null ? null : editsInDocument(query, edits);
  },
  start: startElastic,
  write: { languages: ['kuery', 'lucene', 'eql', 'esql'], text: writeElastic },
  fileName: (rule) => `${fileStemOf(rule)}.toml`,
};

/** The repository's convention: the tactic, then the title, in lower case with underscores. */
function fileStemOf(rule: Rule | undefined): string {
  const words = [rule?.meta.tactics[0] ?? '', rule?.meta.title ?? ''].map((text) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, ''),
  );
  return words.filter((word) => word !== '').join('_') || 'rule';
}
