import { fixesOf, type Severity } from '../model';
import { remarksOf } from '../state/select';
import { getState, useStore } from '../state/store';
import { FILE_KIND_IDS } from './file-kinds';
import { editor, languages, MarkerSeverity } from './monaco';
import { regionOf, spanOfRegion } from './positions';

const OWNER = 'rulewright';
const SEVERITIES: Readonly<Record<Severity, MarkerSeverity>> = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, info: MarkerSeverity.Info };

/** Underlines what the last answer remarks on, and offers the remarks' fixes. */
export function startMarkers(pane: editor.IStandaloneCodeEditor): () => void {
  const mark = (): void => {
    const { analysis, doc } = getState();
    const model = pane.getModel();
    if (model === null || analysis.newest?.revision !== doc.revision) return;
    editor.setModelMarkers(
      model,
      OWNER,
      remarksOf(getState()).map(({ code, severity, span, message }) => ({
        ...regionOf(model, span),
        code,
        message,
        severity: SEVERITIES[severity],
      })),
    );
  };
  mark();
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.analysis !== before.analysis || state.preferences.hiddenChecks !== before.preferences.hiddenChecks) mark();
  });

  const provider = languages.registerCodeActionProvider([...FILE_KIND_IDS], {
    provideCodeActions(model, range) {
      const { analysis, doc } = getState();
      if (analysis.newest?.revision !== doc.revision || model !== pane.getModel()) return { actions: [], dispose: () => {} };
      const asked = spanOfRegion(model, range);
      const actions = remarksOf(getState()).flatMap(({ span, ...remark }): languages.CodeAction[] => {
        if (span.start > asked.end || span.end < asked.start) return [];
        return fixesOf(remark).map((fix) => {
          const edits = fix.edits.map((edit) => ({
            resource: model.uri,
            versionId: model.getVersionId(),
            textEdit: { range: regionOf(model, edit.span), text: edit.text },
          }));
          return { title: fix.title, kind: 'quickfix', isPreferred: fix === remark.fix, edit: { edits } };
        });
      });
      return { actions, dispose: () => {} };
    },
  });
  return () => {
    unsubscribe();
    provider.dispose();
  };
}
