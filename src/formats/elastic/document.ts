import type { Context, Diagnostic, Language, Rule, Span, Token } from '../../model';
import { opaqueAnalysis } from '../../syntax/opaque';
import { exceptionsIn, exceptionsOf, isExceptionPart, type Exceptions } from './exceptions';
import { filtersOf, unreadIn } from './filters';
import type { FoundRule } from './found-rule';
import { huntsOf, looksLike } from './hunting';
import { readJson } from './json';
import { isEndpointRule, metadataOf } from './metadata';
import { byPlace } from '../../syntax/by-place';
import { analyseEmbedded, isJson, languageIdOf, tokensWithQueries, type EmbeddedQuery } from './query';
import { partRemarks } from './parts';
import { metadataRemarks, remarkOf } from './remarks';
import { ruleAnalysis } from './stage';
import { readToml } from './toml';
import { at, textAt, type DocumentNode, type TableNode } from './tree';

interface ElasticDocument {
  readonly rules: readonly FoundRule[];
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

const RULE_TYPES = ['query', 'eql', 'esql', 'threshold', 'new_terms', 'threat_match', 'machine_learning', 'saved_query'] as const;
const LANGUAGE_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ['eql', 'eql'],
  ['esql', 'esql'],
]);

/** Reads a TOML rule or hunt, a rule as JSON, or an export with one rule a line. */
export function readDocument(text: string, context: Context): ElasticDocument {
  return isJson(text) ? readExport(text, context) : readRuleFile(text, context);
}

function readRuleFile(text: string, context: Context): ElasticDocument {
  const { root, tokens, diagnostics } = readToml(text);
  const rule = at(root, 'rule');
  const hunt = at(root, 'hunt');
  const whole = { start: 0, end: text.length };
  if (rule?.kind === 'table') {
    const remarks: Diagnostic[] = [];
    const found = ruleIn({ table: rule, root, lists: new Map() }, whole, context, remarks);
    return { rules: [found], tokens, diagnostics: [...diagnostics, ...remarks] };
  }
  if (hunt?.kind === 'table') return { rules: huntsOf(hunt, whole, context), tokens, diagnostics };
  const place = { start: 0, end: Math.min(text.length, Math.max(0, text.search(/\r?\n|$/))) };
  const missing = text.trim() === '' ? [] : [remarkOf('elastic/no-rule', place, 'Expected a table `[rule]` with the rule, or `[hunt]` with a hunt.')];
  return { rules: [], tokens, diagnostics: [...diagnostics, ...missing] };
}

/** Rules as Kibana exports them: an object a line, their exception lists with items among them, the last of which counts the others; also one object, or a list of them. */
function readExport(text: string, context: Context): ElasticDocument {
  const found: TableNode[] = [];
  const parts: TableNode[] = [];
  const tokens: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { start, end } of linesOf(text)) {
    const read = readJson(text, start, end);
    for (const token of read.tokens) tokens.push(token);
    for (const one of read.diagnostics) diagnostics.push(one);
    for (const node of read.node?.kind === 'list' ? read.node.items : [read.node]) {
      if (node?.kind !== 'table') continue;
      if (isExceptionPart(node)) parts.push(node);
      else if (textAt(node, 'type') !== '' && (textAt(node, 'name') !== '' || at(node, 'query') !== undefined)) found.push(node);
    }
  }
  const lists = exceptionsIn(parts);
  const rules = found.map((table) => ruleIn({ table, root: undefined, lists }, { start: table.start, end: table.end }, context, diagnostics));
  if (rules.length === 0)
    diagnostics.push(
      remarkOf('elastic/no-rule', { start: 0, end: Math.min(1, text.length) }, 'Expected a detection rule: an object with `type`, `name` and `query`.'),
    );
  return { rules, tokens, diagnostics };
}

/** Lines that each begin an object; a document whose second line does not is one value. */
function linesOf(text: string): readonly Span[] {
  const lines: Span[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (const line of text.slice(start).split('\n')) {
    const end = start + line.length;
    if (line.trim() !== '') lines.push({ start, end });
    start = end + 1;
  }
  return lines.every((line) =>
    text
      .slice(line.start, line.start + 40)
      .trimStart()
      .startsWith('{'),
  )
    ? lines
    : [{ start: lines[0]?.start ?? 0, end: text.length }];
}

/** A rule's table, the table of the whole file (exported rules have none), and the document's exception lists. */
interface RuleSource {
  readonly table: TableNode;
  readonly root: DocumentNode | undefined;
  readonly lists: Exceptions;
}

function ruleIn({ table, root, lists }: RuleSource, span: Span, context: Context, remarks: Diagnostic[]): FoundRule {
  const type = textAt(table, 'type');
  const typeNode = at(table, 'type');
  const query = queryOf(table, type, context, remarks);
  if (typeNode !== undefined && !(RULE_TYPES as readonly string[]).includes(type)) {
    remarks.push(
      remarkOf('elastic/unknown-type', typeNode, `Elastic has no rule type \`${type.slice(0, 40)}\`: expected ${RULE_TYPES.slice(0, -1).join(', ')}.`),
    );
  }
  if (query === null && type !== 'machine_learning' && type !== 'saved_query') {
    const place = typeNode ?? { start: table.start, end: Math.min(table.start + 6, table.end) };
    remarks.push(remarkOf('elastic/no-query', place, 'A rule of this type needs a `query`.'));
  }
  remarks.push(...metadataRemarks(table), ...partRemarks(table, type));
  const filters = filtersOf(table);
  const exceptions = exceptionsOf(table, lists);
  for (const place of unreadIn(filters))
    remarks.push(remarkOf('elastic/filter', place, 'This part of a filter is not read: it counts neither as indicator nor as exclusion.'));
  for (const place of unreadIn(exceptions))
    remarks.push(
      remarkOf('elastic/exception-list', place, 'What this exception leaves out is not known here: a list outside the document, or a form that is not read.'),
    );
  const rule = (given: Context): Rule => {
    const place = typeNode ?? { start: table.start, end: table.end };
    const own =
      query === null
        ? { ...opaqueAnalysis('none', ''), predicate: { kind: 'all', span: { start: place.start, end: place.end }, of: [] } as const }
        : analyseEmbedded(query, given);
    const analysis = ruleAnalysis(own, table, [...filters, ...exceptions], { start: place.start, end: place.end });
    const meta = metadataOf(
      table,
      root,
      own.sources.map(({ name }) => name),
    );
    return { span, meta, analysis, taxonomy: 'ecs' };
  };
  return { span, query, rule };
}

function queryOf(table: TableNode, type: string, context: Context, remarks: Diagnostic[]): EmbeddedQuery | null {
  const node = at(table, 'query');
  if (node?.kind !== 'text') return null;
  const named = at(table, 'language');
  const told = LANGUAGE_OF_TYPE.get(type) ?? (isEndpointRule(table) ? 'eql' : type === '' ? looksLike(node.value) : undefined) ?? 'kuery';
  const id = named === undefined ? told : languageIdOf(textAt(named));
  const demanded = LANGUAGE_OF_TYPE.get(type);
  if (named !== undefined && id === undefined) remarks.push(remarkOf('elastic/unknown-language', named, 'Expected `kuery`, `eql`, `esql` or `lucene`.'));
  else if (named !== undefined && (demanded === undefined ? Object.values(LANGUAGE_OF_TYPE).some((typed) => typed === id) : id !== demanded)) {
    const fix =
      demanded === undefined ? undefined : { title: `Write ${demanded}`, edits: [{ span: { start: named.start, end: named.end }, text: `"${demanded}"` }] };
    remarks.push(remarkOf('elastic/language-type', named, `A rule of type \`${type}\` is written in ${demanded ?? 'kuery or lucene'}.`, fix));
  }
  // Of a type and a language that do not go together the one that the query looks like is meant.
  const meant = demanded !== undefined && looksLike(node.value) === demanded ? demanded : id;
  const language: Language | null = (meant === undefined ? undefined : context.languages.get(meant)) ?? null;
  return { node, language };
}

/** The document's tokens and remarks together with those of its queries. */
export function withQueries(
  document: ElasticDocument,
  rules: readonly Rule[],
): { readonly tokens: readonly Token[]; readonly diagnostics: readonly Diagnostic[] } {
  const queries = document.rules.flatMap(({ query }, index) => (query === null ? [] : [{ node: query.node, tokens: rules[index]!.analysis.tokens }]));
  return {
    tokens: tokensWithQueries(document.tokens, queries),
    diagnostics: [...document.diagnostics, ...rules.flatMap((rule) => rule.analysis.diagnostics)].sort(byPlace),
  };
}
