import { commandOption, programFolder } from '../knowledge/usual-values';
import type { EventValue } from '../model';
import { nameIn, unixPaths, windowsPaths } from './likely-path';

/** An event as it stands. */
export type Values = Readonly<Record<string, EventValue>>;
/** A field with the values it would rather have, the likeliest first. */
export type Proposal = readonly [field: string, values: readonly EventValue[]];

/** The fields of an event that tell of one thing; null: it has none. */
type Told<K extends string> = Readonly<Record<K, string | null>>;

const textAt = (row: Values, field: string | null): string => {
  const value = field === null ? '' : row[field];
  return typeof value === 'string' ? value : '';
};

/** The fields of one process in agreement: its path ends in its name, its command line begins with it, its arguments are the words of its command line. */
export function* processAlike(
  row: Values,
  { path, name, line, args, original }: Told<'path' | 'name' | 'line' | 'args' | 'original'>,
  isUnix: boolean,
): Generator<Proposal> {
  const own = textAt(row, name);
  if (name !== null && !isUnix && !own.includes('.') && programFolder(own) !== null) yield [name, [`${own}.exe`]];
  if (path !== null && name !== null && nameIn(textAt(row, path)) !== textAt(row, name)) {
    const end = textAt(row, name);
    yield [path, isUnix ? unixPaths(end, true) : windowsPaths(`\\${end}`, true)];
    yield [name, [nameIn(textAt(row, path))]];
  }
  const built = textAt(row, original);
  const program = nameIn(textAt(row, path)) || textAt(row, name) || (/\.exe$/i.test(built) ? built : '');
  if (original !== null && program !== '') yield [original, [program]];
  if (line !== null) yield [line, linesOf(textAt(row, line), program, valuesAt(row, args))];
  if (args === null || program === '') return;
  const words =
    line === null
      ? [program]
      : textAt(row, line)
          .split(/\s+/)
          .filter((word) => word !== '');
  const rest = valuesAt(row, args).filter((arg) => arg !== NOTHING && !words.some((word) => word.toLowerCase() === arg.toLowerCase()));
  const all = [...words, ...rest];
  yield [args, [all.length === 1 ? all[0]! : all]];
}

/** The fields of one file in agreement: its path ends in its name, and that in its extension. */
export function* fileAlike(row: Values, { path, name, extension }: Told<'path' | 'name' | 'extension'>): Generator<Proposal> {
  const ending = textAt(row, extension);
  for (const field of [path, name]) {
    const text = textAt(row, field);
    if (field !== null && ending !== '' && !text.endsWith(`.${ending}`)) yield [field, [text.replace(/(?:\.\w+)?$/, `.${ending}`), `${text}.${ending}`]];
  }
  const [whole, end] = [textAt(row, path), textAt(row, name)];
  if (path === null || name === null || nameIn(whole) === end) return;
  yield [path, [whole.slice(0, whole.length - nameIn(whole).length) + end]];
  yield [name, [nameIn(textAt(row, path))]];
}

/** Stands for nothing in particular. */
const NOTHING = 'example';

const valuesAt = (row: Values, field: string | null): readonly string[] =>
  (field === null ? [] : [row[field]].flat()).filter((value): value is string => typeof value === 'string');

const stemOf = (text: string): string =>
  nameIn(text.replaceAll('"', ''))
    .toLowerCase()
    .replace(/\.exe$/, '');

/** Command lines that begin with their program and hold all arguments, the plainest first. */
function linesOf(text: string, known: string, args: readonly string[]): readonly string[] {
  const first = /^"[^"]*"?|^\S*/.exec(text)![0];
  const program = known === '' && /^[-/]\w*$/.test(first) ? 'example.exe' : known;
  const isIn = (arg: string): boolean => arg === NOTHING || text.toLowerCase().includes(arg.toLowerCase()) || stemOf(arg) === stemOf(program);
  const rest = args
    .filter((arg) => !isIn(arg))
    .map((arg) => ` ${arg}`)
    .join('');
  if (program === '' || (first !== '' && stemOf(first) === stemOf(program))) return [text + rest];
  if (text === NOTHING) return [program + rest];
  const at = text.toLowerCase().indexOf(program.toLowerCase());
  const without = at < 0 ? [] : [`${text.slice(0, at).trim()} ${text.slice(at + program.length).trim()}`.trim()];
  const option = commandOption(program);
  const told = option === null || /^[-/]/.test(text.trim()) ? [] : [...without, text.trim()].map((one) => `${option} ${one}`);
  return [...told, ...without, text.trim(), text].map((one) => `${program} ${one}${rest}`);
}
