import { TABLE_NAMES, sourceOfTable } from '../../../knowledge/tables';
import type { Completion, Suggestion } from '../../../model';
import type { Environment } from '../lower/environment';
import { plainField } from '../lower/field';
import { columnsIn } from '../lower/scope';
import type { Want } from '../parse/reader';
import { AGGREGATES, ALIASES, COMPARISONS, FUNCTIONS, OPERATORS, PLUGINS, TABLE_FUNCTIONS } from '../vocabulary';
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
  for (const want of wants) for (const item of itemsFor(want, place)) if (!items.has(item.label)) items.set(item.label, item);
  const typed = text.slice(place.span.start, offset).toLowerCase();
  const all = [...items.values()];
  const fitting = all.filter(({ label }) => label.toLowerCase().startsWith(typed));
  const wantsFields = compared === null && wants.some(({ kind }) => kind === 'expression' || kind === 'key');
  return { span: place.span, items: fitting.length > 0 ? fitting : all, ...(wantsFields ? { fields: true as const } : null), ...valuesOf };
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
/** Tables that rules read before those of which nothing but the columns is known. */
const tableItems = (): readonly Suggestion[] =>
  (tables ??= TABLE_NAMES.map((name) => ({ name, source: sourceOfTable(name) }))
    .sort((a, b) => Number(b.source !== null) - Number(a.source !== null))
    .map(({ name, source }) => ({
      label: name,
      kind: 'table',
      ...(source === null || source.domains.length === 0 ? null : { detail: source.domains.join(', ') }),
    })));
const TABLE_FUNCTION_ITEMS: readonly Suggestion[] = [...TABLE_FUNCTIONS].map(([label, detail]) => ({ label, kind: 'snippet', insert: `${label}($0)`, detail }));
const functionItems = (table: typeof FUNCTIONS): readonly Suggestion[] =>
  [...table].map(([label, { args, help }]) => ({
    label,
    kind: 'snippet',
    insert: args === '' ? `${label}()` : `${label}($0)`,
    detail: `${label}(${args}): ${help}`,
  }));
const FUNCTION_ITEMS = functionItems(FUNCTIONS);
const AGGREGATE_ITEMS = functionItems(AGGREGATES);
const COMPARISON_ITEMS: readonly Suggestion[] = [...COMPARISONS]
  .filter(([, help]) => !help.startsWith('An old'))
  .map(([label, detail]) => ({ label, kind: 'keyword', detail }));
const TIME_ITEMS: readonly Suggestion[] = ['ago', 'now', 'datetime'].map((label) => ({ label, kind: 'snippet', insert: `${label}($0)` }));
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

function itemsFor(want: Want, place: TextPlace): readonly Suggestion[] {
  switch (want.kind) {
    case 'statement':
      return words('let');
    case 'source':
      return [...lets(place.environment, true), ...tableItems(), ...HEAD_ITEMS, ...TABLE_FUNCTION_ITEMS];
    case 'operator':
      return [...OPERATOR_ITEMS, ...[...ALIASES].map(([label, meant]): Suggestion => ({ label, kind: 'command', detail: OPERATORS.get(meant)! }))];
    case 'expression': {
      const isGrouping = place.parsed.openOperator === 'summarize' || place.parsed.openOperator === 'make-series';
      return [...columns(place), ...lets(place.environment, false), ...(isGrouping ? AGGREGATE_ITEMS : []), ...FUNCTION_ITEMS];
    }
    case 'comparison':
      return place.parsed.openOperator === 'where' || place.parsed.openOperator === 'search' || place.parsed.openOperator === 'find' ? COMPARISON_ITEMS : [];
    case 'pipe':
      return words('|');
    case 'key':
      return [...columns(place), ...words('$left', '$right')];
    case 'value':
      return [...lets(place.environment, false), { label: '"…"', kind: 'snippet', insert: '"$0"' }, ...TIME_ITEMS];
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
