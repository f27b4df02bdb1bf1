import type { Callable } from '../model';
import table from './functions.json';

/** What a function is about: one row, all rows of a group, rows beside this one, groups of values, or whole tables. */
type FunctionKind = 'scalar' | 'aggregate' | 'window' | 'grouping' | 'table';

interface Marks {
  /** It answers where an argument is missing; others give nothing then. */
  readonly takesNull?: true;
  /** Index of the argument whose value it hands on. */
  readonly hands?: number;
  /** It leaves what a value says alone. */
  readonly transparent?: true;
  /** What it gives of a value that is not there, where that is a value itself. */
  readonly ofNothing?: number;
  /** It gives a number by estimate. */
  readonly estimates?: true;
}

/** A function of a query language. */
export interface FunctionRow extends Callable, Marks {
  readonly kind: FunctionKind;
}

type Written = readonly [name: string, args: string, gives: string, help: string, marks?: Marks & Pick<Callable, 'case' | 'ignores'>];

function rowOf([name, args, gives, help, marks]: Written, kind: FunctionKind): FunctionRow {
  const parameters = (args === '' ? [] : args.split(', ')).map((written) => {
    const [, called = '', optional, type = '', repeated, times] = /^(.+?)(\?)?: (.+?)(…(\d*))?$/.exec(written) ?? [];
    const most = repeated === undefined ? 1 : times === '' ? Infinity : Number(times);
    return { name: called, type, isOptional: optional !== undefined, most };
  });
  const least = parameters.filter(({ isOptional }) => !isOptional).length;
  const most = parameters.reduce((sum, parameter) => sum + parameter.most, 0);
  return { name, kind, parameters, least, most, gives, help, ...marks };
}

const TABLES = table.tables as unknown as readonly { readonly language: string; readonly kind: FunctionKind; readonly rows: readonly Written[] }[];

/** A language's functions of some kinds by name, as it writes them, in the order they are suggested. */
export const functionsOf = (language: string, ...kinds: readonly FunctionKind[]): ReadonlyMap<string, FunctionRow> =>
  new Map(
    TABLES.filter((one) => one.language === language && kinds.includes(one.kind)).flatMap(({ kind, rows }) => rows.map((row) => [row[0], rowOf(row, kind)])),
  );

type Alike = 'scalar' | 'aggregate';
const ALIKE: Readonly<Record<Alike, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>> = table.alike;

const COMMON: ReadonlyMap<string, string> = new Map(
  Object.entries(ALIKE).flatMap(([kind, alike]) =>
    Object.entries(alike).flatMap(([common, names]) =>
      Object.entries(names).flatMap(([language, own]) => own.map((name) => [`${kind} ${language} ${name}`, common])),
    ),
  ),
);

/** The name for all languages of what a function does with its one argument; null: no other language is known to have it. `fn` is in small letters. */
export const commonFunction = (kind: Alike, language: string, fn: string): string | null => COMMON.get(`${kind} ${language} ${fn}`) ?? null;

/** What a language calls the function of a common name, where it writes it itself; null: it has none. */
export const localFunction = (kind: Alike, common: string, language: string): string | null => ALIKE[kind][common]?.[language]?.[0] ?? null;

/** What the rows say where a function differs from most. */
const MARKS: ReadonlyMap<string, Marks> = new Map(
  TABLES.flatMap(({ language, kind, rows }) =>
    rows.flatMap(([name, , , , marks]) => (marks === undefined ? [] : [[`${kind} ${language} ${name}`, marks] as const])),
  ),
);

/** The number that a function gives of a value that is not there; null: none. */
export const madeOfNothing = (language: string, fn: string): number | null => MARKS.get(`scalar ${language} ${fn}`)?.ofNothing ?? null;

/** Whether a function over rows gives its number by estimate. */
export const isEstimate = (language: string, fn: string): boolean => MARKS.get(`aggregate ${language} ${fn}`)?.estimates === true;

const TRANSPARENT: ReadonlySet<string> = new Set(
  TABLES.flatMap(({ rows }) => rows.flatMap(([name, , , , marks]) => (marks?.transparent === true ? [name.toLowerCase()] : []))),
);

/** Whether a function, as any language spells it, leaves what a value says alone. */
export const isTransparent = (fn: string): boolean => TRANSPARENT.has(fn.toLowerCase());
