import type { Completion, Context, Suggestion } from '../../../model';
import { ecsFieldsOf } from '../../../knowledge/ecs';
import { INDEX_PATTERNS, elasticSourceOf } from '../../../knowledge/elastic-indexes';
import { callAt, callItems } from '../../../syntax/call';
import { analyse } from '../lower/analyse';
import { lex, type EsqlLexeme } from '../parse/lexer';
import { decode } from '../parse/literal';
import { comparedName, writtenAround } from '../../../syntax/dotted-name';
import { fitting } from '../../../syntax/fitting';
import vocabulary from '../vocabulary.json';
import { AGGREGATES, FUNCTIONS } from '../vocabulary';

const AGGREGATE_ITEMS = callItems(AGGREGATES.values());
const FUNCTION_ITEMS = callItems(FUNCTIONS.values());
const INDEX_ITEMS: readonly Suggestion[] = INDEX_PATTERNS.map((label) => {
  const source = elasticSourceOf(label);
  const about = source === undefined ? '' : [...source.domains, ...source.platforms].join(', ');
  return { label, kind: 'table', ...(about === '' ? null : { detail: about }) };
});
const commandsOf = (isFirst: boolean): readonly Suggestion[] =>
  vocabulary.commands
    .filter(([, role]) => (role === 'source') === isFirst)
    .map(([name, , help]) => ({ label: name!, kind: 'command', insert: `${name} `, detail: help! }));
const keywords = (...labels: readonly string[]): readonly Suggestion[] =>
  labels.map((label) => ({ label, kind: 'keyword', insert: `${label} `, detail: vocabulary.keywords.find(([name]) => name === label)?.[1] ?? '' }));

/** Languages inside a function's text. */
const EMBEDDED = new Map([
  ['kql', 'kuery'],
  ['qstr', 'lucene'],
]);

/** What could stand at an offset: a command, a field or function, a value of the compared field, a joining word; inside KQL what that language says. */
export function suggest(text: string, offset: number, context: Context): Completion {
  const completion = completionAt(text, offset, context);
  return { ...completion, items: fitting(completion.items, text.slice(completion.span.start, offset)) };
}

function completionAt(text: string, offset: number, context: Context): Completion {
  const lexemes = lex(text).filter(({ kind }) => kind !== 'comment');
  const { span, index, isInside, isText } = writtenAround(lexemes, offset, (kind) => (kind === 'raw' ? 3 : kind === 'string' || kind === 'single' ? 1 : 0));
  if (isInside && isText) {
    const inner = insideEmbedded(text, lexemes, index, offset, context);
    if (inner !== null) return inner;
  }
  const field = comparedName(text, lexemes, index - 1, ['in', 'like', 'rlike']);
  if (field !== null) return { span, items: isInside ? [] : [{ label: '"…"', kind: 'snippet', template: '"$0"', opens: true }], valuesOf: field };
  if (isInside && isText) return { span, items: [] };
  const indices = indexAt(text, lexemes, index - 1, offset);
  return indices ?? { span, ...inCommand(text, lexemes, index - 1, offset, context) };
}

/** Behind `FROM`, and behind a comma of its list, an index pattern stands: dots, dashes and stars are its own. */
function indexAt(text: string, lexemes: readonly EsqlLexeme[], index: number, offset: number): Completion | null {
  let bar = index;
  while (bar >= 0 && lexemes[bar]!.kind !== '|') bar--;
  const first = lexemes[bar + 1];
  if (first === undefined || index < bar + 1 || !/^(?:from|ts)$/i.test(text.slice(first.start, first.end))) return null;
  const start = offset - /[^\s,|"()[\]]*$/.exec(text.slice(Math.max(0, offset - LONGEST_PATTERN), offset))![0].length;
  const end = offset + /^[^\s,|"()[\]]*/.exec(text.slice(offset, offset + LONGEST_PATTERN))![0].length;
  const before = lexemes.findLast((lexeme) => lexeme.end <= start && lexeme.kind !== 'end');
  return before === first || before?.kind === ',' ? { span: { start, end }, items: INDEX_ITEMS } : null;
}

const LONGEST_PATTERN = 200;

function inCommand(text: string, lexemes: readonly EsqlLexeme[], index: number, offset: number, context: Context): Omit<Completion, 'span'> {
  const wordAt = (at: number): string => (lexemes[at]?.kind === 'word' ? text.slice(lexemes[at]!.start, lexemes[at]!.end).toLowerCase() : '');
  const before = lexemes[index];
  if (before === undefined) return { items: commandsOf(true) };
  if (before.kind === '|') return { items: commandsOf(false) };
  let bar = index;
  while (bar >= 0 && lexemes[bar]!.kind !== '|') bar--;
  const command = wordAt(bar + 1);
  const word = wordAt(index);
  if (command === 'from' || command === 'ts')
    return word === 'metadata'
      ? { items: ['_id', '_index', '_version', '_source'].map((label) => ({ label, kind: 'field' })) }
      : { items: index === bar + 1 ? [] : keywords('metadata') };
  if ((word === 'inline' && index === bar + 1) || word === 'lookup') return { items: commandsOf(false).filter(({ label }) => label.startsWith(word)) };
  const bars = lexemes.slice(0, index + 1).findLastIndex(({ kind }) => kind === '|');
  const { columns, isOpen } = columnsBefore(text, bars < 0 ? 0 : lexemes[bars]!.start, context);
  const fields = isOpen ? { fields: true as const } : null;
  const isOperand =
    ['word', 'part', 'quoted-name', 'string', 'raw', 'number', ')', ']'].includes(before.kind) &&
    !/^(?:where|eval|stats|by|and|or|not|on|keep|drop|sort|with)$/.test(word) &&
    index > bar + 1;
  if (isOperand) {
    if (command === 'where')
      return {
        items: keywords('and', 'or', ...(before.kind === 'word' || before.kind === 'part' ? ['in', 'like', 'rlike', 'is null', 'is not null', 'not'] : [])),
      };
    if (command === 'stats' || command === 'inline') return { items: keywords('by') };
    return {
      items: command === 'sort' ? keywords('asc', 'desc', 'nulls') : command === 'enrich' ? keywords('on', 'with') : command === 'rename' ? keywords('as') : [],
    };
  }
  const isPlainList = /^(?:keep|drop|mv_expand|rename|grok|dissect)$/.test(command);
  if (isPlainList) return { items: columns, ...fields };
  const called = callAt(text, lexemes, offset);
  const isSummary =
    (command === 'stats' || command === 'inline') && called === null && !lexemes.slice(bar + 1, index + 1).some((_, at) => wordAt(bar + 1 + at) === 'by');
  if (isSummary) return { items: [...AGGREGATE_ITEMS, ...columns], ...fields };
  return { items: [...(command === 'where' && word !== 'not' ? keywords('not') : []), ...columns, ...FUNCTION_ITEMS], ...fields };
}

/** The columns the commands before a pipe leave: only those of a summary or a choice, else what was made and the fields of what is read. */
function columnsBefore(text: string, pipe: number, context: Context): { readonly columns: readonly Suggestion[]; readonly isOpen: boolean } {
  const before = text.slice(0, pipe);
  const { stages, sources, outputs } = analyse(before, context);
  const made = new Map(
    stages.flatMap(({ derives }) =>
      (derives ?? []).map(({ name, expression }): [string, string] => [name, before.slice(expression.start, Math.min(expression.end, expression.start + 60))]),
    ),
  );
  const columnOf = (label: string): Suggestion => ({ label, kind: 'field', detail: made.get(label) ?? 'What the commands before leave' });
  const left = outputs.map(({ name }) => name);
  if (left.length > 0 && left.every((name) => !name.includes('*'))) return { columns: left.map(columnOf), isOpen: false };
  // `logs-endpoint.events.process-*` holds events of one category.
  const category = sources.length === 1 ? (/^logs-[\w.]+\.(\w+?)[-*]/.exec(sources[0]!.name)?.[1] ?? '') : '';
  const fields = ecsFieldsOf(category).map(({ name, type, help }): Suggestion => ({ label: name, kind: 'field', detail: `${type}: ${help}` }));
  return { columns: [...[...made.keys()].map(columnOf), ...fields.filter(({ label }) => !made.has(label))], isOpen: true };
}

function insideEmbedded(text: string, lexemes: readonly EsqlLexeme[], index: number, offset: number, context: Context): Completion | null {
  const name = lexemes[index - 2];
  const id = lexemes[index - 1]?.kind === '(' && name?.kind === 'word' ? EMBEDDED.get(text.slice(name.start, name.end).toLowerCase()) : undefined;
  const language = id === undefined ? undefined : context.languages.get(id);
  if (language === undefined) return null;
  const value = decode(text, lexemes[index]!);
  let inner = 0;
  while (inner < value.text.length && value.map(inner) < offset) inner++;
  const completion = language.suggest(value.text, inner, context);
  const { start, end } = completion.span;
  return { ...completion, span: { start: Math.min(offset, value.map(start)), end: Math.max(offset, value.map(end)) } };
}
