import type { Group } from '../ui/table/itemsOf';

/** The columns that stand over their values there. */
export const GROUPED: readonly string[] = ['field', 'kind'];

/** The field and kind over their values, where width is short; `outer` says what else they share. */
export const fieldGroup = ({ field, kind }: { readonly field: string; readonly kind: string }, outer?: Group): Group => ({
  key: `${outer?.key ?? ''} ${field} ${kind}`,
  head: (
    <>
      {field} <span className="label">{kind}</span>
      {outer === undefined ? null : <span className="label">. {outer.head}</span>}
    </>
  ),
});
