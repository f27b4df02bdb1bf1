import { duplicateDraft, openDraft, removeDraft } from '../../state/drafts/documents';
import { showHistory } from '../../state/history';
import { exportDraft } from '../../state/drafts/export-drafts';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';

interface DraftMenuProps {
  readonly id: string;
  readonly name: string;
  readonly isCurrent: boolean;
  readonly onRename: () => void;
  readonly onMove: () => void;
}

/** What can be done with one of the reader's drafts. */
export const DraftMenu = ({ id, name, isCurrent, onRename, onMove }: DraftMenuProps) => (
  <Menu
    className="btn plain square"
    aria-label={`Actions for ${name}`}
    items={[
      { name: 'Rename', note: <kbd>F2</kbd>, run: onRename },
      { name: 'Put into a folder…', run: onMove },
      { name: 'Duplicate', run: () => void duplicateDraft(id) },
      { name: 'History…', run: () => showHistory(id) },
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
