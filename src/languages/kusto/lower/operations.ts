import type { Assignment, Branch, JoinKind, Measure, NestedLevel, Operand, Operation, Option, Predicate, SortKey, Span } from '../../../model';
import { unread } from '../../../syntax/predicates';
import type { DataTable, Expr, Name, NestedLevel as Level, Op } from '../tree';
import { OPERATORS } from '../vocabulary';
import { madeBy } from './derive';
import type { Place } from './environment';
import { operandOf, watchlistNote } from './operand';
import { predicateOf } from './predicate';

/** What an operator that needs no other rows does, exactly. `place` is before it: its columns are those that reach it. */
export function operationsOf(op: Op, place: Place): readonly Operation[] {
  const { span } = op;
  switch (op.form) {
    case 'columns':
      return columnOperations(op, place);
    case 'summarize':
      return [
        {
          kind: 'aggregate',
          span,
          how: 'group',
          measures: measuresOf(op, place),
          by: apart(assignmentsOf(op.by, place)),
          ...optionsOf(op),
        },
      ];
    case 'parse':
      return [
        {
          kind: 'extract',
          span,
          how: op.kind,
          from: operandOf(op.of, place),
          pattern: op.pattern.length === 0 ? null : { kind: 'list', span: patternSpan(op.pattern), of: op.pattern.map(patternPart) },
          makes: op.captures.map(({ name, span: at, type }) => ({ name, span: at, ...(type === '' ? null : { type }) })),
          ...optionsOf(op),
        },
      ];
    case 'expand':
      // With a sub-query the stage knows its branch.
      return op.sub === null ? [expandOperation(op, place)] : [];
    case 'series':
      return [seriesOperation(op, place)];
    case 'range': {
      const [from, to, step] = op.bounds;
      if (op.column === null || from === undefined || to === undefined || step === undefined) return [unread(span, 'syntax-error')];
      const [first, last, by] = [operandOf(from, place), operandOf(to, place), operandOf(step, place)];
      return [{ kind: 'range', span, name: op.column.name, at: { span: op.column.span }, from: first, to: last, step: by }];
    }
    case 'plain':
      return plainOperations(op, place);
    case 'as':
      return [{ kind: 'show', span, ...(op.name === null ? null : { name: op.name.name }) }];
    case 'call': {
      const unpacked = op.kind === 'evaluate' ? unpackOperation(op, place) : null;
      if (unpacked !== null) return [unpacked];
      const { name, args } = op.call.kind === 'call' ? op.call : { name: '', args: [] };
      if (op.kind === 'evaluate' && PLUGINS.has(name)) return [pluginOperation(op, args, place)];
      // With a table the stage knows its branch.
      return op.kind === 'evaluate' && TABLE_PLUGINS.has(name)
        ? []
        : [unread(span, op.kind === 'invoke' ? 'unknown' : 'unmodelled', `${op.kind} ${name}`.trim())];
    }
    case 'subqueries':
      return op.kind === 'partition' && op.columns.length === 1 && op.subs.length === 1 ? [] : [unread(span, 'unmodelled', op.kind)];
    case 'nested':
      return [{ kind: 'nested', span, levels: op.levels.map((level) => levelOf(level, place)) }];
    case 'unknown':
      return [OPERATORS.has(op.kind) ? unread(span, 'unmodelled', op.kind) : unread(span, 'syntax-error')];
    // Where rows are kept or come together, the stage knows its predicate and branches.
    case 'filter':
    case 'join':
    case 'union':
    case 'search':
    case 'scan':
      return [];
    default:
      return op satisfies never;
  }
}

const optionsOf = ({ options }: Pick<Op, 'options'>): { readonly options?: readonly Option[] } =>
  options.length === 0 ? {} : { options: options.map(({ name, value }) => ({ name, value })) };

const patternSpan = (parts: readonly { readonly span: Span }[]): Span => ({ start: parts[0]!.span.start, end: parts.at(-1)!.span.end });

function patternPart(part: Extract<Op, { form: 'parse' }>['pattern'][number]): Operand {
  switch (part.kind) {
    case 'literal':
      return { kind: 'literal', span: part.span, type: 'string', text: part.text };
    case 'capture':
      return { kind: 'field', name: part.name, span: part.span };
    case 'star':
      return { kind: 'glob', span: part.span, parts: ['any-run'] };
    default:
      return part satisfies never;
  }
}

/** Columns as a step makes them: several names for one value take its members; `printed`: what one without a name is called where no expression gives one. */
function assignmentsOf(items: readonly Expr[], place: Place, printed?: (at: number) => string): readonly Assignment[] {
  let nameless = 0;
  return items.flatMap((item, at): readonly Assignment[] => {
    const whole = item.kind === 'assign' ? item.value : item;
    const value = operandOf(whole, place);
    const parts = partsOf(whole);
    const part = ({ name, span }: Name, index: number): Assignment => ({
      name,
      span,
      value: { kind: 'call', span, fn: '[]', name: span, args: [value, { kind: 'literal', span, type: 'number', text: String(index) }], written: name },
    });
    if (item.kind !== 'assign') {
      if (parts.length > 1) return parts.map((name, index) => part({ name, span: item.span }, index));
      const name = printed?.(at) ?? madeBy(item, place)[0]?.name ?? parts[0] ?? `Column${++nameless}`;
      return [{ name, span: item.span, value }];
    }
    if (item.names.length > 1 || parts.length > 1) return item.names.map(part);
    return [{ ...item.names[0]!, value }];
  });
}

/** Columns that would have the name of one before them get a number. */
function apart(assignments: readonly Assignment[]): readonly Assignment[] {
  const taken = new Set<string>();
  return assignments.map((assignment) => {
    let { name } = assignment;
    for (let count = 1; taken.has(name); count++) name = `${assignment.name}${count}`;
    taken.add(name);
    return { ...assignment, name };
  });
}

/** Functions that give several values at once, by the ends of their columns' names. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  series_stats: ['min', 'min_idx', 'max', 'max_idx', 'avg', 'stdev', 'variance'],
  series_fit_line: ['rsquare', 'slope', 'variance', 'rvariance', 'interception', 'line_fit'],
};

/** The names of the columns that a function of several values makes; none for any other expression. */
function partsOf(expr: Expr): readonly string[] {
  if (expr.kind !== 'call') return [];
  const { name, args } = expr;
  const nameOf = (arg: Expr | undefined): string | undefined => (arg?.kind === 'name' ? arg.name : undefined);
  if (Object.hasOwn(SEVERAL, name)) return SEVERAL[name]!.map((end) => [name, nameOf(args[0]) ?? '', end].join('_'));
  if (name !== 'array_sort_asc' && name !== 'array_sort_desc') return [];
  return args.filter((arg) => arg.kind !== 'literal').map((arg, at) => `${nameOf(arg) ?? `array${at}`}_sorted`);
}

function columnOperations(op: Extract<Op, { form: 'columns' }>, place: Place): readonly Operation[] {
  const { span, columns } = op;
  const names = (): readonly string[] => columns.flatMap((item) => (item.kind === 'name' || item.kind === 'star' ? [item.name] : []));
  const isPlain = columns.every((item) => item.kind === 'name' || item.kind === 'star');
  switch (op.kind) {
    case 'extend':
    case 'serialize':
      return [{ kind: 'assign', span, of: assignmentsOf(columns, place) }];
    case 'project-away':
    case 'project-keep':
    case 'project-reorder': {
      const kind = op.kind === 'project-away' ? 'drop' : op.kind === 'project-keep' ? 'keep' : 'reorder';
      return [isPlain ? { kind, span, names: names() } : unread(span, 'unmodelled', op.kind)];
    }
    case 'project-rename': {
      const of = columns.flatMap((item) =>
        item.kind === 'assign' && item.names.length === 1 && item.value.kind === 'name'
          ? [{ from: item.value.name, to: item.names[0]!.name, span: item.span }]
          : [],
      );
      return [of.length === columns.length ? { kind: 'rename', span, of } : unread(span, 'unmodelled', op.kind)];
    }
    case 'project-smart':
      return [{ kind: 'show', span }];
    case 'project-by-names': {
      const asked = columns.map((item) => operandOf(item, place)).flatMap((value) => (value.kind === 'list' ? value.of : [value]));
      const texts = asked.flatMap((value) => (value.kind === 'literal' ? [value.text] : []));
      return [texts.length === asked.length ? { kind: 'keep', span, names: texts } : unread(span, 'unmodelled', op.kind)];
    }
    case 'distinct':
      if (columns.some(({ kind }) => kind === 'star')) return [{ kind: 'distinct', span, by: [] }];
      if (isPlain) return [{ kind: 'distinct', span, by: columns.map((item) => operandOf(item, place)) }];
      return [
        { kind: 'project', span, of: apart(assignmentsOf(columns, place)) },
        { kind: 'distinct', span, by: [] },
      ];
    case 'print': {
      const made = assignmentsOf(columns, place, (at) => `print_${at}`);
      return [{ kind: 'rows', span, columns: made.map(({ name, span: at }) => ({ name, type: '', span: at })), rows: [made.map(({ value }) => value)] }];
    }
    default:
      if (columns.some(({ kind }) => kind === 'star')) return [unread(span, 'unmodelled', `${op.kind} *`)];
      return [{ kind: 'project', span, of: apart(assignmentsOf(columns, place)) }];
  }
}

/** Aggregations with a condition of their own, by the plain one; the number says which argument is the condition. */
const CONDITIONAL: Readonly<Record<string, readonly [fn: string, at: number]>> = {
  countif: ['count', 0],
  count_distinctif: ['count_distinct', 1],
  dcountif: ['dcount', 1],
  sumif: ['sum', 1],
  avgif: ['avg', 1],
  minif: ['min', 1],
  maxif: ['max', 1],
  stdevif: ['stdev', 1],
  varianceif: ['variance', 1],
  make_set_if: ['make_set', 1],
  make_list_if: ['make_list', 1],
  make_bag_if: ['make_bag', 1],
  take_anyif: ['take_any', 1],
  anyif: ['any', 1],
};

/** Sums over rows that make a column of each of several values know what columns of the rows are called; what other expressions are called stands here. */
function othersOf(item: Expr, made: readonly Name[]): { readonly others: readonly Name[] } | null {
  if (item.kind !== 'call' || item.args.every(({ kind }) => kind === 'name' || kind === 'star')) return null;
  const isOf = made.length > 1 || /^(?:percentilesw?|arg_?(?:max|min))$/.test(item.name);
  return isOf ? { others: made.slice(1).map(({ name, span }) => ({ name, span })) } : null;
}

/** What a step sums up, columns without a name counted after those it groups by. */
function measuresOf({ columns, by }: { readonly columns: readonly Expr[]; readonly by: readonly Expr[] }, place: Place): readonly Measure[] {
  let nameless = by.filter((item) => madeBy(item, place).length === 0).length;
  return columns.map((item) => measureOf(item, () => `Column${++nameless}`, place));
}

/** `N = countif(x > 1)` counts the rows that meet it. An expression over aggregations is a measure of its outermost function. */
function measureOf(item: Expr, unnamed: () => string, place: Place): Measure {
  const value = item.kind === 'assign' ? item.value : item;
  const named = item.kind === 'assign' ? item.names[0] : undefined;
  const made = item.kind === 'assign' ? item.names : madeBy(item, place);
  const name = made[0]?.name ?? unnamed();
  const span = named?.span ?? item.span;
  const others = item.kind === 'assign' ? (made.length > 1 ? { others: made.slice(1) } : null) : othersOf(item, made);
  if (value.kind === 'call') {
    const [fn, at] = Object.hasOwn(CONDITIONAL, value.name) ? CONDITIONAL[value.name]! : [value.name, -1];
    const asked = value.args[at];
    const where = asked === undefined ? undefined : predicateOf(asked, { ...place, branches: [] });
    // A condition that no predicate holds is worked out as a value.
    if (where?.kind === 'unread') return { name, span, fn: value.name, operator: value.nameSpan, args: value.args.map((arg) => operandOf(arg, place)) };
    return {
      name,
      span,
      fn,
      operator: value.nameSpan,
      args: value.args.filter((arg) => arg !== asked).map((arg) => operandOf(arg, place)),
      ...others,
      ...(where === undefined ? null : { where }),
    };
  }
  const operand = operandOf(value, place);
  return operand.kind === 'call'
    ? { name, span, fn: operand.fn, operator: operand.name, args: operand.args, ...others }
    : { name, span, fn: 'expression', args: [operand], ...others };
}

/** Plugins that say the same of the same rows, whatever else the workspace holds. */
const PLUGINS: ReadonlySet<string> = new Set(['pivot', 'narrow', 'rows_near', 'rolling_percentile', 'activity_counts_metrics']);
/** Those whose first argument is a table. */
export const TABLE_PLUGINS: ReadonlySet<string> = new Set(['ipv4_lookup', 'ipv6_lookup']);

/** `evaluate pivot(State, count())`: a function of the rows, with those arguments that are no table. */
export function pluginOperation({ span, call, schema }: Extract<Op, { form: 'call' }>, args: readonly Expr[], place: Place, branch?: Branch): Operation {
  const makes = schema?.some(({ name }) => name === '*') === false ? schema.map(({ name, type }) => ({ name, type })) : undefined;
  return {
    kind: 'plugin',
    span,
    fn: call.kind === 'call' ? call.name : '',
    args: args.map((arg) =>
      arg.kind === 'assign' && arg.names.length === 1 ? { name: arg.names[0]!.name, value: operandOf(arg.value, place) } : { value: operandOf(arg, place) },
    ),
    ...(branch === undefined ? null : { branch }),
    ...(makes === undefined ? null : { makes }),
  };
}

function levelOf({ count, of, others, by }: Level, place: Place): NestedLevel {
  const [key] = assignmentsOf([of], place);
  const measure = measureOf(by.of, () => '', place);
  return {
    of: key!,
    by: by.of.kind === 'assign' ? measure : { ...measure, name: `aggregated_${key!.name}` },
    ...(count === null ? null : { count: operandOf(count, place) }),
    ...(by.order === 'asc' ? { ascending: true as const } : null),
    ...(others === null ? null : { others: operandOf(others, place) }),
  };
}

/** The steps of a scan, given their conditions. */
export function scanOperation({ span, declared, steps, options }: Extract<Op, { form: 'scan' }>, predicates: readonly Predicate[], place: Place): Operation {
  const number = options.find(({ name }) => name === 'with_match_id');
  return {
    kind: 'scan',
    span,
    declared: declared.map(({ name, type, value }) => ({ name, type, ...(value === undefined ? null : { otherwise: operandOf(value, place) }) })),
    steps: steps.map(({ name, set, output }, at) => ({
      name: name.name,
      predicate: predicates[at]!,
      set: assignmentsOf(set, place),
      output: output === 'last' || output === 'none' ? output : 'all',
    })),
    ...(number === undefined ? null : { number: number.value }),
    ...optionsOf({ options: options.filter((option) => option !== number) }),
  };
}

/** `mv-expand`, and `mv-apply` without its sub-query. */
export function expandOperation(op: Extract<Op, { form: 'expand' }>, place: Place): Operation {
  const { span, types, limit } = op;
  const options = new Map(op.options.map(({ name, value }) => [name === 'kind' ? 'bagexpansion' : name, value]));
  const [index, bags] = [options.get('with_itemindex'), options.get('bagexpansion') ?? 'bag'];
  const other = [...options.keys()].find((name) => name !== 'with_itemindex' && name !== 'bagexpansion' && name !== 'hint');
  if (other !== undefined || (bags !== 'bag' && bags !== 'array')) return unread(span, 'unmodelled', `${op.kind} ${other ?? `kind=${bags}`}`);
  return {
    kind: 'expand',
    span,
    of: assignmentsOf(op.columns, place),
    ...(types.every((type) => type === '') ? null : { types }),
    ...(limit === null ? null : { limit: operandOf(limit, place) }),
    ...(index === undefined ? null : { index }),
    ...(bags === 'array' ? { pairs: true as const } : null),
  };
}

function seriesOperation(op: Extract<Op, { form: 'series' }>, place: Place): Operation {
  const { span, from, to, step } = op;
  const [axis] = assignmentsOf([op.on], place);
  if (axis === undefined || step === null) return unread(span, 'syntax-error');
  return {
    kind: 'series',
    span,
    measures: measuresOf(op, place),
    otherwise: op.defaults.map((value) => (value === null ? null : operandOf(value, place))),
    axis,
    ...(from === null ? null : { from: operandOf(from, place) }),
    ...(to === null ? null : { to: operandOf(to, place) }),
    step: operandOf(step, place),
    ...(op.isInclusive ? { inclusive: true as const } : null),
    by: apart(assignmentsOf(op.by, place)),
    ...optionsOf(op),
  };
}

const CONFLICTS: Readonly<Record<string, 'error' | 'keep' | 'replace'>> = { error: 'error', keep_source: 'keep', replace_source: 'replace' };

/** `evaluate bag_unpack(Bag, 'prefix', columnsConflict='keep_source', ignoredProperties=dynamic([…])) : (*, Name:string)`; null for other plugins and what is not constant. */
function unpackOperation({ span, call, schema }: Extract<Op, { form: 'call' }>, place: Place): Operation | null {
  if (call.kind !== 'call' || call.name !== 'bag_unpack') return null;
  const [bag, ...more] = call.args;
  if (bag === undefined) return null;
  let [prefix, conflict, without]: [string, string, readonly string[]] = ['', 'error', []];
  for (const [index, item] of more.entries()) {
    const name = item.kind === 'assign' ? item.names[0]?.name : ['OutputColumnPrefix', 'columnsConflict', 'ignoredProperties'][index];
    const value = operandOf(item.kind === 'assign' ? item.value : item, place);
    const list = value.kind === 'list' ? value.of.flatMap((one) => (one.kind === 'literal' ? [one.text] : [])) : null;
    if (name === 'ignoredProperties' && value.kind === 'list' && list?.length === value.of.length) without = list;
    else if (value.kind !== 'literal' || value.type !== 'string') return null;
    else if (name === 'columnsConflict') conflict = value.text;
    else prefix = value.text;
  }
  if (!Object.hasOwn(CONFLICTS, conflict)) return null;
  const columns = schema?.filter(({ name }) => name !== '*');
  return {
    kind: 'unpack',
    span,
    of: operandOf(bag, place),
    prefix,
    conflict: CONFLICTS[conflict]!,
    without,
    ...(columns === undefined ? null : { makes: columns.map(({ name, type }) => ({ name, type })) }),
    ...(schema !== null && columns!.length === schema.length ? { alone: true as const } : null),
  };
}

function plainOperations(op: Extract<Op, { form: 'plain' }>, place: Place): readonly Operation[] {
  const { span, args, keys = [] } = op;
  const [count] = args;
  switch (op.kind) {
    case 'take':
      return [count === undefined ? unread(span, 'syntax-error') : { kind: 'limit', span, count: operandOf(count, place) }];
    case 'sort':
      return [{ kind: 'sort', span, by: keys.map((key) => sortKey(key, place)) }];
    case 'top':
      if (count === undefined) return [unread(span, 'syntax-error')];
      return [
        { kind: 'sort', span, by: keys.map((key) => sortKey(key, place)) },
        { kind: 'limit', span, count: operandOf(count, place) },
      ];
    case 'count': {
      const at = { start: span.start, end: span.end };
      return [{ kind: 'aggregate', span, how: 'group', measures: [{ name: 'Count', span: at, fn: 'count', args: [] }], by: [] }];
    }
    case 'render':
      return [{ kind: 'show', span }];
    case 'getschema':
      return [{ kind: 'schema', span }];
    default:
      return [unread(span, 'unmodelled', op.kind)];
  }
}

/** Without a word rows stand in falling order; empty ones last, but first in rising order. */
function sortKey({ of, order, nulls }: NonNullable<Extract<Op, { form: 'plain' }>['keys']>[number], place: Place): SortKey {
  return { of: operandOf(of, place), descending: order !== 'asc', nulls: nulls ?? (order === 'asc' ? 'first' : 'last') };
}

/** A table whose rows stand in the query. */
export function rowsOf({ span, columns, cells }: DataTable, place: Place): Operation {
  const width = Math.max(1, columns.length);
  const rows: Operand[][] = [];
  cells.forEach((cell, index) => {
    if (index % width === 0) rows.push([]);
    rows.at(-1)!.push(operandOf(cell, place));
  });
  return { kind: 'rows', span, columns: columns.map(({ name, type, span: at }) => ({ name, type, span: at })), rows };
}

/** Rows that are not here: what a function of the workspace gives. */
export const givenBy = (span: Span, name: string, args: readonly Expr[]): Operation =>
  unread(span, 'unknown', name === '_GetWatchlist' ? watchlistNote(args) : name === 'externaldata' ? 'external data' : `function ${name}`);

const JOINS: Readonly<Record<string, JoinKind>> = {
  inner: 'inner',
  innerunique: 'innerunique',
  leftouter: 'left',
  rightouter: 'right',
  fullouter: 'full',
  leftanti: 'leftanti',
  anti: 'leftanti',
  leftantisemi: 'leftanti',
  rightanti: 'rightanti',
  rightantisemi: 'rightanti',
  leftsemi: 'leftsemi',
  rightsemi: 'rightsemi',
};
export const joinKindOf = (kind: string): JoinKind | null => (Object.hasOwn(JOINS, kind) ? JOINS[kind]! : null);
