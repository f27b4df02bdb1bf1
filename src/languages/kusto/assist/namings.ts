import type { Naming, Span } from '../../../model';
import { columnsOfTable } from '../../../knowledge/tables';
import { parse } from '../parse/parser';
import { RESERVED } from '../vocabulary';

/** The names that `let` gives, with every place that says them. */
export function namings(text: string): readonly Naming[] {
  const { lexed, statements } = parse(text);
  const lets = statements.flatMap((statement) => (statement.kind === 'let' ? [statement] : []));
  const places = new Map<string, Span[]>(lets.map(({ name }) => [name.name, []]));
  lexed.lexemes.forEach(({ start, end, text: word, colour }, at) => {
    const found = colour === 'macro' || colour === 'function' ? places.get(word) : undefined;
    if (found !== undefined && lexed.lexemes[at - 1]?.text !== '.') found.push({ start, end });
  });
  const columns = new Set(lexed.lexemes.flatMap(({ text: word, colour }) => (colour === 'constant' ? [...(columnsOfTable(word)?.keys() ?? [])] : [])));
  const taken = [...places.keys(), ...RESERVED, ...columns].map((name) => name.replace(/[^\w]/g, '\\$&')).join('|');
  return [...places].map(([name, all]) => {
    const givers = lets.filter((statement) => statement.name.name === name);
    const definition = givers[0]!.name.span;
    const fixed =
      givers.length > 1
        ? 'Several statements give this name: which of them is meant differs from place to place.'
        : columns.has(name)
          ? 'A column has this name too: which of them is meant differs from place to place.'
          : null;
    return {
      name,
      kind: 'let',
      definition,
      uses: all.filter(({ start }) => start !== definition.start),
      ...(fixed === null ? null : { fixed }),
      form: `(?!(?:${taken})$)[A-Za-z_]\\w*`,
    };
  });
}
