import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import Workbench from './pages/workbench/Workbench';
import { CatalogsDialog } from './panels/catalogs/CatalogsDialog';
import { MacroDialogs } from './panels/macros/MacroDialogs';
import { Notices } from './panels/notices/Notices';
import { CommandPalette } from './panels/palette/CommandPalette';
import { openPalette } from './panels/palette/opening';
import { TopBar } from './panels/topbar/TopBar';
import { useShortcuts } from './panels/topbar/useShortcuts';
import { textOf } from './state/links/routes';
import { lazyPage } from './ui/lazy';

const RulesPage = lazyPage(() => import('./pages/rules/RulesPage'));
const RulePage = lazyPage(() => import('./pages/rule/RulePage'));
const TechniquesPage = lazyPage(() => import('./pages/techniques/TechniquesPage'));
const TechniquePage = lazyPage(() => import('./pages/technique/TechniquePage'));
const EventsPage = lazyPage(() => import('./pages/events/EventsPage'));
const EventPage = lazyPage(() => import('./pages/events/EventPage'));

/** The shell: what stands on every page, and the page of the address. The workbench is at once there, the other pages come when they are asked for. */
export function App() {
  useShortcuts();
  return (
    <Router hook={useHashLocation}>
      <SkipLink />
      <TopBar onSearch={() => openPalette()} />
      <Switch>
        <Route path="/rules">
          <RulesPage query="" />
        </Route>
        <Route path="/rules/q/:query">{({ query }) => <RulesPage query={textOf(query)} />}</Route>
        <Route path="/rule/:source/:key/with/:otherSource/:otherKey">
          {({ source, key, otherSource, otherKey }) => <RulePage name={{ source, key: textOf(key) }} other={{ source: otherSource, key: textOf(otherKey) }} />}
        </Route>
        <Route path="/rule/:source/:key">{({ source, key }) => <RulePage name={{ source, key: textOf(key) }} />}</Route>
        <Route path="/techniques">
          <TechniquesPage />
        </Route>
        <Route path="/technique/:id">{({ id }) => <TechniquePage key={id} id={textOf(id)} />}</Route>
        <Route path="/events">
          <EventsPage query="" />
        </Route>
        <Route path="/events/q/:query">{({ query }) => <EventsPage query={textOf(query)} />}</Route>
        <Route path="/events/:provider/:id?">{({ provider, id }) => <EventPage provider={textOf(provider)} id={textOf(id ?? '')} />}</Route>
        <Route>
          <Workbench />
        </Route>
      </Switch>
      <CommandPalette />
      <MacroDialogs />
      <CatalogsDialog />
      <Notices />
    </Router>
  );
}

/** Leads past the top bar; the address is a route, so the focus is moved by hand. */
const SkipLink = () => (
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
);
