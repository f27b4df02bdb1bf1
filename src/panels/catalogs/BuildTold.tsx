import type { BuildReport } from '../../model';
import { Disclosure } from '../../ui/layout/Disclosure';
import { nameColumn, valueColumn } from '../../ui/table/columns';
import type { Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { counted } from '../format';

interface Row {
  readonly path: string;
  readonly says: string;
}

const columnsOf = (says: string): readonly Column<Row>[] => [
  valueColumn('path', 'File', ({ path }) => path),
  nameColumn('says', says, (row) => row.says, { width: 'var(--col-field-page)' }),
];
const OTHER = columnsOf('What it is');
const UNREAD = columnsOf('What happened');
const FIRST = 20;

/** What came of the files a catalog was built of: what is no rule, and what could not be read. */
export function BuildTold({ report }: { readonly report: BuildReport }) {
  const others = report.passedOver.flatMap(({ what, paths }) => paths.map((path): Row => ({ path, says: what })));
  const unread = report.unread.map(({ path, why }): Row => ({ path, says: why }));
  return (
    <>
      <p className="label small">
        Built of {counted(report.files, 'file')} of “{report.from}”: {counted(report.rules, 'rule')}.
      </p>
      {unread.length === 0 ? null : (
        <Disclosure title="Could not be read" count={unread.length}>
          <DataTable label="Files that could not be read" className="fixed" columns={UNREAD} rows={unread} keyOf={({ path }) => path} first={FIRST} />
        </Disclosure>
      )}
      {others.length === 0 ? null : (
        <Disclosure title="Passed over: no rule in them" count={others.length}>
          <DataTable label="Files passed over" className="fixed" columns={OTHER} rows={others} keyOf={({ path }) => path} first={FIRST} />
        </Disclosure>
      )}
    </>
  );
}
