import type { Completion, Suggestion } from '../../../model';
import { ecsFieldOf, ecsFieldsOf } from '../../../knowledge/ecs';
import { lex, type EqlLexeme } from '../parse/lexer';
import { callItems } from '../../../syntax/call';
import { comparedName, isNamePart, writtenAround } from '../../../syntax/dotted-name';
import { fitting } from '../../../syntax/fitting';
import vocabulary from '../vocabulary.json';
import { FUNCTIONS } from '../vocabulary';

const fieldsOf = (category: string): readonly Suggestion[] =>
  ecsFieldsOf(category).map(({ name, type, help }) => ({ label: name, kind: 'field', detail: `${type}: ${help}` }));
const FUNCTION_ITEMS = callItems(FUNCTIONS.values());
const PIPES: readonly Suggestion[] = vocabulary.pipes.map((row) => ({
  label: row[0] as string,
  kind: 'command',
  insert: `${row[0] as string} `,
  detail: row[4] as string,
}));
const CATEGORIES: readonly Suggestion[] = vocabulary.categories.map((label) => ({ label, kind: 'command', insert: `${label} where `, opens: true }));
const SERIES: readonly Suggestion[] = [
  {
    label: 'sequence',
    kind: 'snippet',
    template: 'sequence by host.id with maxspan=5m\n  [$0 where true]\n  [any where true]',
    detail: 'Events that must happen in this order.',
  },
  {
    label: 'sample',
    kind: 'snippet',
    template: 'sample by host.id\n  [$0 where true]\n  [any where true]',
    detail: 'Events that must all happen, in any order.',
  },
];
const keywords = (...labels: readonly string[]): readonly Suggestion[] =>
  labels.map((label) => ({ label, kind: 'keyword', insert: `${label} `, detail: vocabulary.keywords.find(([name]) => name === label)?.[1] ?? '' }));

/** What could stand at an offset: an event, a field or function, a value of the compared field, a joining word, a pipe. */
export function suggest(text: string, offset: number): Completion {
  const completion = completionAt(text, offset);
  return { ...completion, items: fitting(completion.items, text.slice(completion.span.start, offset)) };
}

function completionAt(text: string, offset: number): Completion {
  const lexemes = lex(text).filter(({ kind }) => kind !== 'comment');
  const { span, index, isInside, isText } = writtenAround(lexemes, offset, (kind) => (kind === 'raw' ? 3 : kind === 'string' ? 1 : 0));
  const field = comparedName(text, lexemes, index - 1, ['in', 'like', 'regex']);
  if (field !== null) {
    const type = ecsFieldOf(field)?.type;
    const constants: readonly Suggestion[] = type === 'boolean' ? ['true', 'false'].map((label) => ({ label, kind: 'value' })) : [];
    return {
      span,
      items: [...constants, ...(isInside || type === 'boolean' ? [] : [{ label: '"…"', kind: 'snippet' as const, template: '"$0"', opens: true as const }])],
      valuesOf: field,
    };
  }
  return isInside && isText ? { span, items: [] } : { span, ...afterLexeme(text, lexemes, index - 1) };
}

function afterLexeme(text: string, lexemes: readonly EqlLexeme[], index: number): Omit<Completion, 'span'> {
  const before = lexemes[index];
  const word = before === undefined ? '' : text.slice(before.start, before.end);
  const isSeries = lexemes[0]?.kind === 'word' && /^(?:sequence|sample)$/.test(text.slice(lexemes[0].start, lexemes[0].end));
  const category = categoryBefore(text, lexemes, index);
  if (before === undefined) return { items: [...CATEGORIES, ...SERIES] };
  if (before.kind === '[') return { items: CATEGORIES };
  if (before.kind === '|') return { items: PIPES };
  if (before.kind === ']') return { items: keywords('by', 'with', 'until') };
  if (before.kind === '!') return { items: [{ label: '[…]', kind: 'snippet', template: '[$0 where true]' }] };
  if (before.kind === 'word') {
    if (/^(?:sequence|sample)$/.test(word)) return { items: keywords('by', 'with') };
    if (word === 'with') return { items: keywords('maxspan', 'runs') };
    if (word === 'by') return { items: fieldsOf(category), fields: true };
    if (/^(?:where|and|or|not)$/.test(word))
      return { items: [...(word === 'not' ? [] : keywords('not')), ...fieldsOf(category), ...FUNCTION_ITEMS], fields: true };
    // The category of an event: `where` follows.
    const previous = lexemes[index - 1]?.kind;
    if (previous === undefined || previous === '[') return { items: keywords('where') };
  }
  if (before.kind === '(' || before.kind === ',') return { items: [...fieldsOf(category), ...FUNCTION_ITEMS], fields: true };
  if (isNamePart(before) || ['string', 'raw', 'number', ')'].includes(before.kind))
    return {
      items: keywords(
        'and',
        'or',
        ...(isNamePart(before) && before.kind !== 'quoted-name' ? ['in', 'like', 'regex', 'not'] : []),
        ...(isSeries ? ['by', 'with'] : []),
      ),
    };
  return { items: [] };
}

/** The category of the event a place stands in: what stands before the last `where`; '' outside events. */
function categoryBefore(text: string, lexemes: readonly EqlLexeme[], index: number): string {
  for (let at = index; at > 0; at--) {
    const { kind, start, end } = lexemes[at]!;
    if (kind === '[' || kind === ']' || kind === '|') return '';
    const name = lexemes[at - 1]!;
    if (kind === 'word' && text.slice(start, end) === 'where') return text.slice(name.start, name.end).replace(/^"|"$/g, '');
  }
  return '';
}
