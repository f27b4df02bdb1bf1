import type { Context, Expansion, Span } from '../../model';
import { MACROS, macroMap } from '../../knowledge/macros';
import { lex } from './lexer';
import { callOf, definitionOf } from './macros';

/** Definitions together may not make a text longer than this. */
const LONGEST = 200_000;

const SHIPPED = macroMap(MACROS);

/** Writes out the macros of a query, and those in their definitions, as Splunk does before it reads the query: text for text. Without macros of the author's own, those that ship count. */
export function expand(text: string, { macros = SHIPPED }: Pick<Context, 'macros'>): Expansion {
  const added: Span[] = [];
  const unknown = new Set<string>();
  const cyclic = new Set<string>();
  let length = text.length;

  const written = (source: string, path: readonly string[]): string => {
    let result = '';
    let from = 0;
    for (const { kind, start, end, open } of lex(source).lexemes) {
      if (kind !== 'macro' || open) continue;
      const call = callOf(source.slice(start, end));
      const definition = definitionOf(call, macros);
      if (definition === null) unknown.add(call.name);
      else if (path.includes(call.name)) cyclic.add(call.name);
      if (definition === null || path.includes(call.name) || length + definition.length > LONGEST) continue;
      length += definition.length;
      result += source.slice(from, start);
      const inner = written(definition, [...path, call.name]);
      if (path.length === 0) added.push({ start: result.length, end: result.length + inner.length });
      result += inner;
      from = end;
    }
    return result + source.slice(from);
  };
  const whole = written(text, []);
  return { text: whole, added, unknown: [...unknown], cyclic: [...cyclic] };
}
