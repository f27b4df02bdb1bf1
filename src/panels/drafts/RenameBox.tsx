import { useState } from 'react';
import { renameDraft } from '../../state/drafts/documents';

interface RenameBoxProps {
  readonly id: string;
  readonly name: string;
  readonly onDone: () => void;
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

/** A draft's name while it is written; Enter and leaving keep it, Escape does not, an empty one gives the title back. */
export function RenameBox({ id, name, onDone }: RenameBoxProps) {
  const [text, setText] = useState(name);
  const keep = (): void => {
    if (text.trim() !== name) void renameDraft(id, text.trim());
    onDone();
  };
  return (
    <input
      className="input rename"
      aria-label="Name of the draft"
      value={text}
      ref={takeFocus}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}
