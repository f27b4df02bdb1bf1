import { useRef, useState } from 'react';
import type { RuleRow } from '../../model';
import { counted } from '../../panels/format';
import { showCatalogs } from '../../state/threads/own-catalog';
import { Icon } from '../../ui/Icon';
import { ListBar } from '../../ui/layout/ListBar';
import { Menu } from '../../ui/overlay/Menu';
import { QueryRemarks } from './QueryRemarks';
import { HIDEABLE } from './ruleColumns';
import { RulesActions } from './RulesActions';
import { SearchHelp } from './SearchHelp';

interface RulesBarProps {
  readonly query: string;
  /** The query as it stood when the typing last paused. */
  readonly settled: string;
  readonly onQuery: (query: string) => void;
  /** Null: not known yet. */
  readonly total: number | null;
  /** Of them, those that are only listed. */
  readonly listed: number;
  readonly marked: readonly RuleRow[];
  readonly onUnmark: () => void;
  readonly hidden: readonly string[];
  readonly onToggle: (column: string) => void;
}

/** The search, how it is written, what is wrong with it and what it found; which columns show; what can be done with the rules. */
export function RulesBar({ query, settled, onQuery, total, listed, marked, onUnmark, hidden, onToggle }: RulesBarProps) {
  const input = useRef<HTMLInputElement>(null);
  const [helps, setHelps] = useState(false);
  const add = (example: string): void => {
    onQuery(`${query.trim()} ${example}`.trim());
    input.current?.focus();
  };
  return (
    <>
      <ListBar
        title="Rules"
        label="Search rules"
        placeholder="Words, or field:process_name value:net.exe vendor:elastic"
        query={query}
        onQuery={onQuery}
        input={input}
      >
        <button type="button" className="btn plain" aria-expanded={helps} aria-controls="rules-syntax" onClick={() => setHelps(!helps)}>
          How to search <Icon name={helps ? 'up' : 'down'} size="tiny" />
        </button>
        <output className="label">
          {total === null ? '' : counted(total - listed, 'rule')}
          {listed === 0 ? '' : `, ${listed.toLocaleString('en')} only listed`}
        </output>
        <span className="space" />
        <button type="button" className="btn plain" onClick={() => showCatalogs(true)}>
          Catalogs…
        </button>
        <RulesActions query={query} total={total ?? 0} marked={marked} onUnmark={onUnmark} />
        <Menu className="btn plain" items={HIDEABLE.map(([id, name]) => ({ name, checked: !hidden.includes(id), run: () => onToggle(id) }))}>
          Columns <Icon name="down" size="tiny" />
        </Menu>
      </ListBar>
      {helps ? <SearchHelp id="rules-syntax" onAdd={add} /> : null}
      <QueryRemarks query={settled} onQuery={onQuery} />
    </>
  );
}
