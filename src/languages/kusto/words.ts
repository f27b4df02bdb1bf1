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
    project: ['project-away', 'project-keep', 'project-rename', 'project-reorder', 'project-smart'],
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
    .concat('containscs', 'notcontains', 'notcontainscs', 'like', 'notlike', 'likecs', 'notlikecs', 'matches'),
);

/** Comparisons with a list in brackets. */
export const LIST_OPERATORS: ReadonlySet<string> = new Set(['in', 'in~', '!in', '!in~', 'has_any', 'has_all']);
/** Comparisons with a range in brackets. */
export const RANGE_OPERATORS: ReadonlySet<string> = new Set(['between', '!between']);

/** Word operators that a `!` directly before negates. */
export const NEGATABLE: ReadonlySet<string> = new Set(
  [...STRING_OPERATORS, ...LIST_OPERATORS, ...RANGE_OPERATORS].filter((word) => word.startsWith('!')).map((word) => word.slice(1)),
);
