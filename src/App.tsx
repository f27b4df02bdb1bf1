import { type ComponentType, type ReactNode, useEffect } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import Workbench from './pages/workbench/Workbench';
import { CatalogsDialog } from './panels/catalogs/CatalogsDialog';
import { PageStopped } from './panels/failed/PageStopped';
import { MacroDialogs } from './panels/macros/MacroDialogs';
import { ShareDialog } from './panels/share/ShareDialog';
import { Notices } from './panels/notices/Notices';
import { useNewerVersion } from './panels/notices/useNewerVersion';
import { CommandPalette } from './panels/palette/CommandPalette';
import { openPalette } from './panels/palette/opening';
import { TopBar } from './panels/topbar/TopBar';
import { useShortcuts } from './panels/topbar/useShortcuts';
import { isEmbedded } from './state/links/link-address';
import { copyText } from './state/clipboard';
import { pathOf, textOf } from './state/links/routes';
import { hasStopped, isDrawn } from './state/start';
import { Boundary } from './ui/part/Boundary';
import { PartActions } from './ui/part/Failed';
import { lazyPart } from './ui/part/lazyPart';
import { Part } from './ui/part/Part';

const toWorkbench = { name: 'Back to the workbench', run: () => (location.hash = pathOf.workbench()) };

/** The workbench is at once there, the other pages come when they are asked for. */
const lazyPage = <Props extends object>(name: string, load: () => Promise<{ readonly default: ComponentType<Props> }>) =>
  lazyPart(load, { name, place: 'page', waiting: () => <main className="page" />, leave: () => toWorkbench });

const RulesPage = lazyPage('The list of rules', () => import('./pages/rules/RulesPage'));
const RulePage = lazyPage("The rule's page", () => import('./pages/rule/RulePage'));
const TechniquesPage = lazyPage('The techniques', () => import('./pages/techniques/TechniquesPage'));
const TechniquePage = lazyPage("The technique's page", () => import('./pages/technique/TechniquePage'));
const EventsPage = lazyPage('The events', () => import('./pages/events/EventsPage'));
const UnknownPage = lazyPage('The page', () => import('./pages/UnknownPage'));
const EventPage = lazyPage("The event's page", () => import('./pages/events/EventPage'));
const FiresPage = lazyPage('What fires here', () => import('./pages/fires/FiresPage'));

const EmbeddedRule = lazyPage('The rule', () => import('./pages/embed/EmbeddedRule'));

const ACTIONS = [{ name: 'Copy text', run: () => void copyText() }];

/** The shell: what stands on every page, and the page of the address; whatever fails, the text stays at hand. */
export function App() {
  useEffect(() => {
    const frame = requestAnimationFrame(isDrawn);
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <PartActions value={ACTIONS}>
      <Boundary onFailure={hasStopped} failed={(error, again) => <PageStopped name="Rulewright" error={error} onAgain={again} />}>
        <Router hook={useHashLocation}>{isEmbedded(location.hash) ? <EmbeddedRule /> : <Shell />}</Router>
      </Boundary>
    </PartActions>
  );
}

function Shell() {
  const [path] = useLocation();
  useShortcuts();
  useNewerVersion();
  return (
    <>
      <SkipLink />
      <Part name="The bar">
        <TopBar onSearch={() => openPalette()} />
      </Part>
      <PageBoundary>
        <Switch>
          <Route path="/rules">
            <RulesPage query="" />
          </Route>
          <Route path="/rules/q/:query">{({ query }) => <RulesPage query={textOf(query)} />}</Route>
          <Route path="/rule/:source/:key/with/:otherSource/:otherKey">
            {({ source, key, otherSource, otherKey }) => (
              <RulePage name={{ source, key: textOf(key) }} other={{ source: otherSource, key: textOf(otherKey) }} />
            )}
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
          <Route path="/fires">
            <FiresPage />
          </Route>
          <Route path="/">
            <Workbench />
          </Route>
          <Route path="/d/*?">
            <Workbench />
          </Route>
          <Route>
            <UnknownPage path={path} />
          </Route>
        </Switch>
      </PageBoundary>
      <CommandPalette />
      <MacroDialogs />
      <CatalogsDialog />
      <ShareDialog />
      <Notices />
    </>
  );
}

/** The other pages guard themselves, being fetched; this is the workbench's. Another address draws anew. */
function PageBoundary({ children }: { readonly children: ReactNode }) {
  const [path] = useLocation();
  return (
    <Boundary about={path} onFailure={hasStopped} failed={(error, again) => <PageStopped name="The workbench" error={error} onAgain={again} />}>
      {children}
    </Boundary>
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
