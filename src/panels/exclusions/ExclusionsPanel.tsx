import { useMemo } from 'react';
import { useActive } from '../../state/select';
import { Empty } from '../../ui/Empty';
import type { Group } from '../../ui/table/itemsOf';
import { useCounted } from '../indicators/useCounted';
import type { CountedRow } from '../indicators/valueColumns';
import { ValueTable } from '../indicators/ValueTable';
import { valueRows } from '../valueRows';

/** What the rule suppresses: alone, together with others, or in one branch only. */
export function ExclusionsPanel() {
  const report = useActive()?.report ?? null;
  const suppressed = useMemo(() => (report === null ? [] : valueRows(report, ['exclusion', 'conditional', 'absent'])), [report]);
  const rows = useCounted(suppressed, 'exclusion');
  if (rows.length === 0)
    return (
      <Empty title="No exclusions">Nothing is suppressed. The guide lists what other rules of the technique exclude; Add writes one into the draft.</Empty>
    );
  const plain = rows.every((row) => row.polarity === 'exclusion' && row.composite === null);
  return <ValueTable label="Exclusions of this draft" here="Rules here" rows={rows} {...(plain ? {} : { groupOf })} />;
}

/** Composites, branches and absences say in a row of their own how they suppress. */
function groupOf(row: CountedRow): Group {
  if (row.polarity === 'conditional') return { key: 'conditional', head: 'In one branch only, not counted as exclusions' };
  if (row.polarity === 'absent') return { key: 'absent', head: 'Events that must not happen' };
  if (row.composite === null) return { key: 'alone', head: 'Each on its own' };
  return { key: `together ${row.composite}`, head: 'Together in one exclusion, not each on its own' };
}
