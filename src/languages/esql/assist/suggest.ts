import type { Completion, Context, Hover, Suggestion } from '../../../model';
import { ECS_FIELDS, ecsFieldOf } from '../../../knowledge/ecs';
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
const EMBEDDED: Readonly<Record<string, string>> = { kql: 'kuery', qstr: 'lucene' };

/** What could stand at an offset: a command, a field or function, a value of the compared field, a joining word; inside KQL what that language says. */
export function suggest(text: string, offset: number, context: Context): Completion {
  const lexemes = lex(text).filter(({ kind }) => kind !== 'comment');
  let index = lexemes.findIndex(({ kind, end }) => kind === 'end' || end >= offset);
  const current = lexemes[index]!;
  const isText = current.kind === 'string' || current.kind === 'raw' || current.kind === 'single';
  const isInside =
    current.start < offset && (isText ? offset < current.end || current.open === true : current.kind === 'word' || current.kind === 'quoted-name');
  if (!isInside && current.kind !== 'end' && current.end <= offset) index++;
  if (isInside && isText) {
    const inner = insideEmbedded(text, lexemes, index, offset, context);
    if (inner !== null) return inner;
  }
  const width = isText ? (current.kind === 'raw' ? 3 : 1) : 0;
  let span = { start: offset, end: offset };
  if (isInside) span = { start: Math.min(current.start + width, offset), end: Math.max(offset, current.open ? current.end : current.end - width) };
  // A dotted name is replaced as a whole.
  while (isInside && current.kind === 'word' && lexemes[index - 1]?.kind === '.' && lexemes[index - 2]?.kind === 'word') {
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
  const isName =
    ['word', 'quoted-name', 'string', 'raw', 'number', ')', ']'].includes(before.kind) &&
    !/^(?:where|eval|stats|by|and|or|not|on|keep|drop|sort|with)$/.test(word) &&
    index > bar + 1;
  if (isName) {
    if (command === 'where')
      return { items: keywords('and', 'or', ...(before.kind === 'word' ? ['in', 'like', 'rlike', 'is null', 'is not null', 'not'] : [])) };
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
  const id = lexemes[index - 1]?.kind === '(' && name?.kind === 'word' ? EMBEDDED[text.slice(name.start, name.end).toLowerCase()] : undefined;
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
  if (last?.kind !== 'word' && last?.kind !== 'quoted-name') return null;
  let first = at;
  while (lexemes[first - 1]?.kind === '.' && first >= 2) first -= 2;
  return text.slice(lexemes[first]!.start, last.end).replaceAll('`', '');
}

/** What stands at an offset: a field with its type, a column with what made it, or what a command, function, word or sign means. */
export function hover(text: string, offset: number, context: Context): Hover | null {
  const { tokens, stages } = analyse(text, context);
  const at = tokens.findIndex(({ start, end }) => start <= offset && offset < end);
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.type === 'field') {
    const lexemes = lex(text);
    let [first, last] = [lexemes.findIndex(({ start }) => start === token.start), 0];
    if (first < 0) return null;
    last = first;
    while (lexemes[first - 1]?.kind === '.' && first >= 2) first -= 2;
    while (lexemes[last + 1]?.kind === '.' && lexemes[last + 2]?.kind === 'word') last += 2;
    const span = { start: lexemes[first]!.start, end: lexemes[last]!.end };
    const name = text.slice(span.start, span.end).replaceAll('`', '');
    const made = stages.flatMap(({ derives }) => derives ?? []).findLast((field) => field.name === name && field.span.start <= offset);
    if (made !== undefined)
      return {
        span,
        text: `\`${name}\` is made by this query:\n\n\`${text.slice(made.expression.start, Math.min(made.expression.end, made.expression.start + 200))}\``,
      };
    const known = ecsFieldOf(name);
    return {
      span,
      text: known === undefined ? `\`${name}\` is no core field of the Elastic Common Schema.` : `\`${known.name}\` · ${known.type}\n\n${known.help}`,
    };
  }
  const span = { start: token.start, end: token.end };
  const source = text.slice(token.start, token.end).toLowerCase();
  if (token.type === 'key') {
    const stage = stages.find((candidate) => candidate.span.start <= token.start && token.end <= candidate.span.end);
    const known = vocabulary.commands.find(([name]) => name === (stage?.kind ?? source));
    return known === undefined ? null : { span, text: `\`${known[0]}\`\n\n${known[2]}` };
  }
  const known = [...(token.type === 'function' ? vocabulary.functions : []), ...vocabulary.keywords, ...vocabulary.operators].find(([name]) => name === source);
  return known === undefined ? null : { span, text: `\`${known[0]}\`\n\n${known[1]}` };
}
