import { useMemo } from 'react';
import type { EventFacts, EventField } from '../../model';
import { pathOf } from '../../state/links/routes';
import { Block } from '../../ui/layout/Page';
import { countColumn, nameColumn, shareColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { RowLink } from '../../ui/table/InRow';
import { ValueText } from '../../ui/ValueText';

const FIRST = 20;

/** Each value once, whatever it is compared by; comparisons without one are told when the row is opened. */
const samplesOf = ({ values }: EventField): string => [...new Set(values.flatMap(({ value }) => (value === '' ? [] : [value])))].join(', ');

/** What the rules of an event filter on, which techniques they are for, and which events they ask for beside it. */
export function EventTables({ event }: { readonly event: EventFacts }) {
  const fieldColumns = useMemo<readonly Column<EventField>[]>(
    () => [
      nameColumn('field', 'Field', (row) => row.field, { opens: true, width: 'var(--col-field-page)' }),
      shareColumn('rules', `Rules, of ${event.rules.toLocaleString('en')}`, (row) => row.rules, event.rules, { width: 'var(--col-reach-wide)' }),
      column('values', 'Commonest values', samplesOf, {
        className: 'value second',
        cell: (row) => <span className="clamp">{samplesOf(row)}</span>,
      }),
    ],
    [event.rules],
  );
  const techniqueColumns = useMemo<readonly Column<EventFacts['taggedWith'][number]>[]>(
    () => [
      column('technique', 'Technique', ([id]) => id, { cell: ([id]) => <RowLink href={`#${pathOf.technique(id)}`}>{id}</RowLink> }),
      shareColumn('rules', 'Rules', ([, rules]) => rules, event.rules, { width: 'var(--col-reach-wide)' }),
    ],
    [event.rules],
  );
  return (
    <div>
      <Block
        id="fields"
        title="Fields its rules filter on"
        note={`${event.fields.length.toLocaleString('en')} distinct`}
        lead="Open a field for its commonest values."
      >
        <DataTable
          labelledBy="fields-head"
          className="fixed tops"
          columns={fieldColumns}
          rows={event.fields}
          keyOf={(row) => row.field}
          first={FIRST}
          detailOf={(row) => <Values field={row} />}
        />
      </Block>
      {event.patterns.length === 0 ? null : (
        <Block id="patterns" title="Asked for together" note={event.patterns.length} lead="Sets of events that rules read side by side.">
          <DataTable
            labelledBy="patterns-head"
            className="fixed"
            columns={patternColumns}
            rows={event.patterns}
            keyOf={(_row, index) => String(index)}
            first={FIRST}
          />
        </Block>
      )}
      <Block id="techniques" title="Techniques" note={event.techniques}>
        <DataTable labelledBy="techniques-head" className="fixed" columns={techniqueColumns} rows={event.taggedWith} keyOf={([id]) => id} first={FIRST} />
      </Block>
    </div>
  );
}

const patternColumns: readonly Column<EventFacts['patterns'][number]>[] = [
  column('events', 'Events', (row) => row.events.map(({ provider, id }) => `${provider} ${id}`).join(', '), { className: 'name' }),
  countColumn('rules', 'Rules', (row) => row.rules),
];

const Values = ({ field }: { readonly field: EventField }) => (
  <ul className="fieldvalues">
    {field.values.map(({ kind, value, rules }) => (
      <li key={`${kind} ${value}`}>
        <span className="label">{kind}</span>
        <code>
          <ValueText text={value} />
        </code>
        <span>{rules.toLocaleString('en')}</span>
      </li>
    ))}
  </ul>
);
