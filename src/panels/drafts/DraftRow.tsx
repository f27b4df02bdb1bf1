import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Vendor } from '../../model';
import { removeDraft, renameDraft } from '../../state/drafts/documents';
import { RenameBox } from '../RenameBox';
import { VendorLetter } from '../Vendor';
import { DraftMenu } from './DraftMenu';
import { FolderBox } from './FolderBox';
import { walkRows } from './walkRows';

interface DraftRowProps {
  readonly id: string;
  readonly vendor: Vendor | null;
  readonly name: string;
  readonly note: string;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
  /** One of the reader's own: it can be renamed and removed. */
  readonly isOwn?: boolean;
  readonly action?: ReactNode;
}

/** The first letters of a name's first three words: what a strip of letters has room for. */
const initialsOf = (name: string): string =>
  (name.match(/[\p{L}\p{N}]+/gu) ?? [])
    .slice(0, 3)
    .map(([first]) => first!.toUpperCase())
    .join('');

/** One text of the rail. Enter opens it; F2 renames and Delete removes one's own. */
export function DraftRow({ id, vendor, name, note, isCurrent, onOpen, isOwn = false, action }: DraftRowProps) {
  const [renaming, setRenaming] = useState(false);
  const [moving, setMoving] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    walkRows(event);
    if (!isOwn || (event.key !== 'F2' && event.key !== 'Delete')) return;
    event.preventDefault();
    if (event.key === 'F2') setRenaming(true);
    else void removeDraft(id);
  };
  if (renaming)
    return (
      <li>
        <RenameBox label="Name of the draft" name={name} onName={(given) => renameDraft(id, given)} onDone={() => setRenaming(false)} />
      </li>
    );
  if (moving)
    return (
      <li>
        <FolderBox id={id} onDone={() => setMoving(false)} />
      </li>
    );
  return (
    <li className={isCurrent ? 'is-current' : undefined}>
      <button
        type="button"
        className="open inset-focus"
        aria-current={isCurrent || undefined}
        title={`${name}\n${note}`}
        onClick={onOpen}
        onKeyDown={onKeyDown}
        onDoubleClick={() => setRenaming(isOwn)}
      >
        <VendorLetter vendor={vendor ?? ''} named />
        <span className="initials" aria-hidden>
          {initialsOf(name)}
        </span>
        <span className="name clamp">{name}</span>
        <small>{note}</small>
      </button>
      {isOwn ? <DraftMenu id={id} name={name} isCurrent={isCurrent} onRename={() => setRenaming(true)} onMove={() => setMoving(true)} /> : action}
    </li>
  );
}
