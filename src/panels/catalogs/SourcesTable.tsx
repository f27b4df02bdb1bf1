import { isOwnSource, sourceLabel } from '../../knowledge/sources';
import type { CatalogInfo, CatalogSource } from '../../model';
import { countColumn, nameColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { useSingle } from '../../ui/useMedia';

const columns: readonly Column<CatalogSource>[] = [
  nameColumn('source', 'Source', ({ name }) => sourceLabel(name), { rowHead: true, width: 'var(--col-field)' }),
  countColumn('rules', 'Rules', ({ rules }) => rules, { width: 'var(--col-mark)' }),
  column('repository', 'Repository', ({ name, repository }) => repository || (isOwnSource(name) ? 'of your own' : 'not known'), { className: 'value' }),
  column('commit', 'Commit', ({ commit }) => commit.slice(0, 10), { className: 'value', width: 'var(--col-kind)' }),
  column('license', 'Licence', ({ license }) => license, { className: 'name' }),
];

/** What has no room in a window of a phone's width. */
const WIDE: readonly string[] = ['repository', 'commit'];
const NOTHING: readonly string[] = [];

/** Where an open catalog's rules come from. */
export function SourcesTable({ info }: { readonly info: CatalogInfo }) {
  const hidden = useSingle() ? WIDE : NOTHING;
  return (
    <>
      <DataTable label="Sources of the open catalog" className="fixed" columns={columns} hidden={hidden} rows={info.sources} keyOf={({ name }) => name} />
      <p className="label small">
        {info.attack === '' ? '' : `ATT&CK ${info.attack}.`} {info.newest === '' ? '' : `Newest rule ${info.newest}.`}
      </p>
    </>
  );
}
