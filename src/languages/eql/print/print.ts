import type { FieldRef, Glob, GlobPart, Operand, Predicate, Printed, Refusal, Test } from '../../../model';
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
import { functionOf } from '../vocabulary';

/** The predicate as an event of any category: `any where …`. Refuses what EQL cannot say. */
export function print(predicate: Predicate): Printed {
  const printed = printCondition(predicate);
  return 'text' in printed ? { text: `any where ${printed.text}` } : printed;
}

/** The predicate as a condition, to stand after `where` or, where it is no chain, beside `and`. */
export function printCondition(predicate: Predicate): Printed {
  const work: Work = { refused: [], arrays: [] };
  const { text } = conditionText(words(work), predicate);
  return work.refused.length > 0 ? { refused: work.refused } : { text };
}

/** A field that events are joined by. */
export const keyText = (field: FieldRef, refused: Refusal[]): string => fieldText({ refused, arrays: [] }, field);

interface Work {
  readonly refused: Refusal[];
  /** Arrays whose elements have a variable, outermost first. */
  readonly arrays: readonly string[];
}

const words = (work: Work): ConditionWords => ({
  refused: work.refused,
  test: (test) => testText(work, test),
  same: ({ of, same }) => sameElement(work, of, same!),
});

/** Tests of one and the same element of an array. */
function sameElement(work: Work, of: readonly Predicate[], same: FieldRef): Piece {
  const inner = { ...work, arrays: [...work.arrays, same.name] };
  const condition = conditionText(words(inner), { kind: 'all', span: same.span, of });
  return atom(`_arraysearch(${fieldText(work, same)}, ${variableOf(work.arrays.length)}, ${condition.text})`);
}

const variableOf = (depth: number): string => (depth === 0 ? '$entry' : `$entry${depth + 1}`);

function testText(work: Work, test: Test): Piece {
  const { left, compare, values, span } = test;
  if (left === null) return atom(refuse(work.refused, span, 'no search of whole events'));
  if (test.every) return atom(refuse(work.refused, span, 'no comparison that all values must fit'));
  if (test.over !== undefined) return atom(refuse(work.refused, span, 'no comparison of all values of a field'));
  if (!missesAs(test)) return atom(refuse(work.refused, span, 'a comparison with no value is neither true nor false in EQL'));
  const field = operandText(work, left);
  const write = (operand: Operand): string => operandText(work, operand);
  switch (compare) {
    case 'equals':
      return equalText(work, test, field);
    case 'regex':
      return atom(
        `${field} regex${tilde(test)} ${listText(values.map((value) => (value.kind === 'regex' ? regexText(value, work.refused, quoted) : operandText(work, value))))}`,
      );
    case 'cidr':
      return atom(`cidrMatch(${[field, ...values.map((value) => operandText(work, value))].join(', ')})`);
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
    case 'between':
      return orderText(test, compare, field, work.refused, write);
    case 'exists':
      return atom(`${field} != null`);
    case 'absent':
      return atom(`${field} == null`);
    case 'filled':
      return { text: `${field} != null and ${field} != ""`, power: 2 };
    case 'empty':
      return { text: `${field} == null or ${field} == ""`, power: 1 };
    case 'token':
      return atom(refuse(work.refused, span, 'no comparison of whole words'));
    default:
      return compare satisfies never;
  }
}

const tilde = (test: Test): string => (test.case === 'fold' ? '~' : '');
const isLetter = (part: GlobPart): boolean => typeof part === 'string';
const hasStar = (text: string): boolean => text.includes('*') || text.includes('?');

function equalText(work: Work, test: Test, field: string): Piece {
  const { values, word, span } = test;
  const [first] = values;
  if (first === undefined) return atom(refuse(work.refused, span, 'a comparison without a value'));
  if (values.some(({ kind }) => kind === 'glob') || word === 'wildcard') return atom(patternText(work, test, field));
  const isOne = values.length === 1 && word !== 'in';
  const texts = values.map((value) => operandText(work, value));
  if (!isOne) return atom(`${field} in${tilde(test)} (${texts.join(', ')})`);
  if (test.case === 'exact' || (first.kind === 'literal' && first.type !== 'string')) return atom(`${field} == ${texts[0]!}`);
  // A star after `:` would be a wildcard.
  return atom(first.kind === 'literal' && hasStar(first.text) ? `${field} in~ (${texts[0]!})` : `${field} : ${texts[0]!}`);
}

const FUNCTIONS = {
  starts_with: { name: 'startsWith', before: false, after: true },
  ends_with: { name: 'endsWith', before: true, after: false },
  contains: { name: 'stringContains', before: true, after: true },
} as const;

function patternText(work: Work, test: Test, field: string): string {
  const { word, values } = test;
  const open = word === 'starts_with' || word === 'ends_with' || word === 'contains' ? FUNCTIONS[word] : null;
  const inner = open === null ? null : values.map((value) => (value.kind === 'glob' ? plainPart(value, open.before, open.after) : null));
  if (open !== null && inner !== null && inner.every((part) => part !== null)) {
    const [only] = inner;
    if (test.case === 'fold' && inner.length === 1 && only !== undefined && 'text' in only && only.text !== '' && !hasStar(only.text))
      return `${field} : ${globText(work, values[0] as Glob)}`;
    return `${open.name}${tilde(test)}(${[field, ...inner.map((part) => ('text' in part ? quoted(part.text) : operandText(work, part.of)))].join(', ')})`;
  }
  return `${field} like${tilde(test)} ${listText(values.map((value) => (value.kind === 'glob' ? globText(work, value) : operandText(work, value))))}`;
}

function globText(work: Work, { parts, span }: Glob): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part === 'any-run' ? '*' : '?';
    else if (!('text' in part)) return refuse(work.refused, span, 'no pattern around another field');
    else if (hasStar(part.text)) return refuse(work.refused, span, 'no pattern with a plain star or question mark');
    else text += part.text;
  }
  return parts.some(isLetter) || parts.length < 2 ? quoted(text) : refuse(work.refused, span, 'a pattern in pieces');
}

const ESCAPES: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };

/** A text literal. */
const quoted = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  `"${text.replace(/[\\"]/g, '\\$&').replace(/[\u0000-\u001f\u2028\u2029]/g, (char) => ESCAPES[char] ?? `\\u{${char.charCodeAt(0).toString(16).padStart(2, '0')}}`)}"`;

function operandText(work: Work, operand: Operand): string {
  const { span } = operand;
  switch (operand.kind) {
    case 'field':
      return fieldText(work, operand);
    case 'literal':
      if (operand.type === 'string') return quoted(operand.text);
      if (operand.type !== 'number') return operand.text;
      return /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(operand.text) ? operand.text : refuse(work.refused, span, `no number \`${operand.text}\``);
    case 'call': {
      const { fn, args } = operand;
      const [first, second] = args;
      const calculation = calculationText(fn, args, (arg) => operandText(work, arg));
      if (calculation !== null) return calculation;
      if (fn === '[]' && first?.kind === 'field' && second?.kind === 'literal') return `${fieldText(work, first, true)}[${second.text}]`;
      const name = functionOf(fn.replace(/~$/, ''))?.name;
      if (name === undefined) return refuse(work.refused, span, `no function \`${fn}\``);
      return `${name}${fn.endsWith('~') ? '~' : ''}(${args.map((argument) => operandText(work, argument)).join(', ')})`;
    }
    case 'condition':
      return `(${conditionText(words(work), operand.of).text})`;
    case 'glob':
    case 'regex':
      return refuse(work.refused, span, 'no pattern as a value');
    case 'time':
      return refuse(work.refused, span, 'no times');
    case 'list':
      return refuse(work.refused, span, 'no lists as values');
    case 'unread':
      return refuse(work.refused, span, unreadNote(operand.note));
    default:
      return operand satisfies never;
  }
}

const RESERVED: ReadonlySet<string> = new Set('and as by in join like macro not of or regex sequence until where with true false null'.split(' '));
const KEYWORD = /^(?:and|or|not|in|like|regex|until|where|true|false|null)$/i;

/** `isIndexed`: an index follows, so that one at its end is no part of the last name. */
function fieldText(work: Work, { name, span, derived, of, wild }: FieldRef, isIndexed = false): string {
  if (derived !== undefined || of !== undefined) return refuse(work.refused, span, `\`${name}\` is made by an earlier step`);
  if (wild !== undefined && wild.length > 0) return refuse(work.refused, span, 'no field names with stars');
  if (name === '' || name.split('.').includes('') || /[\r\n]/.test(name)) return refuse(work.refused, span, `no field of the name \`${name}\``);
  const array = work.arrays.findLastIndex((of) => name === of || name.startsWith(`${of}.`));
  if (array >= 0) {
    const rest = name.slice(work.arrays[array]!.length);
    return (
      variableOf(array) +
      rest
        .split('.')
        .map((part, index) => (index === 0 ? part : namePart(part, false)))
        .join('.')
    );
  }
  const parts = name.split('.');
  return parts.map((part, index) => namePart(part, index === 0, isIndexed || index < parts.length - 1)).join('.');
}

function namePart(part: string, isFirst: boolean, mayIndex = false): string {
  const isPlain = /^[A-Za-z_@][\w@]*$/.test(part) && !(isFirst ? RESERVED.has(part) || KEYWORD.test(part) : /^(?:true|false|null)$/.test(part));
  return isPlain || (mayIndex && /^[A-Za-z_@][\w@]*(?:\[\d+\])+$/.test(part)) ? part : `\`${part.replaceAll('`', '``')}\``;
}
