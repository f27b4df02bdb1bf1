import { holdsNetwork } from '../../../knowledge/ecs';
import type { FieldRef, Glob, Literal, Operand, Predicate, Printed, Refusal, Span, Test } from '../../../model';
import { isOrder, ORDER_SIGNS } from '../../../syntax/orders';

/** The predicate in kuery, the reverse of `lower`; or every part of it that kuery cannot say. */
export function print(predicate: Predicate): Printed {
  const refused: Refusal[] = [];
  const text = isEverything(predicate) ? '' : written(predicate, '', (span, why) => void refused.push({ span, why }));
  return refused.length > 0 ? { refused } : { text };
}

type Refuse = (span: Span, why: string) => void;

const isEverything = (predicate: Predicate): boolean => predicate.kind === 'all' && predicate.of.length === 0;

/** `prefix`: the path of the nested field the predicate stands in, with its dot. */
function written(predicate: Predicate, prefix: string, refuse: Refuse): string {
  switch (predicate.kind) {
    case 'all':
    case 'any': {
      if (predicate.kind === 'all' && predicate.same !== undefined) return nested(predicate.of, predicate.same, prefix, refuse);
      if (predicate.of.length === 0) return predicate.kind === 'all' ? '*' : 'not *';
      if (predicate.of.length === 1) return written(predicate.of[0]!, prefix, refuse);
      return predicate.of.map((part) => bracketed(part, prefix, refuse)).join(predicate.kind === 'all' ? ' and ' : ' or ');
    }
    case 'not':
      return `not ${bracketed(predicate.of, prefix, refuse)}`;
    case 'test':
      return testText(predicate, prefix, refuse);
    case 'unread':
      refuse(predicate.span, `what is not read cannot be written${predicate.note === undefined ? '' : `: ${predicate.note}`}`);
      return '';
    default:
      return predicate satisfies never;
  }
}

/** A part of a larger condition: in parentheses where it is a list of its own. */
function bracketed(part: Predicate, prefix: string, refuse: Refuse): string {
  const text = written(part, prefix, refuse);
  if (part.kind === 'all' && part.same !== undefined) return text;
  const isList = (part.kind === 'all' || part.kind === 'any') && part.of.length !== 1;
  if (isList) return part.of.length === 0 && part.kind === 'all' ? text : `(${text})`;
  return part.kind === 'all' || part.kind === 'any' ? bracketed(part.of[0]!, prefix, refuse) : text;
}

function nested(parts: readonly Predicate[], same: FieldRef, prefix: string, refuse: Refuse): string {
  if (!same.name.startsWith(prefix) || parts.length === 0) {
    refuse(same.span, 'kuery cannot name such a nested field');
    return '';
  }
  const inner = parts.length === 1 ? written(parts[0]!, `${same.name}.`, refuse) : parts.map((part) => bracketed(part, `${same.name}.`, refuse)).join(' and ');
  return `${nameText(same, prefix)}: { ${inner} }`;
}

function testText(test: Test, prefix: string, refuse: Refuse): string {
  const { left, compare, values, span } = test;
  const no = (why: string, place: Span = span): string => {
    refuse(place, why);
    return '';
  };
  if (test.over !== undefined) return no('kuery asks whether any of several values fits, not all of them');
  if (compare === 'absent')
    return left?.kind === 'field' ? `not ${testText({ ...test, compare: 'exists', missing: 'false' }, prefix, refuse)}` : no('kuery compares fields only');
  if (test.missing !== 'false') return no('in kuery a field without a value fits no comparison');
  if (left === null) {
    if (compare === 'exists') return '*';
    if (compare !== 'token' || test.case === 'exact') return no('kuery searches all fields for words, whatever their case');
    return alternatives(
      test,
      values.map((value) => valueText(value, refuse)),
      (text) => text,
    );
  }
  if (left.kind !== 'field') return no('kuery has no functions', left.span);
  if (!left.name.startsWith(prefix)) return no('this field is outside the nested one it stands in', left.span);
  const name = nameText(left, prefix);
  if (isOrder(compare)) return values.length === 1 ? `${name} ${ORDER_SIGNS[compare]} ${boundText(values[0]!, refuse)}` : no('kuery compares with one bound');
  switch (compare) {
    case 'exists':
      return `${name}: *`;
    case 'filled':
      return `(${name}: * and not ${name}: "")`;
    case 'empty':
      return `not (${name}: * and not ${name}: "")`;
    case 'equals':
    case 'cidr': {
      if (
        compare === 'cidr' &&
        !holdsNetwork(
          left.name,
          values.map((value) => (value.kind === 'literal' ? value.text : '')),
        )
      )
        return no('kuery knows networks on address fields only');
      if (test.case === 'fold' && values.some(hasLetters)) return no("kuery minds letters' case");
      const texts = values.map((value) => valueText(value, refuse));
      if (texts.length === 0) return no('kuery has no empty list');
      const isList = values.every(({ kind }) => kind === 'literal') && test.every !== true && texts.length > 1;
      return isList ? `${name}: (${texts.join(' or ')})` : alternatives(test, texts, (text) => `${name}: ${text}`);
    }
    case 'regex':
      return no('kuery has no regular expressions');
    case 'token':
      return no('kuery compares single words on analysed text only');
    case 'between':
      return no('kuery has no range with two ends for one value');
    default:
      return no(`kuery has no ${compare}`);
  }
}

/** Each value a comparison of its own. */
function alternatives(test: Test, texts: readonly string[], one: (text: string) => string): string {
  const parts = texts.map(one);
  return parts.length === 1 ? parts[0]! : `(${parts.join(test.every === true ? ' and ' : ' or ')})`;
}

const hasLetters = (value: Operand): boolean =>
  value.kind === 'glob'
    ? value.parts.some((part) => typeof part === 'object' && 'text' in part && /\p{L}/u.test(part.text))
    : value.kind === 'literal' && value.type === 'string' && /\p{L}/u.test(value.text);

/** A name without its nested path; what would end or change it is escaped. */
function nameText({ name, wild = [] }: FieldRef, prefix: string): string {
  if (name === prefix || (wild.length === 0 && /^\s|\s$|\s\s|^$/.test(name.slice(prefix.length)))) return quoted(name.slice(prefix.length));
  let text = '';
  for (let at = prefix.length; at < name.length; at++) text += name[at] === '*' && !wild.includes(at) ? '\\*' : escaped(name[at]!);
  return withoutKeywords(text);
}

/** A value after a colon, or one that is searched for everywhere. */
function valueText(value: Operand, refuse: Refuse): string {
  switch (value.kind) {
    case 'literal':
      return literalText(value);
    case 'glob':
      return globText(value, refuse);
    case 'time':
      return quoted(value.text);
    case 'field':
      refuse(value.span, 'kuery compares a field with values, not with another field');
      return '';
    case 'regex':
      refuse(value.span, 'kuery has no regular expressions');
      return '';
    case 'call':
      refuse(value.span, 'kuery has no functions');
      return '';
    case 'list':
    case 'condition':
      refuse(value.span, 'kuery has no such value');
      return '';
    case 'unread':
      refuse(value.span, `what is not read cannot be written${value.note === undefined ? '' : `: ${value.note}`}`);
      return '';
    default:
      return value satisfies never;
  }
}

function literalText({ type, text, words }: Literal): string {
  if (type === 'null') return quoted('null');
  return (type === 'number' && /^-?\d+(?:\.\d+)?$/.test(text)) || (type === 'boolean' && /^(?:true|false)$/.test(text))
    ? text
    : words === true
      ? bare(text)
      : quoted(text);
}

function globText({ parts, span }: Glob, refuse: Refuse): string {
  const texts = parts.map((part): string => {
    if (part === 'any-run') return '*';
    if (typeof part === 'object' && 'text' in part) return [...part.text].map(escaped).join('').replace(/\*/g, '\\*');
    refuse(span, part === 'any-char' ? 'kuery has no wildcard for one character' : 'kuery has no value that only the event knows');
    return '';
  });
  return parts.includes('any-run')
    ? withoutKeywords(texts.join(''))
    : quoted(parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join(''));
}

function boundText(value: Operand, refuse: Refuse): string {
  if (value.kind === 'time') return /^[\w.+/-]+$/.test(value.text) ? value.text : quoted(value.text);
  if (value.kind === 'literal') return value.type === 'number' ? value.text : quoted(value.text);
  return valueText(value, refuse);
}

const CONTROL: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/[\n\r\t]/g, (found) => CONTROL[found]!)}"`;

/** A character of an unquoted word; every blank but a space is written by its code. */
function escaped(character: string): string {
  if ('\\():<>"{}'.includes(character)) return `\\${character}`;
  return /\s/.test(character) && character !== ' ' ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character;
}

const bare = (text: string): string => withoutKeywords([...text].map(escaped).join('').replace(/\*/g, '\\*'));

/** Words that would join conditions are escaped, and so are spaces at the ends and beside others. */
const withoutKeywords = (text: string): string =>
  text.replace(/^ +| +$| {2,}/g, (blanks) => '\\ '.repeat(blanks.length)).replace(/(^|\s)(and|or|not)(?=\s|$)/gi, '$1\\$2');
