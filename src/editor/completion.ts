import { familyOf } from '../knowledge/families';
import type { Completion, Suggestion } from '../model';
import { askAnalysis } from '../state/threads/analysis';
import { askCatalog } from '../state/threads/catalog';
import { activeOf, formatOf } from '../state/select';
import { getState } from '../state/store';
import { FILE_KIND_IDS } from './file-kinds';
import { type editor, languages } from './monaco';
import { regionOf } from './positions';
import { writtenValue } from './quoting';

const { CompletionItemKind, CompletionItemInsertTextRule } = languages;
const KINDS: Readonly<Record<Suggestion['kind'], languages.CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  keyword: CompletionItemKind.Keyword,
  function: CompletionItemKind.Function,
  command: CompletionItemKind.Method,
  modifier: CompletionItemKind.Property,
  macro: CompletionItemKind.Variable,
  table: CompletionItemKind.Struct,
  snippet: CompletionItemKind.Snippet,
};

/** After these a list opens by itself. */
const TRIGGERS = ['|', ':', '.', ' ', '=', '"', "'", '`', '\\', '/', '-', '(', ',', '['];
/** Corpus rows of one list. */
const LIMIT = 60;
/** Milliseconds the corpus may take; the language's own suggestions do not wait longer. */
const PATIENCE = 300;

/** What the corpus has for a place: a name or a value, and in how many rules. */
interface Counted {
  readonly label: string;
  readonly kind: 'field' | 'value';
  readonly rules: number;
}

/** Suggests what the language knows about the place, and what the corpus has there with its number of rules. */
export function startCompletion(pane: editor.IStandaloneCodeEditor): () => void {
  const provider = languages.registerCompletionItemProvider([...FILE_KIND_IDS], {
    triggerCharacters: TRIGGERS,
    async provideCompletionItems(model, position) {
      const { doc } = getState();
      if (model !== pane.getModel() || doc.format === null) return { suggestions: [] };
      const offset = model.getOffsetAt(position);
      const request = { text: doc.text, format: doc.format, offset };
      const completion = await askAnalysis((api) => api.suggest(request)).catch(() => null);
      if (completion === null || getState().doc.revision !== doc.revision) return { suggestions: [] };
      const counted = await corpusRows(completion, doc.text.slice(completion.span.start, offset));
      if (getState().doc.revision !== doc.revision) return { suggestions: [] };
      const range = regionOf(model, completion.span);
      const before = doc.text.charAt(completion.span.start - 1);
      const quote = familyOf(formatOf(getState().registry, doc.format)?.vendor ?? '')?.quote;
      return {
        suggestions: itemsOf(
          completion.items,
          counted,
          (row) => (row.kind === 'value' && quote !== undefined ? writtenValue(row.label, before, quote) : row.label),
          range,
        ),
        incomplete: counted.length >= LIMIT,
      };
    },
  });
  return () => provider.dispose();
}

async function corpusRows({ fields, valuesOf }: Completion, prefix: string): Promise<readonly Counted[]> {
  const facts = activeOf(getState())?.facts;
  if (facts === undefined || getState().catalog.kind !== 'open' || (fields === undefined && valuesOf === undefined)) return [];
  const { taxonomy, scopes } = facts;
  const bare = prefix.replace(/^["'`]/, '');
  const asked = askCatalog(async (api): Promise<readonly Counted[]> => {
    const [names, values] = await Promise.all([
      fields === true ? api.fields(taxonomy, prefix, LIMIT) : [],
      valuesOf === undefined ? [] : api.values(taxonomy, scopes, valuesOf, bare, LIMIT),
    ]);
    return [
      ...values.map(({ value, rules }) => ({ label: value, kind: 'value' as const, rules })),
      ...names.map(({ name, rules }) => ({ label: name, kind: 'field' as const, rules })),
    ];
  });
  const late = new Promise<readonly Counted[]>((resolve) => setTimeout(() => resolve([]), PATIENCE));
  return Promise.race([asked.catch(() => []), late]);
}

/** One list: the corpus' values, then the language's items and the corpus' fields by number of rules. A label that both have stands once, with its number. */
function itemsOf(
  items: readonly Suggestion[],
  counted: readonly Counted[],
  written: (row: Counted) => string,
  range: languages.CompletionItem['range'],
): languages.CompletionItem[] {
  const rules = new Map(counted.map((row) => [row.label, row.rules]));
  const own = new Set(items.map(({ label }) => label));
  return [
    ...items.map((item, index): languages.CompletionItem => ({
      label: labelOf(item.label, rules.get(item.label)),
      kind: KINDS[item.kind],
      insertText: item.insert ?? item.label,
      ...(item.kind === 'snippet' ? { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet } : null),
      ...(item.detail === undefined ? null : { detail: item.detail }),
      sortText: `1${placeOf(rules.get(item.label))}${String(index).padStart(5, '0')}`,
      range,
    })),
    ...counted
      .filter(({ label }) => !own.has(label))
      .map((row): languages.CompletionItem => ({
        label: labelOf(row.label, row.rules),
        kind: KINDS[row.kind],
        insertText: written(row),
        filterText: written(row),
        sortText: `${row.kind === 'value' ? 0 : 1}${placeOf(row.rules)}`,
        range,
      })),
  ];
}

const labelOf = (label: string, rules: number | undefined): languages.CompletionItem['label'] =>
  rules === undefined ? label : { label, description: `${rules.toLocaleString('en')} ${rules === 1 ? 'rule' : 'rules'}` };

/** Sorts many rules before few, and both before unknown. */
const placeOf = (rules = 0): string => String(999_999 - Math.min(rules, 999_999)).padStart(6, '0');
