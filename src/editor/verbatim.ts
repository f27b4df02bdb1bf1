import { editor } from './monaco';

/**
 * Several lines that come in at once without the clipboard, by dictation, a test or an input method, are written as they are:
 * Monaco would type them letter by letter and indent each line anew. Returns how to stop.
 */
export function typeVerbatim(pane: editor.IStandaloneCodeEditor): () => void {
  const command = editor.registerCommand('type', (_accessor, { text }: { readonly text: string }) => {
    const isBlock = text.includes('\n') && text.trim() !== '';
    pane.trigger('keyboard', isBlock ? 'paste' : 'type', { text, pasteOnNewLine: false });
  });
  return () => command.dispose();
}
