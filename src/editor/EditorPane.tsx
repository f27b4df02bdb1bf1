import { useLayoutEffect, useRef, useState } from 'react';
import { HoverCard } from './HoverCard';
import { type Mounted, mountEditor } from './mount';
import './editor.css';

interface EditorPaneProps {
  /** Its accessible name. */
  readonly label?: string;
}

/** The text of the open document. Fills its parent, which must have a size and a position; everything else goes through the store and `editor()`. */
export default function EditorPane({ label = 'Rule text' }: EditorPaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const [mounted, setMounted] = useState<Mounted | null>(null);
  useLayoutEffect(() => {
    if (box.current === null) return;
    const next = mountEditor(box.current, label);
    setMounted(next);
    return () => {
      setMounted(null);
      next.dispose();
    };
  }, [label]);
  return (
    <>
      <div ref={box} className="editor-fill" />
      {mounted === null ? null : <HoverCard card={mounted.card} onLeave={mounted.focus} />}
    </>
  );
}
