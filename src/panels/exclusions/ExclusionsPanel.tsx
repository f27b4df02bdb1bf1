import { useMemo } from 'react';
import { useActive } from '../../state/select';
import { Empty } from '../../ui/Empty';
import { useCounted } from '../indicators/useCounted';
import { ValueTable } from '../indicators/ValueTable';
import { valueRows } from '../valueRows';
import { exclusionGroup } from './exclusionGroup';

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
  return <ValueTable label="Exclusions of this draft" here="Rules here" rows={rows} {...(plain ? {} : { groupOf: exclusionGroup })} />;
}
