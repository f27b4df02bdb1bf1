import { familyOf } from '../knowledge/families';
import type { Completion, Span, Suggestion } from '../model';
import { askAnalysis } from '../state/threads/analysis';
import { askCatalog } from '../state/threads/catalog';
import { activeOf, formatOf } from '../state/select';
import { getState } from '../state/store';
import { FILE_KIND_IDS } from './file-kinds';
import { finishedLine } from './finished-word';
import { type editor, languages } from './monaco';
import type { Place } from './positions';
import { plainValue, writtenInside, writtenValue } from './quoting';
import { afterStar } from './star';

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
const TRIGGERS = ['|', ':', '.', ' ', '=', '"', "'", '`', '\\', '/', '-', '(', ',', '[', '*'];
/** What these are is told in every line; help on the others stands beside the chosen one. */
const TOLD: ReadonlySet<Suggestion['kind']> = new Set(['value', 'table']);
/** Corpus rows of one list. */
const LIMIT = 60;
/** Milliseconds the corpus may take: the language's own suggestions do not wait longer; where it has none there is nothing to show before. */
const PATIENCE = 300;
const ALONE = 3_000;
const NEXT_LIST: languages.Command = { id: 'editor.action.triggerSuggest', title: 'Suggest what follows' };

/** What the corpus has for a place: a name or a value, and in how many rules; 0: rules only leave it out. */
interface Counted {
  readonly label: string;
  readonly kind: 'field' | 'value';
  readonly rules: number;
}

/** How a place is written: what a list replaces, and a value in its quotes. */
interface Writing {
  readonly range: languages.CompletionItem['range'];
  /** As it is inserted, and as it is matched with what was typed. */
  written(row: Counted): string;
  matched(row: Counted): string;
}

/** Suggests what the language knows about the place, and what the corpus has there with its number of rules. */
export function startCompletion(pane: editor.IStandaloneCodeEditor): () => void {
  const enter = finishedLine(pane);
  const provider = languages.registerCompletionItemProvider([...FILE_KIND_IDS], {
    triggerCharacters: TRIGGERS,
    async provideCompletionItems(model, position) {
      const { doc } = getState();
      if (model !== pane.getModel() || doc.format === null) return { suggestions: [] };
      const offset = model.getOffsetAt(position);
      const request = { text: doc.text, format: doc.format, offset };
      const completion = await askAnalysis((api) => api.suggest(request)).catch(() => null);
      // More may have been typed meanwhile: what the list is about still stands before it.
      if (completion === null || getState().doc.id !== doc.id) return { suggestions: [] };
      const span = completion.valuesOf === undefined ? completion.span : afterStar(doc.text, completion.span, offset);
      const quote = familyOf(formatOf(getState().registry, doc.format)?.vendor ?? '')?.quote;
      const before = doc.text.charAt(completion.span.start - 1);
      const typed = doc.text.slice(span.start, offset);
      const counted = await corpusRows(completion, quote === undefined ? typed : plainValue(typed, before, quote));
      if (getState().doc.id !== doc.id) return { suggestions: [] };
      const isBare = quote === undefined || span.start > completion.span.start;
      const inside = ({ kind, label }: Counted): string => (kind === 'field' ? label : writtenInside(label, before, quote));
      const writing: Writing = {
        range: rangeAt(doc.text, span, offset, position),
        written: ({ kind, label }) => (kind === 'field' ? label : isBare ? writtenInside(label, before, quote) : writtenValue(label, before, quote)),
        // What begins at a part of a value begins it as well as what begins the whole: `power` both `\powershell.exe` and `powershell.exe`.
        matched: (row) => asTyped(/^[a-z0-9]/i.test(typed) ? inside(row).replace(/^[^a-z0-9]+(?=[a-z0-9])/i, '') : inside(row), typed),
      };
      enter.offered(span.start, [...completion.items.map(({ label }) => label), ...counted.map(inside)]);
      // What was typed narrowed the lists: they are made anew when it changes.
      return { suggestions: itemsOf(completion.items, counted, writing), incomplete: typed !== '' || counted.length >= LIMIT };
    },
  });
  return () => {
    provider.dispose();
    enter.dispose();
  };
}

/** A value with what was typed of it in the typed letters: `wsc` fits `Wscript.exe` as well as `wscript.exe`, and the editor ranks other letters lower. */
function asTyped(value: string, typed: string): string {
  const at = value.toLowerCase().indexOf(typed.toLowerCase());
  return at < 0 ? value : value.slice(0, at) + typed + value.slice(at + typed.length);
}

/** What is replaced, on the cursor's line, as the text was when the list was asked for. */
function rangeAt(text: string, { start, end }: Span, offset: number, { lineNumber, column }: Place): languages.CompletionItem['range'] {
  const first = text.lastIndexOf('\n', offset - 1) + 1;
  const last = /[\r\n]|$/.exec(text.slice(offset, Math.max(offset, end)))!.index + offset;
  return {
    startLineNumber: lineNumber,
    endLineNumber: lineNumber,
    startColumn: column - (offset - Math.max(start, first)),
    endColumn: column + (Math.min(end, last) - offset),
  };
}

async function corpusRows({ fields, valuesOf, items }: Completion, typed: string): Promise<readonly Counted[]> {
  const active = activeOf(getState());
  if (active === null || getState().catalog.kind !== 'open' || (fields === undefined && valuesOf === undefined)) return [];
  const { taxonomy, scopes } = active.facts;
  const { logsource } = active.report.rule.meta;
  const asked = askCatalog(async (api): Promise<readonly Counted[]> => {
    const [names, values] = await Promise.all([
      fields === true ? api.fields(taxonomy, logsource, scopes, typed, LIMIT) : [],
      valuesOf === undefined ? [] : api.values(taxonomy, scopes, valuesOf, typed, LIMIT),
    ]);
    return [
      ...values.map(({ value, rules }) => ({ label: value, kind: 'value' as const, rules })),
      ...names.map(({ name, rules }) => ({ label: name, kind: 'field' as const, rules })),
    ];
  });
  const late = new Promise<readonly Counted[]>((resolve) => setTimeout(() => resolve([]), items.length > 0 ? PATIENCE : ALONE));
  return Promise.race([asked.catch(() => []), late]);
}

/** One list: the corpus' values, then the language's items and the corpus' fields by number of rules. A label that both have stands once, with its number. */
function itemsOf(items: readonly Suggestion[], counted: readonly Counted[], { range, written, matched }: Writing): languages.CompletionItem[] {
  const rules = new Map(counted.map((row) => [row.label, row.rules]));
  const own = new Set(items.map(({ label }) => label));
  // Where functions come first, no field stands before them, however many rules have it.
  const leading = items[0]?.kind === 'function' ? items.findIndex(({ kind }) => kind !== 'function') : 0;
  const isLeading = (index: number): boolean => leading < 0 || index < leading;
  return [
    ...items.map((item, index): languages.CompletionItem => ({
      label: labelOf(item.label, rules.get(item.label), TOLD.has(item.kind) ? item.detail : undefined),
      kind: KINDS[item.kind],
      insertText: item.template ?? item.insert ?? item.label,
      filterText: item.also === undefined ? item.label : `${item.label} ${item.also}`,
      ...(item.template === undefined ? null : { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet }),
      ...(item.opens === true ? { command: NEXT_LIST } : null),
      ...(item.detail === undefined || TOLD.has(item.kind) ? null : { detail: item.detail }),
      sortText: `${isLeading(index) ? 0 : 1}${placeOf(rules.get(item.label))}${String(index).padStart(5, '0')}`,
      range,
    })),
    ...counted
      .filter(({ label }) => !own.has(label))
      .map((row): languages.CompletionItem => ({
        label: labelOf(withBlanks(row.label), row.rules),
        kind: KINDS[row.kind],
        insertText: written(row),
        filterText: matched(row),
        sortText: `${row.kind === 'value' ? 0 : 1}${placeOf(row.rules)}`,
        range,
      })),
  ];
}

/** Blanks at a value's ends can be seen: they are part of it. */
const withBlanks = (value: string): string => value.replace(/^ +| +$/g, (blanks) => '␣'.repeat(blanks.length));

/** The figure has one meaning: rules of the whole corpus, of any vendor, that look for it. */
function labelOf(label: string, rules: number | undefined, detail?: string): languages.CompletionItem['label'] {
  if (rules === undefined) return detail === undefined ? label : { label, description: detail };
  return { label, description: rules === 0 ? 'only left out' : `${rules.toLocaleString('en')} ${rules === 1 ? 'rule' : 'rules'}` };
}

/** Sorts many rules before few, and both before unknown. */
const placeOf = (rules = 0): string => String(999_999 - Math.min(rules, 999_999)).padStart(6, '0');
