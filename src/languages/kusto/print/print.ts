import type { Glob, Literal, Operand, Predicate, Printed, Refusal, Regex, Span, Test } from '../../../model';
import { RESERVED, TIMESPAN_UNITS } from '../vocabulary';
import { problemOfNetwork } from '../../../syntax/network';
import { ORDER_SIGNS } from '../../../syntax/orders';
import { ignoresCase, plainText } from '../../../syntax/regex';

/** What of a predicate cannot be said, found while it is written. */
type Refuse = (span: Span, why: string) => string;

/** A predicate as a condition of `where`. What Kusto cannot say, and what only the query around it gives, is refused in its place. */
export function print(predicate: Predicate): Printed {
  const refused: Refusal[] = [];
  const refuse: Refuse = (span, why) => {
    refused.push({ span, why });
    return '';
  };
  const text = conditionText(predicate, refuse);
  if (refused.length > 0) return { refused };
  // A name alone would be a table.
  return { text: predicate.kind === 'test' && isBare(predicate) ? `${text} and true` : text };
}

function conditionText(predicate: Predicate, refuse: Refuse): string {
  switch (predicate.kind) {
    case 'all':
      return predicate.of.length === 0 ? 'true' : predicate.of.map((part) => partText(part, refuse)).join(' and ');
    case 'any':
      return predicate.of.length === 0 ? 'false' : predicate.of.map((part) => partText(part, refuse)).join(' or ');
    case 'not':
      return (predicate.of.kind === 'test' ? testText(predicate.of, true, refuse) : null) ?? `not(${conditionText(predicate.of, refuse)})`;
    case 'test':
      return testText(predicate, false, refuse)!;
    case 'unread':
      return refuse(predicate.span, predicate.note === undefined ? 'this part is not read' : `${predicate.note} is not read`);
    default:
      return predicate satisfies never;
  }
}

/** A part of a chain: chains in it stand in brackets. */
function partText(predicate: Predicate, refuse: Refuse): string {
  const text = conditionText(predicate, refuse);
  return (predicate.kind === 'all' || predicate.kind === 'any') && predicate.of.length > 1 ? `(${text})` : text;
}

/** Whether it asks no more than that a column is true. */
const isBare = ({ left, compare, values, missing, word }: Test): boolean =>
  word === 'eq' && compare === 'equals' && missing === 'unknown' && left !== null && values.length === 1 && isTrueLiteral(values[0]!);
const isTrueLiteral = (value: Operand): boolean => value.kind === 'literal' && value.type === 'boolean' && value.text === 'true';

/** A list of nothing is written as one. */
const NOTHING = '(dynamic([]))';

/** Operators that a `!` before them negates. */
const NEGATED: Readonly<Record<string, string>> = { '==': '!=', '=~': '!~' };

/** A comparison, or its negation where an operator says it; null where only `not( … )` does. */
function testText(test: Test, isNegated: boolean, refuse: Refuse): string | null {
  const { left, compare, values, word, missing, modifiers, every, over, span } = test;
  if (word === 'term') return refuse(span, 'a word without a column is sought by `search` alone');
  if (over !== undefined) return refuse(span, 'no comparison with all values of a field');
  const side = left === null ? '*' : sideText(left, refuse);
  const cs = test.case === 'exact' ? '_cs' : '';
  const infix = (operator: string, value: string): string | null => {
    const negated = NEGATED[operator] ?? `!${operator}`;
    return isNegated
      ? operator.startsWith('<') || operator.startsWith('>') || operator.startsWith('matches') || operator.startsWith('has_a')
        ? null
        : `${side} ${negated} ${value}`
      : `${side} ${operator} ${value}`;
  };
  const call = (name: string, given: readonly Operand[]): string | null =>
    isNegated ? null : `${name}(${[side, ...given.map((value) => operandText(value, refuse))].join(', ')})`;
  const any = (texts: readonly (string | null)[]): string | null => {
    if (texts.length === 0) return refuse(span, 'no value');
    return isNegated ? null : `(${texts.join(every === true ? ' and ' : ' or ')})`;
  };
  const single = (value: Operand): Test => ({ ...test, values: [value], word: word === 'in' ? 'eq' : word });
  const [only] = values;
  switch (compare) {
    case 'exists':
    case 'absent': {
      if (modifiers === undefined) return call(compare === 'exists' ? 'isnotempty' : 'isempty', []);
      return (missing === 'true') === (compare === 'absent') ? call(modifiers[0]!, []) : refuse(span, 'whether the column is a text decides this');
    }
    case 'filled':
      return call('isnotempty', []);
    case 'empty':
      return call('isempty', []);
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
      return only === undefined ? refuse(span, 'no value') : infix(ORDER_SIGNS[compare], sideText(only, refuse));
    case 'between':
      return values.length === 2
        ? infix('between', `(${sideText(only!, refuse)} .. ${sideText(values[1]!, refuse)})`)
        : refuse(span, 'a range of other than two values');
    case 'cidr': {
      const isSix = values.some((value) => value.kind === 'literal' && value.text.includes(':') && problemOfNetwork(value.text) === null);
      const name =
        modifiers?.[0] ??
        (isSix ? (values.length > 1 ? 'ipv6_is_in_any_range' : 'ipv6_is_in_range') : values.length > 1 ? 'ipv4_is_in_any_range' : 'ipv4_is_in_range');
      return call(name, values);
    }
    case 'regex':
      if (only !== undefined && values.length === 1)
        return infix('matches regex', only.kind === 'regex' ? regexText(only, test.case === 'fold', refuse) : sideText(only, refuse));
      return any(values.map((value) => testText(single(value), false, refuse)));
    case 'token': {
      const [name] = modifiers ?? [];
      if (name !== undefined && name.startsWith('has_')) return call(name, values.map(innerOf));
      if (values.length !== 1) {
        // A list takes anything that has a value; a pattern has none.
        const isPlain = values.every(({ kind }) => kind !== 'glob' && kind !== 'regex') && test.case === 'fold';
        if (every === true && !isPlain) return refuse(span, 'no list of patterns of which all must be there');
        const list = values.length === 0 ? NOTHING : `(${values.map((value) => sideText(value, refuse)).join(', ')})`;
        return isPlain ? infix(every === true ? 'has_all' : 'has_any', list) : any(values.map((value) => testText(single(value), false, refuse)));
      }
      // A list of one is a list still.
      if (every === true) return infix('has_all', `(${sideText(only!, refuse)})`);
      if (only!.kind !== 'glob') return infix(`has${cs}`, sideText(only!, refuse));
      const { parts } = only!;
      // An empty text may begin or end a word: the language's own word says which.
      const end = name ?? (parts.at(-1) === 'any-run' ? 'hasprefix' : 'hassuffix');
      const isOpen = parts.length === 1 ? parts[0] === 'any-run' : parts.length === 2 && (parts[0] === 'any-run') !== (parts[1] === 'any-run');
      if (isOpen) return infix(`${end}${cs}`, sideText(innerOf(only!), refuse));
      return refuse(span, 'no pattern inside a whole word');
    }
    case 'equals': {
      if (modifiers?.[0] === 'set_has_element') return call(modifiers[0], values);
      if (values.length === 0) return infix(test.case === 'exact' ? 'in' : 'in~', NOTHING);
      if (values.some(({ kind }) => kind === 'list')) return refuse(span, 'a list within a list');
      if (word === 'in')
        return values.every((value) => value.kind !== 'glob')
          ? infix(test.case === 'exact' || isPlainList(values) ? 'in' : 'in~', `(${values.map((value) => sideText(value, refuse)).join(', ')})`)
          : any(values.map((value) => testText(single(value), false, refuse)));
      if (only === undefined) return refuse(span, 'no value');
      if (values.length > 1) return any(values.map((value) => testText(single(value), false, refuse)));
      if (only.kind === 'glob') return globText(only, test, infix, refuse);
      // A column alone is true; `== true` says no of no value.
      if (isTrueLiteral(only) && missing === 'unknown') return isNegated ? `not(${side})` : side;
      return infix(test.case === 'exact' || isPlainList(values) ? '==' : '=~', sideText(only, refuse));
    }
    default:
      return compare satisfies never;
  }
}

/** Values whose letters' case means nothing. */
const isPlainList = (values: readonly Operand[]): boolean =>
  values.length > 0 && values.every((value) => value.kind === 'time' || (value.kind === 'literal' && value.type !== 'string'));

/** A pattern's own value, without what is open around it. */
function innerOf(value: Operand): Operand {
  if (value.kind !== 'glob') return value;
  const { span, parts } = value;
  const inner = parts.filter((part) => typeof part === 'object');
  const [first] = inner;
  if (first !== undefined && 'of' in first) return first.of;
  return { kind: 'literal', span, type: 'string', text: first === undefined ? '' : first.text };
}

/** `contains`, `startswith`, `endswith`; any other pattern is a regular expression. */
function globText(glob: Glob, { word, case: letters }: Test, infix: (operator: string, value: string) => string | null, refuse: Refuse): string | null {
  const { parts } = glob;
  const cs = letters === 'exact' ? '_cs' : '';
  const inner = parts.filter((part) => typeof part === 'object');
  const before = parts[0] === 'any-run';
  const after = parts.at(-1) === 'any-run';
  const runs = parts.length - inner.length;
  if (inner.length <= 1 && runs === Number(before) + Number(after && parts.length > 1)) {
    // An empty text that stands anywhere, first or last: the word says which.
    const isOpen = parts.length === 1 && before;
    const name = isOpen
      ? word === 'starts_with' || word === 'ends_with'
        ? word
        : 'contains'
      : before && after
        ? 'contains'
        : before
          ? 'ends_with'
          : after
            ? 'starts_with'
            : null;
    const value = sideText(innerOf(glob), refuse);
    if (name === null) return infix(letters === 'exact' ? '==' : '=~', value);
    return infix(`${name === 'starts_with' ? 'startswith' : name === 'ends_with' ? 'endswith' : 'contains'}${cs}`, value);
  }
  let pattern = '';
  for (const part of parts) {
    if (part === 'any-run') pattern += '.*';
    else if (part === 'any-char') pattern += '.';
    else if ('text' in part) pattern += plainText(part.text);
    else return refuse(glob.span, 'no pattern around another column');
  }
  return infix('matches regex', quoted(`(?${letters === 'fold' ? 'is' : 's'})^${pattern}$`));
}

/** Constructs that re2 has not: look-around, back references, possessive repetition, atomic groups. */
const BEYOND_RE2 = /(?<!\\)(?:\\\\)*(?:\(\?(?:=|!|<=|<!|>|\|)|\\[1-9]|[*+?}]\+)/;

function regexText({ text, dialect, flags, whole, span }: Regex, isFolded: boolean, refuse: Refuse): string {
  if (dialect !== 're2' && BEYOND_RE2.test(text)) return refuse(span, 'this regular expression needs look-around or back references');
  const given = [...new Set([...flags.replace(/[^ims]/g, ''), ...(isFolded && !ignoresCase(text) ? 'i' : '')])].sort().join('');
  const body = whole === true ? `^(?:${text})$` : text;
  return quoted(given === '' ? body : `(?${given})${body}`);
}

/** An operand beside an operator: sums and conditions stand in brackets. */
const sideText = (operand: Operand, refuse: Refuse): string => bracketed(operand, operandText(operand, refuse));
const SIGNS_OF_SUMS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

/** An operand as Kusto writes it. */
function operandText(operand: Operand, refuse: Refuse): string {
  switch (operand.kind) {
    case 'field':
      if (operand.derived === true || operand.made === true) return refuse(operand.span, `\`${operand.name}\` is made by an earlier step`);
      if (operand.of !== undefined) return refuse(operand.span, `\`${operand.name}\` is a copy that an earlier step made`);
      if (operand.member === true) return refuse(operand.span, `\`${operand.name}\` is a member of a list that an earlier step made rows of`);
      return pathText(operand.name);
    case 'literal':
      if (operand.as !== undefined) return typedText(operand, operand.as, refuse);
      if (operand.type === 'string') return `${operand.secret === true ? 'h' : ''}${quoted(operand.text)}`;
      if (operand.type === 'number') return numberText(operand, refuse);
      if (operand.type === 'null') return 'dynamic(null)';
      return /^(?:true|false)$/.test(operand.text) ? operand.text : refuse(operand.span, `no truth value \`${operand.text}\``);
    case 'time':
      return timeText(operand.text);
    case 'call':
      return callText(operand, refuse);
    case 'list':
      if (!operand.of.every(({ kind }) => kind === 'literal' || kind === 'list' || kind === 'time')) return refuse(operand.span, 'a list of other than values');
      return `dynamic([${operand.of.map((item) => operandText(item, refuse)).join(', ')}])`;
    case 'condition':
      return conditionText(operand.of, refuse);
    case 'glob':
    case 'regex':
      return refuse(operand.span, 'a pattern is no value');
    case 'unread':
      return refuse(operand.span, operand.note === undefined ? 'this part is not read' : `${operand.note} is not read`);
    default:
      return operand satisfies never;
  }
}

/** A value with its type beside it: `int(5)`, `guid(74be27de-…)`, `real(null)`. */
const typedText = ({ text, span }: Literal, type: string, refuse: Refuse): string =>
  /^[-+]?[\w.-]+$/.test(text) ? `${type}(${text})` : refuse(span, `no ${type} \`${text}\``);

/** A number, or what its type alone makes one (`real(nan)`). */
function numberText({ text, span }: Literal, refuse: Refuse): string {
  if (/^-?(?:0[xX][\dA-Fa-f]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)$/.test(text)) return text;
  return /^[-+]?\w+$/.test(text) ? `real(${text})` : refuse(span, `no number \`${text}\``);
}

/** Lengths of time stand as they are, points in time in `datetime( … )`. */
function timeText(text: string): string {
  const [, unit] = /^-?\d+(?:\.\d+)?([a-z]+)$/i.exec(text) ?? [];
  if (unit !== undefined && TIMESPAN_UNITS.has(unit)) return text;
  return /^-?\d*[.:]?\d+:\d+/.test(text) && !/^\d{4}-/.test(text) ? `time(${text})` : `datetime(${text})`;
}

function callText({ fn, args }: Extract<Operand, { kind: 'call' }>, refuse: Refuse): string {
  const texts = args.map((arg) => operandText(arg, refuse));
  const [first = '', second = ''] = texts;
  if (fn === '-' && args.length === 1) return `-${args[0]!.kind === 'literal' ? `(${first})` : bracketed(args[0]!, first)}`;
  if (SIGNS_OF_SUMS.has(fn)) return `${bracketed(args[0]!, first)} ${fn} ${bracketed(args[1]!, second)}`;
  if (fn === '{}') return 'dynamic({})';
  if (fn === '[]') return `${bracketed(args[0]!, first)}[${second}]`;
  if (fn === 'column_ifexists' || fn === 'columnifexists') {
    const [column] = args;
    const name = column?.kind === 'field' ? quoted(partsOf(column.name)[0] ?? column.name) : first;
    return `${fn}(${[name, ...texts.slice(1)].join(', ')})`;
  }
  return `${fn}(${texts.join(', ')})`;
}

const isSum = (operand: Operand): boolean => operand.kind === 'call' && SIGNS_OF_SUMS.has(operand.fn);
const bracketed = (operand: Operand, text: string): string => (isSum(operand) || operand.kind === 'condition' ? `(${text})` : text);

/** A text literal: verbatim where it has backslashes, so that they stay readable. */
export function quoted(text: string): string {
  if (text.includes('\\') && !/[\n\r]/.test(text)) return `@"${text.replaceAll('"', '""')}"`;
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`;
}

/** The parts of a dotted path; one in brackets (`a["b.c"]`) is read as it is. */
function partsOf(name: string): readonly string[] {
  const parts: string[] = [];
  let at = 0;
  while (at < name.length) {
    const bracket = /^\[("(?:[^"\\]|\\.)*")\]\.?/.exec(name.slice(at));
    if (bracket !== null) {
      parts.push(decoded(bracket[1]!));
      at += bracket[0].length;
      continue;
    }
    const end = /[.[]/.exec(name.slice(at + 1));
    const stop = end === null ? name.length : at + 1 + end.index;
    parts.push(name.slice(at, stop));
    at = name[stop] === '.' ? stop + 1 : stop;
  }
  return parts.length === 0 ? [name] : parts;
}

function decoded(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1, -1);
  }
}

/** A dotted path as Kusto writes it: parts that are no names stand in brackets, and so do words of the language. */
export function pathText(name: string): string {
  if (name === '*') return name;
  const isMember = /^-?\d+$/;
  return partsOf(name)
    .map((part, index) => {
      if (/^[A-Za-z_]\w*$/.test(part) && !(index === 0 && (RESERVED.has(part) || WORDS.test(part)))) return index === 0 ? part : `.${part}`;
      // A property named like a number is told from a member by its quotes.
      if (index > 0 && isMember.test(part) && !name.includes(`["${part}"]`)) return `[${part}]`;
      return `['${part.replace(/[\\']/g, '\\$&')}']`;
    })
    .join('');
}

const WORDS = /^(?:true|false|null|not|let|declare|set)$/i;
