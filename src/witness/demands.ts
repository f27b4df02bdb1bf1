import type { Branch, Measure, Operand, Operation, Predicate, Rule, Span, Stage, Test } from '../model';
import type { Dialect } from '../run/dialect';
import type { PipelineDialect } from '../run/pipeline-dialect';
import { isTrue, truthAt } from '../syntax/predicates';
import { mapTests } from '../syntax/walk';
import { cutFunction } from './cuts';
import { measuredOf, type Kind } from './measures';
import { isThere } from './pins';
import type { Search } from './search';
import { Moved, sideOf, SideColumns } from './sides';
import { isSmall, operandOver, partOf, predicateOver } from './substitute';

/** A condition over fields of the events, and as the rule writes it. */
export interface Demand {
  readonly predicate: Predicate;
  readonly written: Predicate;
  /** The language asks for it, not the rule: rows without a value to group by are left out. */
  readonly isSilent?: true;
}

/** A column that counts events or their values, on one side of the joins. */
export interface Count {
  readonly id: string;
  readonly side: number;
  readonly kind: 'rows' | 'kinds' | 'values' | 'list';
  /** What different values are counted of, over fields of the events; absent of events themselves. */
  readonly of?: Operand;
  /** What stays the same within a group. */
  readonly by: readonly Operand[];
  /** Only events of its side count, which meet a condition of their own: there may be none. */
  readonly isApart?: true;
}

/** How many events each side has, and different values each column counts, by its id. */
export interface Plan {
  readonly rows: (side: number) => number;
  readonly kinds: (count: Count) => number;
  /** Which side of unions the events are made for. */
  readonly branch: number;
  /** The least and the largest value of a group are of two events. */
  readonly isSpread: boolean;
  /** So many other groups of one event each stand beside: what is usual in a group is told from them. */
  readonly crowd?: number;
}

/** What a pipeline asks of the events it reads, where each of a side is to pass all its filters. */
export interface Demands {
  readonly of: readonly Demand[];
  readonly counts: readonly Count[];
  /** Conditions that ask nothing but how much columns count, by their names. */
  readonly asked: readonly { readonly counts: ReadonlyMap<string, Count>; readonly part: Predicate }[];
  /** Filters on what cannot be worked back to fields of the events. */
  readonly unsure: readonly Predicate[];
  /** How many sides there are: each join has one more, and each of several conditions under which a column counts. */
  readonly sides: number;
  /** Those that need no events of their own, as events of others stand beside. */
  readonly split: ReadonlySet<number>;
  /** The most sides that a union has: for each of them events may be made. */
  readonly branches: number;
  /** Whether it asks for the least and the largest of the same values. */
  readonly spreads: boolean;
}

/** The rows at a place of a pipeline: what their columns stand for, and which there are; null where the events' own are there too. */
interface Rows {
  readonly columns: SideColumns;
  readonly closed: ReadonlySet<string> | null;
}

/** A pipeline is followed so far into what it names. */
const DEEPEST = 6;
const MOST_SIDES = 6;

/** What a column stands for that counts so many. */
export function countOperand(kind: Count['kind'], amount: number, span: Span, of?: Operand): Operand {
  if (kind === 'rows' || kind === 'kinds') return { kind: 'literal', span, type: 'number', text: String(amount) };
  const one: Operand = of ?? { kind: 'literal', span, type: 'string', text: 'a' };
  return kind === 'values' && amount === 1 ? one : { kind: 'list', span, of: Array.from({ length: amount }, () => one) };
}

/** What a rule's steps ask of its events, as many as are planned. */
export function demandsOf(rule: Rule, { reading, functions }: Search, plan: Plan): Demands {
  const { dialect } = reading;
  const of: Demand[] = [];
  let branches = 1;
  let spreads = false;
  /** How often lists were taken apart row by row, so that each time is about another element. */
  const expanded = new Map<string, number>();
  const unsure: Predicate[] = [];
  const asked: { counts: ReadonlyMap<string, Count>; part: Predicate }[] = [];
  const counts: Count[] = [];
  /** Columns that are worked out of nothing but counts, as that is done from counts by their ids. */
  const counted = new Map<string, Operand>();
  const countsIn = (operands: readonly string[]): ReadonlyMap<string, Count> | null => {
    const found = new Map(operands.flatMap((id) => counts.filter((count) => count.id === id).map((count) => [id, count] as const)));
    return found.size > 0 && found.size === new Set(operands).size ? found : null;
  };
  let sides = 1;
  /** Sides beside which events stand that meet a condition of a column. */
  const from = new Set<number>();
  const bound = new Map(rule.analysis.bindings.flatMap(({ name, stages }) => (stages === undefined ? [] : [[name, stages] as const])));

  const demand = (predicate: Predicate, written: Predicate, isSilent = false): void =>
    void of.push({ predicate, written, ...(isSilent ? { isSilent: true as const } : null) });

  const filter = (predicate: Predicate, columns: SideColumns): void => {
    for (const part of partsOf(predicate)) {
      if (isTrue(part)) continue;
      const counting = predicateOver(part, counted);
      const countedPart = counting === null ? null : onlyAbout(counting, (name) => counts.some(({ id }) => id === name));
      const about = countedPart === null ? null : countsIn(fieldsIn(countedPart));
      if (countedPart !== null && about !== null) asked.push({ counts: about, part: countedPart });
      const made = predicateOver(part, columns);
      if (made === null) unsure.push(part);
      else demand(made, part);
    }
  };

  const assign = (columns: SideColumns, name: string, value: Operand, over: SideColumns): void => {
    const made = operandOver(value, over);
    columns.set(name, made !== null && isSmall(made) ? made : null);
    const counting = operandOver(value, counted);
    if (counting !== null && isSmall(counting) && countsIn(namesIn(counting)) !== null) counted.set(name, counting);
    else counted.delete(name);
  };

  /** Rows without a value to group by are left out by some languages. */
  const leavesOut = 'groups' in dialect && (dialect as PipelineDialect).groups(null).length === 0;
  const present = (value: Operand, columns: SideColumns): void => {
    const left = operandOver(value, columns);
    if (left !== null && left.kind !== 'literal' && left.kind !== 'list') demand(isThere(left), isThere(value), true);
  };

  /** The columns of another side whose events are asked for all that those of this one are so far, and share what they are grouped by. */
  const beside = (by: readonly Operand[], over: SideColumns): SideColumns => {
    const side = sides++;
    const moved = new Moved(over.side, side);
    const own = of.flatMap(({ predicate, written }) => {
      const made = predicateOver(predicate, moved);
      return made === null || made === predicate ? [] : [{ predicate: made, written }];
    });
    for (const { predicate, written } of own) demand(predicate, written, true);
    for (const key of by) {
      const other = operandOver(key, moved);
      if (other !== null && other !== key) demand({ ...isThere(key), compare: 'equals', values: [other], word: 'field_eq' }, isThere(key), true);
    }
    return new SideColumns(
      side,
      [...over].map(([name, value]) => [name, value === null ? null : operandOver(value, moved)] as const),
    );
  };

  const aggregate = (
    { measures, by: keys }: Pick<Extract<Operation, { kind: 'aggregate' }>, 'measures' | 'by'>,
    columns: SideColumns,
    over: SideColumns,
  ): void => {
    const by = keys.flatMap(({ value }) => operandOver(value, over) ?? []);
    const found = measures.map((one) => ({ one, ...measuredOf(one, dialect, over) }));
    const wheres = new Set(found.flatMap(({ where }) => (where === undefined ? [] : [keyOf(where)])));
    const homes = new Map<string, SideColumns>();
    let later: SideColumns | null = null;
    /** Whether the least of the same values is asked for too: the two are of two events. */
    const isSpread = (value: Operand | undefined): boolean => {
      const isPair =
        value !== undefined && found.some((other) => other.kind === 'value' && other.of !== undefined && equalsOf(other.of, value, value.span).length === 0);
      spreads ||= isPair;
      return isPair && plan.isSpread && sides < MOST_SIDES;
    };
    for (const { one, kind, of: value, where, columns: own } of found) {
      if (kind === null) columns.set(one.name, null);
      else if (kind === 'largest' && where === undefined && isSpread(value)) assign(columns, one.name, value!, (later ??= beside(by, own)));
      else if (where === undefined) counting(one, kind, value, by, columns, own, false);
      else if (wheres.size < 2 || sides >= MOST_SIDES) {
        filter(where, own);
        counting(one, kind, value, by, columns, own, false);
      } else {
        // Events that meet one of several conditions need not meet the others.
        let home = homes.get(keyOf(where));
        if (home === undefined) {
          from.add(own.side);
          homes.set(keyOf(where), (home = beside(by, own)));
          filter(where, home);
        }
        counting(one, kind, value, by, columns, home, true);
      }
    }
  };

  const counting = (
    { name, span }: Measure,
    kind: Kind,
    value: Operand | undefined,
    by: readonly Operand[],
    columns: SideColumns,
    over: SideColumns,
    isOwn: boolean,
  ): void => {
    const { side } = over;
    if (kind === 'value' || kind === 'largest' || (kind === 'sum' && plan.rows(side) === 1))
      return value === undefined ? void columns.set(name, null) : assign(columns, name, value, over);
    if (kind === 'sum') {
      const summed = value === undefined ? null : operandOver(value, over);
      const times = countOperand('rows', plan.rows(side), span);
      return void columns.set(name, summed === null ? null : { kind: 'call', span, fn: '*', name: span, args: [summed, times], written: name });
    }
    const single = value === undefined ? undefined : (operandOver(value, over) ?? undefined);
    const count: Count = {
      id: `${side} ${name} ${span.start}`,
      side,
      kind,
      by,
      ...(kind === 'rows' || single === undefined ? null : { of: single }),
      ...(isOwn ? { isApart: true as const } : null),
    };
    counts.push(count);
    counted.set(name, { kind: 'field', name: count.id, span });
    const amount = kind === 'rows' ? plan.rows(side) : plan.kinds(count);
    if (value !== undefined && (kind === 'rows' || kind === 'kinds' || amount > 1)) present(value, over);
    columns.set(name, countOperand(kind, amount, span, single));
  };

  const follow = (stages: readonly Stage[], start: Rows, depth: number): Rows => {
    let rows = start;
    for (const stage of stages) for (const operation of stage.operations ?? []) rows = step(operation, stage, rows, depth);
    return rows;
  };
  const fresh = (side: number): Rows => ({ columns: new SideColumns(side), closed: null });
  const branch = ({ stages }: Branch, side: number, depth: number): Rows => (depth > DEEPEST ? fresh(side) : follow(stages, fresh(side), depth + 1));

  /** What a branch asks of the same event is not to be met by it. */
  const without = (operation: Branch, columns: SideColumns, depth: number, keys: (right: Rows) => readonly Predicate[]): void => {
    const marks = [of.length, unsure.length, asked.length, counts.length] as const;
    const right = branch(operation, columns.side, depth);
    const own = of.splice(marks[0]).map(({ predicate }) => predicate);
    unsure.length = marks[1];
    asked.length = marks[2];
    counts.length = marks[3];
    const all = [...own, ...keys(right)];
    const not: Predicate = { kind: 'not', span: operation.span, of: { kind: 'all', span: operation.span, of: all } };
    if (all.length > 0) demand(not, not);
  };

  /** A condition on what a query inside it gives: events that it finds too, or that this one is none of them. Whether it is one. */
  const within = (part: Predicate, { branches: inner = [] }: Stage, columns: SideColumns, depth: number): boolean => {
    const test = part.kind === 'not' ? part.of : part;
    if (test.kind !== 'test' || test.left === null || inner.length === 0) return false;
    const [operand] = test.values.flatMap((value) => (value.kind === 'list' ? value.of : [value]));
    if (operand?.kind !== 'unread') return false;
    const found = inner.find((one) => {
      const span = one.source?.span ?? one.span;
      return operand.span.start <= span.start && span.end <= operand.span.end;
    });
    const left = operandOver(test.left, columns);
    if (found === undefined || left === null) return false;
    const keyOver = (right: Rows): Operand | null => {
      const name = [...(right.closed ?? right.columns.keys())].find((one) => one !== '');
      return name === undefined ? null : operandOver({ kind: 'field', name, span: test.span }, right.columns);
    };
    if (part.kind === 'not') demand(isThere(left), part, true);
    if (part.kind === 'not') without(found, columns, depth, (right) => equalsOf(left, keyOver(right), test.span));
    else if (sides < MOST_SIDES) for (const predicate of equalsOf(left, keyOver(branch(found, sides++, depth)), test.span)) demand(predicate, part);
    return true;
  };

  const expand = (operation: Extract<Operation, { kind: 'expand' }>, { columns, closed }: Rows, made: SideColumns, depth: number): Rows => {
    for (const [at, { name, value }] of operation.of.entries()) {
      const list = operandOver(value, columns);
      const key = JSON.stringify(list, plainly);
      // Rows that each list makes of itself may be of other elements of it.
      const turn = operation.branch === undefined ? 0 : (expanded.get(key) ?? 0);
      if (operation.branch !== undefined) expanded.set(key, turn + 1);
      const element = list === null ? null : dialect.functions.has('[]') ? partOf(list, turn) : list;
      made.set(name, element !== null && isSmall(element) ? element : null);
      counted.delete(name);
      if (at === 0 && operation.index !== undefined) made.set(operation.index, countOperand('rows', turn, operation.span));
    }
    const names = operation.of.map(({ name }) => name);
    if (operation.branch === undefined) return { columns: made, closed: closed === null ? null : new Set([...closed, ...names]) };
    const inner = follow(operation.branch.stages, { columns: made.copy(), closed: null }, depth + 1);
    for (const [name, value] of inner.columns) made.set(name, value);
    return { columns: made, closed: null };
  };

  /** Names that stand for nothing so far are members of the object. */
  const unpack = ({ of: bag, prefix, makes, without: left }: Extract<Operation, { kind: 'unpack' }>, columns: SideColumns, made: SideColumns): void => {
    const object = operandOver(bag, columns);
    if (makes !== undefined || object === null) {
      for (const { name } of makes ?? []) made.set(name, object === null ? null : partOf(object, name.slice(prefix.length)));
      return;
    }
    const known = new Set(of.flatMap(({ predicate }) => fieldsIn(predicate)).map((name) => sideOf(name).name.replace(/[.[].*$/s, '')));
    const gone = new Set(left);
    const before = columns.unpacked;
    made.set('', null);
    made.unpacked = (name) => {
      if (known.has(name) || gone.has(name) || name.includes('.') || !name.startsWith(prefix)) return before?.(name);
      return partOf(object, name.slice(prefix.length));
    };
  };

  const join = (operation: Extract<Operation, { kind: 'join' }>, left: Rows, depth: number): Rows => {
    const { how, on } = operation;
    if (how === 'leftanti') {
      without(operation.with, left.columns, depth, (right) =>
        on.flatMap((equality) => equalsOf(operandOver(equality.left, left.columns), operandOver(equality.right, right.columns), equality.left.span)),
      );
      return left;
    }
    if (how === 'rightanti') {
      // What the left asks for is not to be met by what the right brings.
      const own = of.splice(0).map(({ predicate }) => predicate);
      const right = branch(operation.with, left.columns.side, depth);
      const { span } = operation;
      const keys = on.flatMap((equality) => equalsOf(operandOver(equality.left, left.columns), operandOver(equality.right, right.columns), span));
      const not: Predicate = { kind: 'not', span, of: { kind: 'all', span, of: [...own, ...keys] } };
      if (own.length + keys.length > 0) demand(not, not);
      return right;
    }
    if (how === 'rightsemi' || sides >= MOST_SIDES) return left;
    const right = branch(operation.with, sides++, depth);
    for (const equality of on) {
      const [one, other] = [operandOver(equality.left, left.columns), operandOver(equality.right, right.columns)];
      for (const test of equalsOf(one, other, equality.left.span)) demand(test, { ...test, left: equality.left, values: [equality.right] });
    }
    if (how === 'leftsemi') return left;
    const made = left.columns.copy();
    const names = [...(right.closed ?? right.columns.keys())].filter((name) => name !== '');
    const keys = new Set(on.map((equality) => equality.right.name));
    const isTaken = (name: string): boolean => made.has(name) || (left.closed?.has(name) ?? keys.has(name));
    const brought = names.flatMap((name) => {
      const as = !isTaken(name) ? name : (dialect as PipelineDialect).twin(name, isTaken);
      if (as === null) return [];
      const value = right.columns.get(name);
      made.set(as, value === undefined ? { kind: 'field', name, span: operation.span } : value);
      return [as];
    });
    return { columns: made, closed: left.closed === null || right.closed === null ? null : new Set([...left.closed, ...brought]) };
  };

  const step = (operation: Operation, stage: Stage, rows: Rows, depth: number): Rows => {
    const { columns, closed } = rows;
    const made = columns.copy();
    switch (operation.kind) {
      case 'read': {
        const [source] = operation.sources;
        if (source === undefined || depth > DEEPEST) return rows;
        const stages = stage.branches?.find(({ name }) => name === source.name)?.stages ?? (source.bound === true ? bound.get(source.name) : undefined);
        return stages === undefined ? rows : follow(stages, fresh(columns.side), depth + 1);
      }
      case 'filter':
        for (const part of partsOf(operation.predicate)) if (!isTakenAsMet(part, dialect) && !within(part, stage, columns, depth)) filter(part, columns);
        return rows;
      case 'expand':
        return expand(operation, rows, made, depth);
      case 'assign':
        for (const { name, value } of operation.of) assign(made, name, value, operation.inOrder === true ? made : columns);
        return { columns: made, closed: closed === null ? null : new Set([...closed, ...operation.of.map(({ name }) => name)]) };
      case 'project':
        for (const { name, value } of operation.of) if (value.kind !== 'field' || value.name !== name) assign(made, name, value, columns);
        return { columns: made, closed: new Set(operation.of.map(({ name }) => name)) };
      case 'rename': {
        for (const { from, to, span } of operation.of) {
          if (from.includes('*') !== to.includes('*')) continue;
          assign(made, to, { kind: 'field', name: from, span }, columns);
        }
        const names = new Map(operation.of.map(({ from, to }) => [from, to]));
        return { columns: made, closed: closed === null ? null : new Set([...closed].map((name) => names.get(name) ?? name)) };
      }
      case 'aggregate': {
        for (const { name, value } of operation.by) {
          if (value.kind !== 'field' || value.name !== name) assign(made, name, value, columns);
          // An event has what it is grouped by, if only to stand apart from those of other sides.
          if (operation.how === 'group' && (leavesOut || value.kind === 'field')) present(value, columns);
        }
        aggregate(operation, made, columns);
        const names = [...operation.by, ...operation.measures].map(({ name }) => name);
        return { columns: made, closed: operation.how === 'group' ? new Set(names) : closed === null ? null : new Set([...closed, ...names]) };
      }
      case 'series':
        for (const { name, value } of operation.by) assign(made, name, value, columns);
        for (const { name } of [operation.axis, ...operation.measures]) made.set(name, null);
        return { columns: made, closed: null };
      case 'unpack':
        unpack(operation, columns, made);
        return { columns: made, closed: null };
      case 'extract': {
        const from = operandOver(operation.from, columns);
        for (const { name, span } of operation.makes) {
          const fn = `${operation.how} ${operation.span.start} ${name}`;
          const cut = from === null || !('extractor' in dialect) ? null : cutFunction(operation, name, reading, (dialect as PipelineDialect).extractor);
          if (cut !== null) functions.set(fn, cut);
          made.set(name, cut === null || from === null ? null : { kind: 'call', span, fn, name: span, args: [from], written: name });
        }
        return { columns: made, closed: closed === null ? null : new Set([...closed, ...operation.makes.map(({ name }) => name)]) };
      }
      case 'union': {
        const sidesOf = operation.fresh === true ? operation.branches : [null, ...operation.branches];
        branches = Math.max(branches, sidesOf.length);
        const chosen = sidesOf[Math.min(plan.branch, sidesOf.length - 1)] ?? null;
        return chosen === null ? rows : branch(chosen, columns.side, depth);
      }
      case 'fork':
        if (operation.branches[0] !== undefined) branch(operation.branches[0], columns.side, depth);
        return rows;
      case 'distinct':
        if (operation.keep !== true) return { columns, closed: new Set(operation.by.flatMap((value) => (value.kind === 'field' ? [value.name] : []))) };
        if (leavesOut) for (const value of operation.by) present(value, columns);
        return rows;
      case 'join':
        return join(operation, rows, depth);
      case 'keep':
        return operation.names.some((name) => name.includes('*')) ? rows : { columns, closed: new Set(operation.names) };
      case 'rows':
      case 'range':
      case 'drop':
      case 'reorder':
      case 'sort':
      case 'limit':
      case 'lookup':
      case 'fill':
      case 'own':
      case 'partition':
      case 'sequence':
      case 'correlate':
      case 'nested':
      case 'scan':
      case 'schema':
      case 'plugin':
      case 'show':
      case 'unread':
        return rows;
      default:
        return operation satisfies never;
    }
  };

  follow(rule.analysis.stages, fresh(0), 0);
  return { of, counts, asked, unsure, sides, split: from, branches, spreads };
}

/** Whether what is asked is of no event, and so taken as met. */
const isTakenAsMet = (part: Predicate, dialect: Dialect): boolean => 'opened' in dialect && (dialect as PipelineDialect).opened?.(part) !== undefined;

const equalsOf = (left: Operand | null, right: Operand | null, span: Span): readonly Test[] =>
  left === null || right === null || JSON.stringify(left, plainly) === JSON.stringify(right, plainly)
    ? []
    : [{ kind: 'test', span, left, compare: 'equals', values: [right], case: 'exact', missing: 'false', word: 'field_eq' }];

const plainly = (name: string, value: unknown): unknown => (name === 'span' || name === 'operator' ? undefined : value);

/** A condition by what it says, wherever it stands. */
const keyOf = (predicate: Predicate): string => JSON.stringify(predicate, plainly);

const partsOf = (predicate: Predicate): readonly Predicate[] =>
  predicate.kind === 'all' && predicate.same === undefined && predicate.of.length > 0 ? predicate.of.flatMap(partsOf) : [predicate];

/** A condition as far as it is about some names: what it asks of others is taken as met. */
function onlyAbout(predicate: Predicate, isAbout: (name: string) => boolean): Predicate {
  const inOperand = (operand: Operand): Operand => {
    if (operand.kind === 'condition') return { ...operand, of: onlyAbout(operand.of, isAbout) };
    return operand.kind === 'call' ? { ...operand, args: operand.args.map(inOperand) } : operand;
  };
  return mapTests(predicate, (test, isNegated) => {
    const made = test.left === null ? test : { ...test, left: inOperand(test.left), values: test.values.map(inOperand) };
    return fieldsIn(made).every(isAbout) ? made : truthAt(test.span, !isNegated);
  });
}

/** The columns a condition is about; '' for the whole event, and for what is not read. */
export function fieldsIn(predicate: Predicate): readonly string[] {
  if (predicate.kind === 'all' || predicate.kind === 'any') return predicate.of.flatMap(fieldsIn);
  if (predicate.kind === 'not') return fieldsIn(predicate.of);
  return predicate.kind === 'test' ? [...(predicate.left === null ? [''] : namesIn(predicate.left)), ...predicate.values.flatMap(namesIn)] : [''];
}

/** The names of the fields in an operand. */
export function namesIn(operand: Operand): readonly string[] {
  if (operand.kind === 'field') return [operand.name];
  if (operand.kind === 'call') return operand.args.flatMap(namesIn);
  if (operand.kind === 'list') return operand.of.flatMap(namesIn);
  return operand.kind === 'condition' ? fieldsIn(operand.of) : [];
}
