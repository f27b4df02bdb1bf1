import { useRef } from 'react';
import { newDraft } from '../../state/drafts/documents';
import { exportZip } from '../../state/drafts/export-drafts';
import { exportEverything } from '../../state/drafts/everything';
import { importFiles } from '../../state/drafts/files';
import { getState, useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { VendorLetter } from '../Vendor';

/** A new draft of any format, or one from a file. */
export function NewMenu() {
  const formats = useStore((state) => state.registry?.formats) ?? [];
  const file = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu
        className="btn plain square"
        aria-label="New draft"
        head="New draft"
        items={[
          ...formats.map((format) => ({
            name: (
              <>
                <VendorLetter vendor={format.vendor} named /> {format.label}
              </>
            ),
            run: () => void newDraft({ format: format.id }),
          })),
          { name: 'Import files…', apart: true, run: () => file.current?.click() },
          { name: 'Import a folder…', run: () => folder.current?.click() },
          {
            name: 'Export all drafts as a zip',
            run: () =>
              void exportZip(
                getState().drafts.map(({ id }) => id),
                'rulewright-drafts',
              ),
          },
          { name: 'Export everything', run: () => exportEverything() },
        ]}
      >
        <Icon name="plus" />
      </Menu>
      <input
        ref={file}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          void importFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <input
        ref={folder}
        type="file"
        hidden
        {...{ webkitdirectory: '' }}
        aria-label="Folder to import"
        onChange={(event) => {
          void importFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
