import type { SearchTerm } from '../../model';

/** A word of a search as people read it: one that must not be there says so. */
export const TermText = ({ text, negated }: Pick<SearchTerm, 'text' | 'negated'>) => (
  <>
    {negated ? <span className="badge">not</span> : null} {text}
  </>
);
