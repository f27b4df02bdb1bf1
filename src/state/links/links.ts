import { registryOf } from '../threads/analysis';
import { copied } from '../clipboard';
import { openSharedText } from '../drafts/documents';
import { notify } from '../notices';
import { embeddedOf, isLink, linkOf, LONG_LINK, openLink } from './permalink';
import { pathOf } from './routes';
import { getState, useStore } from '../store';

/** Copies a link that holds the whole open document, and says how long it is. `isEmbedded`: one that shows it in another page's frame, to be read. */
export async function shareDraft(isEmbedded = false): Promise<void> {
  const { doc } = getState();
  const format = doc.format ?? (await registryOf().catch(() => null))?.formats[0]?.id;
  const hash = format === undefined ? null : linkOf(format, doc.text);
  if (hash === null) {
    notify('error', 'This draft is too large for a link. Export it as a file instead.');
    return;
  }
  const link = location.href.split('#')[0] + (isEmbedded ? embeddedOf(hash) : hash);
  const length = link.length.toLocaleString('en');
  if (!(await copied(link))) notify('error', 'The browser did not let the link be copied. Export the draft as a file instead.');
  else if (link.length > LONG_LINK)
    notify('info', `Link copied, ${length} characters. The whole draft is inside it; some chat and mail programs cut links this long.`);
  else notify('info', `Link copied, ${length} characters. The whole draft is inside it.`);
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
  const registry = await registryOf().catch(() => null);
  // Without the analysis there is no telling which formats exist: the text is shown all the same.
  const opened = openLink(hash, (id) => registry === null || registry.formats.some((format) => format.id === id));
  if (opened.kind === 'text') openSharedText(opened.format, opened.text);
  else {
    leaveLink();
    notify('error', opened.message, { sticky: true });
  }
  return opened.kind === 'text';
}

/** Takes a link out of the address: what it holds is open, cannot be opened, or is not to be. */
export const leaveLink = (): void => history.replaceState(history.state, '', `#${pathOf.workbench()}`);
