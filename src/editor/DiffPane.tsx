import { useEffect, useRef } from 'react';
import { editor } from './monaco';
import 'monaco-editor/features/diffEditor/register';
import { optionsFor } from './options';
import { followTheme } from './theme';
import './editor.css';

interface DiffPaneProps {
  /** Its accessible name. */
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly isSideBySide: boolean;
}

/** Two texts with what differs marked, to be read. Fills its parent, which must have a size and a position. */
export default function DiffPane({ label, before, after, isSideBySide }: DiffPaneProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const unpaint = followTheme();
    const pane = editor.createDiffEditor(place.current, {
      ...optionsFor(label),
      readOnly: true,
      domReadOnly: true,
      originalEditable: false,
      renderSideBySide: isSideBySide,
      useInlineViewWhenSpaceIsLimited: false,
      renderOverviewRuler: false,
      diffWordWrap: 'on',
      tabFocusMode: true,
      originalAriaLabel: `${label}: before`,
      modifiedAriaLabel: `${label}: now`,
    });
    const models = { original: editor.createModel(before), modified: editor.createModel(after) };
    pane.setModel(models);
    pane.revealFirstDiff();
    return () => {
      // The editor goes before what it shows.
      pane.dispose();
      models.original.dispose();
      models.modified.dispose();
      unpaint();
    };
  }, [label, before, after, isSideBySide]);
  return <div ref={place} className="editor-fill" />;
}
