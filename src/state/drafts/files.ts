import { notify } from '../notices';
import { filesOfDrop, filesOfField, type Given } from './given-files';

/** Makes drafts of what a file field gives: files, a folder, zips. */
export const importFiles = (files: readonly File[]): Promise<void> => take(filesOfField(files));

/** Makes drafts of what was dropped. Must be called before the drop's event ends. */
export const importDrop = (transfer: DataTransfer): Promise<void> => take(filesOfDrop(transfer));

/** What makes drafts of files comes when it is first needed; where it does not come, that is said. */
async function take(given: Promise<readonly Given[]>): Promise<void> {
  const importGiven = await import('./import-given').then(
    ({ importGiven: loaded }) => loaded,
    () => null,
  );
  if (importGiven === null) notify('error', 'The files were not opened: the part that reads them could not be loaded. Reload the page and give them again.');
  else await importGiven(await given);
}
