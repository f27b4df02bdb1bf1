import { walkTests } from '../../../syntax/walk';
import type { FieldRef, Glob, Operand, Predicate, Printed, Refusal, Test } from '../../../model';
import {
  atom,
  calculationText,
  conditionText,
  listText,
  missesAs,
  orderText,
  plainPart,
  refuse,
  regexText,
  unreadNote,
  type ConditionWords,
  type Piece,
} from '../../../syntax/condition-text';

/** The predicate as a query of its own: `from * | where …`. Refuses what ES|QL cannot say. */
export function print(predicate: Predicate): Printed {
  const printed = printCondition(predicate);
  return 'text' in printed ? { text: `from * | where ${printed.text}` } : printed;
}

/** The predicate as a condition, to stand after `where` or, where it is no chain, beside `and`. */
export function printCondition(predicate: Predicate): Printed {
  const refused: Refusal[] = [];
  const { text } = conditionText(words(refused), predicate);
  return refused.length > 0 ? { refused } : { text };
}

const words = (refused: Refusal[]): ConditionWords => ({
  refused,
  test: (test) => testText(refused, test),
  same: ({ span }) => atom(refuse(refused, span, 'no tests of one and the same element')),
});

function testText(refused: Refusal[], test: Test): Piece {
  const { left, compare, values, span } = test;
  if (left === null) return atom(refuse(refused, span, 'no search of whole events'));
  if (test.every) return atom(refuse(refused, span, 'no comparison that all values must fit'));
  if (test.over !== undefined) return atom(refuse(refused, span, 'no comparison of all values of a field'));
  if (!missesAs(test)) return atom(refuse(refused, span, 'a comparison with no value is neither true nor false in ES|QL'));
  // A condition that is null stands alone.
  if (left.kind === 'literal' && left.type === 'null') return atom('null');
  const field = operandText(refused, left);
  const write = (operand: Operand): string => operandText(refused, operand);
  switch (compare) {
    case 'equals':
      return equalText(refused, test, field);
    case 'regex':
      if (test.case === 'fold') return atom(refuse(refused, span, 'letters’ case always counts in ES|QL; `to_lower(…)` compares small letters'));
      return atom(
        `${field} rlike ${listText(values.map((value) => (value.kind === 'regex' ? regexText(value, refused, quoted) : operandText(refused, value))))}`,
      );
    case 'cidr':
      return atom(`cidr_match(${[field, ...values.map(write)].join(', ')})`);
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
    case 'between':
      return orderText(test, compare, field, refused, write);
    case 'exists':
      return atom(`${field} is not null`);
    case 'absent':
      return atom(`${field} is null`);
    case 'filled':
      return { text: `${field} is not null and ${field} != ""`, power: 2 };
    case 'empty':
      return { text: `${field} is null or ${field} == ""`, power: 1 };
    case 'token':
      return wordsText(refused, test, left, field);
    default:
      return compare satisfies never;
  }
}

/** Words of a field: `match` takes any of several, `match_phrase` all of them in their order. */
function wordsText(refused: Refusal[], test: Test, left: Operand, field: string): Piece {
  const [value] = test.values;
  if (value === undefined || test.values.length !== 1 || value.kind !== 'literal') return atom(refuse(refused, test.span, 'no search of parts of words'));
  if (test.case === 'exact') return atom(refuse(refused, test.span, 'no search of words by letters’ case'));
  if (left.kind !== 'field') return atom(refuse(refused, test.span, 'no search of words in an expression'));
  const isSeveral = value.type === 'string' && /\S\s+\S/.test(value.text);
  const text = operandText(refused, value);
  return atom(isSeveral && value.words !== true ? `match_phrase(${field}, ${text})` : `match(${field}, ${text})`);
}

const isNumeric = (value: Operand): boolean => (value.kind === 'literal' && value.type !== 'string') || value.kind === 'time';

function equalText(refused: Refusal[], test: Test, field: string): Piece {
  const { values, word, span } = test;
  if (values.length === 0) return atom(refuse(refused, span, 'a comparison without a value'));
  if (test.case === 'fold' && !values.every(isNumeric))
    return atom(refuse(refused, span, 'letters’ case always counts in ES|QL; `to_lower(…)` compares small letters'));
  if (values.some(({ kind }) => kind === 'glob') || word === 'wildcard') return atom(patternText(refused, test, field));
  const texts = values.map((value) => operandText(refused, value));
  return atom(values.length === 1 && word !== 'in' ? `${field} == ${texts[0]!}` : `${field} in (${texts.join(', ')})`);
}

const FUNCTIONS = {
  starts_with: { before: false, after: true },
  ends_with: { before: true, after: false },
  contains: { before: true, after: true },
} as const;

function patternText(refused: Refusal[], test: Test, field: string): string {
  const { word, values } = test;
  const [only] = values;
  if ((word === 'starts_with' || word === 'ends_with' || word === 'contains') && values.length === 1 && only?.kind === 'glob') {
    const part = plainPart(only, FUNCTIONS[word].before, FUNCTIONS[word].after);
    if (part !== null) return `${word}(${field}, ${'text' in part ? quoted(part.text) : operandText(refused, part.of)})`;
  }
  return `${field} like ${listText(values.map((value) => (value.kind === 'glob' ? globText(refused, value) : operandText(refused, value))))}`;
}

function globText(refused: Refusal[], { parts, span }: Glob): string {
  let pattern = '';
  for (const part of parts) {
    if (typeof part === 'string') pattern += part === 'any-run' ? '*' : '?';
    else if ('text' in part) pattern += part.text.replace(/[\\*?]/g, '\\$&');
    else return refuse(refused, span, 'no pattern around another field');
  }
  return quoted(pattern);
}

/** A text literal. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`;

function operandText(refused: Refusal[], operand: Operand): string {
  const { span } = operand;
  switch (operand.kind) {
    case 'field':
      return fieldText(refused, operand);
    case 'literal':
      if (operand.type === 'string') return quoted(operand.text);
      if (operand.type !== 'number') return operand.text;
      return /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(operand.text) ? operand.text : refuse(refused, span, `no number \`${operand.text}\``);
    case 'call': {
      const { fn, args } = operand;
      const calculation = calculationText(fn, args, (arg) => operandText(refused, arg));
      if (calculation !== null) return calculation;
      if (!/^[a-z_][a-z0-9_]*$/.test(fn) || fn === 'map') return refuse(refused, span, `no function \`${fn}\``);
      return `${fn}(${args.map((argument) => operandText(refused, argument)).join(', ')})`;
    }
    case 'list':
      return `[${operand.of.map((item) => operandText(refused, item)).join(', ')}]`;
    case 'time':
      return /^-?\d+(?:\.\d+)? ?[a-z]+$/i.test(operand.text) ? operand.text : refuse(refused, span, `no time \`${operand.text}\``);
    case 'condition': {
      // What looks for words is a function there, whose answer is no condition.
      let isWords = false;
      walkTests(operand.of, ({ compare }) => (isWords ||= compare === 'token'));
      if (isWords) return refuse(refused, span, 'no search of words within an expression');
      return `(${conditionText(words(refused), operand.of).text})`;
    }
    case 'glob':
    case 'regex':
      return refuse(refused, span, 'no pattern as a value');
    case 'unread':
      return refuse(refused, span, unreadNote(operand.note));
    default:
      return operand satisfies never;
  }
}

const RESERVED: ReadonlySet<string> = new Set('and or not in is like rlike by where on with as asc desc nulls metadata true false null first last'.split(' '));

/** A field as a condition and `by` name it. */
export function fieldText(refused: Refusal[], { name, span, derived, of, wild }: FieldRef): string {
  if (derived !== undefined || of !== undefined) return refuse(refused, span, `\`${name}\` is made by an earlier step`);
  if (wild !== undefined && wild.length > 0) return refuse(refused, span, 'no field names with stars');
  if (name === '' || name.split('.').includes('') || /[\r\n]/.test(name)) return refuse(refused, span, `no field of the name \`${name}\``);
  return name
    .split('.')
    .map((part, index) => (/^[A-Za-z_@][\w@]*$/.test(part) && (index > 0 || !RESERVED.has(part.toLowerCase())) ? part : `\`${part.replaceAll('`', '``')}\``))
    .join('.');
}
