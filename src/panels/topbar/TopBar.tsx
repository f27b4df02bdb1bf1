import { useLocation } from 'wouter';
import { shareDraft } from '../../state/links/links';
import { pathOf } from '../../state/links/routes';
import { setTheme } from '../../state/settings';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { shortcut } from '../../ui/shortcut';
import { useNarrow, useSingle } from '../../ui/useMedia';
import './topbar.css';

interface TopBarProps {
  readonly onSearch: () => void;
}

const SECTIONS = [
  { name: 'Workbench', place: pathOf.workbench(), holds: (path: string) => path === '/' || path.startsWith('/d/') },
  { name: 'Rules', place: pathOf.rules(), holds: (path: string) => /^\/rules?(\/|$)/.test(path) },
  { name: 'Techniques', place: pathOf.techniques(), holds: (path: string) => /^\/techniques?(\/|$)/.test(path) },
  { name: 'Events', place: pathOf.events(), holds: (path: string) => /^\/events(\/|$)/.test(path) },
  { name: 'What fires here', place: pathOf.fires(), holds: (path: string) => path === pathOf.fires() },
] as const;

const THEMES = {
  system: { next: 'light', icon: 'system', says: 'follows the system' },
  light: { next: 'dark', icon: 'sun', says: 'light' },
  dark: { next: 'system', icon: 'moon', says: 'dark' },
} as const;

/** The name, the sections, search, share, theme. */
export function TopBar({ onSearch }: TopBarProps) {
  const [path] = useLocation();
  const single = useSingle();
  const narrow = useNarrow();
  const theme = THEMES[useStore((state) => state.preferences.theme)];
  return (
    <header className="topbar">
      <a className="brand" href={`#${pathOf.workbench()}`}>
        Rulewright
      </a>
      <nav className="topnav" aria-label="Main">
        {single ? (
          <Menu className="btn plain" items={SECTIONS.map(({ name, place, holds }) => ({ name, checked: holds(path), run: () => (location.hash = place) }))}>
            {SECTIONS.find(({ holds }) => holds(path))?.name ?? 'Rulewright'} <Icon name="down" size="tiny" />
          </Menu>
        ) : (
          <ul>
            {SECTIONS.map(({ name, place, holds }) => (
              <li key={name}>
                <a href={`#${place}`} aria-current={holds(path) ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        )}
      </nav>
      <span className="space" />
      <button
        type="button"
        className="search"
        aria-haspopup="dialog"
        aria-label={`Search rules, techniques, values, commands ${shortcut('K')}`}
        onClick={onSearch}
      >
        <Icon name="search" />
        <span className="space clip">{narrow ? 'Search' : 'Search rules, techniques'}</span>
        <kbd>{shortcut('K')}</kbd>
      </button>
      {SECTIONS[0].holds(path) ? (
        <button type="button" className="btn" onClick={() => void shareDraft()}>
          Share <kbd>{shortcut('S')}</kbd>
        </button>
      ) : null}
      <button
        type="button"
        className="btn plain square"
        aria-label={`Theme: ${theme.says}`}
        title={`Theme: ${theme.says}`}
        onClick={() => setTheme(theme.next)}
      >
        <Icon name={theme.icon} />
      </button>
    </header>
  );
}
