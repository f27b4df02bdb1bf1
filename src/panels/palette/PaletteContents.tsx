import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCatalog } from '../../state/asked';
import { nameOf } from '../../state/document';
import { openDraft, openExample } from '../../state/documents';
import { pickTechnique } from '../../state/guide';
import { placeOf } from '../../state/places';
import { useStore } from '../../state/store';
import Palette, { type PaletteGroup } from '../../ui/Palette';
import { VendorLetter } from '../../ui/Vendor';
import { useCommands } from './commands';
import { closePalette, type PaletteMode } from './opening';

const RULES = 8;
const TECHNIQUES = 8;
const ALL = 40;
const DRAFTS = 6;
const COMMANDS = 12;

/** What the query finds: techniques, rules, drafts and commands. */
export default function PaletteContents({ mode }: { readonly mode: PaletteMode }) {
  const [query, setQuery] = useState('');
  const [, go] = useLocation();
  const isOpen = useStore((state) => state.catalog.kind === 'open');
  const techniques = useTechniques(query, mode === 'technique' ? ALL : TECHNIQUES, (id) =>
    mode === 'technique' ? pickTechnique(id) : go(placeOf.technique(id)),
  );
  const rules = useRules(mode === 'all' ? query : '', (index) => go(placeOf.rule(index)));
  const drafts = useDrafts(query, () => go(placeOf.workbench()));
  const commands = useCommands(query, COMMANDS);
  const searchAll = query.trim() === '' ? [] : [{ key: 'search', content: `All rules that match “${query}”`, run: () => go(placeOf.rules(query)) }];
  const groups: readonly PaletteGroup[] =
    mode === 'technique'
      ? [{ name: 'Techniques', items: techniques }]
      : [
          { name: 'Techniques', items: query.trim() === '' ? [] : techniques },
          { name: 'Rules', items: [...rules, ...searchAll] },
          { name: 'Drafts and examples', items: drafts },
          { name: 'Commands', items: commands },
        ];
  return (
    <Palette
      label={mode === 'technique' ? 'Choose a technique' : 'Search rules, techniques, values and commands'}
      placeholder={mode === 'technique' ? 'Technique: an ID or a name' : 'Rules, techniques, values, commands'}
      query={query}
      onQuery={setQuery}
      groups={groups}
      nothing={isOpen ? 'Nothing found.' : 'The catalog is not open: only drafts and commands can be found.'}
      onClose={closePalette}
    />
  );
}

const matches = (text: string, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

function useTechniques(query: string, limit: number, choose: (id: string) => void) {
  const { value } = useCatalog('techniques', (api) => api.techniques());
  return (value ?? [])
    .filter(({ id, name }) => matches(`${id} ${name}`, query))
    .slice(0, limit)
    .map(({ id, name, rules }) => ({
      key: id,
      content: (
        <>
          <span className="label">{id}</span> {name}
        </>
      ),
      note: rules.toLocaleString('en'),
      run: () => choose(id),
    }));
}

function useRules(query: string, choose: (index: number) => void) {
  const asked = query.trim();
  const { value } = useCatalog(asked === '' ? null : `palette ${asked}`, (api) => api.search(asked, 0, RULES));
  return asked === '' || value === null
    ? []
    : value.rows.map((rule) => ({
        key: String(rule.index),
        content: (
          <>
            <VendorLetter vendor={rule.vendor} />
            <span className="clip">{rule.title}</span>
          </>
        ),
        note: rule.techniques.slice(0, 2).join(', '),
        run: () => choose(rule.index),
      }));
}

function useDrafts(query: string, show: () => void) {
  const drafts = useStore((state) => state.drafts);
  const examples = useStore((state) => state.examples);
  const all = [
    ...drafts.map((draft) => ({ key: draft.id, name: nameOf(draft), note: 'draft', open: () => openDraft(draft.id) })),
    ...examples.map((example) => ({ key: example.id, name: example.name, note: 'example', open: () => openExample(example.id) })),
  ];
  return all
    .filter(({ name }) => matches(name, query))
    .slice(0, DRAFTS)
    .map(({ key, name, note, open }) => ({
      key,
      content: <span className="clip">{name}</span>,
      note,
      run: () => {
        open();
        show();
      },
    }));
}
