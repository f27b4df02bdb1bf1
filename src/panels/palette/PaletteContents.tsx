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
  const doing: PaletteGroup = { name: 'Commands', items: commands };
  // A command that is typed from its beginning is meant.
  const isCommand = asked !== '' && commands.some(({ key }) => key.toLowerCase().startsWith(asked.toLowerCase()));
  const groups: readonly PaletteGroup[] =
    mode === 'technique'
      ? [{ name: 'Techniques', items: techniques }]
      : [
          ...(isCommand ? [doing] : []),
          { name: 'Values', items: values },
          { name: 'Techniques', items: asked === '' ? [] : techniques },
          { name: 'Rules', items: rules },
          { name: 'Drafts and examples', items: drafts },
          ...(isCommand ? [] : [doing]),
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
