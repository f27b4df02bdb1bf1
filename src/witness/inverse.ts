import type { EventValue, Operand } from '../model';
import type { Row, RunFunction } from '../run/dialect';
import type { Reading } from '../run/expression';
import { regexOf } from '../run/regex';
import { textOf } from '../run/value';
import { base64Of, utf8Of } from '../syntax/encoding';
import { valuesFrom } from './fill';
import { valueOf, within, whole, type Way } from './pieces';
import { INDEXES, isSamePlace, pathOf, placesIn, type Place } from './places';
import { regexTexts } from './regex-text';
import { take } from './take';

/** Anything at all: what is asked for is only that there is something. */
export const ANYTHING: Way = { pieces: [] };

/** A function whose argument is looked for, so that what it gives, or what stands at a path in that, is met in one way. */
interface Step {
  readonly args: readonly Operand[];
  readonly at: number;
  readonly path: readonly (string | number)[];
  readonly way: Way;
  /** What it is at present, as a text. */
  readonly current: string;
  /** An argument's value as a text; '' where it has none. */
  readonly textAt: (index: number) => string;
}

export type Inverse = (step: Step) => Iterable<Way>;

/** A function made for a witness alone, with how it is worked back. */
export interface WorkedBack extends RunFunction {
  readonly backwards: Inverse;
}

/** Of a way so many texts are put into the text that a function takes them from. */
const MOST_TEXTS = 3;
export const MOST_REGEX_TEXTS = 16;
const DEEPEST = 12;
/** Signs or elements of what is asked for by its length. */
const MOST_LENGTH = 2000;

/** Ways for a place of an operand so that the operand is met in one way: none is sure, each is tried. What is not known hands on what it is asked for. */
export function* inverted(operand: Operand, way: Way, place: Place, reading: Reading, row: Row, depth = 0): Generator<Way> {
  if (operand.kind !== 'call' || depth > DEEPEST || pathOf(operand) !== null) {
    if (operand.kind === 'list')
      for (const item of operand.of.slice(0, 4)) if (touches(item, place)) yield* inverted(item, way, place, reading, row, depth + 1);
    if (operand.kind === 'field' || operand.kind === 'call') yield way;
    return;
  }
  const path: (string | number)[] = [];
  let call = operand;
  for (;;) {
    const index = INDEXES.has(call.fn) ? call.args[1] : undefined;
    const [of] = call.args;
    if (of?.kind !== 'call' || index?.kind !== 'literal') break;
    path.unshift(index.type === 'number' ? Number(index.text) : index.text);
    call = of;
  }
  const own = reading.dialect.functions.get(call.fn) as Partial<WorkedBack> | undefined;
  const inverse = own?.backwards ?? INVERSES.get(call.fn);
  const textAt = (index: number): string => {
    const arg = call.args[index];
    return arg === undefined ? '' : textOf(valueOf(arg, reading, row) ?? '');
  };
  for (const [at, arg] of call.args.entries()) {
    if (arg.kind === 'condition' || !touches(arg, place)) continue;
    const ways = inverse === undefined ? [way] : inverse({ args: call.args, at, path, way, current: textAt(at), textAt });
    for (const made of ways) yield* inverted(arg, made, place, reading, row, depth + 1);
  }
}

const touches = (operand: Operand, place: Place): boolean => placesIn(operand).some((one) => isSamePlace(one, place));

/** Texts that meet a way, the plainest first. */
export function textsOf(way: Way): readonly string[] {
  if ('value' in way) return [typeof way.value === 'object' ? JSON.stringify(way.value) : String(way.value)];
  if (way.pieces.length === 0) return ['example', '1024', '203.0.113.7', 'an example that is as long as a command'];
  const texts: string[] = [];
  for (const value of valuesFrom([way])) {
    texts.push(String(value));
    if (texts.length >= MOST_TEXTS) break;
  }
  return texts;
}

const numberOf = (way: Way): number | null => {
  const number = Number(textsOf(way)[0] ?? NaN);
  return Number.isFinite(number) && textsOf(way)[0] !== '' ? number : null;
};

/** The only text that meets a way; null where there are others. */
function exactOf(way: Way): string | null {
  if ('value' in way) return typeof way.value === 'object' ? null : String(way.value);
  return way.pieces.find(({ atStart, atEnd }) => atStart && atEnd)?.text ?? null;
}

const value = (of: EventValue): Way => ({ value: of });

/** Texts around what is asked for, each alone. */
const around = (make: (text: string) => string): Inverse =>
  function* ({ way }) {
    for (const text of textsOf(way)) yield whole(make(text));
  };

function* joined({ args, at, way, textAt }: Step, separator: string, first = 0): Generator<Way> {
  const exact = exactOf(way);
  if (exact === null) {
    yield way;
    return;
  }
  const others = (from: number, to: number): readonly string[] => Array.from({ length: Math.max(0, to - from) }, (_, index) => textAt(from + index));
  const [before, after] = [others(first, at), others(at + 1, args.length)];
  const [head, tail] = [before.map((text) => text + separator).join(''), after.map((text) => separator + text).join('')];
  const [low, middle] = [exact.toLowerCase(), exact.length - head.length - tail.length];
  if (middle >= 0 && low.startsWith(head.toLowerCase()) && low.endsWith(tail.toLowerCase())) yield whole(exact.slice(head.length, head.length + middle));
}

function* parted({ args, at, path, way, current, textAt }: Step): Generator<Way> {
  if (at !== 0) return;
  const separator = textAt(1);
  if (separator === '') return;
  const given = path[0] ?? (args.length > 2 ? Number(textAt(2)) : undefined);
  if (given === undefined) {
    if ('value' in way && Array.isArray(way.value)) yield whole((way.value as readonly EventValue[]).map(String).join(separator));
    else for (const text of textsOf(way)) yield whole(text);
    return;
  }
  const index = Number(given);
  if (!Number.isInteger(index) || Math.abs(index) > 50) return;
  // What stands there already keeps its other parts.
  const parts = current.split(separator);
  const there = index < 0 ? parts.length + index : index;
  if (current !== '' && there >= 0 && there < parts.length) for (const text of textsOf(way)) yield whole(parts.with(there, text).join(separator));
  for (const text of textsOf(way))
    if (index >= 0) {
      const head = `a${separator}`.repeat(index);
      yield { pieces: [{ text: head + text, atStart: true, atEnd: true }] };
      yield { pieces: [{ text: `${head}${text}${separator}`, atStart: true, atEnd: false }] };
      yield whole(`${head}${text}${separator}a`);
      // A path begins with what parts it.
      if (index > 0) yield { pieces: [{ text: separator + `a${separator}`.repeat(index - 1) + text, atStart: true, atEnd: false }] };
    } else {
      const tail = `${separator}a`.repeat(-index - 1);
      yield { pieces: [{ text: `${separator}${text}${tail}`, atStart: false, atEnd: true }] };
      yield whole(`a${separator}${text}${tail}`);
      yield whole(text + tail);
    }
}

/** A text that an expression finds, what is asked for in one of its groups; `current`: what it may find already. */
export function* found(pattern: string, group: number | string, way: Way, current: string): Generator<Way> {
  const regex = { text: pattern, dialect: 're2' as const, flags: '' };
  const ready = current === '' ? null : regexOf(regex, false);
  if (ready?.refused === undefined && ready !== null && way !== ANYTHING) {
    const matcher = ready.re.matcher(current);
    const [from, to] = matcher.find() ? [matcher.start(group), matcher.end(group)] : [-1, -1];
    if (from >= 0) for (const text of textsOf(way)) yield whole(current.slice(0, from) + text + current.slice(to));
  }
  if (Number(group) === 0 && way !== ANYTHING) for (const text of textsOf(way)) yield within(text);
  for (const text of way === ANYTHING ? [] : textsOf(way)) yield* take(regexTexts(regex, new Map([[group, text]])), MOST_REGEX_TEXTS);
  yield* take(regexTexts(regex), MOST_REGEX_TEXTS);
}

/** Of parts of an address or path: a text that has this part. */
const madeOf =
  (parts: Readonly<Record<string, (text: string) => string>>): Inverse =>
  ({ path, way }) => {
    const [part, inner] = path;
    const key = String(part ?? '');
    const make = Object.hasOwn(parts, key) ? parts[key]! : undefined;
    if (key === 'Query Parameters' && inner !== undefined) return textsOf(way).map((text) => whole(`https://example.com/?${inner}=${text}`));
    return make === undefined ? [way] : textsOf(way).map((text) => whole(make(text)));
  };

const ADDRESS = madeOf({
  Scheme: (text) => `${text}://example.com/`,
  Host: (text) => `https://${text}/`,
  Port: (text) => `https://example.com:${text}/`,
  Path: (text) => `https://example.com${text.startsWith('/') ? '' : '/'}${text}`,
  Username: (text) => `https://${text}:example@example.com/`,
  Password: (text) => `https://example:${text}@example.com/`,
  Fragment: (text) => `https://example.com/#${text}`,
});

const PATH = madeOf({
  Scheme: (text) => `${text}://example/example.txt`,
  RootPath: (text) => `${text}\\example.exe`,
  DirectoryPath: (text) => `${text}\\example.exe`,
  DirectoryName: (text) => `C:\\${text}\\example.exe`,
  Filename: (text) => `C:\\example\\${text}`,
  Extension: (text) => `C:\\example\\example.${text}`,
});

const sized =
  (make: (length: number) => EventValue): Inverse =>
  ({ way }) => {
    const number = way === ANYTHING ? 1 : (numberOf(way) ?? 1);
    const made = [number, number + 1].flatMap((length) => (Number.isInteger(length) && length >= 0 && length <= MOST_LENGTH ? [value(make(length))] : []));
    return way === ANYTHING ? [...made, ANYTHING] : made;
  };
const lengthOfText = sized((length) => 'a'.repeat(length));
const lengthOfList = sized((length) => Array.from({ length }, (_, at) => `value ${at + 1}`));

/** One side of a calculation, from the other and what comes of it. */
const calculated =
  (left: (sum: number, other: number) => number, right: (sum: number, other: number) => number): Inverse =>
  ({ args, at, way, textAt }) => {
    const [sum, other] = [numberOf(way), args.length < 2 ? 0 : Number(textAt(1 - at))];
    const made = sum === null ? NaN : (at === 0 ? left : right)(sum, Number.isFinite(other) ? other : 0);
    return Number.isFinite(made) ? [value(made), value(Math.ceil(made)), value(Math.floor(made)), way, ANYTHING] : [way, ANYTHING];
  };

const wide = (text: string): string => [...text].map((char) => `${char}\0`).join('');

/** Functions by name, as any language that has one calls it, with what their arguments are for what they are to give. */
const INVERSES: ReadonlyMap<string, Inverse> = new Map<string, Inverse>([
  ['strcat', (step) => joined(step, '')],
  ['concat', (step) => joined(step, '')],
  ['.', (step) => joined(step, '')],
  ['strcat_delim', (step) => joined(step, step.textAt(0), 1)],
  ['split', parted],
  ['extract', ({ at, way, current, textAt }) => (at === 2 ? found(textAt(0), Number(textAt(1)), way, current) : [])],
  [
    'extract_all',
    ({ args, at, path, way, current, textAt }) => (at === args.length - 1 ? found(textAt(0), Number(path.length > 1 ? path[1] : 0) + 1, way, current) : []),
  ],
  ['extract_json', ({ at, way, textAt }) => (at === 1 ? inJson(textAt(0), way) : [])],
  ['extractjson', ({ at, way, textAt }) => (at === 1 ? inJson(textAt(0), way) : [])],
  ['parse_url', ADDRESS],
  ['parse_path', PATH],
  ['base64_decode_tostring', around((text) => base64Of(utf8Of(text)))],
  ['from_base64', around((text) => base64Of(utf8Of(text)))],
  [
    'substring',
    function* ({ at, way, textAt }) {
      if (at !== 0) return;
      yield way;
      const start = Number(textAt(1));
      for (const text of textsOf(way)) if (start > 0 && start < MOST_LENGTH) yield whole('a'.repeat(start) + text);
    },
  ],
  ['countof', ({ way, textAt }) => [whole((textAt(1) || 'a').repeat(Math.max(0, Math.min(MOST_LENGTH, numberOf(way) ?? 1))))]],
  ['locate', ({ at, textAt }) => (at === 0 ? [within(textAt(1))] : [])],
  ['indexof', ({ at, textAt }) => (at === 0 ? [within(textAt(1))] : [])],
  ['mvfind', valueFitting],
  ['replace', unmade],
  ['replace_string', unmade],
  ['replace_regex', unmade],
  ['strlen', lengthOfText],
  ['length', lengthOfText],
  ['len', lengthOfText],
  ['array_length', lengthOfList],
  ['mvcount', lengthOfList],
  ['mv_count', lengthOfList],
  [
    '+',
    calculated(
      (sum, other) => sum - other,
      (sum, other) => sum - other,
    ),
  ],
  [
    '-',
    calculated(
      (sum, other) => sum + other,
      (sum, other) => other - sum,
    ),
  ],
  [
    '*',
    calculated(
      (sum, other) => sum / other,
      (sum, other) => sum / other,
    ),
  ],
  [
    '/',
    calculated(
      (sum, other) => sum * other,
      (sum, other) => other / sum,
    ),
  ],
]);

/** Of the place of the first value that an expression finds: values of which it finds the last. */
function* valueFitting({ args, at, way }: Step): Generator<Way> {
  const [, pattern] = args;
  if (at !== 0 || (pattern?.kind !== 'regex' && pattern?.kind !== 'literal')) return;
  const before = Math.max(0, Math.min(MOST_LENGTH, numberOf(way) ?? 0));
  const texts = take(regexTexts({ text: pattern.text, dialect: 're2', flags: '' }), MOST_TEXTS);
  for (const { text } of texts) yield value([...Array.from({ length: before }, () => 'example'), text]);
}

/** Of a text that something was replaced in: itself, and with a blank sign between all others, which decoders leave. */
function* unmade({ at, way, args }: Step): Generator<Way> {
  if (args[at]?.kind === 'literal') return;
  yield way;
  for (const text of textsOf(way)) yield way === ANYTHING ? whole(text) : within(wide(text));
  const [, second] = args;
  // What is left out of it may be what is counted.
  if (way !== ANYTHING || at !== 0 || second === undefined || (second.kind !== 'literal' && second.kind !== 'regex')) return;
  for (const { text } of regexTexts({ text: second.text, dialect: 're2', flags: '' })) {
    for (const count of [1, 2, 5, 10, 30]) yield within(`${text} `.repeat(count));
    return;
  }
}

/** A text of JSON that has a value at a path such as `$.a.b[0]`. */
export function* inJson(path: string, way: Way): Generator<Way> {
  const steps = [...path.matchAll(/\.([^.[\]]+)|\[['"]?([^\]'"]+)['"]?\]/g)].map(([, name, index]) => name ?? index!);
  for (const text of textsOf(way))
    yield whole(JSON.stringify(steps.reduceRight<EventValue>((inner, step) => (/^\d+$/.test(step) ? [inner] : { [step]: inner }), text)));
}
