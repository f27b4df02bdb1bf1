import { useMemo } from 'react';
import type { FiredRule, FiresAnswer } from '../../model';
import { VendorLetter } from '../../panels/Vendor';
import { pathOf } from '../../state/links/routes';
import { useStore } from '../../state/store';
import { chooseRule } from '../../state/threads/fires';
import { Empty } from '../../ui/Empty';
import { Severity } from '../../ui/Severity';
import { countColumn } from '../../ui/table/columns';
import { DataTable } from '../../ui/table/DataTable';
import { column, type Column } from '../../ui/table/features';
import { RowButton, RowLink } from '../../ui/table/InRow';
import { TimeStrip } from '../../ui/TimeStrip';
import type { Standing } from './firesView';

interface FiredTableProps {
  readonly rows: readonly FiredRule[];
  readonly answer: FiresAnswer;
  readonly standing: Standing;
  /** More than by the verdict. */
  readonly isNarrowed: boolean;
}

/** The rules that fired, or of which it cannot be told, the gravest first. */
export function FiredTable({ rows, answer, standing, isNarrowed }: FiredTableProps) {
  const chosen = useStore((state) => state.fires.rule);
  const isReading = useStore((state) => state.fires.job !== null);
  const isTimed = answer.range !== null && standing === 'fired';
  const columns = useMemo<readonly Column<FiredRule>[]>(
    () => [
      column('severity', 'Severity', (row) => row.severity, { width: 'var(--col-mark)', cell: (row) => <Severity level={row.severity} /> }),
      column('rule', 'Rule', (row) => row.title, {
        rowHead: true,
        sortable: true,
        className: 'clipped',
        cell: (row) => (
          <span className="firedname">
            <VendorLetter vendor={row.vendor} />
            <RowButton className="link clip" title={row.title} onClick={() => void chooseRule(row.index)}>
              {row.title}
            </RowButton>
          </span>
        ),
      }),
      column('technique', 'Technique', (row) => row.techniques.join(', '), {
        width: 'var(--col-reach)',
        className: 'clipped techniquecol',
        cell: ({ techniques: [first, ...rest] }) =>
          first === undefined ? null : (
            <>
              <RowLink href={`#${pathOf.technique(first)}`}>{first}</RowLink>
              {rest.length === 0 ? '' : ` +${rest.length}`}
            </>
          ),
      }),
      countColumn('hits', standing === 'fired' ? 'Hits' : 'Events', (row) => (standing === 'fired' ? row.hits : row.undecided), { sortable: true }),
      ...(isTimed
        ? [
            column<FiredRule>('time', 'When', (row) => row.hits, {
              width: 'var(--col-reach-wide)',
              className: 'stripcol',
              cell: (row) => <TimeStrip parts={row.strip} />,
            }),
          ]
        : []),
    ],
    [standing, isTimed],
  );
  if (rows.length === 0) {
    const didNot = answer.didNot.toLocaleString('en');
    const [title, words] = isNarrowed
      ? ['No rule is left', 'Take back what the list is narrowed by, on the left and above.']
      : isReading
        ? ['None yet', 'The logs are still being read: what is found comes here.']
        : standing === 'fired'
          ? ['No rule fired', `${didNot} rules were judged and did not fire on these events. Of others it cannot be told; they stand under their own verdict.`]
          : ['Every rule could be told', 'No part of a rule that is not read, and nothing that the events do not say, decided.'];
    return (
      <div className="windowed">
        <Empty title={title}>{words}</Empty>
      </div>
    );
  }
  return (
    <div className="windowed firedlist" data-scrolls>
      <DataTable
        label={standing === 'fired' ? 'Rules that fired' : 'Rules that cannot be told'}
        className="fixed"
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        lit={rows.findIndex(({ index }) => index === chosen)}
        onEnter={(row) => void chooseRule(row.index)}
      />
    </div>
  );
}

const keyOf = (row: FiredRule): string => String(row.index);
