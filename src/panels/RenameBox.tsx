import { useState } from 'react';

interface RenameBoxProps {
  /** What is named: "Name of the draft". */
  readonly label: string;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onDone: () => void;
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

/** A name while it is written; Enter and leaving keep it, Escape does not. */
export function RenameBox({ label, name, onName, onDone }: RenameBoxProps) {
  const [text, setText] = useState(name);
  const keep = (): void => {
    if (text.trim() !== name) onName(text.trim());
    onDone();
  };
  return (
    <input
      className="input rename"
      aria-label={label}
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
