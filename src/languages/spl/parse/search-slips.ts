import { knownFields } from '../../../knowledge/fields';
import { placeOf } from '../../../syntax/predicates';
import type { SearchValue, Word } from '../tree';
import type { SplLexeme } from './lexer';
import { fixOf, type Reader } from './reader';

/* Everyday slips of a search, which takes nearly every text for words to look for. */

/** Remarks on the value of a comparison: single quotes around it, a time without its sign. */
export function remarkValue(reader: Reader, field: Word, token: SplLexeme, value: SearchValue): void {
  if ('unknown' in value || token.macro !== undefined) return;
  const single = /^'([^'"]+)'$/.exec(value.text)?.[1];
  if (token.kind === 'word' && single !== undefined) {
    const place = placeOf(value);
    reader.remark(
      'spl/single-quotes',
      'warning',
      place,
      `Single quotes are part of the value in a search: write "${single}".`,
      fixOf(`Write "${single}"`, place, `"${single}"`),
    );
  }
  if (TIMES.has(field.text.toLowerCase()) && /^\d+(?:s|m|h|d|w|mon|q|y|sec|min|hour|day|week|month|year)s?(?:@\w+)?$/.test(value.text))
    reader.remark(
      'spl/time',
      'warning',
      value,
      `A stretch of time has a sign: ${field.text}=-${value.text}.`,
      fixOf(`Write -${value.text}`, placeOf(value), `-${value.text}`),
    );
}

const TIMES: ReadonlySet<string> = new Set(['earliest', 'latest', '_index_earliest', '_index_latest']);

/** Fields of which `name:value` was hardly meant as a word. */
export const FIELDS: ReadonlySet<string> = new Set(
  [...knownFields('cim'), ...knownFields('sigma'), 'index', 'sourcetype', 'source', 'host', 'EventCode'].filter((name) => name.length > 3),
);

/** Remarks on a word to look for that was hardly meant as one: a comparison with a colon, `IN` without its parentheses, a comment of another language. */
export function remarkTerm(reader: Reader, first: SplLexeme, word: Word): void {
  const { cursor } = reader;
  if (first.kind !== 'word' || first.macro !== undefined) return;
  const next = cursor.peek();
  const [name = '', value = ''] = word.text.split(':', 2);
  if (value !== '' && FIELDS.has(name)) {
    const colon = { start: first.start + name.length, end: first.start + name.length + 1 };
    reader.remark(
      'spl/colon',
      'warning',
      first,
      `This is a word to look for; fields are compared with an equals sign: ${name}=${value}.`,
      fixOf('Write =', colon, '='),
    );
  }
  if (reader.textOf(next) === 'IN' && (cursor.peek(1).kind === '[' || (cursor.peek(1).kind === 'word' && cursor.peek(2).kind === ',')))
    reader.remark('spl/unexpected', 'error', next, 'The values of IN stand in parentheses: IN (a, b).');
  const [opener] = /^(?:#+|\/\/|--+|\/\*)/.exec(word.text) ?? [];
  if (opener === undefined || (next.kind !== 'word' && word.text.length === opener.length)) return;
  const lineStart = reader.sourceOf({ start: Math.max(0, first.start - 40), end: first.start });
  if (first.start > 0 && !/\n[ \t]*$/.test(lineStart)) return;
  reader.remark(
    'spl/foreign-comment',
    'error',
    { start: first.start, end: first.start + opener.length },
    `${opener} begins no comment: these are words to look for. A comment stands between three backticks.`,
  );
}
