import type { Completion, Context, Macro, Span, Suggestion } from '../../../model';
import { byUse, MACROS } from '../../../knowledge/macros';
import { nameOf, prefixesOf } from '../lower/lowering-context';
import datasets from '../datasets.json';
import { callItems } from '../../../syntax/call';
import { fitting } from '../../../syntax/fitting';
import type { SplLexeme } from '../parse/lexer';
import { type Columns, columnsAt, modelColumns } from './columns';
import { type Place, placeAt } from './place-at';
import { isSign } from '../parse/reader';
import { AGGREGATES, COMMANDS, FUNCTIONS } from '../vocabulary';
import { shortened } from '../../../syntax/written';

/** What could stand at a place: commands after a pipe, functions in expressions, macros after a backtick, fields, and values of the field compared there. */
export function suggest(text: string, offset: number, context: Context): Completion {
  const place = placeAt(text, offset);
  const completion = completionAt(text, offset, place, context);
  const typed = text.slice(completion.span.start, offset).replace(/^`/, '');
  return { ...completion, items: fitting(completion.items, typed) };
}

function completionAt(text: string, offset: number, place: Place, context: Context): Completion {
  const { current, before } = place;
  const span = spanOf(current, offset);
  if (current?.kind === 'macro') return { span, items: macroItems(context.macros === undefined ? MACROS : [...new Set(context.macros.values())]) };
  const [command, ...rest] = before;
  if (command === undefined) return { span, ...(place.isPiped ? { items: COMMAND_ITEMS } : { items: START_ITEMS, fields: true as const }) };
  const isNamed = command.type === 'key';
  const name = isNamed ? place.textOf(command).toLowerCase() : 'search';
  const form = COMMANDS.get(name)?.form ?? 'words';
  const compared = form === 'eval' && isAssigned(rest) ? null : comparedField(place, prefixesOf(text));
  if (compared !== null)
    return { span, items: form === 'where' || form === 'eval' ? (current?.kind === 'string' ? [] : FUNCTION_ITEMS) : [], valuesOf: compared };
  const tokens = isNamed ? rest : before;
  if (isModelWanted(before, place)) return { span, items: MODEL_ITEMS };
  if (name === 'lookup' && rest.length === 0) return { span, items: lookupItems(text) };
  const items = itemsOf(name, tokens, place);
  if (current?.kind === 'string') return { span, items };
  const model = MODEL_COMMANDS.has(name) ? modelColumns(text, offset, command.start) : null;
  const columns: Columns = model === null ? columnsAt(text, place, context) : { items: model, isOpen: false };
  const isFieldFirst = !isFunctionFirst(form, tokens, place);
  return {
    span,
    items: isFieldFirst ? [...columns.items, ...items] : [...items, ...columns.items],
    ...(columns.isOpen ? { fields: true as const } : null),
  };
}

/** Behind the equals sign of an assignment no value is compared: the field is being made. */
function isAssigned(tokens: readonly SplLexeme[]): boolean {
  const before = tokens.at(-3);
  return tokens.at(-1)?.kind === '=' && !isInParentheses(tokens) && (before === undefined || before.kind === ',');
}

/** Commands that read a data model and name its fields whole. */
const MODEL_COMMANDS: ReadonlySet<string> = new Set(['tstats', 'from', 'datamodel']);

/** In a summary a function comes before any field, but not in its brackets and not behind `by`. */
function isFunctionFirst(form: string, tokens: readonly SplLexeme[], place: Place): boolean {
  if (form !== 'stats') return false;
  const words = wordsOf(tokens, place);
  return !words.includes('by') && !words.includes('where') && !isInParentheses(tokens);
}

/** The tables that the query looks up elsewhere, and those that read the reader's files. */
const lookupItems = (text: string): readonly Suggestion[] =>
  [...new Set([...text.matchAll(/\b(?:lookup|inputlookup)\s+(?:\w+=\S+\s+)*([\w.-]+)/gi)].map(([, name]) => name!))].map((label) => ({
    label,
    kind: 'table',
    detail: 'A lookup of this text',
  }));

/** What accepting a suggestion replaces: the word, or what stands between quotes. */
function spanOf(current: SplLexeme | null, offset: number): Span {
  if (current === null) return { start: offset, end: offset };
  if (current.kind !== 'string' && current.kind !== 'quoted') return { start: current.start, end: current.end };
  return { start: Math.min(current.start + 1, offset), end: Math.max(current.end - (current.open ? 0 : 1), offset) };
}

const itemsFrom = (words: Iterable<string>, kind: Suggestion['kind']): readonly Suggestion[] => [...words].map((label) => ({ label, kind }));

const COMMAND_ITEMS: readonly Suggestion[] = [...COMMANDS].map(([label, { help }]) => ({ label, kind: 'command', detail: help }));
const START_ITEMS: readonly Suggestion[] = [
  ...itemsFrom(['index=', 'sourcetype=', 'source=', 'host=', 'earliest='], 'keyword'),
  ...['tstats', 'from', 'inputlookup', 'mstats', 'multisearch'].map((name): Suggestion => ({
    label: `| ${name}`,
    kind: 'command',
    detail: COMMANDS.get(name)!.help,
  })),
];
const FUNCTION_ITEMS = callItems(FUNCTIONS.values());
/** `count` counts events and mostly stands alone; every other summary wants its field. */
const AGGREGATE_ITEMS: readonly Suggestion[] = callItems(AGGREGATES.values()).map(({ template, ...item }) =>
  AGGREGATES.get(item.label)!.least === 0 || template === undefined ? item : { ...item, template, opens: true },
);
const SEARCH_ITEMS = itemsFrom(['AND', 'OR', 'NOT', 'IN', 'TERM()'], 'keyword');
const EXPRESSION_ITEMS: readonly Suggestion[] = [...FUNCTION_ITEMS, ...itemsFrom(['AND', 'OR', 'NOT', 'IN', 'LIKE'], 'keyword')];
const MODEL_ITEMS: readonly Suggestion[] = datasets.models.map((label) => ({ label, kind: 'table', detail: 'A data set of the Common Information Model.' }));

const macroItems = (macros: readonly Macro[]): readonly Suggestion[] =>
  macros.toSorted(byUse).map(({ name, arguments: names, definition }) => ({
    label: name,
    kind: 'macro',
    ...(names.length > 0 ? { template: `\`${name}($0)\`` } : { insert: `\`${name}\`` }),
    also: `\`${name}\``,
    detail: shortened(definition, 80),
  }));

const wordsOf = (tokens: readonly SplLexeme[], { textOf }: Place): readonly string[] =>
  tokens.map((token) => (token.kind === 'word' ? textOf(token).toLowerCase() : ''));

/** `datamodel=`, `from datamodel:` and their like want a model's name. */
function isModelWanted(before: readonly SplLexeme[], place: Place): boolean {
  const words = wordsOf(before, place);
  const last = before.at(-1)?.kind === '=' ? words.at(-2) : words.at(-1);
  return last === 'datamodel';
}

function itemsOf(name: string, tokens: readonly SplLexeme[], place: Place): readonly Suggestion[] {
  const entry = COMMANDS.get(name);
  const options = itemsFrom(entry?.options ?? [], 'modifier');
  const words = wordsOf(tokens, place);
  const form = entry?.form ?? 'words';
  switch (form) {
    case 'search':
      return [...SEARCH_ITEMS, ...options];
    case 'where':
    case 'eval':
      return EXPRESSION_ITEMS;
    case 'stats': {
      if (words.includes('by')) return itemsFrom(['span='], 'modifier');
      if (words.includes('where')) return [...SEARCH_ITEMS, ...itemsFrom(['by'], 'keyword')];
      if (isInParentheses(tokens)) return [];
      const clauses = name === 'tstats' || name === 'mstats' ? ['from datamodel=', 'where', 'by', 'as'] : ['by', 'as'];
      return [...AGGREGATE_ITEMS, ...itemsFrom(clauses, 'keyword'), ...options];
    }
    case 'regex':
    case 'words':
      return [...options, ...itemsFrom(KEYWORDS.get(name) ?? [], 'keyword')];
    default:
      return form satisfies never;
  }
}

const KEYWORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['rename', ['as']],
  ['lookup', ['as', 'OUTPUT', 'OUTPUTNEW']],
  ['top', ['by']],
  ['rare', ['by']],
  ['replace', ['with', 'in']],
]);

function isInParentheses(tokens: readonly SplLexeme[]): boolean {
  let depth = 0;
  for (const { kind } of tokens) depth += kind === '(' ? 1 : kind === ')' ? -1 : 0;
  return depth > 0;
}

/** The field a value at this place is compared with: behind a sign, in the list of IN, or the second argument of match or like. */
function comparedField({ before, textOf }: Place, prefixes: ReadonlySet<string>): string | null {
  const last = before.at(-1);
  const fieldAt = (token: SplLexeme | undefined): string | null => {
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'string' && token.kind !== 'quoted')) return null;
    const name = textOf(token);
    return nameOf(token.kind === 'word' ? name : name.slice(1, -1), prefixes);
  };
  if (last === undefined) return null;
  if (isSign(last)) return textOf(before.at(-2) ?? last).toLowerCase() === 'datamodel' ? null : fieldAt(before.at(-2));
  let at = before.length - 1;
  while (at >= 0 && before[at]!.kind !== '(' && before[at]!.kind !== ')') at--;
  if (before[at]?.kind !== '(') return null;
  const opener = before[at - 1];
  const word = opener?.kind === 'word' ? textOf(opener).toLowerCase() : '';
  if (word === 'in' && before[at - 2] !== undefined) return fieldAt(wordIsNot(before[at - 2]!, textOf) ? before[at - 3] : before[at - 2]);
  return (word === 'match' || word === 'like') && before[at + 2]?.kind === ',' && before.length === at + 3 ? fieldAt(before[at + 1]) : null;
}

const wordIsNot = (token: SplLexeme, textOf: Place['textOf']): boolean => token.kind === 'word' && textOf(token).toLowerCase() === 'not';
