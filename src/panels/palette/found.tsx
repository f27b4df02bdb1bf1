import type { RuleRow } from '../../model';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { queryOf } from '../../state/catalog-state';
import { nameOf } from '../../state/drafts/document';
import { openDraft, openExample } from '../../state/drafts/documents';
import { addRow, waysOf } from '../../state/threads/ways';
import { pathOf } from '../../state/links/routes';
import { useStore } from '../../state/store';
import type { PaletteItem } from '../../ui/overlay/Palette';
import { Reach } from '../../ui/Reach';
import { ValueText } from '../../ui/ValueText';
import { OwnMark } from '../rules/OwnMark';
import { VendorLetter } from '../Vendor';
import { useTechniques as useAllTechniques } from '../useTechniques';

const RULES = 8;
const VALUES = 5;
const DRAFTS = 6;
/** Shorter words are in too many values to say anything. */
const WORD = 2;

const matches = (text: string, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

/** Techniques by ID or name. */
export function useTechniques(query: string, limit: number, choose: (id: string) => void) {
  const { value } = useAllTechniques();
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

/** Rules, the best match first. */
export function useRules(query: string, choose: (rule: RuleRow) => void) {
  const asked = query.trim();
  const { value } = useCatalogQuery(asked === '' ? null : `palette ${asked}`, (api) => api.search(asked, 0, RULES));
  return asked === '' || value === null
    ? []
    : value.rows.map((rule) => ({
        key: String(rule.index),
        content: (
          <>
            <VendorLetter vendor={rule.vendor} />
            <span className="clip">{rule.title}</span>
            <OwnMark source={rule.source} />
          </>
        ),
        note: rule.techniques.slice(0, 2).join(', '),
        run: () => choose(rule),
      }));
}

/** The reader's drafts, and the examples, by name. */
export function useDrafts(query: string, show: () => void) {
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

/** Values that rules look for, with their reach; and the first of them as something to add. */
export function useValues(query: string, go: (place: string) => void): readonly PaletteItem[] {
  const asked = query.trim();
  const { value } = useCatalogQuery(asked.length < WORD ? null : `values ${asked}`, (api) => api.findValues(asked, VALUES));
  if (asked.length < WORD || value === null) return [];
  const [best, ...others] = value.map((triple): PaletteItem => ({
    key: `${triple.field} ${triple.kind} ${triple.value}`,
    content: (
      <>
        <code className="clip">
          <ValueText text={triple.value} />
        </code>
        <span className="label">
          {triple.field} {triple.kind}
        </span>
      </>
    ),
    note: <Reach count={triple.total} />,
    run: () => go(pathOf.rules(queryOf(triple))),
  }));
  const first = value[0];
  if (best === undefined || first === undefined) return [];
  // Adding it is what is mostly meant: a step from the first.
  const add: PaletteItem = {
    key: `add ${best.key}`,
    content: (
      <span className="clip">
        Add <code>{first.value}</code> to the draft
      </span>
    ),
    run: () => {
      go(pathOf.workbench());
      void waysOf(first, 'indicator').then((found) => addRow(first, found, found.ways[0]));
    },
  };
  return [best, add, ...others];
}
