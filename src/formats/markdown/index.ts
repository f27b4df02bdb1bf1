import { eql } from '../../languages/eql';
import { esql } from '../../languages/esql';
import { kuery } from '../../languages/kuery';
import { kusto } from '../../languages/kusto';
import { lucene } from '../../languages/lucene';
import { spl } from '../../languages/spl';
import { tacticsOfTechnique } from '../../knowledge/attack';
import { techniqueAt } from '../../knowledge/technique-items';
import { techniquesNamed } from '../../knowledge/techniques-named';
import { factsOfFolder } from '../../knowledge/tables';
import type { Analysis, Language, Metadata, Rule, RuleKind, Span, Token } from '../../model';
import { type Embedded, verbatim } from '../../syntax/embedded';
import { commentedTechniques, NO_METADATA } from '../metadata';
import { queryLook } from '../query-look';
import { type ContainedRule, type Container, queryContainer } from '../query-container';
import { factsOf } from '../sentinel/facts';
import { type Fence, type Heading, languageOfWord, type Outline, outlineOf } from './fences';
import { suggestInPage } from './suggest';
import { startMarkdown } from './start';

/** Hunting repositories' pages: Markdown with a title, a table of techniques, and queries in fences, usually one for Defender and one for Sentinel. */
export const markdownFormat = queryContainer(kusto, {
  id: 'markdown',
  label: 'Markdown with KQL',
  extensions: ['.md', '.markdown'],
  detect,
  atPath,
  read,
  suggest: suggestInPage,
  hover: techniqueAt,
  start: startMarkdown,
  fileName: (rule) =>
    `${
      (rule?.meta.title ?? '')
        .replace(/ \([^()]*\)$/, '')
        .replace(/[\\/:*?"<>|]+/g, '-')
        .trim() || 'query'
    }.md`,
});

/** The rule with what the repository's folders say, where its tables say nothing: `Defender For Identity/NAME.md`. */
function atPath(rule: Rule, path: string): Rule {
  const folder = factsOfFolder(path.split(/[\\/]/));
  const { platforms, domains } = rule.meta;
  return {
    ...rule,
    meta: { ...rule.meta, platforms: platforms.length > 0 ? platforms : folder.platforms, domains: domains.length > 0 ? domains : folder.domains },
  };
}

const LANGUAGES: ReadonlyMap<string, Language> = new Map([kusto, spl, eql, esql, kuery, lucene].map((language) => [language.id, language]));

/** How sure the look of a block must be: one without a word, and one whose word names another language (Kusto is often written in blocks called C#). */
const SURE = { unlabelled: 0.5, labelled: 0.8 } as const;

/** The blocks that hold queries, each with its language: those whose word names one of ours; where none does, those that look like one. */
function queriesIn(text: string, fences: readonly Fence[]): readonly { readonly fence: Fence; readonly language: Language }[] {
  const bodyOf = ({ body }: Fence): string => text.slice(body.start, body.end);
  const labelled = fences.flatMap((fence) => {
    const named = languageOfWord(fence.info);
    if (named === null) return [];
    // Kibana's language goes by the same name.
    const { sure } = queryLook(bodyOf(fence));
    const isKibana = named === kusto.id && (sure.kuery ?? 0) >= SURE.unlabelled && (sure.kusto ?? 0) === 0;
    return [{ fence, language: isKibana ? kuery : LANGUAGES.get(named)! }];
  });
  if (labelled.length > 0) return labelled;
  return fences.flatMap((fence) => {
    // A block that nobody calls a query and that begins with a pipe is a step to add to one.
    if (/^\s*\|/.test(bodyOf(fence))) return [];
    const [best] = Object.entries(queryLook(bodyOf(fence)).sure).sort(([, a], [, b]) => b - a);
    return best !== undefined && best[1] >= (fence.info === '' ? SURE.unlabelled : SURE.labelled) ? [{ fence, language: LANGUAGES.get(best[0])! }] : [];
  });
}

/** Every block with a query is a rule; one that holds several queries is several. */
function read(text: string): Container {
  const outline = outlineOf(text);
  const chosen = queriesIn(text, outline.fences);
  const page = pageOf(text, outline);
  const rules: ContainedRule[] = [];
  for (const { fence, language } of chosen) {
    const body = text.slice(fence.body.start, fence.body.end);
    const queries = language.queriesOf?.(body) ?? [{ start: 0, end: body.length }];
    queries.forEach(({ start, end }, index) => {
      const span: Span = { start: fence.body.start + start, end: fence.body.start + end };
      const variant = variantOf(page.title, fence, chosen.length > 1, queries.length > 1 ? index + 1 : null);
      rules.push({
        span: queries.length > 1 ? span : fence.span,
        query: blockOf(text, span, fence),
        language,
        metadataOf: (analysis) => metadataOf(page, variant, analysis, span, commentedTechniques(text.slice(span.start, span.end), analysis).techniques ?? []),
      });
    });
  }
  return { rules, colour: () => tokensOf(outline), diagnostics: [] };
}

/** A query of a block, which is written as far in as its fence: in a list it would end the list's item otherwise. */
function blockOf(text: string, span: Span, fence: Fence): Embedded {
  const blanks = /^[ \t]*/.exec(text.slice(fence.span.start, fence.body.start))![0];
  const first = span.start === 0 || text[span.start - 1] === '\n' ? blanks : '';
  return {
    ...verbatim(text.slice(span.start, span.end), span),
    rewrite: (written) => ({ span, text: first + written.replace(/\n(?=[^\r\n])/g, `\n${blanks}`) }),
  };
}

function tokensOf({ fences, headings }: Outline): readonly Token[] {
  const marks = fences.flatMap(({ span, body }): readonly Span[] => [
    { start: span.start, end: body.start },
    { start: body.end, end: span.end },
  ]);
  return [
    ...headings.map(({ span }): Token => ({ ...span, type: 'key' })),
    ...marks.filter(({ start, end }) => end > start).map((span): Token => ({ ...span, type: 'punctuation' })),
  ].sort((a, b) => a.start - b.start);
}

/** What a page says of all its queries. */
interface Page {
  readonly title: string;
  readonly titleSpan: Span | null;
  readonly description: string;
  readonly author: readonly string[];
  readonly references: readonly string[];
  readonly techniques: readonly string[];
  readonly techniquesSpan: Span | null;
  readonly kind: RuleKind;
}

/** What stands around the blocks. */
function outsideOf(fences: readonly Fence[], end: number): readonly Span[] {
  const starts = [0, ...fences.map(({ span }) => span.end)];
  return starts.map((start, at) => ({ start, end: fences[at]?.span.start ?? end }));
}

function pageOf(text: string, { headings, fences }: Outline): Page {
  const title = headings.find(({ level }) => level === 1) ?? headings[0];
  const under = (pattern: RegExp): Heading | undefined => headings.find((heading) => heading !== title && pattern.test(heading.text));
  const bodyOf = (heading: Heading | undefined): string => (heading === undefined ? '' : text.slice(heading.body.start, heading.body.end).trim());
  // A table of techniques says more than what is named in passing.
  const listed = under(/ATT&CK|technique/i);
  const named = (listed === undefined ? null : techniquesNamed(text, [listed.body], true)) ?? techniquesNamed(text, outsideOf(fences, text.length));
  return {
    title: title?.text ?? '',
    titleSpan: title?.span ?? null,
    description: bodyOf(under(/^description/i)),
    author: authorsIn(bodyOf(under(/^author/i))),
    references: [...bodyOf(under(/^references?/i)).matchAll(/https?:\/\/[^\s)>\]]+/g)].map(([address]) => address),
    techniques: named?.techniques ?? [],
    techniquesSpan: listed?.span ?? named?.span ?? null,
    kind: /^(?:visuali[sz]ation|hunt(?:ing)?)\b/i.test(title?.text ?? '') ? 'hunting query' : 'detection',
  };
}

/** `- **Name:** Someone`, `- **Someone**`; other lines name accounts. */
function authorsIn(body: string): readonly string[] {
  const named = [...body.matchAll(/\*\*Name:?\*\*:?[ \t]*(\S.*)/g)].map(([, name]) => name!.trim());
  if (named.length > 0) return named;
  return body.split('\n').flatMap((line) => {
    const name =
      /^[-*][ \t](.*)$/
        .exec(line)?.[1]!
        .trim()
        .replace(/^\*\*|\*\*$/g, '') ?? '';
    return name === '' || /[*:]/.test(name) ? [] : [name];
  });
}

/** What tells the queries of one page apart: the heading above each, and its number where one block has several. */
function variantOf(title: string, { heading }: Fence, isOneOfSeveral: boolean, number: number | null): string {
  const section = isOneOfSeveral && heading !== title ? heading : '';
  return [section, number === null ? '' : String(number)].filter((part) => part !== '').join(' ');
}

function metadataOf(page: Page, variant: string, analysis: Analysis, query: Span, commented: readonly string[]): Metadata {
  const facts = factsOf(analysis);
  const techniques = [...new Set([...page.techniques, ...commented])];
  return {
    ...NO_METADATA,
    title: variant === '' ? page.title : `${page.title} (${variant})`,
    description: page.description,
    author: page.author,
    kind: facts.isAlertFeed ? 'alert feed' : page.kind,
    references: page.references,
    techniques,
    tactics: [...new Set(techniques.flatMap(tacticsOfTechnique))],
    logsource: analysis.sources.map(({ name }) => name).join(', '),
    scopes: facts.scopes,
    platforms: facts.platforms,
    domains: facts.domains,
    events: facts.events,
    providers: facts.providers,
    places: {
      query,
      ...(page.titleSpan === null ? null : { title: page.titleSpan }),
      ...(page.techniquesSpan === null ? null : { techniques: page.techniquesSpan }),
    },
  };
}

/** A text without a fence is no page, whatever its file is called. */
function detect(text: string): number {
  if (!/^[ \t>]*(?:```|~~~)/m.test(text)) return 0;
  return queriesIn(text, outlineOf(text).fences).length > 0 ? 0.9 : 0;
}
