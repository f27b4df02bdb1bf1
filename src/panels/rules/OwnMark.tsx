import { isOwnSource, sourceLabel } from '../../knowledge/sources';
import type { SourceName } from '../../model';

/** Marks a rule of the reader's own catalog, wherever it stands among public ones. */
export const OwnMark = ({ source }: { readonly source: SourceName }) => (isOwnSource(source) ? <span className="badge">{sourceLabel(source)}</span> : null);
