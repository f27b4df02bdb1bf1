import { moveDrafts, removeDrafts } from '../../state/drafts/documents';
import { exportZip } from '../../state/drafts/export-drafts';
import { getState } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';

const idsIn = (folder: string): readonly string[] => getState().drafts.flatMap(({ id, folder: own }) => (own === folder ? [id] : []));

/** What can be done with all drafts of a folder. */
export const FolderMenu = ({ name }: { readonly name: string }) => (
  <Menu
    className="btn plain square"
    aria-label={`Actions for the folder ${name}`}
    items={[
      { name: 'Export as a zip', run: () => void exportZip(idsIn(name), name) },
      { name: 'Take all out of the folder', run: () => moveDrafts(idsIn(name), '') },
      { name: 'Delete all in it', apart: true, run: () => removeDrafts(idsIn(name), name) },
    ]}
  >
    <Icon name="more" />
  </Menu>
);
