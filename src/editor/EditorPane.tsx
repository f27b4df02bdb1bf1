import Editor, { loader, type OnMount } from '@monaco-editor/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { registerFileKinds } from './file-kinds';
import { HoverCard } from './HoverCard';
import { keepInStep, type Mounted } from './mount';
import * as monaco from './monaco';
import { optionsFor } from './options';
import { THEME } from './theme';
import './editor.css';

// The bundled Monaco, trimmed in ./monaco: nothing is fetched from elsewhere.
loader.config({ monaco: monaco as unknown as Parameters<OnMount>[1] });

interface EditorPaneProps {
  /** Its accessible name. */
  readonly label?: string;
}

/** The text of the open document. Fills its parent, which must have a size and a position; everything else goes through the store and `editor()`. */
export default function EditorPane({ label = 'Rule text' }: EditorPaneProps) {
  const [mounted, setMounted] = useState<Mounted | null>(null);
  const live = useRef<Mounted | null>(null);
  const options = useMemo(() => optionsFor(label), [label]);
  const onMount = useCallback<OnMount>((pane) => {
    live.current = keepInStep(pane as unknown as monaco.editor.IStandaloneCodeEditor);
    setMounted(live.current);
  }, []);
  useEffect(() => () => live.current?.dispose(), []);
  return (
    <>
      <Editor className="editor-fill" theme={THEME} options={options} loading={null} keepCurrentModel beforeMount={registerFileKinds} onMount={onMount} />
      {mounted === null ? null : <HoverCard card={mounted.card} onLeave={mounted.focus} />}
    </>
  );
}
