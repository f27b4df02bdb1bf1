import type { Naming, Span } from '../model';
import { askAnalysis } from '../state/threads/analysis';
import { getState } from '../state/store';
import { FILE_KIND_IDS } from './file-kinds';
import { type editor, languages } from './monaco';
import { regionOf } from './positions';

/** What is named at a place, and which of its places that is. */
interface Named {
  readonly naming: Naming;
  readonly span: Span;
}

const placesOf = ({ definition, uses }: Naming): readonly Span[] => (definition === null ? uses : [definition, ...uses]);

/** Definition, references, other occurrences and renaming of what the text names: search identifiers, lets, columns, macros, rules. */
export function startNames(pane: editor.IStandaloneCodeEditor): () => void {
  const namedAt = async (model: editor.ITextModel, place: { readonly lineNumber: number; readonly column: number }): Promise<Named | null> => {
    const { doc } = getState();
    if (model !== pane.getModel() || doc.format === null) return null;
    const request = { text: doc.text, format: doc.format };
    const namings = await askAnalysis((api) => api.namings(request)).catch(() => []);
    if (getState().doc.revision !== doc.revision) return null;
    const offset = model.getOffsetAt(place);
    for (const naming of namings) {
      const span = placesOf(naming).find(({ start, end }) => start <= offset && offset <= end);
      if (span !== undefined) return { naming, span };
    }
    return null;
  };
  const kinds = [...FILE_KIND_IDS];
  const parts = [
    languages.registerDefinitionProvider(kinds, {
      async provideDefinition(model, place) {
        const found = await namedAt(model, place);
        return found === null || found.naming.definition === null ? null : { uri: model.uri, range: regionOf(model, found.naming.definition) };
      },
    }),
    languages.registerReferenceProvider(kinds, {
      async provideReferences(model, place) {
        const found = await namedAt(model, place);
        return found === null ? [] : placesOf(found.naming).map((span) => ({ uri: model.uri, range: regionOf(model, span) }));
      },
    }),
    languages.registerDocumentHighlightProvider(kinds, {
      async provideDocumentHighlights(model, place) {
        const found = await namedAt(model, place);
        return found === null ? [] : placesOf(found.naming).map((span) => ({ range: regionOf(model, span) }));
      },
    }),
    languages.registerRenameProvider(kinds, {
      async resolveRenameLocation(model, place) {
        const found = await namedAt(model, place);
        const why =
          found === null ? 'Nothing is named here that can be renamed: a search identifier, a let, a column that the query makes, a rule.' : found.naming.fixed;
        const range = regionOf(model, found?.span ?? { start: 0, end: 0 });
        return why === undefined ? { range, text: found!.naming.name } : { range, text: '', rejectReason: why };
      },
      async provideRenameEdits(model, place, name) {
        const found = await namedAt(model, place);
        if (found === null) return { edits: [], rejectReason: 'The text has changed meanwhile.' };
        const { naming } = found;
        if (name === naming.name) return { edits: [] };
        if (!new RegExp(`^(?:${naming.form})$`).test(name))
          return {
            edits: [],
            rejectReason: `“${name}” cannot name this ${naming.kind}: it is taken, has other characters, or the conditions would mean something else.`,
          };
        return {
          edits: placesOf(naming).map((span) => ({
            resource: model.uri,
            versionId: model.getVersionId(),
            textEdit: { range: regionOf(model, span), text: name },
          })),
        };
      },
    }),
  ];
  return () => parts.forEach((part) => part.dispose());
}
