import type { Report, Span, Stage } from '../model';
import { shownOf } from '../state/analysis-state';
import { getState } from '../state/store';
import { FILE_KIND_IDS } from './file-kinds';
import { type editor, languages } from './monaco';
import { regionOf } from './positions';

/** Characters of a name that are shown. */
const LONGEST = 80;

/** The outline of the text: its rules, what each says of itself, what it names, its stages. Opened with Ctrl or ⌘, Shift and O. */
export function startOutline(pane: editor.IStandaloneCodeEditor): () => void {
  const provider = languages.registerDocumentSymbolProvider([...FILE_KIND_IDS], {
    displayName: 'Outline',
    provideDocumentSymbols(model) {
      const { analysis, doc } = getState();
      const shown = shownOf(analysis);
      if (shown === null || shown.text !== doc.text || model !== pane.getModel()) return [];
      const { reports } = shown.answer;
      // One rule is the text: its parts stand alone.
      return reports.length === 1 ? partsOf(model, reports[0]!) : reports.map((report, index) => ruleOf(model, report, `Rule ${index + 1}`));
    },
  });
  return () => provider.dispose();
}

const { SymbolKind } = languages;

function symbolOf(model: editor.ITextModel, name: string, detail: string, kind: languages.SymbolKind, span: Span): languages.DocumentSymbol {
  const range = regionOf(model, span);
  const line = name.replace(/\s+/g, ' ').trim();
  const shown = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return {
    name: shown === '' ? detail : shown,
    detail,
    kind,
    tags: [],
    range,
    selectionRange: { ...range, endLineNumber: range.startLineNumber, endColumn: range.startColumn },
  };
}

function ruleOf(model: editor.ITextModel, report: Report, otherwise: string): languages.DocumentSymbol {
  const { meta, span } = report.rule;
  return { ...symbolOf(model, meta.title || otherwise, '', SymbolKind.File, span), children: partsOf(model, report) };
}

function partsOf(model: editor.ITextModel, { rule: { meta, analysis } }: Report): languages.DocumentSymbol[] {
  const told = Object.entries(meta.places)
    .filter(([key]) => key !== 'query')
    .map(([key, place]) => symbolOf(model, key, '', SymbolKind.Key, place));
  const bound = analysis.bindings.map(({ name, kind, span: place }) => symbolOf(model, name, kind, SymbolKind.Variable, place));
  return [...told, ...bound, ...analysis.stages.map((stage) => stageOf(model, stage))].toSorted(byPlace);
}

const stageOf = (model: editor.ITextModel, { kind, label, span, branches }: Stage): languages.DocumentSymbol => ({
  ...symbolOf(model, label === undefined ? kind : `${kind} ${label}`, '', SymbolKind.Function, span),
  children: (branches ?? []).flatMap(({ stages }) => stages.map((stage) => stageOf(model, stage))),
});

const byPlace = (a: languages.DocumentSymbol, b: languages.DocumentSymbol): number =>
  a.range.startLineNumber - b.range.startLineNumber || a.range.startColumn - b.range.startColumn;
