import { useEffect, useRef } from 'react';
import type { RuleRow } from '../../model';
import { counted } from '../../panels/counted';
import { download } from '../../panels/download';
import { notify } from '../../state/notices';
import { placeOf } from '../../state/places';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/Menu';
import { allRows, toCsv, toJson } from './exportRules';
import { askedOf, orderOf } from './queryText';
import { HIDEABLE } from './ruleColumns';

interface RulesBarProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Null: not known yet. */
  readonly total: number | null;
  readonly marked: readonly RuleRow[];
  readonly onUnmark: () => void;
  readonly hidden: readonly string[];
  readonly onHidden: (hidden: readonly string[]) => void;
}

/** The search, what it found, which columns show, and export. */
export function RulesBar({ query, onQuery, total, marked, onUnmark, hidden, onHidden }: RulesBarProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.defaultPrevented || (event.target as HTMLElement).closest('input, textarea, select') !== null) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <header className="rulesbar">
      <h1>Rules</h1>
      <div className="search">
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          aria-label="Search rules"
          aria-describedby="rules-syntax"
          placeholder="Words, or field:process_name value:net.exe vendor:elastic"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            document.querySelector<HTMLElement>('.windowed tr[tabindex="0"]')?.focus();
          }}
        />
        <kbd>/</kbd>
      </div>
      <output className="label">{total === null ? '' : counted(total, 'rule')}</output>
      <span id="rules-syntax" className="small quiet clip" title={SYNTAX}>
        {SYNTAX}
      </span>
      <span className="space" />
      {marked.length === 0 ? null : (
        <button type="button" className="btn plain" onClick={onUnmark}>
          {marked.length} selected <Icon name="close" size="tiny" />
        </button>
      )}
      {marked.length === 2 ? (
        <a className="btn" href={`#${placeOf.comparison(marked[0]!, marked[1]!)}`}>
          Compare the two
        </a>
      ) : null}
      <Menu
        className="btn plain"
        items={HIDEABLE.map(([id, name]) => ({
          name,
          checked: !hidden.includes(id),
          run: () => onHidden(hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id]),
        }))}
      >
        Columns <Icon name="down" size="tiny" />
      </Menu>
      <Menu className="btn" items={exportsOf(query, total ?? 0, marked)}>
        Export <Icon name="down" size="tiny" />
      </Menu>
    </header>
  );
}

const SYNTAX =
  'field: value: kind: vendor: technique: excludes: term: event: platform: severity: and words; a - before a key leaves out, * stands for anything';

function exportsOf(query: string, total: number, marked: readonly RuleRow[]) {
  const save = (rows: Promise<readonly RuleRow[]>, form: 'csv' | 'json'): void => {
    rows.then(
      (all) => (form === 'csv' ? download('rules.csv', 'text/csv', toCsv(all)) : download('rules.json', 'application/json', toJson(all))),
      () => notify('error', 'The rules could not be exported: the catalog did not answer. Try again.'),
    );
  };
  const found = (): Promise<readonly RuleRow[]> => allRows(askedOf(query), orderOf(query));
  const chosen = marked.length === 0 ? 'Select rows with Space first' : undefined;
  return [
    { name: `All ${counted(total, 'rule')} as CSV`, run: () => save(found(), 'csv') },
    { name: `All ${counted(total, 'rule')} as JSON`, run: () => save(found(), 'json') },
    { name: 'The selected as CSV', apart: true, off: chosen, run: () => save(Promise.resolve(marked), 'csv') },
    { name: 'The selected as JSON', off: chosen, run: () => save(Promise.resolve(marked), 'json') },
  ];
}
