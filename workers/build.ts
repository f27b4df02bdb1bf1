import { expose } from 'comlink';
import { isPassedOver } from '../src/catalog/build/file-text';
import { startBuilding, tooMany, type Building, type OwnFile } from '../src/catalog/build/own-catalog';
import { zipFiles } from '../src/catalog/build/zip-files';
import { LANGUAGES } from '../src/languages/registry';
import type { BuildApi, GivenFile, GivenFolder, GivenRules } from '../src/model';
import { endWhenUnhandled } from './unhandled';

/** Milliseconds of reading after which whoever waits hears how far it is. */
const MOMENT = 150;

let building: Building | null = null;

/** What was begun; who asks before is told that nothing was. */
function begun(): Building {
  if (building === null) throw new Error('No rules were given yet.');
  return building;
}

const api: BuildApi = {
  async begin(given, macros) {
    building = null;
    const files = await filesOf(given);
    if (typeof files === 'string') return { failure: files };
    const why = tooMany(files);
    if (why !== null) return { failure: why };
    building = startBuilding(nameOf(given), files, macros, LANGUAGES);
    return { progress: building.progress() };
  },
  async readOn() {
    await begun().readOn(MOMENT);
    return begun().progress();
  },
  finish() {
    const { files, report } = begun().finish();
    building = null;
    // Files cross to another thread without being copied.
    return { files: [...files].map(([name, bytes]) => new File([new Uint8Array(bytes)], name)), report };
  },
  forget() {
    building = null;
  },
};

endWhenUnhandled();
expose(api);

const nameOf = (given: GivenRules): string => (given.kind === 'files' ? given.name : given.kind === 'folder' ? given.folder.name : given.file.name);

/** The files that were given, or why they cannot be read. */
async function filesOf(given: GivenRules): Promise<readonly OwnFile[] | string> {
  switch (given.kind) {
    case 'files':
      return given.files.filter(({ path }) => !path.split('/').some(isPassedOver)).map(({ path, file }) => ownFile(path, file));
    case 'zip':
      return given.file.size > LARGEST_ZIP
        ? 'It is larger than 512 MB. Unpack it and choose a folder inside it.'
        : zipFiles(new Uint8Array(await given.file.arrayBuffer()));
    case 'folder': {
      const files: OwnFile[] = [];
      try {
        await gather(given.folder, '', files);
      } catch (error) {
        return `It can no longer be read (${error instanceof Error ? error.message : String(error)}). Choose it again.`;
      }
      return files;
    }
    default:
      return given satisfies never;
  }
}

/** Bytes of an archive that a browser should be asked to hold. */
const LARGEST_ZIP = 512 * 1024 * 1024;

async function gather(folder: GivenFolder, path: string, files: OwnFile[]): Promise<void> {
  for await (const entry of folder.values()) {
    if (entry.kind === 'file') files.push(ownFile(path + entry.name, await entry.getFile()));
    else if (!isPassedOver(entry.name)) await gather(entry, `${path}${entry.name}/`, files);
  }
}

const ownFile = (path: string, file: GivenFile): OwnFile => ({ path, size: file.size, bytes: async () => new Uint8Array(await file.arrayBuffer()) });
