import type { Glob, Literal, Test } from '../../model';
import { isOpenGlob } from '../../syntax/glob';
import type { Dialect, Fits } from '../dialect';
import { globPlan } from '../glob-match';
import { addressOf, liesIn, networkOf } from '../network';
import { nanosOfText } from '../time';
import { truthOf } from '../truth';
import { isMoment, textOf, type Value } from '../value';
import { looseOrder, numberOf, plainLiteral, sameText, singleText } from './textual';

const NUMBERS: ReadonlySet<string> = new Set(['long', 'integer', 'short', 'byte', 'double', 'float', 'half_float', 'scaled_float', 'unsigned_long']);

/** Words as the standard analyser cuts them, in lower case. */
export const analysed = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+(?:['.:’](?=[\p{L}\p{N}])[\p{L}\p{N}_]+)*/gu) ?? [];

/** Whether words stand in order, side by side. */
export function phraseIn(words: readonly string[], phrase: readonly string[]): boolean {
  if (phrase.length === 0) return false;
  return words.some((_, at) => phrase.every((word, offset) => words[at + offset] === word));
}

/** Days of a date that is written short, in nanoseconds: its first moment and the first after it. */
export function datesOf(text: string): readonly [from: bigint, to: bigint] | null {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?)?)?(Z|[-+]\d\d:?\d\d)?$/i.exec(text.trim());
  if (found === null) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction] = found;
  const from = nanosOfText(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}${found[8] ?? 'Z'}`);
  if (from === null) return null;
  const step = found[7] !== undefined ? 1_000_000n : found[6] !== undefined ? 1_000_000_000n : found[5] !== undefined ? 60_000_000_000n : found[4] !== undefined ? 3_600_000_000_000n : 86_400_000_000_000n;
  if (found[3] !== undefined) return [from, from + step];
  const next = found[2] === undefined ? `${Number(year) + 1}-01-01` : Number(month) === 12 ? `${Number(year) + 1}-01-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  return [from, nanosOfText(`${next}T00:00:00Z`) ?? from];
}

const momentIn = (value: Value): bigint | null => {
  if (isMoment(value)) return value.nanos;
  if (typeof value === 'number') return BigInt(Math.round(value)) * 1_000_000n;
  return typeof value === 'string' ? (nanosOfText(value) ?? datesOf(value)?.[0] ?? null) : null;
};

/** How a value of a query meets a field by the field's type: keywords whole, texts by their words, numbers, dates and addresses by value. */
function fitsByType(operand: Literal | Glob, test: Test, type: string | undefined): Fits | null {
  if (test.compare === 'less' || test.compare === 'at-most' || test.compare === 'greater' || test.compare === 'at-least') return operand.kind === 'literal' ? orderByType(operand, test, type) : null;
  if (test.compare !== 'equals' && test.compare !== 'token') return null;
  if (operand.kind === 'glob') {
    if (isOpenGlob(operand.parts)) return null;
    if (type !== 'text') return null;
    const plan = globPlan(operand.parts, (text) => text.toLowerCase());
    return (value) => truthOf(typeof value === 'string' && analysed(value).some((word) => plan.test(word)));
  }
  const { text } = operand;
  if (type === 'text') {
    const words = analysed(text);
    return (value) => truthOf(value !== null && phraseIn(analysed(textOf(value)), words));
  }
  if (type === 'ip') {
    const network = networkOf(text);
    if (network === null) return () => truthOf(false);
    return (value) => {
      const address = typeof value === 'string' ? addressOf(value) : null;
      return truthOf(address !== null && liesIn(address, network));
    };
  }
  if (type !== undefined && NUMBERS.has(type)) {
    const number = numberOf(text);
    return (value) => truthOf(number !== null && numberOf(value) === number);
  }
  if (type === 'date') {
    const dates = datesOf(text);
    if (dates === null) return null;
    return (value) => {
      const at = momentIn(value);
      return truthOf(at !== null && at >= dates[0] && at < dates[1]);
    };
  }
  return null;
}

function orderByType({ text }: Literal, test: Test, type: string | undefined): Fits | null {
  const holds = (order: number): boolean =>
    test.compare === 'less' ? order < 0 : test.compare === 'at-most' ? order <= 0 : test.compare === 'greater' ? order > 0 : order >= 0;
  if (type === 'date') {
    const dates = datesOf(text);
    if (dates === null) return null;
    // `> 2020` begins after the year, `<= 2020` ends with it.
    const bound = test.compare === 'greater' || test.compare === 'at-most' ? dates[1] - 1n : dates[0];
    return (value) => {
      const at = momentIn(value);
      return truthOf(at !== null && holds(at < bound ? -1 : at > bound ? 1 : 0));
    };
  }
  if (type === 'ip') {
    const bound = addressOf(text);
    if (bound === null) return null;
    return (value) => {
      const address = typeof value === 'string' ? addressOf(value) : null;
      return truthOf(address !== null && holds(address.bits < bound.bits ? -1 : address.bits > bound.bits ? 1 : 0));
    };
  }
  if (type === 'keyword' || type === 'text' || type === 'wildcard' || type === 'constant_keyword')
    return (value) => {
      const own = singleText(value);
      return truthOf(own !== null && holds(own < text ? -1 : own > text ? 1 : 0));
    };
  return null;
}

/** kuery and Lucene's query string over fields of Elasticsearch. */
export const elasticDialect: Dialect = {
  presence: 'value',
  several: 'any',
  words: 'broken',
  literal: plainLiteral,
  time: () => undefined,
  equals: sameText,
  order: looseOrder,
  text: singleText,
  word: (text, word) => phraseIn(analysed(text), analysed(word)),
  fits: fitsByType,
  functions: new Map(),
};
