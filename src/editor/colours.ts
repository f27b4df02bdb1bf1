import { TOKEN_TYPES } from '../model';
import { getState, useStore } from '../state/store';
import { FILE_KIND_IDS } from './file-kinds';
import { Emitter, languages } from './monaco';

/**
 * Colours the text by the tokens of its last answer. They are asked for when an answer arrives, so that they come with the panels;
 * asked in between, it says that they are not ready, and the colours there are stay.
 */
export function startColours(): () => void {
  const answered = new Emitter<void>();
  const unsubscribe = useStore.subscribe(({ analysis }, before) => {
    if (analysis.newest !== before.analysis.newest && analysis.newest !== null) answered.fire();
  });
  const provider = languages.registerDocumentSemanticTokensProvider([...FILE_KIND_IDS], {
    onDidChange: answered.event,
    getLegend: () => ({ tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] }),
    provideDocumentSemanticTokens(model) {
      const { analysis, doc } = getState();
      // Monaco takes an error that says "busy" for: not now.
      if (analysis.newest?.revision !== doc.revision || model.getValueLength() !== doc.text.length) throw new Error('busy');
      return { data: analysis.newest.answer.tokens };
    },
    releaseDocumentSemanticTokens: () => {},
  });
  return () => {
    unsubscribe();
    provider.dispose();
    answered.dispose();
  };
}
