import type { Completion, Context, Suggestion } from '../../../model';
import { ECS_FIELDS } from '../../../knowledge/ecs';
import { analyse } from '../lower/analyse';
import { lex, type EsqlLexeme } from '../parse/lexer';
import { decode } from '../parse/literal';
import vocabulary from '../vocabulary.json';

const FIELDS: readonly Suggestion[] = ECS_FIELDS.map(({ name, type, help }) => ({ label: name, kind: 'field', detail: `${type}: ${help}` }));
const FUNCTIONS: readonly Suggestion[] = vocabulary.functions.map(([name, help]) => ({ label: name!, kind: 'function', insert: `${name}(`, detail: help! }));
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

const isName = (kind: EsqlLexeme['kind']): boolean => kind === 'word' || kind === 'part' || kind === 'quoted-name';

/** What could stand at an offset: a command, a field or function, a value of the compared field, a joining word; inside KQL what that language says. */
export function suggest(text: string, offset: number, context: Context): Completion {
  const lexemes = lex(text).filter(({ kind }) => kind !== 'comment');
  let index = lexemes.findIndex(({ kind, end }) => kind === 'end' || end >= offset);
  const current = lexemes[index]!;
  const isText = current.kind === 'string' || current.kind === 'raw' || current.kind === 'single';
  const isInside = current.start < offset && (isText ? offset < current.end || current.open === true : isName(current.kind));
  if (!isInside && current.kind !== 'end' && current.end <= offset) index++;
  if (isInside && isText) {
    const inner = insideEmbedded(text, lexemes, index, offset, context);
    if (inner !== null) return inner;
  }
  const width = isText ? (current.kind === 'raw' ? 3 : 1) : 0;
  let span = { start: offset, end: offset };
  if (isInside) span = { start: Math.min(current.start + width, offset), end: Math.max(offset, current.open ? current.end : current.end - width) };
  // A dotted name is replaced as a whole.
  while (isInside && current.kind !== 'quoted-name' && lexemes[index - 1]?.kind === '.' && /^(?:word|part)$/.test(lexemes[index - 2]?.kind ?? '')) {
    index -= 2;
    span = { ...span, start: lexemes[index]!.start };
  }
  const field = comparedField(text, lexemes, index - 1);
  if (field !== null) return { span, items: isInside ? [] : [{ label: '"…"', kind: 'snippet', insert: '"$0"' }], valuesOf: field };
  if (isInside && isText) return { span, items: [] };
  return { span, ...inCommand(text, lexemes, index - 1, offset, context) };
}

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
  const columns = [...derivedBefore(text, offset, context), ...FIELDS];
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
  return { items: [...(command === 'where' && word !== 'not' ? keywords('not') : []), ...columns, ...(isPlainList ? [] : FUNCTIONS)], fields: true };
}

/** Columns that commands before the offset make. */
function derivedBefore(text: string, offset: number, context: Context): readonly Suggestion[] {
  const made = analyse(text, context).stages.flatMap(({ span, derives }) => (span.end < offset ? (derives ?? []) : []));
  return [...new Map(made.map(({ name, expression }) => [name, text.slice(expression.start, Math.min(expression.end, expression.start + 60))]))].map(
    ([label, detail]) => ({ label, kind: 'field', detail }),
  );
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

/** The field whose value place the lexeme at `index` ends: right after a comparison sign, or in the list after one. */
function comparedField(text: string, lexemes: readonly EsqlLexeme[], index: number): string | null {
  let at = index;
  if (lexemes[at]?.kind === ',' || lexemes[at]?.kind === '(') {
    while (at >= 0 && lexemes[at]!.kind !== '(') {
      if (!['string', 'raw', 'number', ','].includes(lexemes[at]!.kind)) return null;
      at--;
    }
    at--;
  }
  const sign = lexemes[at];
  const isSign = sign?.kind === 'compare' || sign?.kind === ':' || (sign?.kind === 'word' && /^(?:in|like|rlike)$/i.test(text.slice(sign.start, sign.end)));
  if (!isSign) return null;
  at--;
  if (lexemes[at]?.kind === 'word' && /^not$/i.test(text.slice(lexemes[at]!.start, lexemes[at]!.end))) at--;
  const last = lexemes[at];
  if (last === undefined || !isName(last.kind)) return null;
  let first = at;
  while (lexemes[first - 1]?.kind === '.' && first >= 2) first -= 2;
  return text.slice(lexemes[first]!.start, last.end).replaceAll('`', '');
}
