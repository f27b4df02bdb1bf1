import { refused, type RunFunction } from '../dialect';
import { base64Of, utf8Of, textOfUtf8 } from '../../syntax/encoding';
import { roundTo } from '../arithmetic';
import { regexOf, type ReadyRegex } from '../regex';
import { isList, isNumber, type Value } from '../value';
import { decimalOf, bagOf, doubleOf, guidOf, hasTerm, kustoDate, kustoJson, kustoSpan, kustoText, longOf } from './kusto-values';

type Entry = readonly [string, RunFunction];

const text = (name: string, call: (args: readonly string[], values: readonly Value[]) => Value): Entry => [
  name,
  { call: (values) => call(values.map(kustoText), values) },
];

function compiled(pattern: string): Exclude<ReadyRegex, { refused: string }> {
  const ready = regexOf({ text: pattern, dialect: 're2', flags: '' }, false);
  if (ready.refused !== undefined) throw refused(ready.refused);
  return ready as Exclude<ReadyRegex, { refused: string }>;
}

/** Where a search begins and ends, and the how many-th find counts; null where an argument is none of these. */
function searchOf(source: string, [, , start = 0n, length = -1n, occurrence = 1n]: readonly Value[]): { from: number; end: number; count: number } | null {
  const [from, most, count] = [Number(start), Number(length), Number(occurrence)];
  if (most < -1 || count < 1) return null;
  return { from, end: most < 0 ? source.length : from + most, count };
}

/** The place of a part in a text, from an offset, the n-th time; -1: not there. */
function indexOf([source, part]: readonly string[], values: readonly Value[]): Value {
  const search = searchOf(source!, values);
  if (search === null) return null;
  const from = search.from < 0 ? Math.max(0, source!.length + search.from) : search.from;
  const end = search.end - search.from + from;
  let at = from - 1;
  for (let count = 0; count < search.count; count++) {
    at = source!.indexOf(part!, at + 1);
    if (at < 0) return -1n;
    if (at + part!.length <= end) continue;
    // Whether the length is counted anew from each find is not told.
    if (count > 0 && at < end) throw refused('`indexof` of a later find at the end of the part searched');
    return -1n;
  }
  return BigInt(at);
}

function typedAs(found: string, type: string): Value {
  switch (type) {
    case 'long':
    case 'int':
      return longOf(found);
    case 'real':
    case 'double':
    case 'decimal':
      return doubleOf(found);
    case 'datetime':
    case 'date':
      return kustoDate(found);
    case 'timespan':
    case 'time':
      return kustoSpan(found);
    case 'bool':
      return /^true$/i.test(found) ? true : /^false$/i.test(found) ? false : null;
    case 'string':
    case '':
      return found;
    default:
      throw refused(`\`typeof(${type})\``);
  }
}

const isPoint = (code: Value): boolean => typeof code === 'bigint' && code >= 0n && code <= 0x10ffffn;

/** Kusto writes groups as `\1`; the engine as `$1`. */
const rewritten = (text: string): string =>
  text
    .replaceAll('$', '\\$')
    .replace(/\\(\d)/g, '$${$1}')
    .replace(/\$\{(\d)\}/g, '$$$1');

/** A text without what its ends match, once at each end. */
function trimmed(pattern: string, source: string, front: boolean, back: boolean): string {
  let result = source;
  if (front) {
    const matcher = compiled(`^(?:${pattern})`).re.matcher(result);
    if (matcher.find()) result = result.slice(matcher.end());
  }
  if (back) {
    const matcher = compiled(`(?:${pattern})$`).re.matcher(result);
    if (matcher.find()) result = result.slice(0, matcher.start());
  }
  return result;
}

function extractAll(pattern: string, groups: readonly (number | string)[] | null, source: string): Value {
  const { re } = compiled(pattern);
  const matcher = re.matcher(source);
  const count = matcher.groupCount();
  if (count === 0) throw refused('extract_all without a group');
  const wanted = groups ?? Array.from({ length: count }, (_, at) => at + 1);
  const found: Value[] = [];
  while (matcher.find()) found.push(wanted.length === 1 ? (matcher.group(wanted[0]!) ?? '') : wanted.map((group) => matcher.group(group) ?? ''));
  return found.length === 0 ? null : found;
}

function queryParts(query: string): Value {
  return bagOf(
    query
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=');
        return at < 0 ? ([part, ''] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
      }),
  );
}

function parseUrl(url: string): Value {
  const found = /^(?:([a-z][\w+.-]*):\/\/)?(?:([^/@?#]*)@)?(\[[^\]]*\]|[^:/?#]*)?(?::(\d+))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(url);
  if (found === null) return null;
  const [, scheme = '', user = '', host = '', port = '', path = '', query = '', fragment = ''] = found;
  const [name = '', password = ''] = user.split(':');
  return bagOf([
    ['Scheme', scheme],
    ['Host', host],
    ['Port', port],
    ['Path', path],
    ['Username', name],
    ['Password', password],
    ['Query Parameters', queryParts(query)],
    ['Fragment', fragment],
  ]);
}

function decodeUrl(source: string): Value {
  const bytes = utf8Of(source.replaceAll('+', ' ')).replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return textOfUtf8(bytes);
}

/** A text as a URL writes it. Of some signs it is not told whether they are. */
function encodeUrl(source: string): string {
  if (/[!*()~']/.test(source)) throw refused("the URL form of `! * ( ) ~ '`");
  return [...utf8Of(source)].map((char) => (/[A-Za-z0-9\-_.]/.test(char) ? char : `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)).join('');
}

const BYTES = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** A size in bytes by the greatest unit that it fills, or the one named. */
function sized([size, precision = 0n, unit = '']: readonly Value[]): Value {
  if (!isNumber(size) || !isNumber(precision) || typeof unit !== 'string') return '';
  const bytes = Number(size);
  if (!(bytes >= 0 && bytes < Infinity) || (unit !== '' && !BYTES.includes(unit))) throw refused('`format_bytes` of less than nothing, or by an unknown unit');
  const at =
    unit === ''
      ? Math.max(
          0,
          BYTES.findLastIndex((_, power) => bytes >= 1024 ** power),
        )
      : BYTES.indexOf(unit);
  const shown = roundTo(bytes / 1024 ** at, Number(precision));
  const written = String(shown);
  if (at > 0 && (written.split('.')[1]?.length ?? 0) < Number(precision)) throw refused('`format_bytes` where zeros end the fraction');
  return `${written} ${BYTES[at]}`;
}

/** Each part replaced by its own; those named first count before others, and what was replaced is not looked at again. */
function replaceAll(source: string, parts: Value, by: Value): Value {
  if (!isList(parts) || !isList(by)) return null;
  if (parts.length !== by.length || [...parts, ...by].some((one) => typeof one !== 'string') || parts.includes(''))
    throw refused('`replace_strings` of lists that do not fit');
  let pieces: readonly { readonly text: string; readonly isDone: boolean }[] = [{ text: source, isDone: false }];
  parts.forEach((part, at) => {
    pieces = pieces.flatMap((piece) =>
      piece.isDone
        ? [piece]
        : piece.text
            .split(kustoText(part))
            .flatMap((text, index) => [...(index === 0 ? [] : [{ text: kustoText(by[at]!), isDone: true }]), { text, isDone: false }]),
    );
  });
  return pieces.map(({ text }) => text).join('');
}

/** Which of the words stands in a text first in their order; where it hangs on letters' case or the borders of words it is not told. */
function anyIndex(source: string, words: Value): Value {
  if (!isList(words)) return null;
  const texts = words.map(kustoText);
  const at = [
    texts.findIndex((word) => source.includes(word)),
    texts.findIndex((word) => source.toLowerCase().includes(word.toLowerCase())),
    texts.findIndex((word) => hasTerm(source, word)),
  ];
  if (new Set(at).size > 1) throw refused("`has_any_index` where letters' case or the borders of words decide");
  return BigInt(at[0]!);
}

/** Letters one by one; of those that become several, or others by what stands around them, engines differ. */
function cased(source: string, change: (letters: string) => string): string {
  const whole = change(source);
  if (/^[\x20-\x7e]*$/.test(source)) return whole;
  const letters = [...source];
  const each = letters.map(change);
  if (each.some((letter) => [...letter].length !== 1) || each.join('') !== whole) throw refused('the case of letters such as `ß`');
  return whole;
}

/** Functions of Kusto over texts. */
export const KUSTO_TEXTS: readonly Entry[] = [
  ['strcat_delim', { takesNull: true, call: ([by, ...args]) => args.map(kustoText).join(kustoText(by ?? null)) }],
  ['strlen', { takesNull: true, call: ([value]) => BigInt([...kustoText(value ?? null)].length) }],
  text('string_size', ([source]) => BigInt(utf8Of(source!).length)),
  text('tolower', ([source]) => cased(source!, (letters) => letters.toLowerCase())),
  text('toupper', ([source]) => cased(source!, (letters) => letters.toUpperCase())),
  text('reverse', ([source]) => [...source!].toReversed().join('')),
  text('substring', ([source], [, start, length]) => {
    const points = [...source!];
    const from = Number(start) < 0 ? points.length + Number(start) : Number(start);
    if (from < 0) return '';
    return points.slice(from, length === undefined || Number(length) < 0 ? (length === undefined ? undefined : from) : from + Number(length)).join('');
  }),
  text('indexof', indexOf),
  text('strcmp', ([a, b]) => BigInt(a! < b! ? -1 : a! > b! ? 1 : 0)),
  text('strrep', ([source, , by = ''], [, count]) => Array.from({ length: Math.min(1024, Math.max(0, Number(count))) }, () => source!).join(by)),
  text('replace_string', ([source, part, by]) => (part === '' ? source! : source!.replaceAll(part!, () => by!))),
  text('replace_regex', ([source, pattern, by]) => compiled(pattern!).re.matcher(source!).replaceAll(rewritten(by!), true)),
  text('replace', ([pattern, by, source]) => compiled(pattern!).re.matcher(source!).replaceAll(rewritten(by!), true)),
  text('split', ([source, by], [, , index]) => {
    const parts = by === '' ? [source!] : source!.split(by!);
    return index === undefined ? parts : Number(index) < parts.length && Number(index) >= 0 ? [parts[Number(index)]!] : null;
  }),
  text('trim', ([pattern, source]) => trimmed(pattern!, source!, true, true)),
  text('trim_start', ([pattern, source]) => trimmed(pattern!, source!, true, false)),
  text('trim_end', ([pattern, source]) => trimmed(pattern!, source!, false, true)),
  text('extract', ([pattern, , source, type = ''], [, group]) => {
    const matcher = compiled(pattern!).re.matcher(source!);
    if (!matcher.find() || Number(group) > matcher.groupCount()) return type === '' || type === 'string' ? '' : null;
    return typedAs(matcher.group(Number(group)) ?? '', type);
  }),
  [
    'extract_all',
    {
      call: ([pattern, second, third]) =>
        third === undefined
          ? extractAll(kustoText(pattern!), null, kustoText(second!))
          : extractAll(
              kustoText(pattern!),
              isList(second) ? second.map((group) => (typeof group === 'string' ? group : Number(group))) : null,
              kustoText(third),
            ),
    },
  ],
  text('countof', ([source, part, kind = 'normal']) => {
    if (kind === 'regex') {
      const matcher = compiled(part!).re.matcher(source!);
      let count = 0n;
      while (matcher.find()) count++;
      return count;
    }
    if (part === '') return 0n;
    let count = 0n;
    for (let at = source!.indexOf(part!); at >= 0; at = source!.indexOf(part!, at + 1)) count++;
    return count;
  }),
  text('indexof_regex', ([source, pattern], values) => {
    const search = searchOf(source!, values);
    if (search === null || search.from < 0) return null;
    const matcher = compiled(pattern!).re.matcher(source!.slice(search.from, search.end));
    for (let count = 0; count < search.count; count++) if (!matcher.find()) return -1n;
    return BigInt(matcher.start() + search.from);
  }),
  text('parse_url', ([url]) => parseUrl(url!)),
  text('parse_urlquery', ([query]) => bagOf([['Query Parameters', queryParts(query!.replace(/^\?/, ''))]])),
  text('url_decode', ([source]) => decodeUrl(source!)),
  text('url_encode_component', ([source]) => encodeUrl(source!)),
  text('url_encode', ([source]) => source!.split(' ').map(encodeUrl).join('+')),
  ['format_bytes', { call: sized }],
  ['replace_strings', { call: ([source, parts, by]) => replaceAll(kustoText(source!), parts!, by!) }],
  ['has_any_index', { call: ([source, words]) => anyIndex(kustoText(source!), words!) }],
  text('isutf8', () => true),
  text('regex_quote', ([source]) => {
    if (/[^\w\\.+*?()|[\]{}^$]/.test(source!)) throw refused('`regex_quote` of signs that have no meaning in a regex');
    return source!.replace(/[^\w]/g, '\\$&');
  }),
  text('base64_encode_fromguid', ([source]) => {
    const guid = guidOf(source!);
    const bytes = [...(guid ?? '').replaceAll('-', '').matchAll(/../g)].map(([pair]) => String.fromCharCode(Number.parseInt(pair, 16)));
    // The first three groups are numbers, which lie with their last byte first.
    return guid === null ? null : base64Of([3, 2, 1, 0, 5, 4, 7, 6].map((at) => bytes[at]!).join('') + bytes.slice(8).join(''));
  }),
  text('parse_version', ([source]) => {
    const parts = source!.split('.');
    if (parts.length > 4 || !parts.every((part) => /^\d{1,8}$/.test(part))) return null;
    return decimalOf(
      parts
        .map((part) => part.padStart(8, '0'))
        .join('')
        .padEnd(32, '0')
        .slice(0, 32),
    );
  }),
  text('translate', ([from, to, source]) =>
    [...source!]
      .map((char) => {
        const at = [...from!].indexOf(char);
        return at < 0 ? char : ([...to!][Math.min(at, [...to!].length - 1)] ?? '');
      })
      .join(''),
  ),
  ['unicode_codepoints_from_string', { call: ([source]) => [...kustoText(source!)].map((char) => BigInt(char.codePointAt(0)!)) }],
  [
    'unicode_codepoints_to_string',
    {
      call: (args) =>
        args
          .flatMap((value) => (isList(value) ? value : [value]))
          .map((code) => (isPoint(code) ? String.fromCodePoint(Number(code)) : null))
          .reduce<string | null>((text, char) => (text === null || char === null ? null : text + char), ''),
    },
  ],
  ['dynamic_to_json', { takesNull: true, call: ([value]) => kustoJson(value ?? null, true) }],
];
