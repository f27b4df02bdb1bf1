import type { Naming, Span } from '../../../model';
import { parse } from '../parse/parser';

/** The names that `let` gives, with every place that says them. */
export function namings(text: string): readonly Naming[] {
  const { lexed, statements } = parse(text);
  const lets = statements.flatMap((statement) => (statement.kind === 'let' ? [statement] : []));
  const places = new Map<string, Span[]>(lets.map(({ name }) => [name.name, []]));
  lexed.lexemes.forEach(({ start, end, text: word, colour }, at) => {
    const found = colour === 'macro' || colour === 'function' ? places.get(word) : undefined;
    if (found !== undefined && lexed.lexemes[at - 1]?.text !== '.') found.push({ start, end });
  });
  const others = [...places.keys()].join('|');
  return [...places].map(([name, all]) => {
    const givers = lets.filter((statement) => statement.name.name === name);
    const definition = givers[0]!.name.span;
    return {
      name,
      kind: 'let',
      definition,
      uses: all.filter(({ start }) => start !== definition.start),
      ...(givers.length > 1 ? { fixed: 'Several statements give this name: which of them is meant differs from place to place.' } : null),
      form: `(?!(?:${others})$)[A-Za-z_]\\w*`,
    };
  });
}
