import { useState } from 'react';
import type { Triple } from '../../model';
import { addRow, previewRow } from '../../state/threads/guide';
import { getState } from '../../state/store';
import { HoverCard } from '../../ui/overlay/HoverCard';
import { RowButton } from '../../ui/table/InRow';

interface AddButtonProps {
  readonly row: Triple;
  readonly polarity: 'indicator' | 'exclusion';
  /** On the button; absent: Add. */
  readonly name?: string;
}

/** Writes a guide's row into the draft; shows the lines on hover and focus, before it writes them. */
export function AddButton({ row, polarity, name = 'Add' }: AddButtonProps) {
  const [preview, setPreview] = useState<{ readonly revision: number; readonly lines: string | null } | null>(null);
  const look = (): void => {
    const { revision } = getState().doc;
    if (preview?.revision !== revision) void previewRow(row, polarity).then((lines) => setPreview({ revision, lines }));
  };
  return (
    <HoverCard onOpen={look} card={<Preview lines={preview?.lines} />}>
      {(target) => (
        <RowButton
          {...target}
          className="btn add"
          aria-label={`${name} ${polarity === 'exclusion' ? 'exclusion: ' : ''}${row.field} ${row.kind} ${row.value}`}
          aria-disabled={preview?.lines === null || undefined}
          onClick={() => void addRow(row, polarity)}
        >
          {name}
        </RowButton>
      )}
    </HoverCard>
  );
}

/** Undefined: not known yet; null: there is no place for it. */
function Preview({ lines }: { readonly lines: string | null | undefined }) {
  if (lines === undefined) return <p>Looking for its place…</p>;
  if (lines === null) return <p>The draft has no place where it could hold: write a selection or a query first.</p>;
  return (
    <>
      <p className="label">Writes</p>
      <pre className="code preview">{flush(lines)}</pre>
    </>
  );
}

/** Lines without the indentation they share. */
function flush(text: string): string {
  const lines = text.split('\n');
  const shared = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return Number.isFinite(shared) ? lines.map((line) => line.slice(shared)).join('\n') : text;
}
