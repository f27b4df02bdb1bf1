import type { Analysis, Context, Token } from '../../../model';
import { check } from '../lint/types';
import { lex, tokensOf, type EsqlLexeme } from '../parse/lexer';
import type { Lowering } from './condition';
import { parse } from '../parse/parser';
import { allOf, gather } from './stages';
import type { Pipeline } from '../tree';

/** The analysis of one query: a stage for each command; what its KQL says is read by that language. */
export function analyse(text: string, context: Context): Analysis {
  const lexemes = lex(text);
  const { pipeline, diagnostics } = parse(text, lexemes);
  const embedded: Lowering['embedded'] = { tokens: [], diagnostics: [] };
  const { stages, sources, times, outputs } = gather({ text, context, derived: new Set(), embedded }, pipeline);
  const groups = stages.flatMap((stage) => (stage.groupBy ?? []).map(({ name }) => name));
  const found = [...diagnostics, ...check(pipeline), ...embedded.diagnostics];
  return {
    language: 'esql',
    tokens: withEmbedded(coloured(text, lexemes, pipeline), embedded.tokens),
    sources,
    stages,
    predicate: allOf(stages, { start: 0, end: text.length }),
    terms: [],
    bindings: [],
    outputs: outputs ?? [],
    groupBy: [...new Set(groups)].sort(),
    times,
    diagnostics: found.sort((a, b) => a.span.start - b.span.start),
  };
}

function coloured(text: string, lexemes: readonly EsqlLexeme[], pipeline: Pipeline): readonly Token[] {
  const commands = new Set<number>();
  const tables = new Map<number, number>();
  const visit = ({ commands: inner }: Pipeline): void => {
    for (const { word, body } of inner) {
      // Two words are two lexemes.
      for (const { start } of lexemesIn(lexemes, word.start, word.end)) commands.add(start);
      if (body.kind === 'from') for (const source of body.sources) tables.set(source.start, source.end);
      if (body.kind === 'join' && body.index !== null) tables.set(body.index.start, body.index.end);
      if (body.kind === 'from' || body.kind === 'fork') body.branches.forEach(visit);
    }
  };
  visit(pipeline);
  return tokensOf(text, lexemes, commands, tables);
}

function lexemesIn(lexemes: readonly EsqlLexeme[], start: number, end: number): readonly EsqlLexeme[] {
  let low = 0;
  let high = lexemes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lexemes[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  const found: EsqlLexeme[] = [];
  for (let at = low; at < lexemes.length && lexemes[at]!.end <= end && lexemes[at]!.kind !== 'end'; at++) found.push(lexemes[at]!);
  return found;
}

/** The text that holds a query gives way to the query's own tokens; its quotes stay. */
function withEmbedded(tokens: readonly Token[], embedded: readonly Token[]): readonly Token[] {
  if (embedded.length === 0) return tokens;
  const inner = [...embedded].sort((a, b) => a.start - b.start);
  const merged: Token[] = [];
  let next = 0;
  for (const token of tokens) {
    let from = token.start;
    for (; next < inner.length && inner[next]!.end <= token.end; next++) {
      const { type, start, end } = inner[next]!;
      if (start < from) continue;
      if (start > from) merged.push({ ...token, start: from, end: start });
      merged.push({ type, start, end });
      from = end;
    }
    if (from < token.end) merged.push({ ...token, start: from, end: token.end });
  }
  return merged;
}
