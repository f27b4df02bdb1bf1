import type { BuildApi, BuildProgress, BuildReport, GivenFolder, GivenRules } from '../../model';
import type { OwnBuild } from '../catalog-state';
import { notify } from '../notices';
import { getState, setState } from '../store';
import { chooseCatalogs, showCatalogs, takeBuilt } from './own-catalog';
import { isWorkerLost, workerClient } from './worker-client';

/** Milliseconds: looking through a folder or an archive, one moment's reading (no file takes longer), writing. */
const LOOKING = 120_000;
const MOMENT = 30_000;
const WRITING = 300_000;

const client = workerClient<BuildApi>(
  () => new Worker(new URL('../../../workers/build.ts', import.meta.url), { type: 'module', name: 'build' }),
  () => {},
);

type BuildStep = Extract<OwnBuild, { readonly kind: 'building' }>['step'];

/** The build that is going on; another, or cancelling, makes it an old one that does no more. */
let current: object | null = null;

/** Builds a catalog of these rules beside whatever goes on, and opens it with the bundled one. Until it is there, and if it cannot be, what is open stays. */
export async function buildOwn(given: GivenRules): Promise<void> {
  const mine = {};
  current = mine;
  const isOld = (): boolean => current !== mine;
  const from = nameOf(given);
  const tell = (step: BuildStep, progress: BuildProgress | null): void => {
    if (!isOld()) setState({ ownBuild: { kind: 'building', from, step, progress } });
  };
  const fail = (message: string): void => {
    if (isOld()) return;
    current = null;
    setState({ ownBuild: { kind: 'failed', from, message } });
  };
  tell('looking', null);
  let last = '';
  try {
    const begun = await client.ask(async (api): Promise<Awaited<ReturnType<BuildApi['begin']>>> => api.begin(given, getState().macros), LOOKING);
    if ('failure' in begun) return fail(begun.failure);
    let { progress } = begun;
    while (progress.read < progress.files) {
      tell('reading', progress);
      if (isOld()) return;
      progress = await client.ask((api) => api.readOn(), MOMENT);
      ({ last } = progress);
    }
    if (progress.rules === 0) return fail(`There is no rule in it${progress.passedOver + progress.unread === 0 ? '' : `: ${sentenceOf(progress)}`}.`);
    tell('writing', progress);
    if (isOld()) return;
    const { files, report } = await client.ask((api) => api.finish(), WRITING);
    if (isOld()) return;
    const taken = await takeBuilt(files, report, given.kind === 'folder' ? given.folder : null);
    if ('failure' in taken) return fail(taken.failure.message);
    tell('opening', progress);
    await chooseCatalogs('both');
    if (isOld()) return;
    current = null;
    setState({ ownBuild: null });
    const { catalog, areCatalogsShown } = getState();
    // The list of catalogs tells it by itself, and one that cannot be opened was told of.
    if (!areCatalogsShown && catalog.kind === 'open' && catalog.use === 'both')
      notify('info', `Your rules of “${from}” are open beside the public ones: ${doneOf(report)}.`, {
        action: { label: 'Catalogs', run: () => showCatalogs(true) },
      });
  } catch (error) {
    if (isWorkerLost(error))
      fail(last === '' ? 'Reading it stopped answering.' : `Reading it stopped answering after ${last}: a file behind it may be the reason.`);
    else fail('Its files could not be handed over to be read. Choose it again.');
  }
}

/** Stops the build; what was open stays. Also takes away what is told of one that failed. */
export function cancelBuild(): void {
  if (current !== null) void client.ask((api) => api.forget()).catch(() => undefined);
  current = null;
  setState({ ownBuild: null });
}

/** Builds again from the folder the last catalog was built of. The browser may ask whether it may still be read. */
export async function buildAgain(folder: GivenFolder): Promise<void> {
  const handle: GivenFolder & { requestPermission?(about: { readonly mode: 'read' }): Promise<string> } = folder;
  const answer = await (handle.requestPermission?.({ mode: 'read' }) ?? Promise.resolve('granted')).catch(() => 'denied');
  if (answer === 'granted') await buildOwn({ kind: 'folder', folder });
  else setState({ ownBuild: { kind: 'failed', from: folder.name, message: 'This browser may not read it any more. Choose it again.' } });
}

/** Whether this browser lets a folder be chosen so that it can be read again later. */
export const canChooseFolder = (): boolean => 'showDirectoryPicker' in window;

/** Asks for a folder and builds from it; nothing where none is chosen. */
export async function chooseFolder(): Promise<void> {
  const browser: { showDirectoryPicker?(about: { readonly id: string; readonly mode: 'read' }): Promise<GivenFolder> } = window as never;
  const folder = await browser.showDirectoryPicker?.({ id: 'rules', mode: 'read' }).catch(() => null);
  if (folder !== undefined && folder !== null) await buildOwn({ kind: 'folder', folder });
}

const nameOf = (given: GivenRules): string => (given.kind === 'files' ? given.name : given.kind === 'folder' ? given.folder.name : given.file.name);

const doneOf = ({ rules, unread, passedOver }: BuildReport): string =>
  sentenceOf({ rules, unread: unread.length, passedOver: passedOver.reduce((sum, { paths }) => sum + paths.length, 0) });

/** "1,011 rules, 190 files passed over, 3 not read". */
const sentenceOf = ({ rules, passedOver, unread }: { readonly rules: number; readonly passedOver: number; readonly unread: number }): string =>
  [
    ...(rules === 0 ? [] : [`${rules.toLocaleString('en')} ${rules === 1 ? 'rule' : 'rules'}`]),
    ...(passedOver === 0 ? [] : [`${passedOver.toLocaleString('en')} ${passedOver === 1 ? 'file' : 'files'} passed over`]),
    ...(unread === 0 ? [] : [`${unread.toLocaleString('en')} not read`]),
  ].join(', ');
