import { useLocation } from 'wouter';
import { pickTechnique } from '../../state/threads/guide';
import { pathOf } from '../../state/links/routes';
import { useStore } from '../../state/store';
import Palette, { type PaletteGroup } from '../../ui/overlay/Palette';
import { useCommands } from './commands';
import { useDrafts, useRules, useTechniques, useValues } from './found';
import { closePalette, type PaletteMode, setPaletteQuery } from './opening';

const TECHNIQUES = 8;
const ALL = 40;
const COMMANDS = 12;
/** Commands that may stand before everything else. */
const MEANT = 4;

interface PaletteContentsProps {
  readonly mode: PaletteMode;
  readonly query: string;
  /** What had the focus, and gets it back. */
  readonly before: HTMLElement | null;
}

/** What the query finds: techniques, rules, drafts and commands. */
export default function PaletteContents({ mode, query, before }: PaletteContentsProps) {
  const [, go] = useLocation();
  const isOpen = useStore((state) => state.catalog.kind === 'open');
  const techniques = useTechniques(query, mode === 'technique' ? ALL : TECHNIQUES, (id) =>
    mode === 'technique' ? pickTechnique(id) : go(pathOf.technique(id)),
  );
  const rules = useRules(mode === 'all' ? query : '', (rule) => go(pathOf.rule(rule)));
  const drafts = useDrafts(query, () => go(pathOf.workbench()));
  const commands = useCommands(query, COMMANDS);
  const values = useValues(mode === 'all' ? query : '', go);
  const asked = query.trim();
  const search: PaletteGroup = {
    name: 'Search',
    items: asked === '' ? [] : [{ key: 'search', content: `All rules that match “${asked}”`, run: () => go(pathOf.rules(asked)) }],
  };
  // A command whose words were begun is meant: it stands before what else is found.
  const meant: PaletteGroup = { name: 'Commands', items: asked === '' ? [] : commands.filter(({ isMeant }) => isMeant).slice(0, MEANT) };
  const others: PaletteGroup = { name: meant.items.length > 0 ? 'More commands' : 'Commands', items: commands.filter((item) => !meant.items.includes(item)) };
  const groups: readonly PaletteGroup[] =
    mode === 'technique'
      ? [{ name: 'Techniques', items: techniques }]
      : [
          meant,
          { name: 'Values', items: values },
          { name: 'Techniques', items: asked === '' ? [] : techniques },
          { name: 'Rules', items: rules },
          { name: 'Drafts and examples', items: drafts },
          others,
          search,
        ];
  return (
    <Palette
      label={mode === 'technique' ? 'Choose a technique' : 'Search rules, techniques, values and commands'}
      placeholder={mode === 'technique' ? 'Technique: an ID or a name' : 'Rules, techniques, values, commands'}
      query={query}
      onQuery={setPaletteQuery}
      groups={groups}
      nothing={isOpen ? 'Nothing found.' : 'The catalog is not open: only drafts and commands can be found.'}
      before={before}
      onClose={closePalette}
    />
  );
}
