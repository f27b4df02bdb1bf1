import Editor, { loader, type OnMount } from '@monaco-editor/react';
import { useEffect, useMemo, useState } from 'react';
import { type Span, TOKEN_TYPES } from '../model';
import * as monaco from './monaco';
import { optionsFor } from './options';
import { regionOf } from './positions';
import { followTheme, THEME } from './theme';
import './editor.css';

loader.config({ monaco: monaco as unknown as Parameters<OnMount>[1] });

/** Monaco's id of texts that are only read; their colours come with them. */
const READ = 'rule-read';
const coloursOf = new WeakMap<monaco.editor.ITextModel, Uint32Array>();
let isRegistered = false;

function register(): void {
  if (isRegistered) return;
  isRegistered = true;
  monaco.languages.register({ id: READ });
  monaco.languages.registerDocumentSemanticTokensProvider(READ, {
    getLegend: () => ({ tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] }),
    provideDocumentSemanticTokens: (model) => ({ data: coloursOf.get(model) ?? new Uint32Array() }),
    releaseDocumentSemanticTokens: () => {},
  });
}

interface ReadingPaneProps {
  /** Its accessible name. */
  readonly label: string;
  readonly text: string;
  /** As the analysis gives them for this text. */
  readonly tokens: Uint32Array;
  /** Stretches that a row points at. */
  readonly lit: readonly Span[];
}

/** A text in the editor, to be read: searched, folded and copied, not changed. Fills its parent, which must have a size and a position. */
export default function ReadingPane({ label, text, tokens, lit }: ReadingPaneProps) {
  const [pane, setPane] = useState<monaco.editor.IStandaloneCodeEditor | null>(null);
  const options = useMemo(
    () => ({ ...optionsFor(label), readOnly: true, domReadOnly: true, renderLineHighlight: 'none' as const, tabFocusMode: true }),
    [label],
  );
  useEffect(() => {
    if (pane === null) return undefined;
    const unpaint = followTheme();
    const model = monaco.editor.createModel(text, READ);
    coloursOf.set(model, tokens);
    pane.getModel()?.dispose();
    pane.setModel(model);
    return () => {
      unpaint();
      model.dispose();
    };
  }, [pane, text, tokens]);
  useEffect(() => {
    const model = pane?.getModel();
    if (pane === null || model == null) return undefined;
    const marks = pane.createDecorationsCollection(lit.map((span) => ({ range: regionOf(model, span), options: { inlineClassName: 'lit' } })));
    if (lit[0] !== undefined) pane.revealRangeInCenterIfOutsideViewport(regionOf(model, lit[0]));
    return () => marks.clear();
  }, [pane, lit, text]);
  return (
    <Editor
      className="editor-fill"
      theme={THEME}
      options={options}
      loading={null}
      beforeMount={register}
      onMount={(mounted) => setPane(mounted as unknown as monaco.editor.IStandaloneCodeEditor)}
    />
  );
}
