import type { Context, Expansion, MacroLeft, MacroText, Span, TextEdit } from '../../../model';
import { isShipped, MACROS, macroMap } from '../../../knowledge/macros';
import { tokensOf } from '../analyse';
import { lex } from '../parse/lexer';
import { callOf, DEEPEST, definitionOf, macroOf } from '../parse/macros';
import { parse } from '../parse/parser';

/** Definitions together may not make a text longer than this. */
const LONGEST = 200_000;

const SHIPPED = macroMap(MACROS);

/** Writes out the macros of a query, and those in their definitions, as Splunk does before it reads the query: text for text. Without macros of the author's own, those that ship count. */
export function expand(text: string, { macros = SHIPPED }: Pick<Context, 'macros'>): Expansion {
  const pieces: string[] = [];
  const added: (MacroText & { end: number })[] = [];
  const left: MacroLeft[] = [];
  const calls: { readonly span: Span; readonly from: number; readonly to: number }[] = [];
  let length = text.length;
  let at = 0;

  const write = (piece: string): void => {
    pieces.push(piece);
    at += piece.length;
  };
  const writeOut = (source: string, path: readonly string[]): void => {
    let from = 0;
    for (const { kind, start, end, open } of lex(source).lexemes) {
      if (kind !== 'macro' || open) continue;
      const written = source.slice(start, end);
      const call = callOf(written);
      const definition = definitionOf(call, macros);
      const shown = written.slice(1, -1).trim();
      const inner = [...path, call.name];
      write(source.slice(from, start));
      from = end;
      const why =
        definition === null ? 'unknown' : path.includes(call.name) ? 'cycle' : length + definition.length > LONGEST || path.length === DEEPEST ? 'limit' : null;
      if (why !== null) {
        left.push({ start: at, end: at + written.length, call: shown, why, path: inner });
        write(written);
        continue;
      }
      length += definition!.length;
      const place = { start: at, end: at, call: shown, name: call.name, isOwn: !isShipped(macroOf(call, macros)!), depth: path.length };
      added.push(place);
      writeOut(definition!, inner);
      place.end = at;
      if (path.length === 0) calls.push({ span: { start, end }, from: place.start, to: at });
    }
    write(source.slice(from));
  };
  writeOut(text, []);

  const whole = pieces.join('');
  const lexed = lex(whole);
  parse(whole, lexed);
  const edits = calls.map(({ span, from, to }): TextEdit => ({ span, text: whole.slice(from, to) }));
  return { text: whole, tokens: tokensOf(lexed), added, left, edits };
}
