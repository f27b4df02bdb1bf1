import { useRef, useState } from 'react';
import type { Triple } from '../../model';
import { addRow, type FoundWays, linesOf, waysOf } from '../../state/threads/ways';
import { getState } from '../../state/store';
import { HoverCard } from '../../ui/overlay/HoverCard';
import { MenuPopup } from '../../ui/overlay/Menu';
import { RowButton } from '../../ui/table/InRow';

interface AddButtonProps {
  readonly row: Triple;
  readonly polarity: 'indicator' | 'exclusion';
  /** On the button; absent: Add. */
  readonly name?: string;
}

/** Writes a guide's row into the draft; shows the lines on hover and focus, before it writes them, and asks where they shall go when there are several places. */
export function AddButton({ row, polarity, name = 'Add' }: AddButtonProps) {
  const place = useRef<HTMLButtonElement>(null);
  const [preview, setPreview] = useState<{ readonly revision: number; readonly found: FoundWays } | null>(null);
  const [asked, setAsked] = useState<FoundWays | null>(null);
  const look = (): void => {
    const { revision } = getState().doc;
    if (preview?.revision !== revision) void waysOf(row, polarity).then((found) => setPreview({ revision, found }));
  };
  const write = (found: FoundWays, way = found.ways[0]): void => {
    // The button may give way to a mark: the focus stays in its row.
    place.current?.closest('tr')?.focus();
    addRow(row, found, way);
  };
  const press = async (): Promise<void> => {
    const found = await waysOf(row, polarity);
    if (found.ways.length > 1) setAsked(found);
    else write(found);
  };
  return (
    <>
      <HoverCard onOpen={look} card={asked === null ? <Preview found={preview?.found} /> : null}>
        {(target) => (
          <RowButton
            {...target}
            ref={place}
            className="btn add"
            aria-label={`${name} ${polarity === 'exclusion' ? 'exclusion: ' : ''}${row.field} ${row.kind} ${row.value}`}
            aria-disabled={preview?.found.ways.length === 0 || undefined}
            aria-expanded={asked === null ? undefined : true}
            onClick={() => void press()}
          >
            {name}
          </RowButton>
        )}
      </HoverCard>
      {asked === null ? null : (
        <MenuPopup
          anchor={place}
          open
          onOpenChange={(open) => open || setAsked(null)}
          head="Where shall it go?"
          items={asked.ways.map((way) => ({
            name: (
              <span className="way">
                {way.into || 'a place of its own'}
                <code>{flush(linesOf(way))}</code>
              </span>
            ),
            run: () => write(asked, way),
          }))}
        />
      )}
    </>
  );
}

/** Undefined: not known yet. */
function Preview({ found }: { readonly found: FoundWays | undefined }) {
  const [best, ...others] = found?.ways ?? [];
  if (found === undefined) return <p>Looking for its place…</p>;
  if (best === undefined) return <p>The draft has no place where it could hold: write a selection or a query first.</p>;
  return (
    <>
      <p className="label">
        {others.length === 0
          ? `Writes${best.into === '' ? '' : ` into ${best.into}`}`
          : `Asks which of ${found.ways.length} places; first ${best.into || 'a place of its own'}`}
      </p>
      <pre className="code preview">{flush(linesOf(best))}</pre>
    </>
  );
}

/** Lines without the indentation they share. */
function flush(text: string): string {
  const lines = text.split('\n');
  const shared = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return Number.isFinite(shared) ? lines.map((line) => line.slice(shared)).join('\n') : text;
}
