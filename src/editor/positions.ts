import type { Span } from '../model';

/** A place as Monaco has it: lines and columns from 1. */
export interface Place {
  readonly lineNumber: number;
  readonly column: number;
}

interface Region {
  readonly startLineNumber: number;
  readonly startColumn: number;
  readonly endLineNumber: number;
  readonly endColumn: number;
}

/** What converts: Monaco's text model, and nothing else of it. */
export interface Ruler {
  getPositionAt(offset: number): Place;
  getOffsetAt(place: Place): number;
}

/** The one way from offsets to lines. A span that leaves the text ends where the text does. */
export function regionOf(ruler: Ruler, span: Span): Region {
  const start = ruler.getPositionAt(span.start);
  const end = ruler.getPositionAt(span.end);
  return { startLineNumber: start.lineNumber, startColumn: start.column, endLineNumber: end.lineNumber, endColumn: end.column };
}

/** And the one way back. */
export function spanOfRegion(ruler: Ruler, region: Region): Span {
  const start = ruler.getOffsetAt({ lineNumber: region.startLineNumber, column: region.startColumn });
  return { start, end: ruler.getOffsetAt({ lineNumber: region.endLineNumber, column: region.endColumn }) };
}
