import { DIAGNOSTICS } from './diagnostics';
import type { Context, Format, Rule } from '../../model';
import { readDocument, withQueries } from './document';
import { atPath } from './hunting';
import { namingsIn } from '../namings';
import { hoverKey, suggestIn } from './keys';
import { editsInDocument, isJson, queryAt, rewritten } from './query';
import { withinQuery } from '../../syntax/conjuncts';
import { skeletonsOf, withSkeletons } from '../skeletons';
import { startElastic } from './start';
import { leftByElastic, writeElastic } from './write';

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
  namings: (text, context) => queriesIn(text, context).flatMap(({ node, language }) => namingsIn(language!, node.value, node.map, node.map, context, text)),
  add(text, index, addition, context) {
    const query = readDocument(text, context).rules[index]?.query;
    const inner = query === null || query === undefined ? null : withinQuery(addition, (offset) => queryAt([query], offset)?.inner ?? null);
    if (!query?.language || inner === null) return null;
    const edits = query.language.add(query.node.value, inner, context);
    return edits === null ? null : editsInDocument(query, edits);
  },
  queriesOf: (text, context) =>
    queriesIn(text, context).map((query) => ({ text: query.node.value, language: query.language!, rewrite: (written) => rewritten(text, query, written) })),
  start: startElastic,
  write: { languages: ['kuery', 'lucene', 'eql', 'esql'], text: writeElastic, left: leftByElastic },
  fileName: (rule, text = '') => `${fileStemOf(rule)}${isJson(text) ? '.ndjson' : '.toml'}`,
  folder: folderOf,
  partsOf: exportedParts,
};

const SYSTEMS: readonly string[] = ['windows', 'linux', 'macos'];

/** The repository's folders: by system, `cross-platform` for several, `integrations` for what a service writes. */
function folderOf({ meta: { platforms, kind } }: Rule): string {
  const systems = platforms.filter((name) => SYSTEMS.includes(name));
  const place = systems.length === 1 ? systems[0]! : systems.length > 1 || platforms[0] === undefined ? 'cross-platform' : `integrations/${platforms[0]}`;
  return kind === 'hunting query' ? `hunting/${place}/queries` : `rules/${place}`;
}

/** Each rule of an export, with the exception lists it names: a document of its own. One rule, or a file in TOML, is one already. */
function exportedParts(text: string, context: Context): readonly string[] {
  if (!isJson(text)) return [text];
  const rules = readDocument(text, context).rules.map(({ span }) => text.slice(span.start, span.end));
  if (rules.length < 2) return [text];
  const lists = text.split(/\r?\n/).flatMap((line) => {
    const id = /"list_id"\s*:\s*"([^"]+)"/.exec(line)?.[1];
    return id === undefined || rules.some((rule) => line.includes(rule)) ? [] : [{ id, line }];
  });
  return rules.map((rule) => `${[rule, ...lists.filter(({ id }) => rule.includes(`"${id}"`)).map(({ line }) => line)].join('\n')}\n`);
}

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
