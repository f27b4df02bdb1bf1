import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import Workbench from './pages/workbench/Workbench';
import { CommandPalette } from './panels/palette/CommandPalette';
import { openPalette } from './panels/palette/opening';
import { Notices } from './panels/notices/Notices';
import { TopBar } from './panels/topbar/TopBar';
import { useShortcuts } from './panels/topbar/useShortcuts';

export function App() {
  useShortcuts();
  return (
    <Router hook={useHashLocation}>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        Skip to content
      </a>
      <TopBar onSearch={() => openPalette()} />
      <Switch>
        <Route>
          <Workbench />
        </Route>
      </Switch>
      <CommandPalette />
      <Notices />
    </Router>
  );
}
