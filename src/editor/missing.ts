import type { Suggestion } from '../model';
import { askAnalysis } from '../state/threads/analysis';
import { getState } from '../state/store';
import { FILE_KIND_IDS } from './file-kinds';
import { editor, languages } from './monaco';

const COMMAND = 'rulewright.add-missing';
const NONE: languages.CodeActionList = { actions: [], dispose: () => {} };

/** What inserts a snippet, as far as it is used. */
interface Snippets extends editor.IEditorContribution {
  insert(template: string): void;
}

/** What completes a rule, asked for on an empty line: its last, or where that is within a query its first. */
async function completing(text: string, offset: number, format: string): Promise<Suggestion | undefined> {
  const found = await askAnalysis((api) => api.suggest({ text, format, offset })).catch(() => null);
  return found?.items.find(({ completes }) => completes === true);
}

/** Offers, on the first line of the text, to add what a rule of its kind is not complete without. */
export function startMissing(pane: editor.IStandaloneCodeEditor): () => void {
  const command = editor.registerCommand(COMMAND, (_accessor, template: string) => {
    const model = pane.getModel();
    if (model === null) return;
    const isBroken = model.getValueLength() === 0 || model.getLineContent(model.getLineCount()) === '';
    const lineNumber = model.getLineCount();
    pane.setPosition({ lineNumber, column: model.getLineMaxColumn(lineNumber) });
    pane.getContribution<Snippets>('snippetController2')?.insert(isBroken ? template : `\n${template}`);
    pane.focus();
  });
  const provider = languages.registerCodeActionProvider([...FILE_KIND_IDS], {
    async provideCodeActions(model, { startLineNumber }) {
      const { doc } = getState();
      const { format, text } = doc;
      if (startLineNumber !== 1 || model !== pane.getModel() || format === null || text.trim() === '') return NONE;
      const item = (await completing(`${text}\n`, text.length + 1, format)) ?? (await completing(`\n${text}`, 0, format));
      if (item?.template === undefined || getState().doc.revision !== doc.revision) return NONE;
      const title = `Add what is missing: ${item.detail ?? ''}`;
      return { actions: [{ title, kind: 'quickfix', command: { id: COMMAND, title, arguments: [item.template] } }], dispose: () => {} };
    },
  });
  return () => {
    command.dispose();
    provider.dispose();
  };
}
