import { sourceLabel } from '../../knowledge/sources';
import type { CatalogInfo, CatalogSource } from '../../model';
import { countColumn, nameColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';

const columns: readonly Column<CatalogSource>[] = [
  nameColumn('source', 'Source', ({ name }) => sourceLabel(name), { rowHead: true, width: 'var(--col-field)' }),
  countColumn('rules', 'Rules', ({ rules }) => rules, { width: 'var(--col-mark)' }),
  column('repository', 'Repository', ({ repository }) => repository || 'a folder of your own', { className: 'value' }),
  column('commit', 'Commit', ({ commit }) => commit.slice(0, 10), { className: 'value', width: 'var(--col-kind)' }),
  column('license', 'Licence', ({ license }) => license, { className: 'name' }),
];

/** Where an open catalog's rules come from. */
export const SourcesTable = ({ info }: { readonly info: CatalogInfo }) => (
  <>
    <DataTable label="Sources of the open catalog" className="fixed" columns={columns} rows={info.sources} keyOf={({ name }) => name} />
    <p className="label small">
      {info.attack === '' ? '' : `ATT&CK ${info.attack}.`} {info.newest === '' ? '' : `Newest rule ${info.newest}.`}
    </p>
  </>
);
