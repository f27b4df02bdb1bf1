import table from './vocabulary.json';

/** A function as help shows it. */
interface FunctionHelp {
  readonly args: string;
  /** Type of the answer; `any` depends on the arguments. */
  readonly type: string;
  readonly help: string;
}

const functionsOf = (rows: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, FunctionHelp> =>
  new Map(Object.entries(rows).map(([name, [args = '', type = 'any', help = '']]) => [name, { args, type, help }]));

/** Tabular operators that a pipe or a query may begin with, aliases not among them; one line of help each. */
export const OPERATORS: ReadonlyMap<string, string> = new Map(Object.entries(table.operators));
/** Other spellings of operators, by what they stand for. */
export const ALIASES: ReadonlyMap<string, string> = new Map(Object.entries(table.aliases));
export const COMPARISONS: ReadonlyMap<string, string> = new Map(Object.entries(table.comparisons));
export const FUNCTIONS: ReadonlyMap<string, FunctionHelp> = functionsOf(table.functions);
export const AGGREGATES: ReadonlyMap<string, FunctionHelp> = functionsOf(table.aggregates);
export const PLUGINS: ReadonlyMap<string, string> = new Map(Object.entries(table.plugins));
/** Functions that give tables. */
export const TABLE_FUNCTIONS: ReadonlyMap<string, string> = new Map(Object.entries(table.tables));
/** Functions that hand on one argument's value, with that argument's index. */
export const WRAPPERS: ReadonlyMap<string, number> = new Map(Object.entries(table.wrappers.functions));
/** Words that are names only in brackets. */
export const RESERVED: ReadonlySet<string> = new Set(table.reserved.words.split(' '));
