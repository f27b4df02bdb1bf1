import type { Macro, Span } from '../../model';
import { lex } from './lexer';
import { callOf, definitionOf } from './macros';

/** A query with its macros' definitions written out. */
export interface Expansion {
  readonly text: string;
  /** Places in `text` that a definition added, in order, so that they can be marked. */
  readonly added: readonly Span[];
  /** Names of macros left as they are: no definition is known. */
  readonly unknown: readonly string[];
  /** Names of macros whose definition leads back to themselves; left as they are. */
  readonly cyclic: readonly string[];
}

/** Definitions together may not make a text longer than this. */
const LONGEST = 200_000;

/** Writes out the macros of a query, and those in their definitions, as Splunk does before it reads the query: text for text. */
export function expand(text: string, macros: ReadonlyMap<string, Macro>): Expansion {
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
