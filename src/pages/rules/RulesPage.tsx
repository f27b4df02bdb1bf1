import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { RuleRow } from '../../model';
import { BuildStrip } from '../../panels/catalogs/BuildStrip';
import { CatalogWait } from '../../panels/CatalogWait';
import { pathOf } from '../../state/links/routes';
import { askedOf, ordered } from '../../syntax/search-query';
import { keepLayout } from '../../state/settings';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { Empty } from '../../ui/Empty';
import { Page } from '../../ui/layout/Page';
import { SidebarLayout } from '../../ui/layout/SidebarLayout';
import { WindowTable } from '../../ui/table/WindowTable';
import { useSingle } from '../../ui/useMedia';
import { useAddressed } from '../../ui/useAddressed';
import { FacetBar } from './FacetBar';
import { orderOf } from './queryText';
import { RulesBar } from './RulesBar';
import { ruleColumns, SINGLE_SIZES } from './ruleColumns';
import { useRuleWindow } from './useRuleWindow';
import { useShownColumns } from './useShownColumns';
import { WhatIsNew } from './WhatIsNew';
import './rules.css';

const NO_SIZES = {};
const keyOf = (row: RuleRow): string => String(row.index);

/** Where the list was left: whoever reads a rule and comes back goes on there. */
let left = { about: '', top: 0 };
function leave(about: string, top: number): void {
  left = { about, top };
}

/** Every rule of the catalog: search, narrow, order, open, export. The address holds the search. */
export default function RulesPage({ query: addressed }: { readonly query: string }) {
  const [, go] = useLocation();
  const [query, change] = useAddressed(addressed, (next) => go(pathOf.rules(next), { replace: true }));
  const [hidden, toggleColumn] = useShownColumns();
  const [marked, setMarked] = useState<ReadonlyMap<string, RuleRow>>(new Map());
  const catalog = useStore((state) => state.catalog);
  const languages = useStore((state) => state.registry?.languages);
  const columns = useMemo(() => ruleColumns((id) => languages?.find((language) => language.id === id)?.label ?? id), [languages]);
  const kept = useStore((state) => state.preferences.layouts['rules columns']) ?? NO_SIZES;
  const sizes = useSingle() ? SINGLE_SIZES : kept;
  const order = orderOf(query);
  const asked = askedOf(query);
  const about = `${asked} ${order?.by ?? ''} ${order?.descending ?? ''}`;
  const { total, listed, rowAt, onRange, isOld, error } = useRuleWindow(asked, order);
  const toggleMark = (row: RuleRow): void =>
    setMarked((was) => new Map(was.has(keyOf(row)) ? [...was].filter(([key]) => key !== keyOf(row)) : [...was, [keyOf(row), row]]));

  return (
    <Page name="Rules" fills>
      <RulesBar
        query={query}
        settled={addressed}
        onQuery={change}
        total={total}
        listed={listed}
        marked={[...marked.values()]}
        onUnmark={() => setMarked(new Map())}
        hidden={hidden}
        onToggle={toggleColumn}
      />
      <BuildStrip />
      <WhatIsNew />
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : (
        <SidebarLayout label="Narrow the search" rail={<FacetBar query={query} onQuery={change} />}>
          {error === null ? null : <Banner kind="error">{error}</Banner>}
          {total === 0 && !isOld ? (
            <Empty title="No rule is found" action={{ name: 'Clear the search', run: () => change('') }}>
              Nothing meets all of <code>{asked}</code>. Take a condition away, or look for a part of a word.
            </Empty>
          ) : (
            <WindowTable
              label="Rules"
              columns={columns}
              hidden={hidden}
              count={total ?? 0}
              rowAt={rowAt}
              onRange={onRange}
              about={about}
              startAt={left.about === about ? left.top : 0}
              onScroll={(top) => leave(about, top)}
              order={order === null ? null : { id: order.by, desc: order.descending }}
              onOrder={(next) => change(ordered(query, next))}
              sizes={sizes}
              onSizes={(next) => keepLayout('rules columns', next)}
              keyOf={keyOf}
              onEnter={(row) => go(pathOf.rule(row))}
              selected={new Set(marked.keys())}
              onSelect={toggleMark}
            />
          )}
        </SidebarLayout>
      )}
    </Page>
  );
}
