import type { Diagnostic } from '../../../model';
import { relocate } from '../../../syntax/relocate';
import type { Pipeline, SearchNode, Word } from '../tree';
import { lex } from './lexer';
import { parse } from './parser';

/** The pipeline that a text in quotes holds (the search of map, of searchmatch, startswith of transaction), placed where it stands; null for what is no such text. */
export function pipelineWithin(search: Word | undefined, remarks: Diagnostic[]): Pipeline | null {
  if (search?.quotes !== 'text' || search.raw === undefined || search.macro !== undefined) return null;
  const { raw, text, start } = search;
  const places: number[] = [];
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] === '\\' && '\\"|'.includes(raw[at + 1] ?? ' ')) at++;
    places.push(start + 1 + at);
  }
  places.push(start + 1 + raw.length);
  const { pipeline, diagnostics } = relocate(parse(text, lex(text)), (offset) => places[Math.min(offset, places.length - 1)]!);
  for (const { code, severity, span, message } of diagnostics) remarks.push({ code, severity, span, message });
  return pipeline;
}

/** The search that a text in quotes is; null for a whole pipeline, or none. */
export function parseWithin(search: Word | undefined, remarks: Diagnostic[]): SearchNode | null {
  const segments = pipelineWithin(search, remarks)?.segments;
  const command = segments?.length === 1 ? segments[0]!.commands[0] : undefined;
  return command?.body.form === 'search' ? command.body.search : null;
}
