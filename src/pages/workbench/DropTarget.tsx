import { type DragEvent, type ReactNode, useState } from 'react';
import { importDrop } from '../../state/drafts/files';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Files, folders and zips dropped anywhere become drafts; while they are over the page it says what will become of them. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const [over, setOver] = useState(0);
  return (
    <div
      className={over > 0 ? 'screen is-target' : 'screen'}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(Math.max(1, event.dataTransfer.items.length));
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(0);
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(0);
        void importDrop(event.dataTransfer);
      }}
    >
      {children}
      {over === 0 ? null : (
        <output className="droppable">
          <p>
            <strong>Let go to make drafts of {over === 1 ? 'it' : `these ${over}`}</strong>
            Rules, a folder or a zip of them. What is no rule is told and left out; nothing leaves this browser.
          </p>
        </output>
      )}
    </div>
  );
}
