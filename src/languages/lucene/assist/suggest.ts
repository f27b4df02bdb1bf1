import type { Completion, Suggestion } from '../../../model';
import { ECS_FIELDS } from '../../../knowledge/ecs';
import { lex } from '../parse/lexer';
import { fitting } from '../../../syntax/fitting';
import vocabulary from '../vocabulary.json';

const FIELDS: readonly Suggestion[] = ECS_FIELDS.map(({ name, type, help }) => ({
  label: name,
  kind: 'field',
  insert: `${name}:`,
  detail: `${type}: ${help}`,
}));
/** The same where only a name stands. */
const NAMES: readonly Suggestion[] = FIELDS.map(({ label, kind, detail }) => ({ label, kind, detail: detail! }));
const OPENING: ReadonlySet<string> = new Set(['[', '{']);
const words = (...labels: readonly string[]): readonly Suggestion[] =>
  labels.map((label) => ({ label, kind: 'keyword', insert: `${label} `, detail: vocabulary.operators.find(([name]) => name === label)?.[1] ?? '' }));

/** What could stand at an offset: a field, a value of the field before the colon, or a joining word. */
export function suggest(text: string, offset: number): Completion {
  const completion = completionAt(text, offset);
  return { ...completion, items: fitting(completion.items, text.slice(completion.span.start, offset)) };
}

function completionAt(text: string, offset: number): Completion {
  const lexemes = lex(text);
  let index = lexemes.findIndex(({ kind, end }) => kind === 'end' || end >= offset);
  const current = lexemes[index]!;
  const isPhrase = current.kind === 'phrase';
  const isInside = current.start < offset && (isPhrase ? offset < current.end || current.open === true : current.kind === 'word');
  if (!isInside && current.kind !== 'end' && current.end <= offset) index++;
  const width = isPhrase ? 1 : 0;
  const span = isInside
    ? { start: current.start + width, end: Math.max(offset, current.open ? current.end : current.end - width) }
    : { start: offset, end: offset };
  let at = index - 1;
  // In a group of values the field stands before its bracket.
  if (lexemes[at]?.kind === '(' || lexemes[at]?.kind === 'or') {
    while (at >= 0 && ['word', 'phrase', 'or'].includes(lexemes[at]!.kind)) at--;
    if (lexemes[at]?.kind === '(' && lexemes[at - 1]?.kind === ':') at--;
    else at = index - 1;
  }
  // Bounds of a range are values of the field before it.
  if (lexemes[at]?.kind === 'to' && OPENING.has(lexemes[at - 2]?.kind ?? '')) at -= 2;
  if (OPENING.has(lexemes[at]?.kind ?? '')) at--;
  const name = lexemes[at]?.kind === ':' ? lexemes[at - 1] : undefined;
  if (name !== undefined && text.slice(name.start, name.end) === '_exists_') return { span, items: NAMES, fields: true };
  if (name !== undefined)
    return {
      span,
      items: isPhrase && isInside ? [] : [{ label: '*', kind: 'value', detail: 'Any value: the field is there.' }],
      valuesOf: text.slice(name.start, name.end),
    };
  if (isPhrase && isInside) return { span, items: [] };
  const before = lexemes[index - 1]?.kind;
  if (before === 'word' || before === 'phrase' || before === 'regex' || before === ')' || before === ']' || before === '}')
    return { span, items: words('AND', 'OR', 'NOT') };
  return { span, items: [...words('NOT'), ...FIELDS], fields: true };
}
