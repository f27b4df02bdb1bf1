import type { Context, Language, Naming, Span } from '../model';
import type { SourceMap } from '../syntax/relocate';

/** What a query names, in the places of the document it stands in. */
export function namingsIn(language: Language, query: string, map: SourceMap, mapEnd: SourceMap, context: Context): readonly Naming[] {
  const placed = ({ start, end }: Span): Span => ({ start: map(start), end: mapEnd(end) });
  return (language.namings?.(query, context) ?? []).map((naming) => ({
    ...naming,
    definition: naming.definition === null ? null : placed(naming.definition),
    uses: naming.uses.map(placed),
  }));
}
