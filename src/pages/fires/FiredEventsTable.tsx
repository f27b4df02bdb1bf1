import { useMemo } from 'react';
import type { FiredEvent, FiredEvents } from '../../model';
import { VerdictMark } from '../../panels/samples/VerdictMark';
import { chooseEvent } from '../../state/threads/fires';
import { valueColumn } from '../../ui/table/columns';
import { DataTable } from '../../ui/table/DataTable';
import { column, type Column } from '../../ui/table/features';
import { RowButton } from '../../ui/table/InRow';

interface FiredEventsTableProps {
  readonly events: FiredEvents;
  /** The event that is open. */
  readonly number: number | null;
}

/** The events of the chosen rule, in reading order; opening one shows why. */
export function FiredEventsTable({ events, number }: FiredEventsTableProps) {
  const isTimed = events.events.some(({ at }) => at !== null);
  const columns = useMemo<readonly Column<FiredEvent>[]>(
    () => [
      column('number', 'Event', (row) => row.number, {
        width: 'var(--col-count)',
        cell: (row) => (
          <RowButton className="link" onClick={() => void chooseEvent(row.number)}>
            {(row.number + 1).toLocaleString('en')}
          </RowButton>
        ),
      }),
      column('verdict', 'Verdict', (row) => row.verdict, { width: 'var(--col-mark)', cell: ({ verdict }) => <VerdictMark verdict={verdict} /> }),
      ...(isTimed
        ? [
            column<FiredEvent>('time', 'Time, UTC', (row) => row.at, {
              width: 'var(--col-field)',
              className: 'second',
              cell: ({ at }) => (at === null ? '' : new Date(at).toISOString().slice(0, 19).replace('T', ' ')),
            }),
          ]
        : []),
      ...events.columns.map((name, at) => valueColumn<FiredEvent>(`field ${name}`, name, (row) => row.cells[at] ?? '')),
    ],
    [events.columns, isTimed],
  );
  return (
    <section className="firedevents" aria-labelledby="fired-events">
      <h3 id="fired-events">
        Events{' '}
        <small>
          {events.total > events.events.length
            ? `the first ${events.events.length.toLocaleString('en')} of ${events.total.toLocaleString('en')}`
            : events.total.toLocaleString('en')}
        </small>
      </h3>
      <DataTable
        label="Events of the rule"
        className="fixed"
        columns={columns}
        rows={events.events}
        keyOf={(row) => String(row.number)}
        lit={events.events.findIndex((event) => event.number === number)}
        onEnter={(row) => void chooseEvent(row.number)}
      />
    </section>
  );
}
