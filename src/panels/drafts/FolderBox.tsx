import { useId, useState } from 'react';
import { moveDrafts } from '../../state/drafts/documents';
import { getState } from '../../state/store';

interface FolderBoxProps {
  readonly id: string;
  readonly onDone: () => void;
}

const takeFocus = (input: HTMLInputElement | null): void => input?.focus();

/** The folder of a draft while it is written, with those there are; Enter and leaving keep it, Escape does not, an empty one takes the draft out. */
export function FolderBox({ id, onDone }: FolderBoxProps) {
  const known = [...new Set(getState().drafts.flatMap(({ folder }) => (folder ? [folder] : [])))].sort();
  const [name, setName] = useState(getState().drafts.find((draft) => draft.id === id)?.folder ?? '');
  const list = useId();
  const keep = (): void => {
    moveDrafts([id], name.trim());
    onDone();
  };
  return (
    <>
      <input
        className="input rename"
        aria-label="Folder of the draft"
        placeholder="Folder"
        list={list}
        value={name}
        ref={takeFocus}
        onChange={(event) => setName(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') keep();
          if (event.key === 'Escape') onDone();
        }}
      />
      <datalist id={list}>
        {known.map((folder) => (
          <option key={folder} value={folder}>
            {folder}
          </option>
        ))}
      </datalist>
    </>
  );
}
