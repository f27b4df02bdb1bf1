import type { DerivedField, FieldRef, Parameter, Predicate, Role, Span } from '../../model';
import type { BoundQuery } from './environment';

/** How a branch bears on the rows: it must give rows, it may, it is one of several ways, or it must give none. */
export type Bearing = 'demanded' | 'optional' | 'alternative' | 'absent';

/** A pipeline inside a stage. */
export interface Branching {
  readonly name: string;
  readonly span: Span;
  readonly nodes: readonly Node[];
  readonly bearing: Bearing;
}

/** A stage before it is known which stage shows the queries that several refer to. */
export interface Node {
  readonly kind: string;
  readonly role: Role;
  readonly span: Span;
  readonly label?: string;
  readonly predicate?: Predicate;
  readonly derives?: readonly DerivedField[];
  readonly groupBy?: readonly FieldRef[];
  readonly parameters?: readonly Parameter[];
  readonly branches?: readonly Branching[];
  /** The stages before it in its pipeline must give no rows (`rightanti`). */
  readonly isAbsentBefore?: true;
  /** A bound query that this stage reads. */
  readonly refersTo?: BoundQuery;
}
