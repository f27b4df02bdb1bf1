import { useMemo, useRef, useState } from 'react';
import { copied } from '../../state/clipboard';
import { editor } from '../../state/editor-handle';
import type { Expanded } from '../../state/analysis-state';
import { closeExpansion, writeExpansion } from '../../state/expansion';
import { showMacros } from '../../state/macros';
import { NameText } from '../../ui/NameText';
import { DataTable } from '../../ui/table/DataTable';
import { valueColumn } from '../../ui/table/columns';
import { column } from '../../ui/table/features';
import { WideDialog } from '../../ui/overlay/WideDialog';
import { counted } from '../format';
import { type AddedRow, addedRows } from './expansionParts';
import { ExpansionText } from './ExpansionText';
import { LeftMacros } from './LeftMacros';
import './macros.css';

const originOf = ({ isOwn }: AddedRow): string => (isOwn ? 'your own' : 'shipped (ESCU)');

const columns = [
  column<AddedRow>('call', 'Macro', (row) => row.call, {
    className: 'value top',
    width: '28%',
    cell: ({ call, times }) => (
      <>
        <NameText name={call} /> {times > 1 ? <span className="label">{times.toLocaleString('en')} times</span> : null}
      </>
    ),
  }),
  column<AddedRow>('from', 'From', originOf, {
    className: 'top name',
    width: '26%',
    cell: (row) => (
      <>
        {originOf(row)}
        {row.inside === '' ? null : (
          <span className="label">
            , in <NameText name={row.inside} />
          </span>
        )}
      </>
    ),
  }),
  valueColumn<AddedRow>('text', 'Adds', (row) => row.text),
];

/** The query as Splunk would run it, its macros written out; to be read, copied, or taken over into the draft. */
export default function ExpansionDialog({ expanded }: { readonly expanded: Expanded }) {
  const { expansion, title } = expanded;
  const [lit, setLit] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const text = useRef<HTMLElement>(null);
  const hindrance = hindranceOf(expanded);
  const rows = useMemo(() => addedRows(expansion), [expansion]);
  const copy = async (): Promise<void> => {
    setSaid((await copied(expansion.text)) ? 'Copied.' : 'The browser did not let the text be copied. Select it here and copy it.');
  };
  return (
    <WideDialog
      title="Macros written out"
      note={[title, 'read-only'].filter(Boolean).join(', ')}
      onClose={closeExpansion}
      first={text}
      foot={
        <>
          <button type="button" className="btn" onClick={() => void copy()}>
            Copy expanded text
          </button>
          <button type="button" className="btn" disabled={hindrance !== undefined} title={hindrance} onClick={() => writeExpansion(expanded)}>
            Replace in the draft
          </button>
          <output className="label small">{said}</output>
          <span className="space" />
          <button type="button" className="btn plain" onClick={() => showMacros(true)}>
            Own search macros
          </button>
        </>
      }
    >
      <LeftMacros expansion={expansion} />
      {/* What scrolls and holds no control is reached by the keyboard itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section ref={text} className="expanded inset-focus" aria-label="Expanded search" tabIndex={0}>
        <ExpansionText expansion={expansion} lit={lit} />
      </section>
      {rows.length === 0 ? null : (
        <section className="expandedby" aria-labelledby="expanded-by" data-scrolls>
          <h3 id="expanded-by">
            Written out <small>{counted(rows.length, 'macro')}</small>
          </h3>
          <DataTable
            labelledBy="expanded-by"
            className="fixed"
            columns={columns}
            rows={rows}
            keyOf={(row) => `${row.inside} ${row.call}`}
            onPoint={(row) => setLit(row?.call ?? null)}
          />
        </section>
      )}
    </WideDialog>
  );
}

/** Why the definitions cannot be written into the draft now. */
function hindranceOf({ expansion: { added, edits } }: Expanded): string | undefined {
  if (added.length === 0) return 'No macro was written out';
  if (edits === null) return 'This kind of YAML text cannot hold the definitions: write the search as a block first';
  return editor() === null ? 'The draft is changed on the workbench' : undefined;
}
