import type { Guide, Triple } from '../../model';
import { keyOf } from '../../state/catalog-state';
import type { MarkKind } from '../../ui/Mark';

/** How the draft's own triples stand to a guide, looked up by row. */
export interface Standing {
  readonly markOf: (triple: Triple) => MarkKind;
  /** Rules of the technique that have it, of this side; 0: none. */
  readonly hereOf: (triple: Triple) => number;
}

const known = new WeakMap<Guide['values'], Standing>();

/** The guide's rows of one side, ready to be asked about a draft's triples: in the guide, beside one of the guide's that overlaps, or new. */
export function standingOf(rows: Guide['values']): Standing {
  let standing = known.get(rows);
  if (standing === undefined) known.set(rows, (standing = standingTo(rows)));
  return standing;
}

function standingTo(rows: Guide['values']): Standing {
  const exact = new Map(rows.map((row) => [keyOf(row), row.rules]));
  const near = new Map<string, string[]>();
  for (const row of rows) {
    if (row.mark !== 'near') continue;
    const known = near.get(row.field);
    if (known === undefined) near.set(row.field, [row.value]);
    else known.push(row.value);
  }
  // A keystroke leaves most of a draft's triples the objects they were.
  const marks = new WeakMap<Triple, MarkKind>();
  const marked = (triple: Triple): MarkKind => {
    if (exact.has(keyOf(triple))) return 'has';
    const beside = near.get(triple.field)?.some((value) => value.includes(triple.value) || triple.value.includes(value));
    return beside === true ? 'near' : 'new';
  };
  return {
    hereOf: (triple) => exact.get(keyOf(triple)) ?? 0,
    markOf: (triple) => {
      let mark = marks.get(triple);
      if (mark === undefined) marks.set(triple, (mark = marked(triple)));
      return mark;
    },
  };
}
