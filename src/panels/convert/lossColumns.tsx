import { useState } from 'react';
import type { Span } from '../../model';
import { getState } from '../../state/store';
import { wishFor } from '../../state/threads/conversion';
import { nameColumn, valueColumn } from '../../ui/table/columns';
import { type Column, column } from '../../ui/table/features';
import { RowButton } from '../../ui/table/InRow';
import { RenameBox } from '../RenameBox';

export interface LossRow {
  readonly key: string;
  /** Its place among the losses; null: it cannot be said at all. */
  readonly at: number | null;
  readonly span: Span;
  /** What stands there in the draft. */
  readonly words: string;
  readonly effect: string;
  readonly why: string;
  /** The field whose name is in doubt. */
  readonly field: string | null;
}

const numberColumn = column<LossRow>('number', '#', ({ at }) => at, {
  width: 'var(--s8)',
  cell: ({ at }) => (at === null ? null : <span className="loss-number">{at + 1}</span>),
});
const wordsColumn = (width: string): Column<LossRow> => valueColumn<LossRow>('words', 'In the draft', ({ words }) => words, { width });

/** What is lost. */
export const columns = [
  numberColumn,
  wordsColumn('24%'),
  nameColumn<LossRow>('why', 'What is lost', ({ why }) => why),
  column<LossRow>('effect', 'The result', ({ effect }) => effect, { width: 'clamp(76px, 12vw, 160px)' }),
];

/** The same where names can be given. */
export const mendable = [
  ...columns,
  column<LossRow>('mend', 'Mend', ({ field }) => field, {
    width: 'calc(3 * var(--s8))',
    unseenHead: true,
    cell: ({ field }) => (field === null ? null : <NameIt field={field} />),
  }),
];

/** Where there is one column of panels: what comes of a loss and what mends it stand below what is lost. */
export const inOne = [
  numberColumn,
  wordsColumn('30%'),
  column<LossRow>('why', 'What is lost', ({ why }) => why, {
    cell: ({ why, effect, field }) => (
      <>
        {why}
        <span className="loss-effect">
          <span className="label">{effect}</span>
          {field === null ? null : <NameIt field={field} />}
        </span>
      </>
    ),
  }),
];

/** Gives a field the name it has in the target. */
function NameIt({ field }: { readonly field: string }) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <RowButton className="btn add" onClick={() => setOpen(true)}>
        Name it…
      </RowButton>
    );
  return (
    <RenameBox
      label={`Name of ${field} there`}
      name=""
      onName={(name) => wishFor({ own: [...getState().conversion.wish.own.filter(([from]) => from !== field), [field, name]] })}
      onDone={() => setOpen(false)}
    />
  );
}
