import type { Completion, Suggestion } from '../../../model';
import { ECS_FIELDS, ecsFieldOf } from '../../../knowledge/ecs';
import { lex, type KueryLexeme } from '../parse/lexer';
import { fitting } from '../../../syntax/fitting';
import vocabulary from '../vocabulary.json';

const word = (label: string): Suggestion => ({
  label,
  kind: 'keyword',
  insert: `${label} `,
  detail: vocabulary.keywords.find(([name]) => name === label)?.[1] ?? '',
});
const FIELDS: readonly Suggestion[] = ECS_FIELDS.map(({ name, type, help }) => ({ label: name, kind: 'field', detail: `${type}: ${help}` }));
const SNIPPETS: readonly Suggestion[] = vocabulary.snippets.map(([label, insert, detail]) => ({
  label: label!,
  kind: 'snippet',
  template: insert!,
  detail: detail!,
}));

/** What could stand at an offset: a field or `not`, a value of the field before the colon, or a joining word. */
export function suggest(text: string, offset: number): Completion {
  const completion = completionAt(text, offset);
  return { ...completion, items: fitting(completion.items, text.slice(completion.span.start, offset)) };
}

function completionAt(text: string, offset: number): Completion {
  const lexemes = lex(text);
  let index = lexemes.findIndex(({ end, kind }) => kind === 'end' || end >= offset);
  const current = lexemes[index]!;
  const isQuoted = current.kind === 'quoted';
  const isInside =
    current.kind !== 'end' &&
    current.start < offset &&
    (isQuoted ? offset < current.end || current.open === true : current.kind.length > 1 && current.kind !== 'range');
  const width = isQuoted ? 1 : 0;
  const span = isInside
    ? { start: current.start + width, end: Math.max(offset, current.open ? current.end : current.end - width) }
    : { start: offset, end: offset };
  if (!isInside && current.kind !== 'end' && current.end <= offset) index++;

  const before = lexemes[index - 1];
  const outer = nestedIn(text, lexemes, index - 1);
  const named = fieldAt(text, lexemes, index - 1);
  const field = named === null || outer === '' ? named : `${outer}.${named}`;
  if (field !== null) {
    const type = ecsFieldOf(field)?.type;
    const constants: readonly Suggestion[] = type === 'boolean' ? ['true', 'false'].map((label) => ({ label, kind: 'value' })) : [];
    const items: readonly Suggestion[] = [...constants, { label: '*', kind: 'value', detail: 'Any value: the field is there.' }];
    if (before?.kind === 'word' || before?.kind === 'quoted') return { span, items: [word('or'), word('and')] };
    return before?.kind === ')' ? { span, items: [word('and'), word('or')] } : { span, items: isQuoted && isInside ? [] : items, valuesOf: field };
  }
  if (before === undefined || before.kind === 'and' || before.kind === 'or' || before.kind === 'not' || before.kind === '(' || before.kind === '{') {
    // Names inside braces go on from the name before them, which the corpus' names do not.
    if (outer !== '') return { span, items: [...(before?.kind === 'not' ? [] : [word('not')]), ...fieldsBelow(outer)] };
    return { span, items: [...(before?.kind === 'not' ? [] : [word('not')]), ...FIELDS, ...SNIPPETS], fields: true };
  }
  return { span, items: [word('and'), word('or')] };
}

/** The name whose braces a place stands in, outer names before it; '' outside braces. */
function nestedIn(text: string, lexemes: readonly KueryLexeme[], index: number): string {
  let closed = 0;
  const names: string[] = [];
  for (let at = index; at > 1; at--) {
    const { kind } = lexemes[at]!;
    if (kind === '}') closed++;
    else if (kind === '{' && closed > 0) closed--;
    else if (kind === '{') names.unshift(nameBefore(text, lexemes, at - 1) ?? '');
  }
  return names.filter((name) => name !== '').join('.');
}

const fieldsBelow = (outer: string): readonly Suggestion[] =>
  FIELDS.filter(({ label }) => label.startsWith(`${outer}.`)).map((field) => ({ ...field, label: field.label.slice(outer.length + 1) }));

/** The field whose value place the lexeme at `index` ends: the colon before it, or the open list it stands in. */
function fieldAt(text: string, lexemes: readonly KueryLexeme[], index: number): string | null {
  const last = lexemes[index]?.kind;
  if (last === ':' || last === 'range') return nameBefore(text, lexemes, index);
  // Back through the values to the bracket after a colon; any other comparison on the way means that this is no list of values.
  let closed = 0;
  for (let at = index; at >= 0; at--) {
    const { kind } = lexemes[at]!;
    if (kind === ')') closed++;
    else if (kind === '(' && closed > 0) closed--;
    else if (kind === '(' && lexemes[at - 1]?.kind === ':') return nameBefore(text, lexemes, at - 1);
    else if (kind === ':' || kind === 'range' || kind === '{' || kind === '}') return null;
  }
  return null;
}

function nameBefore(text: string, lexemes: readonly KueryLexeme[], colon: number): string | null {
  const name = lexemes[colon - 1];
  return name?.kind === 'word' || name?.kind === 'quoted' ? text.slice(name.start, name.end).replace(/^"|"$/g, '') : null;
}
