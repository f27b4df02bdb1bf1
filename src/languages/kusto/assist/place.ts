import type { Span } from '../../../model';
import { type Environment, loweringOf } from '../lower/environment';
import { RECURSION } from '../lower/analyse';
import { lowerPipeline } from '../lower/pipelines';
import { type Scope, openScope } from '../lower/scope';
import { lowerStatements } from '../lower/statements';
import { type KustoLexeme, lex } from '../parse/lexer';
import { type Parsed, parse } from '../parse/parser';

/** A place in a query: the lexeme it touches, what could stand there, and the names and columns in force. */
export interface TextPlace {
  readonly current: KustoLexeme | null;
  /** What a completion replaces: the word, or what stands between quotes. */
  readonly span: Span;
  readonly parsed: Parsed;
  readonly scope: Scope;
  readonly environment: Environment;
}

/** Reads the query up to the word at `offset`, and asks the parser what it would take next. Null inside a comment. */
export function placeAt(text: string, offset: number): TextPlace | null {
  const { lexemes, comments } = lex(text);
  if (comments.some(({ start, end }) => start < offset && offset <= end)) return null;
  const touched =
    lexemes.find(({ start, end, kind }) => start < offset && offset <= end && kind !== 'punctuation' && kind !== 'invalid' && kind !== 'end') ?? null;
  const start = touched === null ? offset : touched.start;
  const parsed = parse(text.slice(0, start));
  return { current: touched, span: replacedBy(text, touched, offset), parsed, ...inForce(text.slice(0, start), parsed) };
}

function replacedBy(text: string, touched: KustoLexeme | null, offset: number): Span {
  if (touched === null) return { start: offset, end: offset };
  if (touched.kind !== 'string') return { start: touched.start, end: touched.end };
  let open = touched.start;
  while (open < touched.end - 1 && text[open] !== '"' && text[open] !== "'") open++;
  const isClosed = touched.end - 1 > open && text[touched.end - 1] === text[open];
  return { start: Math.min(open + 1, offset), end: Math.max(offset, isClosed ? touched.end - 1 : touched.end) };
}

/** The names that statements have bound and the columns of the innermost open pipeline. */
function inForce(text: string, { openStatements, openPipelines }: Parsed): { readonly scope: Scope; readonly environment: Environment } {
  const lowering = loweringOf(text, RECURSION);
  const environment: Environment = { own: new Map(), outer: null };
  lowerStatements(openStatements, lowering, environment);
  let scope: Scope | null = null;
  for (const { source, ops } of openPipelines) {
    const input: Scope | null = source === null ? scope : null;
    scope = lowerPipeline({ span: { start: 0, end: 0 }, source, ops }, lowering, environment, input).scope;
  }
  return { scope: scope ?? openScope(), environment };
}
