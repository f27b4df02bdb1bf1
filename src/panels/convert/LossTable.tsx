import { useMemo } from 'react';
import type { Conversion, Loss, Span } from '../../model';
import { editor } from '../../state/editor-handle';
import { hover } from '../../state/highlight';
import { useLitIndex } from '../../state/select';
import { DataTable } from '../../ui/table/DataTable';
import { nameColumn } from '../../ui/table/columns';
import { counted } from '../format';

interface LossRow {
  readonly key: string;
  readonly span: Span;
  readonly effect: string;
  readonly why: string;
}

const EFFECTS: Readonly<Record<Loss['effect'], string>> = {
  stricter: 'finds less',
  looser: 'finds more',
  either: 'may find others',
  shown: 'shows other columns',
};

const columns = [
  nameColumn<LossRow>('why', 'What is lost', (row) => row.why),
  nameColumn<LossRow>('effect', 'The result', (row) => row.effect, { width: '20%' }),
];

const sentence = (why: string): string => why.charAt(0).toUpperCase() + why.slice(1);

/** What the other language does not say, each a key away from its place in the draft. */
export function LossTable({ conversion, label }: { readonly conversion: Conversion; readonly label: string }) {
  const { lost, refused } = conversion;
  const rows = useMemo<readonly LossRow[]>(
    () => [
      ...refused.map(({ span, why }, at) => ({ key: `r${at}`, span, effect: 'cannot be said', why: `There is no way to say: ${why}` })),
      ...lost.map(({ span, why, effect }, at) => ({ key: `l${at}`, span, effect: EFFECTS[effect], why: sentence(why) })),
    ],
    [lost, refused],
  );
  const lit = useLitIndex(useMemo(() => rows.map(({ span }) => [span]), [rows]));
  if (rows.length === 0) return <p className="hint convert-whole">Nothing is lost: it asks for the same.</p>;
  return (
    <section aria-labelledby="convert-losses">
      <h2 id="convert-losses" className="convert-lost">
        {refused.length > 0 ? 'Cannot be said' : 'Lost'} <small>{`${counted(rows.length, 'thing')} in ${label}`}</small>
      </h2>
      <DataTable
        labelledBy="convert-losses"
        className="fixed"
        columns={columns}
        rows={rows}
        keyOf={(row) => row.key}
        lit={lit}
        onPoint={(row) => hover(row === null ? null : [row.span])}
        onEnter={(row) => editor()?.reveal(row.span)}
      />
    </section>
  );
}
