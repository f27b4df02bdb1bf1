import { useMemo } from 'react';
import type { ConversionAnswer, Loss, LossEffect, Span } from '../../model';
import { editor } from '../../state/editor-handle';
import { hover } from '../../state/highlight';
import { useStore } from '../../state/store';
import { pointAtLoss } from '../../state/threads/conversion';
import { DataTable } from '../../ui/table/DataTable';
import { useSingle } from '../../ui/useMedia';
import { counted } from '../format';
import { columns, inOne, type LossRow, mendable } from './lossColumns';
import { useHasError, useLitLoss } from './losses';

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
  const isSingle = useSingle();
  const litLoss = useLitLoss();
  const losses = lost.filter(({ effect }) => effect !== 'shown').length;
  const hasError = useHasError();
  const isHeld = useStore((state) => state.conversion.heldSince !== null);
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
        columns={isSingle ? inOne : rows.some(({ field }) => field !== null) ? mendable : columns}
        rows={rows}
        keyOf={(row) => row.key}
        lit={rows.findIndex(({ at }) => at !== null && at === litLoss)}
        onPoint={(row) => {
          if (row === null || row.at !== null) pointAtLoss(row?.at ?? null);
          else if (!isHeld) hover([row.span]);
        }}
        onEnter={(row) => (isHeld ? undefined : editor()?.reveal(row.span))}
      />
    </section>
  );
}
