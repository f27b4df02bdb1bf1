import { sourceOfTable, TABLES_BY_USE } from '../../../knowledge/tables';
import type { Completion, Suggestion } from '../../../model';
import { callAt, callItems } from '../../../syntax/call';
import { fitting } from '../../../syntax/fitting';
import type { Environment } from '../lower/environment';
import { plainField } from '../lower/field';
import { columnsIn } from '../lower/scope';
import type { Want } from '../parse/reader';
import { AGGREGATES, ALIASES, COMPARISONS, FUNCTIONS, OPERATORS, PLUGINS, TABLE_FUNCTIONS } from '../vocabulary';
import { lex } from '../parse/lexer';
import { type TextPlace, placeAt } from './place';

/** What could stand at a place: tables, operators after a pipe, columns of the tables in scope with their types, functions, values. */
export function suggest(text: string, offset: number): Completion {
  const place = placeAt(text, offset);
  if (place === null) return { span: { start: offset, end: offset }, items: [] };
  const { wants } = place.parsed;
  const value = wants.findLast((want) => want.kind === 'value');
  const compared = value?.kind === 'value' ? plainField(value.of) : null;
  const valuesOf = compared === null ? {} : { valuesOf: compared.name };
  if (place.current?.kind === 'string') return { span: place.span, items: [], ...valuesOf };
  const items = new Map<string, Suggestion>();
  const isSummary = isSummarized(text, place);
  for (const want of wants) for (const item of itemsFor(want, place, isSummary)) if (!items.has(item.label)) items.set(item.label, item);
  const typed = text.slice(place.span.start, offset);
  // Where every column is known the corpus has no others.
  const wantsFields =
    compared === null &&
    place.scope.isOpen &&
    wants.every(({ kind }) => kind !== 'source') &&
    wants.some(({ kind }) => kind === 'expression' || kind === 'key');
  return { span: place.span, items: fitting([...items.values()], typed), ...(wantsFields ? { fields: true as const } : null), ...valuesOf };
}

const entries = (table: ReadonlyMap<string, string>, kind: Suggestion['kind']): readonly Suggestion[] =>
  [...table].map(([label, detail]) => ({ label, kind, detail }));
const words = (...labels: readonly string[]): readonly Suggestion[] => labels.map((label) => ({ label, kind: 'keyword' }));

/** Operators that need no rows before them. */
const HEADS: readonly string[] = ['union', 'search', 'find', 'print', 'range', 'datatable', 'externaldata'];
/** The usual operators come first. */
const USUAL = [
  'where',
  'extend',
  'project',
  'summarize',
  'join',
  'distinct',
  'sort',
  'top',
  'take',
  'count',
  'parse',
  'mv-expand',
  'union',
  'project-away',
  'project-reorder',
];
const OPERATOR_ITEMS: readonly Suggestion[] = [...new Set([...USUAL, ...OPERATORS.keys()])]
  .filter((name) => name !== 'datatable' && name !== 'externaldata')
  .map((label) => ({ label, kind: 'command', detail: OPERATORS.get(label)! }));
const HEAD_ITEMS: readonly Suggestion[] = HEADS.map((label) => ({ label, kind: 'command', detail: OPERATORS.get(label)! }));
let tables: readonly Suggestion[] | undefined;
/** Tables by use, each with what it holds. */
const tableItems = (): readonly Suggestion[] =>
  (tables ??= TABLES_BY_USE.map((name): Suggestion => {
    const source = sourceOfTable(name);
    const about = source === null ? '' : [...source.domains, ...source.platforms].join(', ');
    return { label: name, kind: 'table', ...(about === '' ? null : { detail: about }) };
  }));
const TABLE_FUNCTION_ITEMS = callItems(TABLE_FUNCTIONS.values());
const FUNCTION_ITEMS = callItems(FUNCTIONS.values());
const AGGREGATE_ITEMS = callItems(AGGREGATES.values());
const COMPARISON_ITEMS: readonly Suggestion[] = [...COMPARISONS]
  .filter(([, help]) => !help.startsWith('An old'))
  .map(([label, detail]) => ({ label, kind: 'keyword', detail }));
const TIME_ITEMS: readonly Suggestion[] = ['ago', 'now', 'datetime'].map((label) => ({ label, kind: 'function', template: `${label}($0)` }));
const JOIN_KINDS = ['inner', 'innerunique', 'leftouter', 'rightouter', 'fullouter', 'leftanti', 'rightanti', 'leftsemi', 'rightsemi'];
const TYPES = ['string', 'long', 'int', 'real', 'bool', 'datetime', 'timespan', 'guid', 'dynamic', 'decimal'];
const RENDERINGS = [
  'timechart',
  'barchart',
  'columnchart',
  'piechart',
  'linechart',
  'areachart',
  'stackedareachart',
  'scatterchart',
  'anomalychart',
  'card',
  'table',
  'treemap',
  'graph',
];

/** Whether a summary stands here: before `by`, and in no function's brackets. */
function isSummarized(text: string, { parsed, span }: TextPlace): boolean {
  if (parsed.openOperator !== 'summarize' && parsed.openOperator !== 'make-series') return false;
  const { lexemes } = lex(text.slice(0, span.start));
  const last = lexemes.findLastIndex(({ text: word }) => word === parsed.openOperator);
  return callAt(text, lexemes, span.start) === null && lexemes.slice(last).every(({ text: word }) => word !== 'by' && word !== 'on');
}

function itemsFor(want: Want, place: TextPlace, isSummary: boolean): readonly Suggestion[] {
  switch (want.kind) {
    case 'statement':
      return words('let');
    case 'source':
      return [...lets(place.environment, true), ...tableItems(), ...HEAD_ITEMS, ...TABLE_FUNCTION_ITEMS];
    case 'operator':
      return [...OPERATOR_ITEMS, ...[...ALIASES].map(([label, meant]): Suggestion => ({ label, kind: 'command', detail: OPERATORS.get(meant)! }))];
    case 'expression': {
      // What stands alone in a summary is an aggregate; columns stand in its brackets, and after `by`.
      if (isSummary) return [...AGGREGATE_ITEMS, ...columns(place), ...lets(place.environment, false)];
      return [...columns(place), ...lets(place.environment, false), ...FUNCTION_ITEMS];
    }
    case 'comparison':
      return place.parsed.openOperator === 'where' || place.parsed.openOperator === 'search' || place.parsed.openOperator === 'find' ? COMPARISON_ITEMS : [];
    case 'pipe':
      return words('|');
    case 'key':
      return [...columns(place), ...words('$left', '$right')];
    case 'value':
      return [...lets(place.environment, false), { label: '"…"', kind: 'snippet', template: '"$0"', opens: true }, ...TIME_ITEMS];
    case 'keyword':
      return words(...want.words);
    case 'type':
      return TYPES.map((label) => ({ label, kind: 'keyword' }));
    case 'join-kind':
      return words(...JOIN_KINDS);
    case 'render-kind':
      return words(...RENDERINGS);
    case 'plugin':
      return entries(PLUGINS, 'function');
    case 'name':
      return [];
    default:
      return want satisfies never;
  }
}

const columns = ({ scope }: TextPlace): readonly Suggestion[] =>
  [...columnsIn(scope)].map(([label, { type }]) => ({ label, kind: 'field', detail: type === 'any' ? 'column' : type }));

function lets(environment: Environment, isSource: boolean): readonly Suggestion[] {
  const items: Suggestion[] = [];
  for (const [label, bound] of environment.own) {
    const isTable = bound.kind === 'query' || (bound.kind === 'parameter' && bound.isTable);
    if (bound.kind === 'function') items.push({ label, kind: 'macro', detail: 'let function' });
    else if (!isSource || isTable) items.push({ label, kind: 'macro', detail: isTable ? 'let query' : 'let value' });
  }
  return items;
}
