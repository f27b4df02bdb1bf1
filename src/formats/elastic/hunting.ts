import type { Context, Rule, Span } from '../../model';
import { DOMAINS, PLATFORMS } from '../../model';
import { NO_METADATA } from '../metadata';
import type { FoundRule } from './found-rule';
import { knownSourcesOf } from './metadata';
import { analyseEmbedded, languageIdOf, type EmbeddedQuery } from './query';
import { itemsAt, textAt, textsAt, type TableNode } from './tree';

/** The queries of a [hunt] table, each a rule of kind "hunting query". */
export function huntsOf(hunt: TableNode, span: Span, context: Context): readonly FoundRule[] {
  const nodes = itemsAt(hunt, 'query').filter((node) => node.kind === 'text');
  const languages = textsAt(hunt, 'language').map(languageIdOf);
  return nodes.map((node): FoundRule => {
    const id = languages.length === 1 ? languages[0] : looksLike(node.value);
    const query: EmbeddedQuery = { node, language: (id === undefined ? undefined : context.languages.get(id)) ?? null };
    const place = nodes.length === 1 ? span : { start: node.start, end: node.end };
    return { span: place, query, rule: (given) => ruleOf(hunt, query, place, given) };
  });
}

/** The language a query looks like where its document does not say it: that of a hunt in several languages, a rule without a type. */
export function looksLike(query: string): string | undefined {
  const start = query.replace(/^(?:\s+|\/\/[^\n]*\n|--[^\n]*\n)+/, '').slice(0, 200);
  if (/^(?:from|row|show|ts)\s/i.test(start)) return 'esql';
  return /^(?:sequence|sample)\b|^["\w]+\s+where\s/i.test(start) ? 'eql' : undefined;
}

function ruleOf(hunt: TableNode, query: EmbeddedQuery, span: Span, context: Context): Rule {
  const analysis = analyseEmbedded(query, context);
  const techniques = textsAt(hunt, 'mitre').map((id) => id.toUpperCase());
  const index = analysis.sources.map(({ name }) => name);
  const known = knownSourcesOf(textsAt(hunt, 'integration'), index);
  const platforms = new Set(known.flatMap((source) => source.platforms));
  const domains = new Set(known.flatMap((source) => source.domains));
  return {
    span,
    analysis,
    taxonomy: 'ecs',
    meta: {
      ...NO_METADATA,
      id: textAt(hunt, 'uuid'),
      title: textAt(hunt, 'name'),
      description: textAt(hunt, 'description').trim(),
      author: textsAt(hunt, 'author'),
      kind: 'hunting query',
      license: textAt(hunt, 'license'),
      references: textsAt(hunt, 'references'),
      techniques: techniques.filter((id) => id.startsWith('T') && !id.startsWith('TA')),
      logsource: index.join(', '),
      scopes: [...new Set(index.map((pattern) => pattern.toLowerCase()))],
      platforms: PLATFORMS.filter((name) => platforms.has(name)),
      domains: DOMAINS.filter((name) => domains.has(name)),
      providers: [...new Set(known.flatMap((source) => source.providers))],
      places: { query: { start: query.node.start, end: query.node.end } },
    },
  };
}

/** A hunt with the platform its folder says, where its text says none: `hunting/linux/queries/NAME.toml`. */
export function atPath(rule: Rule, path: string): Rule {
  const folder = /(?:^|[\\/])hunting[\\/]([^\\/]+)[\\/]/.exec(path)?.[1];
  const platforms = PLATFORMS.filter((name) => name === folder);
  return rule.meta.platforms.length > 0 || platforms.length === 0 ? rule : { ...rule, meta: { ...rule.meta, platforms } };
}
