import type { Assignment, Branch, Literal, Operand, Operation, Predicate, Rule, Source, Span, Stage, Unread } from '../model';
import { allOf, conjunctsOf } from '../syntax/predicates';
import { mapTests } from '../syntax/walk';
import { refused, isRefused, type Row } from './dialect';
import { refusal, type Answer, type Given, type StageCount, type Table } from './engine';
import { evaluator, type Reading } from './expression';
import { readersOf, type Reader } from './fields';
import { draftOf, EVENT, keepEvent, type Draft } from './running';
import { readyNode } from './judge';
import { joinedReader, type Joined } from './names';
import { aggregate } from './pipeline-aggregate';
import { series } from './pipeline-series';
import { joinTables, lookUp, unionOf } from './pipeline-combine';
import { known, unreadableIn } from './pipeline-columns';
import { spend, type PipelineDialect, type Running } from './pipeline-dialect';
import { nested } from './pipeline-nested';
import { distinct, expand, extract, fill, fitting, limit, namesLike, partition, range, rename, sort, typeIn, unpack, withColumns } from './pipeline-rows';
import { scan } from './pipeline-scan';
import { eventsRead, eventsTable, typedTable } from './pipeline-tables';
import { TRUE, UNKNOWN, type Truth } from './truth';
import { isList, isNumber, type Value } from './value';

/** Runs a rule that is a pipeline; anything in it that is not covered refuses the whole by name. */
export const pipelineEngine =
  (dialect: PipelineDialect, plugins: Running['plugins'] = new Map()) =>
  (rule: Rule, given: Given): Answer => {
    const joined = new Map<string, Joined>();
    const stages: StageCount[] = [];
    try {
      const running = runningOf(dialect, rule, given, joined, plugins);
      const table = runStages(rule.analysis.stages, null, running, stages);
      const events = table.rows.map((row) => (row as Draft)[EVENT]);
      const matches = events.every((event): event is number => event !== undefined) ? [...new Set(events)] : [];
      const readings = running.readings.size === 0 ? null : { readings: [...running.readings] };
      return { verdict: 'rows', matches, undecided: [], table: shown(table, dialect), stages, refused: [], joined: [...joined.values()], ...readings };
    } catch (error) {
      if (isPlaced(error)) return { ...refusal(error.span, error.message), stages, joined: [...joined.values()] };
      if (isRefused(error)) return refusal(rule.span, error.message);
      // The length of a text or a list that the machine holds, or the depth of its calls.
      if (error instanceof RangeError) return refusal(rule.span, 'values longer or deeper than are held');
      throw error;
    }
  };

interface Placed extends Error {
  readonly span: Operation['span'];
}
const isPlaced = (error: unknown): error is Placed => isRefused(error) && 'span' in error;

/** Values that the tables of all steps may hold together, and how many more for each event: thousands of steps that add a column or rows each would take their square. */
const ROOM = 2_000_000;
const ROOM_EACH = 50_000;

/** What the steps of a rule use; `joined` hears the names that were joined. */
export function runningOf(dialect: PipelineDialect, rule: Rule, given: Given, joined: Map<string, Joined>, plugins: Running['plugins'] = new Map()): Running {
  const naming = { rule: rule.taxonomy, scopes: rule.meta.scopes, events: given.names, ...(given.own === undefined ? null : { own: given.own }) };
  const readers = new Map<string, ReturnType<typeof joinedReader>>();
  const readings = new Set<string>();
  const condition = (predicate: Predicate): ((row: Row) => Truth) => {
    const node = readyNode(predicate, { ...reading, read: readersOf(reading.read) });
    const why = firstWhy(node);
    if (why !== null) throw refused(why);
    return node.truth;
  };
  const reading: Reading = {
    dialect,
    scope: { now: given.now, take: (taken) => void readings.add(taken) },
    read(name) {
      const why = reading.scope.unreadable?.(name) ?? null;
      if (why !== null) throw refused(why);
      let reader = readers.get(name);
      if (reader === undefined) {
        reader = joinedReader(name, naming, (one) => void joined.set(`${one.rule} ${one.event}`, one), dialect.several === 'whole');
        const filled = /null_value "([^"]*)"/.exec(given.types.get(name) ?? '');
        if (filled !== null) reader = filledReader(reader, filled[1]!);
        readers.set(name, reader);
      }
      return reader;
    },
    typeOf: (name) => given.types.get(name) ?? given.types.get('*'),
    condition: (predicate) => condition(predicate),
  };
  const running: Running = {
    dialect,
    given,
    rule,
    reading,
    readings,
    room: { left: ROOM + ROOM_EACH * given.events.length },
    plugins,
    evaluate: (operand) => evaluator(operand, reading),
    condition,
    columnType: (operand) => {
      const { columns = [] } = reading.scope;
      return dialect.columnType?.(operand, reading.scope) ?? (operand.kind === 'field' ? (columns.find(({ name }) => name === operand.name)?.type ?? '') : '');
    },
    branch: (branch) => runStages(branch.stages, null, running),
    through: (branch, table) => runStages(branch.stages, table, running),
  };
  return running;
}

/** A mapping's null_value: what an explicit null is kept as. */
const filledReader =
  (read: Reader, text: string): Reader =>
  (row) => {
    const value = read(row);
    return value === null ? text : value;
  };

/** The first part that can never be told: a pipeline with one is refused, for every row after it would be a guess. */
function firstWhy(node: ReturnType<typeof readyNode>): string | null {
  if (node.why !== undefined) return node.why;
  for (const inner of node.of) {
    const why = firstWhy(inner);
    if (why !== null) return why;
  }
  return null;
}

/** Runs the stages one after another; `table` null: nothing is read yet; `counts` hears what reaches and leaves each. */
function runStages(stages: readonly Stage[], table: Table | null, running: Running, counts: StageCount[] | null = null): Table {
  const { scope } = running.reading;
  const { columns, answer, unreadable } = scope;
  let current = table;
  let chosen: readonly string[] = [];
  for (const stage of stages) {
    const before = current?.rows.length ?? running.given.events.length;
    const operations = stage.operations ?? (stage.role === 'unread' || stage.predicate !== undefined ? null : []);
    if (operations === null) throw placed(refused(`\`${stage.kind}\``), stage.span);
    for (const operation of operations) {
      scope.columns = current?.columns ?? [];
      scope.answer = (operand) => firstValue(operand, stage.branches ?? [], running);
      scope.unreadable = unreadableIn(operation, current, chosen, running);
      try {
        const after: Table =
          operation.kind === 'read' ? read(operation.sources, stage, running) : step(withQueries(operation, stage, running), current, running);
        current = known(operation, current, after);
        spend(running, current.rows.length, current.columns.length);
      } catch (error) {
        throw isRefused(error) && !isPlaced(error) ? placed(error, operation.span) : error;
      }
      chosen = [...chosen, ...(current.chosen ?? [])];
    }
    if (current !== null && running.dialect.afterStage !== undefined) current = running.dialect.afterStage(stage.kind, current);
    counts?.push({ span: stage.span, before, after: current?.rows.length ?? before, undecided: 0 });
  }
  scope.columns = columns ?? [];
  Object.assign(scope, { answer, unreadable });
  return current ?? eventsTable(running);
}

/** A filter whose values that come of a query inside it, which stands among the stage's branches, are there. */
function withQueries<Step extends Operation>(operation: Step, { branches = [] }: Stage, running: Running): Step {
  if (operation.kind !== 'filter' || branches.length === 0) return operation;
  const filled = mapTests(operation.predicate, (test) => ({
    ...test,
    values: test.values.flatMap((value): readonly Operand[] => (value.kind === 'unread' ? (valuesOf(value, branches, running) ?? [value]) : [value])),
  }));
  return { ...operation, predicate: withMatching(filled, branches, running) };
}

/** A condition whose parts that are queries of their own ask for what those give. */
function withMatching(predicate: Predicate, branches: readonly Branch[], running: Running): Predicate {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return { ...predicate, of: predicate.of.map((part) => withMatching(part, branches, running)) };
    case 'not':
      return { ...predicate, of: withMatching(predicate.of, branches, running) };
    case 'unread': {
      const branch = branches.find(({ span }) => predicate.span.start <= span.start && span.end <= predicate.span.end);
      return branch === undefined ? predicate : (running.dialect.matching?.(running.branch(branch), predicate.span) ?? predicate);
    }
    case 'test':
      return predicate;
    default:
      return predicate satisfies never;
  }
}

/** What the first column of a query among a step's branches holds; null where none of them is the query. */
function firstColumn({ span, reason, note }: Unread, branches: readonly Branch[], running: Running): readonly Value[] | null {
  const isIt = ({ start, end }: Span): boolean => (note === 'sub-query' ? start >= span.start && end <= span.end : start === span.start && end === span.end);
  const branch = reason === 'unmodelled' ? branches.find((one) => isIt(one.source?.span ?? one.span)) : undefined;
  if (branch === undefined) return null;
  const table = running.branch(branch);
  const name = table.columns[0]?.name;
  return table.rows.map((row) => (name === undefined ? null : (row[name] ?? null)));
}

function firstValue(operand: Unread, branches: readonly Branch[], running: Running): Value | undefined {
  const column = firstColumn(operand, branches, running);
  return column === null ? undefined : (column[0] ?? null);
}

/** The same as values of a comparison; null too where they can be none. */
function valuesOf(operand: Unread, branches: readonly Branch[], running: Running): readonly Literal[] | null {
  const values = firstColumn(operand, branches, running)?.flatMap((value) => (isList(value) ? value : [value]));
  if (values === undefined) return null;
  const { span } = operand;
  const isPlain = (value: Value): boolean => value === null || typeof value !== 'object';
  // One value that no literal holds is worked out where it stands.
  if (values.length === 1 && !isPlain(values[0]!)) return null;
  return values.flatMap((value): readonly Literal[] => {
    if (value === null) return [];
    if (typeof value === 'string') return [{ kind: 'literal', span, type: 'string', text: value }];
    if (typeof value === 'boolean') return [{ kind: 'literal', span, type: 'boolean', text: String(value) }];
    if (isNumber(value)) return [{ kind: 'literal', span, type: 'number', text: String(value) }];
    throw refused('a query of values that are neither texts nor numbers inside a comparison');
  });
}

const placed = (error: Error, span: Operation['span']): Error => Object.assign(error, { span });

/** The tables a step reads: queries the text binds to their names, tables that are given, with stars; none named, or none given: the events. */
function read(sources: readonly Source[], stage: Stage, running: Running): Table {
  const { tables } = running.given;
  if (sources.length === 0) return eventsTable(running);
  let events: Table | null = null;
  const found = sources.flatMap(({ name, bound }): readonly Table[] => {
    const branch = stage.branches?.find((one) => one.name === name);
    const stages = branch?.stages ?? (bound === true ? boundQueries(running.rule).get(name) : undefined);
    if (stages !== undefined) return [runStages(stages, null, running)];
    // Whatever events come from, they are read once.
    if (tables.size === 0)
      return events === null
        ? [
            (events = eventsRead(
              sources.map((one) => one.name),
              running,
            )),
          ]
        : [];
    const isLike = namesLike(name);
    const like = [...tables].filter(([own]) => isLike(own));
    if (like.length === 0) throw refused(`the table \`${name}\` is not given`);
    return like.map(([, table]) => typedTable(table, running));
  });
  return found.length === 1 ? found[0]! : unionOf(found, running);
}

const queriesBound = new WeakMap<Rule, ReadonlyMap<string, readonly Stage[]>>();

/** The queries that a rule's text binds to names, wherever it shows them: where a name is read again only the name stands. */
function boundQueries(rule: Rule): ReadonlyMap<string, readonly Stage[]> {
  let found = queriesBound.get(rule);
  if (found !== undefined) return found;
  const queries = new Map<string, readonly Stage[]>();
  const gather = (stages: readonly Stage[]): void => {
    for (const stage of stages)
      for (const branch of stage.branches ?? []) {
        const reads = stage.operations?.some((operation) => operation.kind === 'read' && operation.sources.some(({ name }) => name === branch.name)) === true;
        if (reads && !queries.has(branch.name)) queries.set(branch.name, branch.stages);
        gather(branch.stages);
      }
  };
  gather(rule.analysis.stages);
  for (const { name, stages } of rule.analysis.bindings) {
    if (stages !== undefined && !queries.has(name)) queries.set(name, stages);
    gather(stages ?? []);
  }
  queriesBound.set(rule, (found = queries));
  return found;
}

function step(operation: Exclude<Operation, { kind: 'read' }>, before: Table | null, running: Running): Table {
  const { dialect } = running;
  switch (operation.kind) {
    case 'rows': {
      const of = operation.rows.map((cells) => cells.map((cell) => running.evaluate(cell)));
      const rows = of.map((cells) => {
        const row = Object.create(null) as Draft;
        operation.columns.forEach(({ name, type }, at) => {
          const value = cells[at]?.(row) ?? null;
          // What is written as a list or a time is of its type already.
          row[name] = type === '' || (value !== null && typeof value === 'object') ? value : dialect.typed(value, type);
        });
        return row;
      });
      const [first] = operation.rows;
      return {
        columns: operation.columns.map(({ name, type }, at) => ({
          name,
          type: type === '' && first?.[at] !== undefined ? running.columnType(first[at]) : type,
        })),
        rows,
      };
    }
    case 'range':
      return range(operation, running);
    case 'show': {
      const table = before ?? eventsTable(running);
      return operation.name === undefined ? table : { ...table, name: operation.name };
    }
    case 'unread':
      throw refused(operation.note ?? operation.written ?? 'a step that is not read');
    case 'sequence':
    case 'correlate':
      throw refused('a sequence inside a pipeline');
    case 'fork': {
      const rows = before ?? eventsTable(running);
      const made = operation.branches.map((branch, at) => withFork(runStages(branch.stages, rows, running), at));
      return unionOf(made, running);
    }
    case 'union': {
      const branches = operation.branches.map((branch) => ({ branch, table: running.branch(branch) }));
      const sides = operation.fresh === true ? branches : [{ branch: null, table: before ?? eventsTable(running) }, ...branches];
      const { source } = operation;
      return unionOf(
        sides.map(({ branch, table }, at) => (source === undefined ? table : withSource(table, source, branch, at, running))),
        running,
        operation.common === true,
      );
    }
    default:
      return stepOn(operation, before ?? eventsTable(running), running);
  }
}

/** Rows that say which side of a union they come from: its table, or its place where it is none. */
function withSource(table: Table, column: string, branch: Branch | null, at: number, { given }: Running): Table {
  const name = table.name ?? (branch !== null && branch.source === undefined && given.tables.has(branch.name) ? branch.name : `union_arg${at}`);
  return {
    columns: [{ name: column, type: 'string' }, ...table.columns],
    rows: table.rows.map((row) => Object.assign(draftOf(row), { [column]: name })),
  };
}

/** Rows that say which branch of a fork they come from. */
function withFork(table: Table, at: number): Table {
  const rows = table.rows.map((row) => {
    const draft = draftOf(row);
    draft['_fork'] = `fork${at + 1}`;
    return draft;
  });
  return { columns: [...table.columns, { name: '_fork', type: '' }], rows };
}

function stepOn(
  operation: Exclude<Operation, { kind: 'read' | 'rows' | 'range' | 'show' | 'unread' | 'sequence' | 'correlate' | 'union' | 'fork' }>,
  table: Table,
  running: Running,
): Table {
  const { dialect } = running;
  switch (operation.kind) {
    case 'filter': {
      const { predicate } = operation;
      const asked = conjunctsOf(predicate).filter((part) => {
        const opened = dialect.opened?.(part);
        if (opened !== undefined) running.readings.add(opened);
        return opened === undefined;
      });
      const truth = running.condition(allOf(asked, predicate.span));
      return {
        columns: table.columns,
        rows: table.rows.filter((row, at) => {
          look(running, table, at);
          const found = truth(row);
          if (found === UNKNOWN) throw refused('a condition that cannot be told');
          return found === TRUE;
        }),
      };
    }
    case 'assign':
      return assign(operation.of, operation.inOrder === true, table, running);
    case 'project': {
      const of = operation.of.map(({ name, value }) => ({ name, evaluate: running.evaluate(value) }));
      const rows = table.rows.map((row, at) => {
        look(running, table, at);
        const draft = Object.create(null) as Draft;
        keepEvent(draft, row);
        for (const { name, evaluate } of of) draft[name] = evaluate(row);
        return draft;
      });
      return { columns: operation.of.map(({ name, value }) => ({ name, type: running.columnType(value) })), rows };
    }
    case 'keep': {
      const own = new Set(table.columns.map(({ name }) => name));
      const names = operation.names.flatMap((name) => fitting(name, table.columns)).filter((name) => own.has(name));
      return narrowed(table, [...new Set(names)]);
    }
    case 'drop': {
      const gone = new Set(operation.names.flatMap((name) => fitting(name, table.columns)));
      return narrowed(
        table,
        table.columns.map(({ name }) => name).filter((name) => !gone.has(name)),
      );
    }
    case 'reorder': {
      const first = operation.names.flatMap((name) => fitting(name, table.columns));
      return narrowed(table, [...new Set([...first, ...table.columns.map(({ name }) => name)])]);
    }
    case 'rename':
      return rename(operation.of, table);
    case 'aggregate':
      return aggregate(operation, table, running);
    case 'sort':
      return sort(operation, table, running);
    case 'limit':
      return limit(operation, table, running);
    case 'distinct':
      return distinct(operation, table, running);
    case 'expand':
      return expand(operation, table, running);
    case 'partition':
      return partition(operation, table, running);
    case 'unpack':
      return unpack(operation, table, running);
    case 'series':
      return series(operation, table, running);
    case 'extract':
      return extract(operation, table, running);
    case 'join':
      return joinTables(operation, table, running);
    case 'lookup':
      return lookUp(operation, table, running);
    case 'fill':
      return fill(operation, table, running);
    case 'own': {
      const own = dialect.steps?.get(operation.word);
      if (own === undefined) throw refused(`\`${operation.word}\``);
      return own(operation, table, running);
    }
    case 'scan':
      return scan(operation, table, running);
    case 'nested':
      return nested(operation, table, running);
    case 'schema':
      return given(running.dialect.schema, 'the names of columns as rows')(table.columns);
    case 'plugin':
      return given(running.plugins.get(operation.fn), `the plugin \`${operation.fn}\``)(operation, table, running);
    default:
      return operation satisfies never;
  }
}

/** What a language may have; refused by its name where it has not. */
function given<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw refused(name);
  return part;
}

/** Where functions that look at other rows stand. */
function look({ reading }: Running, table: Table, at: number): void {
  reading.scope.rows = table.rows;
  reading.scope.at = at;
}

function narrowed(table: Table, names: readonly string[]): Table {
  const columns = names.map((name) => ({ name, type: typeIn(table, name) }));
  return {
    columns,
    rows: table.rows.map((row) => {
      const draft = Object.create(null) as Draft;
      keepEvent(draft, row);
      for (const name of names) if (Object.hasOwn(row, name)) draft[name] = row[name]!;
      return draft;
    }),
  };
}

function assign(of: readonly Assignment[], inOrder: boolean, table: Table, running: Running): Table {
  // One after another each is a step of its own.
  if (inOrder) spend(running, table.rows.length, of.length * (table.columns.length + of.length));
  const made = of.map(({ name, value }) => ({ name, evaluate: running.evaluate(value), type: inOrder ? '' : running.columnType(value) }));
  const rows = table.rows.map((row, at) => {
    look(running, table, at);
    let draft = draftOf(row);
    for (const [index, { name, evaluate }] of made.entries()) {
      const value = evaluate(inOrder && index > 0 ? draft : row);
      // A row that was looked at stays as it was.
      if (inOrder && index > 0) draft = draftOf(draft);
      draft[name] = value;
    }
    return draft;
  });
  return { columns: withColumns(table.columns, made), rows };
}

/** The result with a type for every column, told from its values where the query does not say. */
function shown(table: Table, dialect: PipelineDialect): Table {
  return {
    columns: table.columns.map(({ name, type }) => {
      if (type !== '') return { name, type };
      const value = table.rows.find((row) => (row[name] ?? null) !== null)?.[name];
      return { name, type: value === undefined ? '' : dialect.typeOf(value) };
    }),
    rows: dialect.shown === undefined ? table.rows : table.rows.map((row) => shownRow(row, dialect)),
  };
}

function shownRow(row: Row, dialect: PipelineDialect): Row {
  const draft = Object.create(null) as Draft;
  for (const [name, value] of Object.entries(row)) draft[name] = dialect.shown!(value);
  return draft;
}
