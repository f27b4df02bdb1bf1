import { functionsOf } from '../../knowledge/functions';
import type { Callable } from '../../model';
import table from './vocabulary.json';

/** Tabular operators that a pipe or a query may begin with, aliases not among them; one line of help each. */
export const OPERATORS: ReadonlyMap<string, string> = new Map(Object.entries(table.operators));
/** Other spellings of operators, by what they stand for. */
export const ALIASES: ReadonlyMap<string, string> = new Map(Object.entries(table.aliases));
export const COMPARISONS: ReadonlyMap<string, string> = new Map(Object.entries(table.comparisons));
const SCALARS = functionsOf('kusto', 'scalar', 'window');
export const FUNCTIONS: ReadonlyMap<string, Callable> = SCALARS;
export const AGGREGATES: ReadonlyMap<string, Callable> = functionsOf('kusto', 'aggregate');
export const PLUGINS: ReadonlyMap<string, string> = new Map(Object.entries(table.plugins));
/** Functions that give tables. */
export const TABLE_FUNCTIONS: ReadonlyMap<string, Callable> = functionsOf('kusto', 'table');
/** Functions that hand on one argument's value, with that argument's index: a comparison with them is one with the inner field. */
export const WRAPPERS: ReadonlyMap<string, number> = new Map([...SCALARS].flatMap(([name, { hands }]) => (hands === undefined ? [] : [[name, hands]])));
/** Words that are names only in brackets. */
export const RESERVED: ReadonlySet<string> = new Set(table.reserved.words.split(' '));

/** Commands with a dash are one word wherever they stand; by what stands before the first dash. */
export const DASHED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    assert: ['assert-schema'],
    execute: ['execute-and-cache'],
    graph: ['graph-mark-components', 'graph-match', 'graph-shortest-paths', 'graph-to-table', 'graph-where-edges', 'graph-where-nodes'],
    macro: ['macro-expand'],
    make: ['make-graph', 'make-series'],
    mv: ['mv-apply', 'mv-expand'],
    parse: ['parse-kv', 'parse-where'],
    project: ['project-away', 'project-by-names', 'project-keep', 'project-rename', 'project-reorder', 'project-smart'],
    sample: ['sample-distinct'],
    top: ['top-hitters', 'top-nested'],
  }),
);

/** Types whose literals are written `type(anything)`: what stands in the brackets is no expression. */
export const TYPED_LITERALS: ReadonlySet<string> = new Set([
  'bool',
  'boolean',
  'date',
  'datetime',
  'decimal',
  'double',
  'guid',
  'int',
  'long',
  'real',
  'time',
  'timespan',
]);

/** Letters that make a number a timespan: `1d`, `15m`, `10minutes`. */
export const TIMESPAN_UNITS: ReadonlySet<string> = new Set(
  'd day days h hr hrs hour hours m min minute minutes s sec second seconds ms milli millis millisecond milliseconds micro micros microsecond microseconds nano nanos nanosecond nanoseconds tick ticks'.split(
    ' ',
  ),
);

/** String comparisons, which bind tighter than arithmetic, and the operator each is about: `!has` is a `has`. */
export const STRING_OPERATORS: ReadonlySet<string> = new Set(
  [
    'has',
    'has_cs',
    'hasprefix',
    'hasprefix_cs',
    'hassuffix',
    'hassuffix_cs',
    'contains',
    'contains_cs',
    'startswith',
    'startswith_cs',
    'endswith',
    'endswith_cs',
  ]
    .flatMap((word) => [word, `!${word}`])
    .concat('containscs', 'notcontains', 'notcontainscs', 'like', 'notlike', 'likecs', 'notlikecs', 'matches', '!matches', '!like'),
);

/** Comparisons with a list in brackets. */
export const LIST_OPERATORS: ReadonlySet<string> = new Set(['in', 'in~', '!in', '!in~', 'has_any', 'has_all', '!has_any', '!has_all']);
/** Comparisons with a range in brackets. */
export const RANGE_OPERATORS: ReadonlySet<string> = new Set(['between', '!between']);

/** Word operators that a `!` directly before negates. */
export const NEGATABLE: ReadonlySet<string> = new Set(
  [...STRING_OPERATORS, ...LIST_OPERATORS, ...RANGE_OPERATORS].filter((word) => word.startsWith('!')).map((word) => word.slice(1)),
);

/** A function, aggregate or function that gives a table; names know their letters' case. */
export const functionOf = (name: string): Callable | undefined => FUNCTIONS.get(name) ?? AGGREGATES.get(name) ?? TABLE_FUNCTIONS.get(name);
