import type { SourceName } from '../../model';

/** Marks a rule of the reader's own catalog, wherever it stands among public ones. */
export const OwnMark = ({ source }: { readonly source: SourceName }) => (source === 'private' ? <span className="badge">private</span> : null);
