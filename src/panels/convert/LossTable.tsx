import { useMemo, useState } from 'react';
import type { ConversionAnswer, Loss, LossEffect, Span } from '../../model';
import { editor } from '../../state/editor-handle';
import { hover } from '../../state/highlight';
import { getState, useStore } from '../../state/store';
import { pointAtLoss, wishFor } from '../../state/threads/conversion';
import { RowButton } from '../../ui/table/InRow';
import { DataTable } from '../../ui/table/DataTable';
import { nameColumn, valueColumn } from '../../ui/table/columns';
import { column } from '../../ui/table/features';
import { counted } from '../format';
import { RenameBox } from '../RenameBox';
import { useHasError, useLitLoss } from './losses';

interface LossRow {
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

const EFFECTS: Readonly<Record<LossEffect, string>> = {
  stricter: 'stricter: finds less',
  looser: 'looser: finds more',
  either: 'may find others',
  shown: 'shows other columns',
};

const LONGEST = 60;

const sentence = (why: string): string => why.charAt(0).toUpperCase() + why.slice(1);

/** What the other language does not say, each lit in both texts while it is pointed at, and a key away from its place in the draft. */
export function LossTable({ answer }: { readonly answer: ConversionAnswer }) {
  const { lost, refused } = answer.conversion;
  const about = useStore((state) => state.conversion.about);
  const label = answer.targets.find(({ id }) => id === answer.conversion.to)?.label ?? '';
  const rows = useMemo<readonly LossRow[]>(() => {
    const wordsAt = ({ start, end }: Span): string =>
      about
        .slice(start, Math.min(end, start + LONGEST))
        .split('\n')[0]!
        .trim();
    const fieldOf = ({ kind, span }: Loss): string | null => (kind === 'field' ? wordsAt(span).replace(/^["'`[]+|["'`\]]+$/g, '') : null);
    return [
      ...refused.map(({ span, why }, at) => ({
        key: `r${at}`,
        at: null,
        span,
        words: wordsAt(span),
        effect: 'cannot be said',
        why: `There is no way to say: ${why}`,
        field: null,
      })),
      ...lost.map((loss, at) => ({
        key: `l${at}`,
        at,
        span: loss.span,
        words: wordsAt(loss.span),
        effect: EFFECTS[loss.effect],
        why: sentence(loss.why),
        field: fieldOf(loss),
      })),
    ];
  }, [lost, refused, about]);
  const litLoss = useLitLoss();
  const losses = lost.filter(({ effect }) => effect !== 'shown').length;
  const hasError = useHasError();
  if (hasError) return <p className="hint convert-whole">The draft has an error: mend it first. Problems says where it is.</p>;
  if (rows.length === 0) return <p className="hint convert-whole">Nothing is lost: it asks for the same.</p>;
  return (
    <section aria-labelledby="convert-losses">
      <h2 id="convert-losses" className="convert-lost">
        {refused.length > 0 ? 'Cannot be said' : losses === 0 ? 'Nothing lost' : counted(losses, 'loss', 'losses')}{' '}
        <small>
          {refused.length > 0 ? `${counted(refused.length, 'thing')} in ${label}` : `what ${label} ${losses === 0 ? 'shows' : 'does'} otherwise than the draft`}
        </small>
      </h2>
      <DataTable
        labelledBy="convert-losses"
        className="fixed"
        columns={rows.some(({ field }) => field !== null) ? mendable : columns}
        rows={rows}
        keyOf={(row) => row.key}
        lit={rows.findIndex(({ at }) => at !== null && at === litLoss)}
        onPoint={(row) => {
          if (row === null || row.at !== null) pointAtLoss(row?.at ?? null);
          else hover([row.span]);
        }}
        onEnter={(row) => editor()?.reveal(row.span)}
      />
    </section>
  );
}

const columns = [
  column<LossRow>('number', '#', ({ at }) => at, {
    width: 'var(--s8)',
    cell: ({ at }) => (at === null ? null : <span className="loss-number">{at + 1}</span>),
  }),
  valueColumn<LossRow>('words', 'In the draft', ({ words }) => words, { width: '24%' }),
  nameColumn<LossRow>('why', 'What is lost', ({ why }) => why),
  column<LossRow>('effect', 'The result', ({ effect }) => effect, { width: 'clamp(76px, 12vw, 160px)' }),
];

const mendable = [
  ...columns,
  column<LossRow>('mend', 'Mend', ({ field }) => field, {
    width: 'calc(3 * var(--s8))',
    unseenHead: true,
    cell: ({ field }) => (field === null ? null : <NameIt field={field} />),
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
