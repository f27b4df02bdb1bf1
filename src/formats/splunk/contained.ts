import type { Analysis, Completion, Context, Diagnostic, Format, Hover, Metadata, Opened, Rule, Span, Suggestion, Token } from '../../model';
import { spl } from '../../languages/spl';
import { type Embedded, editsInDocument } from '../../syntax/embedded';
import { relocate, type SourceMap } from '../../syntax/relocate';

/** One rule of a container: its query in its string, and what the container says around it. */
export interface ContainedRule {
  readonly span: Span;
  readonly query: Embedded;
  metadataOf(analysis: Analysis): Metadata;
}

/** A container, read: its rules, its own tokens without those of the queries, its own remarks. */
export interface Container {
  readonly rules: readonly ContainedRule[];
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ContainerOptions extends Pick<Format, 'id' | 'label' | 'extensions' | 'detect' | 'fileName'> {
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
      return hover === null ? null : { ...hover, span: placed(hover.span, found.query.toDocument, endsOf(text, found.query)) };
    },
    add(text, index, addition, context) {
      const query = read(text).rules[index]?.query;
      const edits = query === undefined ? null : spl.add(query.text, addition, context);
      return query === undefined || edits === null ? null : editsInDocument(query, edits);
    },
  };
}

function openContainer(id: string, text: string, container: Container, context: Context): Opened {
  const rules = container.rules.map(({ span, query, metadataOf }): Rule => {
    const analysis = analyseIn(text, query, context);
    return { span, meta: metadataOf(analysis), analysis, taxonomy: spl.taxonomy };
  });
  return {
    format: id,
    rules,
    tokens: merged(
      container.tokens,
      rules.flatMap((rule) => rule.analysis.tokens),
    ),
    diagnostics: [...container.diagnostics, ...rules.flatMap((rule) => rule.analysis.diagnostics)].sort((a, b) => a.span.start - b.span.start),
  };
}

/** The analysis of a query with all places, and the texts of its fixes, as they are in the document. */
function analyseIn(text: string, query: Embedded, context: Context): Analysis {
  const { tokens, diagnostics, ...rest } = spl.analyse(query.text, context);
  const { toDocument } = query;
  const ends = endsOf(text, query);
  return {
    ...relocate(rest, toDocument, ends),
    tokens: tokens.map(({ type, ...span }) => ({ type, ...placed(span, toDocument, ends) })),
    diagnostics: diagnostics.map(({ fix, ...diagnostic }) => {
      const edits = fix === undefined ? null : editsInDocument(query, fix.edits);
      const moved = { ...diagnostic, span: placed(diagnostic.span, toDocument, ends) };
      return fix === undefined || edits === null ? moved : { ...moved, fix: { title: fix.title, edits } };
    }),
  };
}

const placed = ({ start, end }: Span, map: SourceMap, mapEnd: SourceMap): Span => ({ start: map(start), end: end > start ? mapEnd(end) : map(end) });

/** Where a stretch ends: behind its last character, which takes two where the container's quotes ask for an escape. */
function endsOf(text: string, { toDocument }: Embedded): SourceMap {
  return (offset) => {
    const last = toDocument(offset - 1);
    const isEscaped = text[last] === '\\' || (text[last] === "'" && text[last + 1] === "'");
    return isEscaped ? Math.max(toDocument(offset), last + 1) : last + 1;
  };
}

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
