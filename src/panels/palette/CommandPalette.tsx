import { lazyPart } from '../../ui/part/lazyPart';
import { closePalette, type PaletteMode, usePalette } from './opening';

interface ContentsProps {
  readonly mode: PaletteMode;
  readonly query: string;
  readonly before: HTMLElement | null;
}

const Contents = lazyPart<ContentsProps>(() => import('./PaletteContents'), {
  name: 'The palette',
  place: 'over',
  waiting: ({ query }) => (
    <section className="pop dialog palette" aria-label="Search, loading" aria-busy="true">
      <input aria-label="Search" readOnly tabIndex={-1} value={query} placeholder="Rules, techniques, values, commands" />
    </section>
  ),
  leave: () => ({ name: 'Close', run: closePalette }),
});

/** The palette, fetched when it is first opened. */
export function CommandPalette() {
  const opened = usePalette();
  return opened === null ? null : <Contents key={opened.mode} {...opened} />;
}
