import type { Predicate, Test } from '../../../model';
import { macroText, refuse, type Refusals, searchName, searchValue, unwrapped } from './values';
import { ORDER_SIGNS } from '../../../syntax/orders';

/** A predicate in the words of a search; null with what cannot be said noted. */
export function searchText(whole: Predicate, refusals: Refusals): string | null {
  const predicate = unwrapped(whole);
  switch (predicate.kind) {
    case 'all':
      if (predicate.of.length === 0) return '*';
      return joined(predicate.of, ' ', refusals);
    case 'any':
      return predicate.of.length === 0 ? refuse(refusals, predicate.span, 'a condition that never holds') : joined(predicate.of, ' OR ', refusals);
    case 'not':
      return negated(predicate.of, refusals);
    case 'test':
      return predicate.missing === 'false' ? comparison(predicate, '=', refusals) : refuse(refusals, predicate.span, 'what an event without the field gives');
    case 'unread':
      return macroText(predicate) ?? refuse(refusals, predicate.span, `a part that is not read${predicate.note === undefined ? '' : `: ${predicate.note}`}`);
    default:
      return predicate satisfies never;
  }
}

function joined(parts: readonly Predicate[], sign: string, refusals: Refusals): string | null {
  const texts = parts.map((part) => enclosed(part, refusals));
  return texts.includes(null) ? null : texts.join(sign);
}

/** In parentheses where it is more than one condition. */
function enclosed(whole: Predicate, refusals: Refusals): string | null {
  const part = unwrapped(whole);
  const text = searchText(part, refusals);
  return text !== null && (part.kind === 'all' || part.kind === 'any') && part.of.length > 0 ? `(${text})` : text;
}

function negated(whole: Predicate, refusals: Refusals): string | null {
  const part = unwrapped(whole);
  if (part.kind === 'test' && part.over === 'all' && part.missing === 'true') return comparison(part, '!=', refusals);
  const text = part.kind === 'not' ? searchText(part, refusals) : enclosed(part, refusals);
  return text === null ? null : part.kind === 'not' ? `NOT (${text})` : `NOT ${text}`;
}

function comparison(test: Test, sign: '=' | '!=', refusals: Refusals): string | null {
  const { left, compare, values, span } = test;
  const [first] = values;
  if (test.every === true) return refuse(refusals, span, 'all of several values');
  if (test.over === 'all' && sign === '=') return refuse(refusals, span, 'a comparison with all values of a field');
  if (left === null) return word(test, refusals);
  if (left.kind !== 'field') return refuse(refusals, left.span, 'a function in a search');
  const name = searchName(left, refusals);
  if (name === null) return null;
  if (left.of !== undefined && first !== undefined && (compare === 'at-least' || compare === 'less'))
    return withValue(`${name}=`, searchValue(first, refusals));
  switch (compare) {
    case 'exists':
      return `${name}${sign}*`;
    case 'equals':
    case 'cidr': {
      if (test.case === 'exact') return refuse(refusals, span, "letters' case in a search");
      if (compare === 'cidr' && test.word === 'cidr_match') return refuse(refusals, span, 'cidrmatch( ) in a search');
      const isNetwork = compare === 'cidr';
      if (first === undefined) return refuse(refusals, span, 'a comparison without a value');
      if (sign === '!=' || (values.length === 1 && test.word !== 'in')) {
        const isAny = first.kind === 'glob' && first.parts.every((part) => part === 'any-run');
        return isAny || values.length > 1 || first.kind === 'unread'
          ? refuse(refusals, span, 'such a value after a sign')
          : withValue(`${name}${sign}`, searchValue(first, refusals, isNetwork));
      }
      const list = values.map((value) => searchValue(value, refusals, isNetwork));
      return list.includes(null) ? null : `${name} IN (${list.join(', ')})`;
    }
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
      return first === undefined
        ? refuse(refusals, span, 'a comparison without a value')
        : first.kind === 'unread'
          ? refuse(refusals, span, 'such a value after a sign')
          : withValue(name + ORDER_SIGNS[compare], searchValue(first, refusals));
    case 'token': {
      const text = first === undefined ? null : searchValue(first, refusals);
      const [, bare] = /^"?([^\s()|`"\\[\]]+)"?$/.exec(text ?? '') ?? [];
      const isRead = bare !== undefined && !name.startsWith('"') && (first?.kind !== 'literal' || (first.type === 'number') === /^-?\d+(?:\.\d+)?$/.test(bare));
      return isRead ? `TERM(${name}=${bare})` : refuse(refusals, span, 'such a pair as one term');
    }
    case 'regex':
    case 'between':
    case 'absent':
    case 'filled':
    case 'empty':
      return refuse(refusals, span, `${test.word} in a search`);
    default:
      return compare satisfies never;
  }
}

const withValue = (begin: string, value: string | null): string | null => (value === null ? null : begin + value);

/** A word, a phrase, an indexed term: in quotes, in TERM( ), in CASE( ). */
function word(test: Test, refusals: Refusals): string | null {
  const { values, span, modifiers = [] } = test;
  const [first, ...rest] = values;
  if (first === undefined || rest.length > 0 || test.compare !== 'token') return refuse(refusals, span, 'words compared so');
  const text = searchValue(first, refusals, true);
  const [directive] = modifiers;
  if (text === null) return null;
  if (directive === undefined)
    return test.case === 'exact'
      ? refuse(refusals, span, "letters' case of a word")
      : /^"\**"$/.test(text)
        ? refuse(refusals, span, 'a word of no letters')
        : text;
  const inner = text.slice(1, -1).replace(/\\([\\"])/g, '$1');
  const isPlain = inner !== '' && !/[()|`]|^"|^\s|\s$|\s(?:OR|AND|NOT)\s/.test(inner) && !(directive === 'TERM' && /^[^=]+=[^]/.test(inner));
  return isPlain && (directive === 'TERM' || directive === 'CASE') ? `${directive}(${inner})` : refuse(refusals, span, `${directive}( ) of such a text`);
}
