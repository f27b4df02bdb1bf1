import type { Analysis, Context, Diagnostic, Span, Token } from '../../../model';
import type { EsqlCode } from '../diagnostics';
import { CHECKS } from '../lint/checks';
import { checkNames, commandsIn } from '../lint/names';
import { lex, tokensOf, type EsqlLexeme } from '../parse/lexer';
import { parse } from '../parse/parser';
import type { Command, Pipeline } from '../tree';
import type { Lowering } from './condition';
import { allOf, gather, lostParts } from './stages';
import { lowerBound } from '../../../syntax/binary-search';
import { told } from '../../../syntax/told';

/** The analysis of one query: a stage for each command; what its KQL says is read by that language. */
export function analyse(text: string, context: Context): Analysis {
  const lexemes = lex(text);
  const { pipeline, skipped, diagnostics } = parse(text, lexemes);
  const found: Lowering['found'] = { tokens: [], diagnostics: [], taken: [] };
  const { stages, sources, times, outputs } = gather({ text, context, found }, pipeline);
  const groups = stages.flatMap((stage) => (stage.groupBy ?? []).map(({ name }) => name));
  const place = { start: 0, end: text.length };
  const demand = allOf(stages, place);
  const lost = lostParts(skipped);
  const analysis: Analysis = {
    language: 'esql',
    tokens: withEmbedded(coloured(text, lexemes, pipeline), found.tokens),
    sources,
    stages,
    predicate: lost.length === 0 ? demand : { kind: 'all', span: place, of: [...(demand.kind === 'all' ? demand.of : [demand]), ...lost] },
    terms: [],
    bindings: [],
    outputs: outputs ?? [],
    groupBy: [...new Set(groups)].sort(),
    times,
    diagnostics: [],
  };
  const advice = CHECKS.flatMap(({ check }) => check(text, analysis));
  const all = [...diagnostics, ...checkNames(pipeline), ...found.diagnostics, ...takenRemarks(found.taken), ...advice];
  return { ...analysis, diagnostics: told(text, all) };
}

/** A column that is not there any more, each once. */
function takenRemarks(taken: Lowering['found']['taken']): readonly Diagnostic[] {
  const seen = new Set<string>();
  return taken.flatMap(({ span, name, by }) => {
    const key = `${name} ${span.start}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const message = by === 'stats' || by === 'keep' ? `\`${by}\` has left no column \`${name}\`.` : `\`${by}\` has taken away the column \`${name}\`.`;
    return [{ code: 'esql/dropped-column' satisfies EsqlCode, severity: 'warning' as const, span, message }];
  });
}

function coloured(text: string, lexemes: readonly EsqlLexeme[], pipeline: Pipeline): readonly Token[] {
  const commands = new Set<number>();
  const tables = new Map<number, number>();
  const visitCommand = ({ word, body }: Command): void => {
    // Two words are two lexemes.
    for (const { start } of lexemesIn(lexemes, word)) commands.add(start);
    if (body.kind === 'from') for (const source of body.sources) tables.set(source.start, source.end);
    if (body.kind === 'join' && body.index !== null) tables.set(body.index.start, body.index.end);
  };
  for (const command of commandsIn(pipeline)) visitCommand(command);
  return tokensOf(text, lexemes, commands, tables);
}

function lexemesIn(lexemes: readonly EsqlLexeme[], { start, end }: Span): readonly EsqlLexeme[] {
  const found: EsqlLexeme[] = [];
  for (
    let at = lowerBound(0, lexemes.length, (at) => lexemes[at]!.start >= start);
    at < lexemes.length && lexemes[at]!.end <= end && lexemes[at]!.kind !== 'end';
    at++
  )
    found.push(lexemes[at]!);
  return found;
}

/** The text that holds a query gives way to the query's own tokens; its quotes, and blanks between these, are no text. */
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
      if (start > from) merged.push({ type: 'punctuation', start: from, end: start });
      merged.push({ type, start, end });
      from = end;
    }
    if (from < token.end) merged.push(from === token.start ? token : { type: 'punctuation', start: from, end: token.end });
  }
  return merged;
}
