import type { Context, Language, Naming, Span } from '../model';
import type { SourceMap } from '../syntax/relocate';

/** What a query names, in the places of the document it stands in. What the query gives keeps its name where the rest of the document says it. */
export function namingsIn(language: Language, query: string, map: SourceMap, mapEnd: SourceMap, context: Context, document: string): readonly Naming[] {
  const placed = ({ start, end }: Span): Span => ({ start: map(start), end: mapEnd(end) });
  const namings = language.namings?.(query, context) ?? [];
  const rest = namings.some(({ leaves }) => leaves) ? `${document.slice(0, map(0))} ${document.slice(mapEnd(query.length))}` : '';
  const words = new Set(rest.match(/[A-Za-z_][\w.]*/g));
  return namings.map((naming) => ({
    ...naming,
    definition: naming.definition === null ? null : placed(naming.definition),
    uses: naming.uses.map(placed),
    ...(naming.leaves && naming.fixed === undefined && words.has(naming.name) ? { fixed: 'The rest of this file says it too.' } : null),
  }));
}
