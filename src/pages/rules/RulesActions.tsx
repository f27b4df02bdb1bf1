import type { RuleRow } from '../../model';
import { counted } from '../../panels/format';
import { OpenAsDraft } from '../../panels/rules/OpenAsDraft';
import { download } from '../../state/download';
import { notify } from '../../state/notices';
import { pathOf } from '../../state/links/routes';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { allRows, toCsv, toJson } from './exportRules';
import { askedOf } from '../../syntax/search-query';
import { orderOf } from './queryText';

interface RulesActionsProps {
  readonly query: string;
  readonly total: number;
  readonly marked: readonly RuleRow[];
  readonly onUnmark: () => void;
}

/** What can be done with the rules that are selected, or with all that are found. */
export const RulesActions = ({ query, total, marked, onUnmark }: RulesActionsProps) => (
  <>
    {marked.length === 0 ? null : (
      <button type="button" className="btn plain" title="Select none" onClick={onUnmark}>
        {marked.length.toLocaleString('en')} selected <Icon name="close" size="tiny" />
      </button>
    )}
    {marked.length === 1 ? <OpenAsDraft rule={marked[0]!} /> : null}
    {marked.length === 2 ? (
      <a className="btn" href={`#${pathOf.comparison(marked[0]!, marked[1]!)}`}>
        Compare the two
      </a>
    ) : null}
    <Menu className="btn" items={exportsOf(query, total, marked)}>
      Export <Icon name="down" size="tiny" />
    </Menu>
  </>
);

function exportsOf(query: string, total: number, marked: readonly RuleRow[]) {
  const save = (rows: Promise<readonly RuleRow[]>, form: 'csv' | 'json'): void => {
    rows.then(
      (all) => (form === 'csv' ? download('rules.csv', 'text/csv', toCsv(all)) : download('rules.json', 'application/json', toJson(all))),
      () => notify('error', 'The rules could not be exported: the catalog did not answer. Try again.'),
    );
  };
  const found = (): Promise<readonly RuleRow[]> => allRows(askedOf(query), orderOf(query));
  const chosen = marked.length === 0 ? 'Select rows first: click beside their titles, or press Space' : undefined;
  return [
    { name: `All ${counted(total, 'rule')} as CSV`, run: () => save(found(), 'csv') },
    { name: `All ${counted(total, 'rule')} as JSON`, run: () => save(found(), 'json') },
    { name: 'The selected as CSV', apart: true, off: chosen, run: () => save(Promise.resolve(marked), 'csv') },
    { name: 'The selected as JSON', off: chosen, run: () => save(Promise.resolve(marked), 'json') },
  ];
}
