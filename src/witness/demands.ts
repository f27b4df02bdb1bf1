import type { Operand, Predicate, Span } from '../model';
import type { PipelineDialect } from '../run/pipeline-dialect';
import { conjunctsOf, isTrue, truthAt } from '../syntax/predicates';
import { mapTests } from '../syntax/walk';
import { isThere } from './pins';
import type { Search } from './search';
import type { SideColumns } from './sides';
import { isSmall, operandOver, predicateOver } from './substitute';

/** A condition over fields of the events, and as the rule writes it. */
export interface Demand {
  readonly predicate: Predicate;
  readonly written: Predicate;
  /** Where there are no events of this side nothing is asked. */
  readonly side: number;
  /** The language asks for it, not the rule: rows without a value to group by are left out. */
  readonly isSilent?: true;
}

/** A column that counts events or their values, on one side of the joins. */
export interface Count {
  readonly id: string;
  readonly side: number;
  /** How often rows were grouped before: of groups there are as many of each. */
  readonly level: number;
  readonly kind: 'rows' | 'kinds' | 'values' | 'list';
  /** What different values are counted of, over fields of the events, or what parts the groups that are counted; absent of events themselves. */
  readonly of?: Operand;
  /** The same of events of other sides in the group, which may have those values as well. */
  readonly also?: readonly { readonly side: number; readonly of: Operand }[];
  /** What stays the same within a group. */
  readonly by: readonly Operand[];
  /** Only events of its side count, which meet a condition of their own: there may be none. */
  readonly isApart?: true;
}

/** How many events each side has, and different values each column counts, by its id. */
export interface Plan {
  readonly rows: (side: number) => number;
  /** How many events a group has, or groups one of groups, where rows are grouped so often. */
  readonly rowsAt: (side: number, level: number) => number;
  readonly kinds: (count: Count) => number;
  /** Which side of unions the events are made for. */
  readonly branch: number;
  /** The least and the largest value of a group are of two events, and events that meet one condition of a column meet no other. */
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
  /** Conditions that compare what is worked out of counts and of fields together. */
  readonly mixed: readonly Predicate[];
  /** Filters on what cannot be worked back to fields of the events. */
  readonly unsure: readonly Predicate[];
  /** How many sides there are: each join has one more, and each of several conditions under which a column counts. */
  readonly sides: number;
  /** Those that need no events of their own where others that stand beside have some: these; none of rows that the query itself writes. */
  readonly split: ReadonlyMap<number, readonly number[]>;
  /** The table that the events of a side are of, where the rule names one. */
  readonly tables: ReadonlyMap<number, string>;
  /** Fields of other sides that the events of a side have in common with theirs: what they are grouped by. */
  readonly common: ReadonlyMap<number, ReadonlySet<string>>;
  /** The most sides that a union has: for each of them events may be made. */
  readonly branches: number;
  /** Whether it asks for the least and the largest of the same values, or counts under conditions: both may be of events apart. */
  readonly spreads: boolean;
}

const MOST_SIDES = 6;

/** What a pipeline asks, as far as it was followed. */
export class Gathered implements Demands {
  readonly of: Demand[] = [];
  readonly counts: Count[] = [];
  readonly asked: Demands['asked'][number][] = [];
  readonly unsure: Predicate[] = [];
  readonly mixed: Predicate[] = [];
  readonly split = new Map<number, readonly number[]>();
  readonly tables = new Map<number, string>();
  readonly common = new Map<number, ReadonlySet<string>>();
  sides = 1;
  branches = 1;
  spreads = false;
  /** Rows without a value to group by are left out by some languages. */
  readonly leavesOut: boolean;
  readonly search: Search;
  readonly plan: Plan;
  /** Columns that are worked out of counts, as that is done from counts by their ids. */
  private readonly counted = new Map<string, Operand>();
  private readonly groups = new Map<number, (readonly Operand[])[]>();
  private readonly turns = new Map<string, number>();

  constructor(search: Search, plan: Plan) {
    const { dialect } = search.reading;
    this.search = search;
    this.plan = plan;
    this.leavesOut = 'groups' in dialect && (dialect as PipelineDialect).groups(null).length === 0;
  }

  /** A side of its own; null where there are enough. */
  newSide(): number | null {
    return this.sides >= MOST_SIDES ? null : this.sides++;
  }

  demand(predicate: Predicate, written: Predicate, side: number, isSilent = false): void {
    this.of.push({ predicate, written, side, ...(isSilent ? { isSilent: true as const } : null) });
  }

  /** What rows of a side were grouped by, each time. */
  groupsOf(side: number): (readonly Operand[])[] {
    const groups = this.groups.get(side) ?? [];
    this.groups.set(side, groups);
    return groups;
  }

  /** A column that counts. */
  count(name: string, count: Count, span: Span): void {
    this.counts.push(count);
    this.counted.set(name, { kind: 'field', name: count.id, span });
  }

  filter(predicate: Predicate, columns: SideColumns): void {
    for (const part of conjunctsOf(predicate)) {
      if (isTrue(part)) continue;
      const counting = predicateOver(part, this.counted);
      const about = counting === null ? null : onlyAbout(counting, (name) => this.isCount(name));
      const counts = about === null ? null : this.countsIn(fieldsIn(about));
      if (about !== null && counts !== null) this.asked.push({ counts, part: about });
      else if (counting !== null && fieldsIn(counting).some((name) => this.isCount(name))) this.mixed.push(counting);
      const made = predicateOver(part, columns);
      if (made === null) this.unsure.push(part);
      else this.demand(made, part, columns.side);
    }
  }

  assign(columns: SideColumns, name: string, value: Operand, over: SideColumns): void {
    const made = operandOver(value, over);
    columns.set(name, made !== null && isSmall(made) ? made : null);
    const counting = operandOver(value, this.counted);
    if (counting !== null && isSmall(counting) && namesIn(counting).some((one) => this.isCount(one))) this.counted.set(name, counting);
    else this.counted.delete(name);
  }

  /** A column that sums up counts of so many groups. */
  sum(name: string, value: Operand, groups: Count, span: Span): void {
    const single = operandOver(value, this.counted);
    if (single === null || !namesIn(single).some((one) => this.isCount(one))) return;
    this.counts.push(groups);
    this.counted.set(name, { kind: 'call', span, fn: '*', name: span, args: [single, { kind: 'field', name: groups.id, span }], written: name });
  }

  /** What a list's elements are is no count. */
  forget(name: string): void {
    this.counted.delete(name);
  }

  present(value: Operand, columns: SideColumns): void {
    const left = operandOver(value, columns);
    if (left !== null && left.kind !== 'literal' && left.kind !== 'list') this.demand(isThere(left), isThere(value), columns.side, true);
  }

  /** The events of a side are those that a query reads under a name. */
  reads(side: number, name: string): void {
    const { dialect } = this.search.reading;
    if ('elsewhere' in dialect && (dialect as PipelineDialect).elsewhere?.([name]) !== undefined) this.tables.set(side, name);
    else this.tables.delete(side);
  }

  /** What following a branch asks of the events of a side, taken out of what is asked of them; null: it reads another table than they are of. */
  apart<T>(side: number, follow: () => T): { readonly result: T; readonly asked: readonly Predicate[] } | null {
    const [unsure, asked, counts, of] = [this.unsure.length, this.asked.length, this.counts.length, this.of.length];
    const own = this.tables.get(side);
    const result = follow();
    const other = this.tables.get(side);
    if (own === undefined) this.tables.delete(side);
    else this.tables.set(side, own);
    [this.unsure.length, this.asked.length, this.counts.length] = [unsure, asked, counts];
    const left = this.of.splice(of).map(({ predicate }) => predicate);
    return own !== undefined && other !== undefined && own !== other ? null : { result, asked: left };
  }

  /** How often the list was taken apart before. */
  turnOf(list: string): number {
    const turn = this.turns.get(list) ?? 0;
    this.turns.set(list, turn + 1);
    return turn;
  }

  private isCount(name: string): boolean {
    return this.counts.some(({ id }) => id === name);
  }

  /** The counts that operands are worked out of; null where they are of anything else, or of none. */
  private countsIn(ids: readonly string[]): ReadonlyMap<string, Count> | null {
    const found = new Map(ids.flatMap((id) => this.counts.filter((count) => count.id === id).map((count) => [id, count] as const)));
    return found.size > 0 && found.size === new Set(ids).size ? found : null;
  }
}

/** What a column stands for that counts so many. */
export function countOperand(kind: Count['kind'], amount: number, span: Span, of?: Operand): Operand {
  if (kind === 'rows' || kind === 'kinds') return { kind: 'literal', span, type: 'number', text: String(amount) };
  const one: Operand = of ?? { kind: 'literal', span, type: 'string', text: 'a' };
  return kind === 'values' && amount === 1 ? one : { kind: 'list', span, of: Array.from({ length: amount }, () => one) };
}

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
