import type { Analysis, Completion, Context, Diagnostic, Format, Hover, Metadata, Opened, Rule, Span, Stage, Suggestion, Token } from '../../model';
import { spl } from '../../languages/spl';
import { expand } from '../../languages/spl/expand';
import { type Embedded, editsInDocument } from '../../syntax/embedded';
import { relocate, type SourceMap } from '../../syntax/relocate';

/** One rule of a container: its query in its string, and what the container says around it. */
export interface ContainedRule {
  readonly span: Span;
  readonly query: Embedded;
  metadataOf(analysis: Analysis): Metadata;
}

/** A container, read: its rules and its own remarks. */
export interface Container {
  readonly rules: readonly ContainedRule[];
  /** Its own tokens, without those of the queries; asked only where they are shown. */
  readonly colour: () => readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ContainerOptions extends Pick<Format, 'id' | 'label' | 'extensions' | 'detect' | 'start' | 'fileName'> {
  read(text: string): Container;
  /** What could stand at a place outside the queries. */
  suggest(text: string, offset: number): { readonly span: Span; readonly items: readonly Suggestion[] };
  /** What a key means. */
  hover(text: string, offset: number): Hover | null;
}

/** A format whose rules hold SPL: everything about a query is asked of the language, in the query's own places. */
export function splContainer({ read, ...options }: ContainerOptions): Format {
  const queryAt = (text: string, offset: number): { query: Embedded; inner: number } | null => {
    for (const { query } of read(text).rules) {
      const inner = query.fromDocument(offset);
      if (inner !== null) return { query, inner };
    }
    return null;
  };
  return {
    ...options,
    language: 'spl',
    open: (text, context) => openContainer(options.id, text, read(text), context),
    suggest(text, offset, context): Completion {
      const found = queryAt(text, offset);
      if (found === null) return options.suggest(text, offset);
      const completion = spl.suggest(found.query.text, found.inner, context);
      const [start, end] = [found.query.toDocument(completion.span.start), found.query.toDocument(completion.span.end)];
      return { ...completion, span: { start: Math.min(start, offset), end: Math.max(end, offset) } };
    },
    hover(text, offset, context): Hover | null {
      const found = queryAt(text, offset);
      if (found === null) return options.hover(text, offset);
      const hover = spl.hover(found.query.text, found.inner, context);
      return hover === null ? null : { ...hover, span: placed(hover.span, found.query.toDocument, found.query.toDocumentEnd) };
    },
    add(text, index, addition, context) {
      const query = read(text).rules[index]?.query;
      const edits = query === undefined ? null : spl.add(query.text, addition, context);
      return query === undefined || edits === null ? null : editsInDocument(query, edits);
    },
    expand(text, index, context) {
      const query = read(text).rules[index]?.query;
      if (query === undefined) return null;
      const expansion = expand(query.text, context);
      return { ...expansion, edits: expansion.edits === null ? null : editsInDocument(query, expansion.edits) };
    },
  };
}

function openContainer(id: string, text: string, container: Container, context: Context): Opened {
  const rules = container.rules.map(({ span, query, metadataOf }): Rule => {
    const analysis = analyseIn(text, query, context);
    return { span, meta: metadataOf(analysis), analysis, taxonomy: spl.taxonomy };
  });
  let tokens: readonly Token[] | null = null;
  return {
    format: id,
    rules,
    get tokens() {
      return (tokens ??= merged(
        container.colour(),
        rules.flatMap((rule) => rule.analysis.tokens),
      ));
    },
    diagnostics: [...container.diagnostics, ...rules.flatMap((rule) => rule.analysis.diagnostics)].sort((a, b) => a.span.start - b.span.start),
  };
}

/** The analysis of a query with all places, and the texts of its fixes, as they are in the document. */
function analyseIn(text: string, query: Embedded, context: Context): Analysis {
  const own = spl.analyse(query.text, context);
  const map = query.toDocument;
  const mapEnd = query.toDocumentEnd;
  const withText = (stage: Stage): Stage => {
    const { start, end } = stage.span;
    const written = query.text.slice(start, end);
    const branches = stage.branches?.map((branch) => ({ ...branch, stages: branch.stages.map(withText) }));
    const isVerbatim = text.startsWith(written, map(start)) && mapEnd(end) - map(start) === written.length;
    if (branches === undefined) return isVerbatim ? stage : { ...stage, text: written };
    return isVerbatim ? { ...stage, branches } : { ...stage, branches, text: written };
  };
  const moved = relocate({ ...own, tokens: NONE, diagnostics: NONE, stages: own.stages.map(withText) }, map, mapEnd);
  return {
    ...moved,
    tokens: own.tokens.map(({ type, start, end }) => ({ type, start: map(start), end: mapEnd(end) })),
    diagnostics: own.diagnostics.map(({ code, severity, span, message, fix }) => {
      const edits = fix === undefined ? null : editsInDocument(query, fix.edits);
      const diagnostic = { code, severity, span: placed(span, map, mapEnd), message };
      return fix === undefined || edits === null ? diagnostic : { ...diagnostic, fix: { title: fix.title, edits } };
    }),
  };
}

const NONE: readonly never[] = [];

const placed = ({ start, end }: Span, map: SourceMap, mapEnd: SourceMap): Span => ({ start: map(start), end: end > start ? mapEnd(end) : map(end) });

/** Two lists of tokens in order, as one. */
function merged(outer: readonly Token[], inner: readonly Token[]): readonly Token[] {
  const all: Token[] = [];
  let next = 0;
  for (const token of outer) {
    while (next < inner.length && inner[next]!.start < token.start) all.push(inner[next++]!);
    all.push(token);
  }
  for (; next < inner.length; next++) all.push(inner[next]!);
  return all;
}
