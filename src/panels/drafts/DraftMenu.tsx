import { duplicateDraft, openDraft, removeDraft } from '../../state/drafts/documents';
import { exportDraft } from '../../state/drafts/files';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';

interface DraftMenuProps {
  readonly id: string;
  readonly name: string;
  readonly isCurrent: boolean;
  readonly onRename: () => void;
}

/** What can be done with one of the reader's drafts. */
export const DraftMenu = ({ id, name, isCurrent, onRename }: DraftMenuProps) => (
  <Menu
    className="btn plain square"
    aria-label={`Actions for ${name}`}
    items={[
      { name: 'Rename', note: <kbd>F2</kbd>, run: onRename },
      { name: 'Duplicate', run: () => void duplicateDraft(id) },
      {
        name: 'Export as a file',
        run: () => {
          if (!isCurrent) void openDraft(id);
          void exportDraft();
        },
      },
      { name: 'Delete', note: <kbd>Del</kbd>, apart: true, run: () => void removeDraft(id) },
    ]}
  >
    <Icon name="more" />
  </Menu>
);
