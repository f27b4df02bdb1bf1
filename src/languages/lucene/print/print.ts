import { holdsNetwork } from '../../../knowledge/ecs';
import type { Call, FieldRef, Glob, Operand, Predicate, Printed, Refusal, Span, Test } from '../../../model';
import { isOrder, ORDER_SIGNS } from '../../../syntax/orders';

/** The predicate in Lucene's query language, the reverse of `lower`; or every part of it that Lucene cannot say. */
export function print(predicate: Predicate): Printed {
  const refused: Refusal[] = [];
  const text = written(predicate, (span, why) => void refused.push({ span, why }));
  return refused.length > 0 ? { refused } : { text };
}

type Refuse = (span: Span, why: string) => void;

/** On one level AND alone or OR alone: Lucene's clauses have no precedence. */
function written(predicate: Predicate, refuse: Refuse): string {
  switch (predicate.kind) {
    case 'all':
      if (predicate.same !== undefined) return rangeText(predicate.of, predicate.same, refuse);
      if (predicate.of.length === 0) return '*:*';
      return predicate.of.length === 1 ? written(predicate.of[0]!, refuse) : predicate.of.map((part) => bracketed(part, refuse, false)).join(' AND ');
    case 'any':
      if (predicate.of.length === 0) return '';
      return predicate.of.length === 1 ? written(predicate.of[0]!, refuse) : predicate.of.map((part) => bracketed(part, refuse, true)).join(' OR ');
    case 'not':
      return `NOT ${bracketed(predicate.of, refuse, true)}`;
    case 'test':
      return testText(predicate, refuse);
    case 'unread':
      refuse(predicate.span, `what is not read cannot be written${predicate.note === undefined ? '' : `: ${predicate.note}`}`);
      return '';
    default:
      return predicate satisfies never;
  }
}

/** A part of a larger condition: lists stand in parentheses, and a negation too where it would exclude outright. */
function bracketed(part: Predicate, refuse: Refuse, isNotWrapped: boolean): string {
  if ((part.kind === 'all' && part.same === undefined) || part.kind === 'any') {
    if (part.of.length === 1) return bracketed(part.of[0]!, refuse, isNotWrapped);
    if (part.of.length === 0) return part.kind === 'all' ? '*:*' : '(NOT *:*)';
    return `(${written(part, refuse)})`;
  }
  return part.kind === 'not' && isNotWrapped ? `(${written(part, refuse)})` : written(part, refuse);
}

function rangeText([low, high, ...others]: readonly Predicate[], same: FieldRef, refuse: Refuse): string {
  const isBound = (part: Predicate | undefined, ...compares: readonly Test['compare'][]): part is Test =>
    part?.kind === 'test' && part.left?.kind === 'field' && part.left.name === same.name && compares.includes(part.compare) && part.values.length === 1;
  if (others.length > 0 || !isBound(low, 'greater', 'at-least') || !isBound(high, 'less', 'at-most')) {
    refuse(same.span, 'Lucene cannot ask several things of one nested object');
    return '';
  }
  const open = low.compare === 'greater' ? '{' : '[';
  const close = high.compare === 'less' ? '}' : ']';
  return `${nameText(same)}:${open}${boundText(low.values[0]!, refuse)} TO ${boundText(high.values[0]!, refuse)}${close}`;
}

function testText(test: Test, refuse: Refuse): string {
  const { left, compare, values, span } = test;
  const no = (why: string, place: Span = span): string => {
    refuse(place, why);
    return '';
  };
  if (test.over !== undefined) return no('Lucene asks whether any of several values fits, not all of them');
  if (compare === 'absent') return left?.kind === 'field' ? `(NOT _exists_:${nameText(left)})` : no('Lucene compares fields only');
  if (test.missing !== 'false') return no('in Lucene a field without a value fits no comparison');
  if (left === null) {
    if (compare === 'exists') return '*:*';
    if (compare !== 'token' || test.case === 'exact') return no('Lucene searches all fields for words, whatever their case');
    return alternatives(
      test,
      values.map((value) => valueText(value, refuse)),
      '',
    );
  }
  if (left.kind !== 'field') return no('Lucene has no functions', left.span);
  const name = `${nameText(left)}:`;
  if (isOrder(compare)) return values.length === 1 ? `${name}${ORDER_SIGNS[compare]}${boundText(values[0]!, refuse)}` : no('Lucene compares with one bound');
  switch (compare) {
    case 'exists':
      return `_exists_:${nameText(left)}`;
    case 'filled':
      return `(_exists_:${nameText(left)} AND NOT ${name}"")`;
    case 'empty':
      return `(NOT (_exists_:${nameText(left)} AND NOT ${name}""))`;
    case 'between':
      return values.length === 2 ? `${name}[${values.map((value) => boundText(value, refuse)).join(' TO ')}]` : no('a range has two ends');
    case 'equals':
    case 'regex':
    case 'cidr': {
      if (
        compare === 'cidr' &&
        !holdsNetwork(
          left.name,
          values.map((value) => (value.kind === 'literal' ? value.text : '')),
        )
      )
        return no('Lucene knows networks on address fields only');
      if (test.case === 'fold' && values.some(hasLetters)) return no("Lucene minds letters' case");
      if (values.length === 0) return no('Lucene has no empty list');
      return alternatives(
        test,
        values.map((value) => valueText(value, refuse)),
        name,
      );
    }
    case 'token':
      return no('Lucene compares single words on analysed text only');
    default:
      return no(`Lucene has no ${compare}`);
  }
}

/** Each value a clause of its own. */
function alternatives(test: Test, texts: readonly string[], name: string): string {
  if (texts.length === 1) return name + texts[0]!;
  return test.every === true ? `(${texts.map((text) => name + text).join(' AND ')})` : `${name}(${texts.join(' OR ')})`;
}

const hasLetters = (value: Operand): boolean =>
  value.kind === 'glob'
    ? value.parts.some((part) => typeof part === 'object' && 'text' in part && /\p{L}/u.test(part.text))
    : value.kind === 'regex' || (value.kind === 'literal' && value.type === 'string' && /\p{L}/u.test(value.text));

/** A star that stands for any run is escaped in a name, but where it is the whole of it. */
const nameText = ({ name, wild }: FieldRef): string => (name === '*' && wild !== undefined ? '*' : withoutKeyword(escaped(name).replace(/[*?]/g, '\\$&')));

function valueText(value: Operand, refuse: Refuse): string {
  switch (value.kind) {
    case 'literal': {
      const { type, text, words } = value;
      if (type === 'number' && /^\d+(?:\.\d+)?$/.test(text)) return text;
      return type === 'number' || type === 'boolean' || words === true ? withoutKeyword(escaped(text).replace(/[*?]/g, '\\$&')) : quoted(text);
    }
    case 'glob':
      return globText(value, refuse);
    case 'regex':
      if (value.dialect === 'lucene' && value.whole === true && value.flags === '' && !/\n|\\$/.test(value.text))
        return `/${value.text.replace(/\//g, '\\/')}/`;
      if (value.dialect === 'lucene' && value.whole === true) refuse(value.span, 'no expression of Lucene ends in a backslash, or has a line break or flags');
      else refuse(value.span, `Lucene's regular expressions fit the whole value and have rules of their own, not those of ${value.dialect}`);
      return '';
    case 'time':
      return quoted(value.text);
    case 'call':
      return nearText(value, refuse);
    case 'field':
      refuse(value.span, 'Lucene compares a field with values, not with another field');
      return '';
    case 'list':
    case 'condition':
      refuse(value.span, 'Lucene has no such value');
      return '';
    case 'unread':
      refuse(value.span, `what is not read cannot be written${value.note === undefined ? '' : `: ${value.note}`}`);
      return '';
    default:
      return value satisfies never;
  }
}

function nearText({ fn, args: [value, distance], span }: Call, refuse: Refuse): string {
  if ((fn === 'near' || fn === 'fuzzy') && value?.kind === 'literal' && distance?.kind === 'literal') {
    const text = fn === 'near' ? quoted(value.text) : withoutKeyword(escaped(value.text).replace(/[*?]/g, '\\$&'));
    return `${text}~${distance.text}`;
  }
  refuse(span, 'Lucene has no functions');
  return '';
}

function globText({ parts, span }: Glob, refuse: Refuse): string {
  if (parts.every((part) => typeof part === 'object' && 'text' in part))
    return quoted(parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join(''));
  return parts
    .map((part): string => {
      if (part === 'any-run') return '*';
      if (part === 'any-char') return '?';
      if ('text' in part) return escaped(part.text).replace(/[*?]/g, '\\$&');
      refuse(span, 'Lucene has no value that only the event knows');
      return '';
    })
    .join('');
}

function boundText(value: Operand, refuse: Refuse): string {
  if (value.kind === 'time') return /^[\w.-]+$/.test(value.text) ? value.text : quoted(value.text);
  if (value.kind === 'literal' && value.type === 'string') return quoted(value.text);
  return valueText(value, refuse);
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Every sign of the language behind a backslash. */
const escaped = (text: string): string => text.replace(/[\\+\-!(){}[\]^"~:/&|<>=\s]/g, '\\$&');

/** Words in capitals that would join clauses. */
const withoutKeyword = (text: string): string => (/^(?:AND|OR|NOT|TO)$/.test(text) ? `\\${text}` : text);
