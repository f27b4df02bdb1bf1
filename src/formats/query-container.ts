import type { Analysis, Completion, Context, Diagnostic, Format, Hover, Language, Metadata, Opened, Rule, Span, Stage, Token } from '../model';
import { analysed } from './analysed';
import { namingsIn } from './namings';
import { withinQuery } from '../syntax/conjuncts';
import { type Embedded, editsInDocument } from '../syntax/embedded';
import { relocate, type SourceMap } from '../syntax/relocate';

/** One rule of a container: its query in its string, and what the container says around it. */
export interface ContainedRule {
  readonly span: Span;
  readonly query: Embedded;
  /** Where it is not the container's own. */
  readonly language?: Language;
  /** `analysis`: of the query alone, in the query's own places. */
  metadataOf(analysis: Analysis): Metadata;
  /** The container's last word on the analysis, in the query's own places: outputs it uses, remarks that it makes needless. */
  refine?(analysis: Analysis): Analysis;
  /** What the container and the query do not agree on, in the document's places. */
  remarks?(analysis: Analysis): readonly Diagnostic[];
}

/** A container, read: its rules, its own remarks, its own colours without those of the queries. */
export interface Container {
  readonly rules: readonly ContainedRule[];
  readonly colour: () => readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ContainerOptions extends Pick<
  Format,
  'id' | 'label' | 'diagnostics' | 'extensions' | 'detect' | 'atPath' | 'start' | 'write' | 'fileName' | 'folder'
> {
  read(text: string): Container;
  /** What could stand at a place outside the queries. */
  suggest(text: string, offset: number): Completion;
  /** What a key means. */
  hover(text: string, offset: number): Hover | null;
}

/** A format whose rules hold queries, as a rule of one language: everything about a query is asked of its language, in the query's own places. */
export function queryContainer(language: Language, { read, ...options }: ContainerOptions): Format {
  const { expand } = language;
  const queryAt = (text: string, offset: number): { query: Embedded; inner: number; of: Language } | null => {
    for (const { query, language: own } of read(text).rules) {
      const inner = query.fromDocument(offset);
      if (inner !== null) return { query, inner, of: own ?? language };
    }
    return null;
  };
  return {
    ...options,
    language: language.id,
    open: (text, context) => openContainer(language, options.id, text, read(text), context),
    suggest(text, offset, context): Completion {
      const found = queryAt(text, offset);
      if (found === null) return options.suggest(text, offset);
      const completion = found.of.suggest(found.query.text, found.inner, context);
      const { toDocument } = found.query;
      return { ...completion, span: { start: Math.min(toDocument(completion.span.start), offset), end: Math.max(toDocument(completion.span.end), offset) } };
    },
    hover(text, offset, context): Hover | null {
      const found = queryAt(text, offset);
      if (found === null) return options.hover(text, offset);
      const hover = found.of.hover(found.query.text, found.inner, context);
      return hover === null ? null : { ...hover, span: placed(hover.span, found.query.toDocument, found.query.toDocumentEnd) };
    },
    signature(text, offset) {
      const found = queryAt(text, offset);
      return found?.of.signature?.(found.query.text, found.inner) ?? null;
    },
    namings: (text, context) =>
      read(text).rules.flatMap(({ query, language: own }) => namingsIn(own ?? language, query.text, query.toDocument, query.toDocumentEnd, context, text)),
    add(text, index, addition, context) {
      const rule = read(text).rules[index];
      const inner = rule === undefined ? null : withinQuery(addition, (offset) => rule.query.fromDocument(offset));
      if (rule === undefined || inner === null) return null;
      const edits = (rule.language ?? language).add(rule.query.text, inner, context);
      return edits === null ? null : editsInDocument(rule.query, edits);
    },
    queriesOf: (text) =>
      read(text).rules.map(({ query, language: own }) => ({ text: query.text, language: own ?? language, rewrite: (written) => query.rewrite(written) })),
    ...(expand === undefined
      ? null
      : {
          expand(text, index, context) {
            const query = read(text).rules[index]?.query;
            if (query === undefined) return null;
            const expansion = expand(query.text, context);
            return { ...expansion, edits: expansion.edits === null ? null : editsInDocument(query, expansion.edits) };
          },
        }),
  };
}

function openContainer(language: Language, id: string, text: string, container: Container, context: Context): Opened {
  const diagnostics: Diagnostic[] = [...container.diagnostics];
  const rules = container.rules.map((contained): Rule => {
    const { span, query } = contained;
    const of = contained.language ?? language;
    const found = analysed(of, query.text, context);
    const own = contained.refine?.(found) ?? found;
    const analysis = placedAnalysis(text, query, own);
    for (const one of analysis.diagnostics) diagnostics.push(one);
    for (const one of contained.remarks?.(own) ?? []) diagnostics.push(one);
    return { span, meta: contained.metadataOf(own), analysis, taxonomy: of.taxonomy };
  });
  let tokens: readonly Token[] | null = null;
  return {
    format: id,
    rules,
    get tokens() {
      return (tokens ??= [...container.colour(), ...rules.flatMap((rule) => rule.analysis.tokens)].sort((a, b) => a.start - b.start));
    },
    diagnostics: diagnostics.sort((a, b) => a.span.start - b.span.start),
  };
}

/** The analysis of a query with all places, and the texts of its fixes, as they are in the document. */
function placedAnalysis(text: string, query: Embedded, own: Analysis): Analysis {
  const map = query.toDocument;
  const mapEnd = query.toDocumentEnd;
  const withText = (stage: Stage): Stage => {
    const { start, end } = stage.span;
    const written = query.text.slice(start, end);
    const isVerbatim = mapEnd(end) - map(start) === written.length && text.startsWith(written, map(start));
    const branches = stage.branches?.map((branch) => ({ ...branch, stages: branch.stages.map(withText) }));
    return { ...stage, ...(branches === undefined ? null : { branches }), ...(isVerbatim ? null : { text: written }) };
  };
  const moved = relocate({ ...own, tokens: [], diagnostics: [], stages: own.stages.map(withText) }, map, mapEnd);
  const tokens: Token[] = [];
  for (const { type, start, end } of own.tokens) pushLines(tokens, text, { type, start: map(start), end: mapEnd(end) });
  return {
    ...moved,
    tokens,
    diagnostics: own.diagnostics.map(({ code, severity, span, message, fix }) => {
      const edits = fix === undefined ? null : editsInDocument(query, fix.edits);
      const diagnostic = { code, severity, span: placed(span, map, mapEnd), message };
      return fix === undefined || edits === null ? diagnostic : { ...diagnostic, fix: { title: fix.title, edits } };
    }),
  };
}

/** A token that reaches over lines of the document would colour their indentation: one token a line. */
function pushLines(tokens: Token[], text: string, token: Token): void {
  const source = text.slice(token.start, token.end);
  if (!source.includes('\n')) tokens.push(token);
  else
    for (const match of source.matchAll(/[^\s][^\n]*/g))
      tokens.push({ type: token.type, start: token.start + match.index, end: token.start + match.index + match[0].trimEnd().length });
}

const placed = ({ start, end }: Span, map: SourceMap, mapEnd: SourceMap): Span => ({ start: map(start), end: end > start ? mapEnd(end) : map(end) });
