import type { FieldRef, Glob, GlobPart, Operand, Predicate, Printed, Refusal, Span, Test } from '../../../model';
import { innerParts } from '../../../syntax/glob';
import { isTrue } from '../../../syntax/predicates';

/** The predicate as a query of its own: `from * | where …`. Refuses what ES|QL cannot say. */
export function print(predicate: Predicate): Printed {
  const printed = printCondition(predicate);
  return 'text' in printed ? { text: `from * | where ${printed.text}` } : printed;
}

/** The predicate as a condition, to stand after `where` or, where it is no chain, beside `and`. */
export function printCondition(predicate: Predicate): Printed {
  const refused: Refusal[] = [];
  const { text } = conditionText(refused, predicate);
  return refused.length > 0 ? { refused } : { text };
}

/** How tight a text holds together: 1 or, 2 and, 3 not, 4 a comparison or brackets. */
interface Piece {
  readonly text: string;
  readonly power: 1 | 2 | 3 | 4;
}

const atom = (text: string): Piece => ({ text, power: 4 });
const under = (power: number, piece: Piece): string => (piece.power < power ? `(${piece.text})` : piece.text);

function refuse(refused: Refusal[], span: Span, why: string): string {
  refused.push({ span: { start: span.start, end: span.end }, why });
  return '';
}

function conditionText(refused: Refusal[], predicate: Predicate): Piece {
  switch (predicate.kind) {
    case 'all':
      if (predicate.same !== undefined) return atom(refuse(refused, predicate.span, 'no tests of one and the same element'));
      return allText(refused, predicate.of);
    case 'any':
      if (predicate.of.length === 0) return atom('false');
      if (predicate.of.length === 1) return conditionText(refused, predicate.of[0]!);
      return { text: predicate.of.map((part) => under(1, conditionText(refused, part))).join(' or '), power: 1 };
    case 'not':
      return { text: `not ${under(3, conditionText(refused, predicate.of))}`, power: 3 };
    case 'test':
      return testText(refused, predicate);
    case 'unread':
      return atom(refuse(refused, predicate.span, `a part that is not read${predicate.note === undefined ? '' : `: ${predicate.note}`}`));
    default:
      return predicate satisfies never;
  }
}

/** What always holds is left out beside anything else. */
function allText(refused: Refusal[], of: readonly Predicate[]): Piece {
  const parts = of.filter((part) => !isTrue(part));
  const [only] = parts;
  if (only === undefined) return atom('true');
  if (parts.length === 1) return conditionText(refused, only);
  return { text: parts.map((part) => under(2, conditionText(refused, part))).join(' and '), power: 2 };
}

function testText(refused: Refusal[], test: Test): Piece {
  const { left, compare, values, span } = test;
  if (left === null) return atom(refuse(refused, span, 'no search of whole events'));
  if (test.every) return atom(refuse(refused, span, 'no comparison that all values must fit'));
  if (test.over !== undefined) return atom(refuse(refused, span, 'no comparison of all values of a field'));
  const missing = compare === 'exists' ? 'false' : compare === 'absent' ? 'true' : 'unknown';
  if (test.missing !== missing && compare !== 'filled' && compare !== 'empty')
    return atom(refuse(refused, span, 'a comparison with no value is neither true nor false in ES|QL'));
  const field = operandText(refused, left);
  const texts = (): readonly string[] => values.map((value) => operandText(refused, value));
  const one = (): string => (values.length === 1 ? texts()[0]! : refuse(refused, span, 'no order of several values'));
  switch (compare) {
    case 'equals':
      return equalText(refused, test, field);
    case 'regex':
      if (test.case === 'fold') return atom(refuse(refused, span, 'letters’ case always counts in ES|QL; `to_lower(…)` compares small letters'));
      return atom(`${field} rlike ${listText(values.map((value) => regexText(refused, value)))}`);
    case 'cidr':
      return atom(`cidr_match(${[field, ...texts()].join(', ')})`);
    case 'less':
      return atom(`${field} < ${one()}`);
    case 'at-most':
      return atom(`${field} <= ${one()}`);
    case 'greater':
      return atom(`${field} > ${one()}`);
    case 'at-least':
      return atom(`${field} >= ${one()}`);
    case 'between': {
      const [low, high] = texts();
      return { text: `${field} >= ${low ?? ''} and ${field} <= ${high ?? ''}`, power: 2 };
    }
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

const listText = (values: readonly string[]): string => (values.length === 1 ? values[0]! : `(${values.join(', ')})`);
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

/** What stands between the open ends of a glob where it is one text, or what only the event knows. */
function plainPart(glob: Glob, before: boolean, after: boolean): Exclude<GlobPart, string> | null {
  const isOpen = (!before || glob.parts[0] === 'any-run') && (!after || glob.parts.at(-1) === 'any-run');
  if (!isOpen || glob.parts.length < Number(before) + Number(after)) return null;
  const [only, ...more] = innerParts(glob.parts, before, after);
  if (only === undefined) return { text: '' };
  return more.length === 0 && typeof only !== 'string' ? only : null;
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

function regexText(refused: Refusal[], value: Operand): string {
  if (value.kind !== 'regex') return operandText(refused, value);
  if (value.dialect !== 'lucene' || value.whole !== true) return refuse(refused, value.span, `a ${value.dialect} regular expression`);
  if (value.flags !== '') return refuse(refused, value.span, 'no flags of regular expressions');
  const { text } = value;
  // Between three double quotes where that spares backslashes.
  return text.includes('\\') && !text.includes('"""') && !text.endsWith('"') && !/[\r\n]/.test(text) ? `"""${text}"""` : quoted(text);
}

/** A text literal. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`;

const SIGNS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

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
      const [first, second] = args;
      if (SIGNS.has(fn) && args.length === 2) return `(${operandText(refused, first!)} ${fn} ${operandText(refused, second!)})`;
      if ((fn === '-' || fn === '+') && args.length === 1) return `${fn}(${operandText(refused, first!)})`;
      if (!/^[a-z_][a-z0-9_]*$/.test(fn) || fn === 'map') return refuse(refused, span, `no function \`${fn}\``);
      return `${fn}(${args.map((argument) => operandText(refused, argument)).join(', ')})`;
    }
    case 'list':
      return `[${operand.of.map((item) => operandText(refused, item)).join(', ')}]`;
    case 'time':
      return /^-?\d+(?:\.\d+)? ?[a-z]+$/i.test(operand.text) ? operand.text : refuse(refused, span, `no time \`${operand.text}\``);
    case 'condition':
      return `(${conditionText(refused, operand.of).text})`;
    case 'glob':
    case 'regex':
      return refuse(refused, span, 'no pattern as a value');
    case 'unread':
      return refuse(refused, span, `a part that is not read${operand.note === undefined ? '' : `: ${operand.note}`}`);
    default:
      return operand satisfies never;
  }
}

const RESERVED: ReadonlySet<string> = new Set('and or not in is like rlike by where on with as asc desc nulls metadata true false null first last'.split(' '));

function fieldText(refused: Refusal[], { name, span, derived, of, wild }: FieldRef): string {
  if (derived !== undefined || of !== undefined) return refuse(refused, span, `\`${name}\` is made by an earlier step`);
  if (wild !== undefined && wild.length > 0) return refuse(refused, span, 'no field names with stars');
  if (name === '' || name.split('.').includes('') || /[\r\n]/.test(name)) return refuse(refused, span, `no field of the name \`${name}\``);
  return name
    .split('.')
    .map((part, index) => (/^[A-Za-z_@][\w@]*$/.test(part) && (index > 0 || !RESERVED.has(part.toLowerCase())) ? part : `\`${part.replaceAll('`', '``')}\``))
    .join('.');
}
