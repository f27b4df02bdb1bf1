import type {
  Assignment,
  Branch,
  ColumnRef,
  DerivedField,
  FieldRef,
  Measure,
  Operand,
  Operation,
  Option as StepOption,
  Parameter,
  Predicate,
  Role,
  Source,
  Span,
  Test,
} from '../../../model';
import { notOf, placeOf, unread } from '../../../syntax/predicates';
import { ignoresCase } from '../../../syntax/regex';
import { carriesField, isCondition, lowerExpression, operandOf, originOfValue, regexOf } from './expressions';
import { fillFromModel, overFilled } from './fills';
import { isOwnFilter, isShaping, macroNote } from './known-macros';
import { fieldOf, type Flow, make, nameOf, originOf, remark, showColumn } from './lowering-context';
import { INDEXED_FIELDS, type LowerBranch, lowerSearch } from './search';
import type { Aggregate, Body, Command, Option, Passed, Word } from '../tree';
import { aggregateOf, COMMANDS } from '../vocabulary';

/** What a command gives its stage; empty lists and an empty label give nothing. */
export interface Lowered {
  readonly role: Role;
  readonly operations: readonly Operation[];
  readonly label?: string;
  readonly predicate?: Predicate;
  /** What its subsearches demand of events that reach the results. */
  readonly demand?: Predicate;
  /** Its events come beside the present ones, not after them. */
  readonly alternative?: Predicate;
  readonly derives?: readonly DerivedField[];
  readonly groupBy?: readonly ColumnRef[];
  readonly parameters?: readonly Parameter[];
  readonly branches?: readonly Branch[];
}

type Stats = Body & { form: 'stats' };
export type Words = Body & { form: 'words' };
/** Lowers a command whose arguments are words. */
export type LowerNamed = (command: Command, body: Words, role: Role) => Lowered;

/** Lowers a command whose arguments have a grammar of their own; those that take words are lowered by `lowerNamed`. */
export function lowerCommand(command: Command, flow: Flow, lowerBranch: LowerBranch, lowerNamed: LowerNamed): Lowered {
  const { body } = command;
  const span = placeOf(command);
  const role = COMMANDS.get(command.name)?.role ?? 'unread';
  switch (body.form) {
    case 'search':
      return lowerFirstOrLaterSearch(command, body, flow, role, lowerBranch);
    case 'where': {
      if (body.expression === null) {
        remark(flow, 'spl/missing-operand', 'error', command.nameSpan, 'where needs an expression.');
        return { role, operations: [unread(span, 'syntax-error')] };
      }
      const predicate = overFilled(lowerExpression(body.expression, flow), flow);
      return { role, predicate, operations: [{ kind: 'filter', span, predicate }] };
    }
    case 'eval':
      return lowerEval(command, body, flow, role);
    case 'regex':
      return lowerRegex(command, body, flow, role);
    case 'stats':
      return lowerStats(command, body, flow, role, lowerBranch);
    case 'words':
      return lowerNamed(command, body, role);
    case 'macro':
      return lowerMacro(command, body.passed, flow);
    case 'foreign':
      return { role: 'unread', operations: [unread(span, 'unmodelled', 'SPL2')] };
    default:
      return body satisfies never;
  }
}

function lowerFirstOrLaterSearch(command: Command, body: Body & { form: 'search' }, flow: Flow, role: Role, lowerBranch: LowerBranch): Lowered {
  const branches: Branch[] = [];
  const span = placeOf(command);
  const from = flow.findings.sources.length;
  const predicate = body.search === null ? null : overFilled(lowerSearch(body.search, flow, collecting(lowerBranch, branches)), flow);
  const read: readonly Operation[] = flow.isSource ? [{ kind: 'read', span, sources: ownSources(flow, from, branches) }] : [];
  return predicate === null ? { role, branches, operations: read } : { role, predicate, branches, operations: [...read, { kind: 'filter', span, predicate }] };
}

/** What a command itself names as its sources, not its subsearches. */
const ownSources = ({ findings }: Flow, from: number, branches: readonly Branch[]): readonly Source[] =>
  findings.sources.slice(from).filter(({ span }) => !branches.some((branch) => branch.span.start <= span.start && span.end <= branch.span.end));

/** Keeps the branches a search makes, for its stage. */
const collecting =
  (lowerBranch: LowerBranch, branches: Branch[]): LowerBranch =>
  (pipeline, name, isAbsent) => {
    const branch = lowerBranch(pipeline, name, isAbsent);
    branches.push(branch);
    return branch;
  };

/** A macro in a command's place. One nobody knows may do anything, and filter too. */
function lowerMacro({ nameSpan, start, end }: Command, passed: readonly Passed[], flow: Flow): Lowered {
  const written = flow.findings.text.slice(nameSpan.start, nameSpan.end);
  const span = { start, end };
  if (isShaping(written)) return { role: 'shape', operations: [{ kind: 'show', span }, ...passedOperations(passed)] };
  const predicate = unread(span, 'unknown', macroNote(written));
  return { role: 'unread', predicate, operations: [isOwnFilter(written) ? { kind: 'filter', span, predicate } : predicate] };
}

/** Macros and subsearches between a command's words. */
export const passedOperations = (passed: readonly Passed[]): readonly Operation[] =>
  passed.map((part) =>
    part.name === 'subsearch'
      ? unread(part, 'unmodelled', 'subsearch')
      : isShaping(part.name)
        ? { kind: 'show', span: placeOf(part) }
        : unread(part, 'unknown', macroNote(part.name)),
  );

function lowerEval(command: Command, body: Body & { form: 'eval' }, flow: Flow, role: Role): Lowered {
  const span = placeOf(command);
  const derives: DerivedField[] = [];
  const of = body.assignments.map(({ target, value }): Assignment => {
    const { name, span: at } = fieldOf(flow, target);
    const operand = operandOf(value, flow);
    // fieldformat changes how a field looks, not what it holds.
    if (command.name !== 'fieldformat')
      make(flow, name, flow.findings.text.slice(value.start, value.end), at, !carriesField(value, flow), originOfValue(value, flow));
    derives.push({ name, span: at, expression: placeOf(value) });
    return { name, span: at, value: operand };
  });
  const assign: Operation = command.name === 'fieldformat' ? { kind: 'show', span } : { kind: 'assign', span, of, inOrder: true };
  return { role, derives, operations: [...(of.length === 0 ? [] : [assign]), ...passedOperations(body.passed)] };
}

function lowerRegex(command: Command, body: Body & { form: 'regex' }, flow: Flow, role: Role): Lowered {
  const { pattern, field, isNegated, operator } = body;
  const span = placeOf(command);
  if (pattern === null) {
    const predicate = unread(span, 'syntax-error');
    return { role, predicate, operations: [{ kind: 'filter', span, predicate }] };
  }
  const value = regexOf(pattern);
  const left: FieldRef = field === null ? { kind: 'field', name: '_raw', span: value.span } : fieldOf(flow, field);
  const test: Test = {
    kind: 'test',
    span: { start: field?.start ?? pattern.start, end: pattern.end },
    left,
    compare: 'regex',
    values: [value],
    case: ignoresCase(value.text) ? 'fold' : 'exact',
    missing: 'false',
    word: 'regex_match',
    ...(operator === null ? null : { operator }),
    ...(pattern.macro === undefined ? null : { macro: pattern.macro }),
  };
  const predicate = overFilled(isNegated ? notOf(test, test.span) : test, flow);
  return { role, predicate, operations: [{ kind: 'filter', span, predicate }, ...passedOperations(body.passed)] };
}

/** Commands that keep the events and only add the results. */
export const ADDING: ReadonlySet<string> = new Set(['eventstats', 'streamstats']);

/** Commands whose result has one column for each value of a field. */
const PIVOTING: ReadonlySet<string> = new Set(['chart', 'timechart', 'sichart', 'sitimechart', 'geostats']);

function lowerStats(command: Command, body: Stats, flow: Flow, role: Role, lowerBranch: LowerBranch): Lowered {
  const branches: Branch[] = [];
  const span = placeOf(command);
  const isReading = role === 'source';
  const from = flow.findings.sources.length;
  if (body.from !== null) {
    flow.findings.sources.push({ name: body.from.text, span: placeOf(body.from) });
    fillFromModel(flow, body.from.text);
  }
  const predicate = body.where === null ? null : overFilled(lowerSearch(body.where, flow, collecting(lowerBranch, branches)), flow);
  const groupBy = body.by.map((word) => fieldOf(flow, word));
  const measures = body.aggregates.map((aggregate) => measureOf(aggregate, flow));
  const before = flow.columns;
  if (!ADDING.has(command.name)) flow.columns = new Map();
  if (flow.columns !== null)
    for (const { name, span: at } of groupBy)
      showColumn(flow.columns, { name, source: before?.get(name)?.source ?? flow.expressions.get(name) ?? name, span: at });
  const derives = body.aggregates.flatMap((aggregate, index) => lowerAggregate(aggregate, measures[index]!, flow, before));
  noteSpan(body.options, flow);
  const window = body.options.find((option) => option.name === 'time_window')?.value;
  if (window !== undefined) flow.findings.times.push({ kind: 'timespan', text: window.text, span: placeOf(window) });
  const aggregate: Operation = {
    kind: 'aggregate',
    span,
    how: command.name === 'eventstats' ? 'beside' : command.name === 'streamstats' ? 'running' : 'group',
    measures,
    by: keysOf(command, body, groupBy, flow, before === null),
    ...optionsOf(body.options.filter((option) => !isHeld(option, command, groupBy))),
  };
  const operations: readonly Operation[] = [
    ...(isReading ? [{ kind: 'read', span, sources: ownSources(flow, from, branches) } as const] : []),
    ...(predicate === null ? [] : [{ kind: 'filter', span, predicate } as const]),
    aggregate,
    ...reshaping(command, body),
    ...passedOperations(body.passed),
  ];
  const lowered: Lowered = {
    role,
    derives,
    groupBy,
    branches,
    parameters: parametersOf(body.options),
    label: body.from?.text ?? '',
    operations,
  };
  return predicate === null ? lowered : { ...lowered, predicate };
}

/** Settings that other parts of the step say: the width of the bins of time, what stands for no value, and that it does nothing special. */
function isHeld({ name, value }: Option, command: Command, groupBy: readonly FieldRef[]): boolean {
  if (name === 'span') return command.name === 'timechart' || command.name === 'mstats' || groupBy.some((field) => field.name === '_time');
  return name === 'fillnull_value' || ((name === 'prestats' || name === 'append') && /^(?:f|false|0)$/i.test(value.text));
}

/** What the rows are grouped by: the time, where a span parts it, by its bins; what is not there, where something stands for it, by that. */
function keysOf(
  { name: command, nameSpan }: Command,
  { options }: Stats,
  groupBy: readonly FieldRef[],
  { fills }: Flow,
  areEvents: boolean,
): readonly Assignment[] {
  const filled = options.find(({ name }) => name === 'fillnull_value')?.value;
  const whole = (field: FieldRef): Operand => {
    // Events have a source, whether those at hand show it or not: it leaves no row out.
    const fill =
      (command === 'tstats' ? (fills.get(field.name) ?? filled?.text) : undefined) ??
      (areEvents && field.name !== 'host' && INDEXED_FIELDS.has(field.name) ? '' : undefined);
    if (fill === undefined) return field;
    const span = placeOf(filled ?? nameSpan);
    return {
      kind: 'call',
      span: field.span,
      fn: 'coalesce',
      name: placeOf(nameSpan),
      args: [field, { kind: 'literal', span, type: 'string', text: fill }],
      written: field.name,
    };
  };
  const width = options.find(({ name }) => name === 'span')?.value;
  const binned = (field: FieldRef): Operand =>
    width === undefined && command !== 'timechart'
      ? field
      : binOf(field, width === undefined ? null : { kind: 'time', span: placeOf(width), text: width.text }, nameSpan);
  const keys = groupBy.map((field): Assignment => ({ name: field.name, span: field.span, value: field.name === '_time' ? binned(field) : whole(field) }));
  const isTimed = command === 'timechart' || command === 'sitimechart' || (command === 'mstats' && width !== undefined);
  if (!isTimed || keys.some(({ name }) => name === '_time')) return keys;
  const time: FieldRef = { kind: 'field', name: '_time', span: placeOf(nameSpan) };
  return [{ name: '_time', span: placeOf(nameSpan), value: binned(time) }, ...keys];
}

/** A value put into bins of one width; without one Splunk chooses it. */
export function binOf(field: FieldRef, width: Operand | null, name: Span): Operand {
  return {
    kind: 'call',
    span: field.span,
    fn: '|bin',
    name: placeOf(name),
    args: width === null ? [field] : [field, width],
    written: `bin(${field.name})`,
  };
}

/** What a command does with the groups besides: columns out of values, statistics for later commands, rows below those there are. */
function reshaping({ name, nameSpan }: Command, { by, options }: Stats): readonly Operation[] {
  const isOn = (option: string): boolean => options.some((one) => one.name === option && /^(?:t|true|1)$/i.test(one.value.text));
  const splits = by.length > (name === 'timechart' || name === 'sitimechart' ? 0 : 1);
  if (PIVOTING.has(name) && (splits || name === 'geostats')) return [unread(nameSpan, 'unmodelled', `${name}: one column for each value`)];
  if (isOn('prestats') || name.startsWith('si')) return [unread(nameSpan, 'unmodelled', 'statistics prepared for a later command')];
  return isOn('append') ? [unread(nameSpan, 'unmodelled', 'rows added to those there are')] : [];
}

/** Names of one function. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['c', 'count'],
  ['distinct_count', 'dc'],
  ['mean', 'avg'],
]);

function measureOf(aggregate: Aggregate, flow: Flow): Measure {
  const { name, argument, alias, of } = aggregate;
  const span = placeOf(aggregate);
  const fn = ALIASES.get(name.toLowerCase()) ?? name.toLowerCase();
  const base = { name: madeBy(aggregate, flow), span, fn };
  if (of === null) return { ...base, args: [] };
  if (of.kind === 'eval') {
    const { expression } = of;
    if (expression === null) return { ...base, args: [unread(alias ?? aggregate, 'syntax-error')] };
    return isCondition(expression) ? { ...base, args: [], where: lowerExpression(expression, flow) } : { ...base, args: [operandOf(expression, flow)] };
  }
  const plain = /^["']?[^(),]*["']?$/.test(argument);
  return { ...base, args: [plain ? fieldOf(flow, of.word) : unread(of.word, 'unmodelled', `argument of ${fn}`, argument)] };
}

/** What the column is called that an aggregate makes. */
function madeBy({ name, argument, alias }: Aggregate, { findings }: Flow): string {
  if (alias !== null) return nameOf(alias.text, findings.prefixes);
  return argument === '' ? name : `${name}(${nameOf(argument.replace(/^["']|["']$/g, ''), findings.prefixes)})`;
}

function lowerAggregate(aggregate: Aggregate, { name: made, args }: Measure, flow: Flow, before: Flow['columns']): readonly DerivedField[] {
  const { name, argument, alias } = aggregate;
  const source = argument === '' ? name : `${name}(${argument})`;
  const span = placeOf(alias ?? aggregate);
  const [first] = args;
  const field = first?.kind === 'field' ? first : null;
  const isCarried = aggregateOf(name)?.hands !== undefined && field !== null && field.derived !== true;
  if (made.includes('*') || field?.name.includes('*')) carryAll(flow, before, made, source, span);
  else make(flow, made, source, span, !isCarried, field === null || !isCarried ? undefined : originOf(flow, field));
  return [{ name: made, span, expression: placeOf(aggregate) }];
}

/** `values(*) as *` hands all columns on that there were; where those are not known, the star stands for them. */
function carryAll({ columns }: Flow, before: Flow['columns'], made: string, source: string, span: Span): void {
  if (columns === null) return;
  if (made === '*' && before !== null) {
    for (const column of before.values()) if (!columns.has(column.name)) showColumn(columns, column);
  } else showColumn(columns, { name: made, source, span });
}

/** `span=1h` parts time into bins of an hour. */
export function noteSpan(options: readonly Option[], { findings }: Flow): void {
  for (const { name, value } of options) if (name === 'span') findings.times.push({ kind: 'bin', text: value.text, span: placeOf(value) });
}

export const parametersOf = (options: readonly Option[]): readonly Parameter[] =>
  options.map(({ name, value, start, end }) => ({ name, value: value.text.trim(), span: { start, end } }));

/** Settings as a step holds them; nothing where there are none. */
export function optionsOf(options: readonly Option[]): { readonly options?: readonly StepOption[] } {
  return options.length === 0 ? {} : { options: options.map(({ name, value }) => ({ name, value: value.text.trim() })) };
}

/** The fields that a command's words name. */
export const namesOf = (words: readonly Word[], flow: Flow): readonly FieldRef[] => words.map((word) => fieldOf(flow, word));
