import type { Call, Operand, Predicate, Test } from '../../../model';
import { ignoresCase } from '../../../syntax/regex';
import { searchText } from './search';
import { expressionName, macroText, quoted, quotedRegex, refuse, type Refusals, unwrapped } from './values';
import { ORDER_SIGNS } from '../../../syntax/orders';

/** A predicate as an expression of where; null with what cannot be said noted. */
export function whereText(whole: Predicate, refusals: Refusals): string | null {
  const predicate = unwrapped(whole);
  switch (predicate.kind) {
    case 'all':
    case 'any': {
      if (predicate.of.length === 0) return predicate.kind === 'all' ? 'true()' : 'false()';
      const texts = predicate.of.map((part) => enclosed(part, refusals));
      return texts.includes(null) ? null : texts.join(predicate.kind === 'all' ? ' AND ' : ' OR ');
    }
    case 'not': {
      const of = unwrapped(predicate.of);
      if (of.kind === 'test' && of.missing === 'true' && of.over === undefined && of.compare === 'equals') {
        return equality(of, '!=', refusals);
      }
      const text = whereText(of, refusals);
      return text === null ? null : `NOT ${isCall(text) ? text : `(${text})`}`;
    }
    case 'test':
      return testText(predicate, refusals);
    case 'unread':
      return macroText(predicate) ?? refuse(refusals, predicate.span, `a part that is not read${predicate.note === undefined ? '' : `: ${predicate.note}`}`);
    default:
      return predicate satisfies never;
  }
}

/** One call and nothing beside it: its parentheses are its own. */
const isCall = (text: string): boolean => /^\w+\("?[^()"]*"?\)$/.test(text);

function enclosed(whole: Predicate, refusals: Refusals): string | null {
  const part = unwrapped(whole);
  const text = whereText(part, refusals);
  return text !== null && (part.kind === 'all' || part.kind === 'any') && part.of.length > 1 ? `(${text})` : text;
}

/** A test as an expression, or as a search inside one: searchmatch( ) knows stars and does not know letters' case. */
function testText(test: Test, refusals: Refusals): string | null {
  const own: Refusals = [];
  const text = expressionOf(test, own);
  if (text !== null) return text;
  const search = searchText(test, []);
  if (search !== null) return `searchmatch(${quoted(search)})`;
  for (const one of own) refusals.push(one);
  return null;
}

function expressionOf(test: Test, refusals: Refusals): string | null {
  const { left, compare, values, span } = test;
  const [first] = values;
  if (left === null) return refuse(refusals, span, 'words of the whole event in an expression');
  if (test.every === true || test.over === 'all') return refuse(refusals, span, 'a comparison with all values');
  const isNullTest = compare === 'absent';
  if (test.missing !== (isNullTest ? 'true' : 'false')) return refuse(refusals, span, 'what an event without the field gives');
  const subject = sideText(left, refusals);
  if (subject === null) return null;
  switch (compare) {
    case 'absent':
      return `isnull(${subject})`;
    case 'exists':
      return `isnotnull(${subject})`;
    case 'equals':
      return equality(test, '=', refusals);
    case 'regex': {
      if (test.word !== 'match') return refuse(refusals, span, 'a regular expression of the command regex');
      if (first?.kind !== 'regex') return first === undefined ? null : wrapped(`match(${subject}, `, operandText(first, refusals), ')');
      const isSame = first.flags === '' && first.whole === undefined && (test.case === 'fold') === ignoresCase(first.text);
      return isSame ? `match(${subject}, ${quotedRegex(first)})` : refuse(refusals, span, 'such a regular expression');
    }
    case 'cidr':
      if (test.word !== 'cidr_match' || first === undefined) return refuse(refusals, span, 'a network in the place of a text');
      return wrapped('cidrmatch(', operandText(first, refusals), `, ${subject})`);
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
      return first === undefined
        ? refuse(refusals, span, 'a comparison without a value')
        : wrapped(`${subject} ${ORDER_SIGNS[compare]} `, sideText(first, refusals), '');
    case 'token':
    case 'between':
    case 'filled':
    case 'empty':
      return refuse(refusals, span, `${test.word} in an expression`);
    default:
      return compare satisfies never;
  }
}

const wrapped = (before: string, text: string | null, after: string): string | null => (text === null ? null : before + text + after);

function equality(test: Test, sign: '=' | '!=', refusals: Refusals): string | null {
  const { left, values, span, word } = test;
  const [first] = values;
  const subject = left === null ? null : sideText(left, refusals);
  if (subject === null || first === undefined) return refuse(refusals, span, 'a comparison without a field or value');
  const hasText = values.some((value) => value.kind !== 'unread' && !(value.kind === 'literal' && value.type !== 'string'));
  if (hasText && test.case === 'fold') return refuse(refusals, span, "a comparison without letters' case in an expression");
  if (word === 'in' || values.length > 1) {
    if (sign === '!=') return refuse(refusals, span, 'a list after !=');
    const list = values.map((value) => operandText(value, refusals));
    return list.includes(null) ? null : `${subject} IN (${list.join(', ')})`;
  }
  if (first.kind === 'glob') {
    if (first.letters !== 'percent' || sign === '!=') return refuse(refusals, span, 'stars in an expression');
    const texts = first.parts.map((part) =>
      part === 'any-run' ? '%' : part === 'any-char' ? '_' : 'text' in part && !/[%_]/.test(part.text) ? part.text : null,
    );
    return texts.includes(null)
      ? refuse(refusals, span, 'a percent sign or an underscore of its own in like( )')
      : `like(${subject}, ${quoted(texts.join(''))})`;
  }
  if (word === 'like') return wrapped(`like(${subject}, `, operandText(first, refusals), ')');
  return wrapped(`${subject}${sign}`, sideText(first, refusals), '');
}

const SIGN_CALLS: ReadonlySet<string> = new Set(['+', '-', '.', '*', '/', '%']);

/** An operand beside a sign: a condition stands in parentheses. */
function sideText(operand: Operand, refusals: Refusals): string | null {
  const text = operandText(operand, refusals);
  return operand.kind === 'condition' ? wrapped('(', text, ')') : text;
}

/** An operand in an expression. */
function operandText(operand: Operand, refusals: Refusals): string | null {
  switch (operand.kind) {
    case 'field':
      return expressionName(operand, refusals);
    case 'literal':
      if (operand.type === 'string') return quoted(operand.text);
      if (operand.type === 'number')
        return /^-?\d*\.?\d+(?:[eE]\d+)?$/.test(operand.text) ? operand.text : refuse(refusals, operand.span, `the number ${operand.text}`);
      return operand.text === 'true' || operand.text === 'false' || operand.type === 'null'
        ? `${operand.type === 'null' ? 'null' : operand.text}()`
        : refuse(refusals, operand.span, operand.text);
    case 'regex':
      return quotedRegex(operand);
    case 'call':
      return callText(operand, refusals);
    case 'condition':
      return whereText(operand.of, refusals);
    case 'unread':
      return macroText(operand) ?? refuse(refusals, operand.span, 'a value that is not read');
    case 'glob':
    case 'time':
    case 'list':
      return refuse(refusals, operand.span, `a ${operand.kind} in an expression`);
    default:
      return operand satisfies never;
  }
}

function callText({ fn, args, span }: Call, refusals: Refusals): string | null {
  const isSign = SIGN_CALLS.has(fn);
  if (!isSign && !/^[a-z_][\w]*$/.test(fn)) return refuse(refusals, span, `the function ${fn}`);
  const texts = args.map((arg) => {
    const text = isSign ? sideText(arg, refusals) : operandText(arg, refusals);
    return text !== null && isSign && arg.kind === 'call' && SIGN_CALLS.has(arg.fn) ? `(${text})` : text;
  });
  if (texts.includes(null)) return null;
  if (!isSign) return `${fn}(${texts.join(', ')})`;
  return texts.length === 1 ? `${fn}(${texts[0]})` : texts.join(` ${fn} `);
}
