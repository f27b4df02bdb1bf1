import { type ReactNode, useMemo, useState } from 'react';
import { copied } from '../../state/clipboard';
import { closeExpansion, type Expanded, writeExpansion } from '../../state/expansion';
import { showMacros } from '../../state/macros';
import { Banner } from '../../ui/Banner';
import { NameText } from '../../ui/NameText';
import { DataTable } from '../../ui/table/DataTable';
import { valueColumn } from '../../ui/table/columns';
import { column } from '../../ui/table/features';
import { WideDialog } from '../../ui/WideDialog';
import { counted } from '../counted';
import { type AddedRow, addedRows, leftFor } from './expansionParts';
import { ExpansionText } from './ExpansionText';
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
  const rows = useMemo(() => addedRows(expansion), [expansion]);
  const copy = async (): Promise<void> => {
    setSaid((await copied(expansion.text)) ? 'Copied.' : 'The browser did not let the text be copied. Select it here and copy it.');
  };
  return (
    <WideDialog
      title="Macros written out"
      note={[title, 'read-only'].filter(Boolean).join(', ')}
      onClose={closeExpansion}
      foot={
        <>
          <button type="button" className="btn" onClick={() => void copy()}>
            Copy expanded text
          </button>
          <button
            type="button"
            className="btn"
            disabled={rows.length === 0 || expansion.edits === null}
            title={expansion.edits === null ? 'This kind of YAML text cannot hold the definitions. Write the search as a block first.' : undefined}
            onClick={() => writeExpansion(expanded)}
          >
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
      <Left expansion={expansion} />
      {/* What scrolls and holds no control is reached by the keyboard itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="expanded inset-focus" aria-label="Expanded search" tabIndex={0}>
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

/** What stands as it was written, and why: each reason once. */
function Left({ expansion }: { readonly expansion: Expanded['expansion'] }) {
  const unknown = leftFor(expansion, 'unknown');
  return (
    <>
      {leftFor(expansion, 'cycle').map(({ call, path }) => (
        <Banner key={call} kind="error">
          The definition of {path.at(-1)} leads back to itself: {path.join(' → ')}. It stands as it is written.
        </Banner>
      ))}
      {leftFor(expansion, 'limit').length === 0 ? null : (
        <Banner kind="warning">The whole would get too long: the last macros stand as they are written.</Banner>
      )}
      {unknown.length === 0 ? null : (
        <Banner
          kind="info"
          actions={
            <button type="button" className="btn" onClick={() => showMacros(true)}>
              Add definitions
            </button>
          }
        >
          No definition is known for <Names of={unknown.map(({ call }) => call)} />: {unknown.length === 1 ? 'it stands' : 'they stand'} as written.
        </Banner>
      )}
    </>
  );
}

const SHOWN = 6;

const Names = ({ of }: { readonly of: readonly string[] }): ReactNode => (
  <>
    {of.slice(0, SHOWN).map((name, index) => (
      <span key={name}>
        {index === 0 ? '' : ', '}
        <code>{name}</code>
      </span>
    ))}
    {of.length > SHOWN ? ` and ${of.length - SHOWN} more` : ''}
  </>
);
