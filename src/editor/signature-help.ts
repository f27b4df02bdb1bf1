import { askAnalysis } from '../state/threads/analysis';
import { getState } from '../state/store';
import { FILE_KIND_IDS } from './file-kinds';
import { type editor, languages } from './monaco';

const nothing = (): void => {};

/** Shows what the function takes whose arguments are being written. */
export function startSignatureHelp(pane: editor.IStandaloneCodeEditor): () => void {
  const provider = languages.registerSignatureHelpProvider([...FILE_KIND_IDS], {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    async provideSignatureHelp(model, position) {
      const { doc } = getState();
      if (model !== pane.getModel() || doc.format === null) return null;
      const request = { text: doc.text, format: doc.format, offset: model.getOffsetAt(position) };
      const found = await askAnalysis((api) => api.signature(request)).catch(() => null);
      if (found === null || getState().doc.revision !== doc.revision) return null;
      const { label, parameters, active, help } = found;
      const signature = { label, documentation: help, parameters: parameters.map(({ start, end }) => ({ label: [start, end] as [number, number] })) };
      return { value: { signatures: [signature], activeSignature: 0, activeParameter: active }, dispose: nothing };
    },
  });
  return () => provider.dispose();
}
