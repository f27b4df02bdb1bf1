import { registryOf } from '../threads/analysis';
import { copied } from '../clipboard';
import type { KeptTest } from '../../model';
import { openSharedText } from '../drafts/documents';
import { testsOf } from '../drafts/kept-tests';
import { notify } from '../notices';
import { embeddedOf, isLink } from './link-address';
import { pathOf } from './routes';
import { getState, setState, useStore } from '../store';

/** What packs and unpacks links is fetched when there is one; null: it did not come. */
const permalinks = (): Promise<typeof import('./permalink') | null> => import('./permalink').catch(() => null);

/**
 * Copies a link that holds the whole open document, and says how long it is; where it has tests, what goes into it is asked first.
 * `isEmbedded`: one that shows it in another page's frame, to be read, without its tests.
 */
export async function shareDraft(isEmbedded = false): Promise<void> {
  if (!isEmbedded && getState().doc.tests.length > 0) setState({ isSharing: true });
  else await copyLink(false, isEmbedded);
}

export const stopSharing = (): void => setState({ isSharing: false });

/** Copies the link, with the tests' events in it only where that was chosen. */
export async function copyLink(isWithTests: boolean, isEmbedded = false): Promise<void> {
  const { doc } = getState();
  const [permalink, registry] = await Promise.all([permalinks(), doc.format === null ? registryOf().catch(() => null) : null]);
  if (permalink === null) {
    notify('error', 'The link could not be made: the part of the page that makes it did not come. Try again, or reload the page.');
    return;
  }
  const { linkOf, LONG_LINK } = permalink;
  const format = doc.format ?? registry?.formats[0]?.id;
  const hash = format === undefined ? null : linkOf(format, doc.text, isWithTests ? JSON.stringify(doc.tests) : '');
  if (hash === null) {
    notify('error', `This draft is too large for a link${isWithTests ? ' with its tests' : ''}. Export it as a file instead.`);
    return;
  }
  const link = location.href.split('#')[0] + (isEmbedded ? embeddedOf(hash) : hash);
  const length = link.length.toLocaleString('en');
  const inside = isWithTests ? 'The whole draft and its tests are inside it' : 'The whole draft is inside it';
  if (!(await copied(link))) notify('error', 'The browser did not let the link be copied. Export the draft as a file instead.');
  else if (link.length > LONG_LINK) notify('info', `Link copied, ${length} characters. ${inside}; some chat and mail programs cut links this long.`);
  else notify('info', `Link copied, ${length} characters. ${inside}.`);
}

/** Opens the link in the address bar, if there is one, and later ones; takes it out of the address once something else is open. Resolves with whether there was one that opened. */
export async function startLinks(): Promise<boolean> {
  addEventListener('hashchange', () => void follow());
  useStore.subscribe(({ doc }, { doc: before }) => {
    if (doc !== before && doc.kind !== 'shared' && before.kind === 'shared' && isLink(location.hash)) leaveLink();
  });
  return follow();
}

async function follow(): Promise<boolean> {
  const { hash } = location;
  if (!isLink(hash)) return false;
  const [permalink, registry] = await Promise.all([permalinks(), registryOf().catch(() => null)]);
  if (permalink === null) {
    notify(
      'error',
      'The link could not be opened: the part of the page that reads it did not come. Reload the page to try again; the link is in the address.',
      {
        sticky: true,
      },
    );
    return false;
  }
  // Without the analysis there is no telling which formats exist: the text is shown all the same.
  const opened = permalink.openLink(hash, (id) => registry === null || registry.formats.some((format) => format.id === id));
  if (opened.kind === 'text') openSharedText(opened.format, opened.text, testsIn(opened.tests));
  else {
    leaveLink();
    notify('error', opened.message, { sticky: true });
  }
  return opened.kind === 'text';
}

/** The tests a link holds; what is none of ours is left out. */
function testsIn(json: string): readonly KeptTest[] {
  try {
    return json === '' ? [] : testsOf(JSON.parse(json));
  } catch {
    return [];
  }
}

/** Takes a link out of the address: what it holds is open, cannot be opened, or is not to be. */
export const leaveLink = (): void => history.replaceState(history.state, '', `#${pathOf.workbench()}`);
