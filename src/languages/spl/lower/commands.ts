import type { Branch, DerivedField, Parameter, Predicate, Role, Span } from '../../../model';
import { exactTest, type WrittenField } from '../../../syntax/written-test';
import { ignoresCase, lowerExpression } from './expressions';
import { carriesField } from './operands';
import { fieldOf, type Flow, make, nameOf, remark, showColumn } from './lowering-context';
import { type LowerBranch, lowerSearch } from './search';
import type { Aggregate, Body, Command, Option, Word } from '../tree';
import { aggregateOf, COMMANDS } from '../vocabulary';

/** What a command gives its stage; empty lists and an empty label give nothing. */
export interface Lowered {
  readonly role: Role;
  readonly label?: string;
  readonly predicate?: Predicate;
  /** What its subsearches demand of events that reach the results. */
  readonly demand?: Predicate;
  /** Its events come beside the present ones, not after them. */
  readonly alternative?: Predicate;
  readonly derives?: readonly DerivedField[];
  readonly groupBy?: readonly WrittenField[];
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
  const role = COMMANDS.get(command.name)?.role ?? 'unread';
  switch (body.form) {
    case 'search': {
      const branches: Branch[] = [];
      const predicate = body.search === null ? null : lowerSearch(body.search, flow, collecting(lowerBranch, branches));
      return predicate === null ? { role, branches } : { role, predicate, branches };
    }
    case 'where':
      if (body.expression === null) {
        remark(flow, 'spl/missing-operand', 'error', command.nameSpan, 'where needs an expression.');
        return { role };
      }
      return { role, predicate: lowerExpression(body.expression, flow) };
    case 'eval':
      return { role, derives: lowerEval(body, flow) };
    case 'regex':
      return lowerRegex(command, body, flow, role);
    case 'stats':
      return lowerStats(command, body, flow, role, lowerBranch);
    case 'words':
      return lowerNamed(command, body, role);
    case 'macro':
      return { role: 'unread' };
    default:
      return body satisfies never;
  }
}

/** Keeps the branches a search makes, for its stage. */
const collecting =
  (lowerBranch: LowerBranch, branches: Branch[]): LowerBranch =>
  (pipeline, name, isAbsent) => {
    const branch = lowerBranch(pipeline, name, isAbsent);
    branches.push(branch);
    return branch;
  };

function lowerEval(body: Body & { form: 'eval' }, flow: Flow): readonly DerivedField[] {
  return body.assignments.map(({ target, value }) => {
    const { name, span } = fieldOf(flow, target);
    const expression = { start: value.start, end: value.end };
    make(flow, name, flow.findings.text.slice(value.start, value.end), span, !carriesField(value, flow));
    return { name, span, expression };
  });
}

function lowerRegex(command: Command, body: Body & { form: 'regex' }, flow: Flow, role: Role): Lowered {
  const { pattern, field, isNegated } = body;
  const span = { start: command.start, end: command.end };
  if (pattern === null) return { role, predicate: { kind: 'unread', span, reason: 'syntax-error' } };
  const text = pattern.raw ?? pattern.text;
  const at = { start: pattern.start, end: pattern.end };
  const ref = field === null ? { name: '_raw', span: at } : fieldOf(flow, field);
  const test: Predicate = exactTest({
    kind: 'test',
    span: { start: field?.start ?? pattern.start, end: pattern.end },
    field: ref,
    op: 'regex_match',
    values: [{ text, span: at, type: 'regex' }],
    caseSensitive: !ignoresCase(text),
  });
  const marked = pattern.macro === undefined ? test : { ...test, macro: pattern.macro };
  return { role, predicate: isNegated ? { kind: 'not', span: test.span, of: marked } : marked };
}

/** Commands that keep the events and only add the results. */
export const ADDING: ReadonlySet<string> = new Set(['eventstats', 'streamstats']);

function lowerStats(command: Command, body: Stats, flow: Flow, role: Role, lowerBranch: LowerBranch): Lowered {
  const branches: Branch[] = [];
  if (body.from !== null) flow.findings.sources.push({ name: body.from.text, span: { start: body.from.start, end: body.from.end } });
  const predicate = body.where === null ? null : lowerSearch(body.where, flow, collecting(lowerBranch, branches));
  const groupBy = body.by.map((word) => fieldOf(flow, word));
  const before = flow.columns;
  if (!ADDING.has(command.name)) flow.columns = new Map();
  if (flow.columns !== null)
    for (const { name, span } of groupBy) showColumn(flow.columns, { name, source: before?.get(name)?.source ?? flow.expressions.get(name) ?? name, span });
  const derives = body.aggregates.flatMap((aggregate) => lowerAggregate(aggregate, flow, before));
  noteSpan(body.options, flow);
  const window = body.options.find((option) => option.name === 'time_window')?.value;
  if (window !== undefined) flow.findings.times.push({ kind: 'timespan', text: window.text, span: { start: window.start, end: window.end } });
  const lowered: Lowered = { role, derives, groupBy, branches, parameters: parametersOf(body.options), label: body.from?.text ?? '' };
  return predicate === null ? lowered : { ...lowered, predicate };
}

function lowerAggregate(aggregate: Aggregate, flow: Flow, before: Flow['columns']): readonly DerivedField[] {
  const { name, argument, alias } = aggregate;
  const { prefixes } = flow.findings;
  const word = aggregateOf(name);
  const source = argument === '' ? name : `${name}(${argument})`;
  const field = nameOf(argument.replace(/^["']|["']$/g, ''), prefixes);
  const made = alias === null ? (argument === '' ? name : `${name}(${field})`) : nameOf(alias.text, prefixes);
  const span = { start: alias?.start ?? aggregate.start, end: alias?.end ?? aggregate.end };
  if (field.includes('*') || made.includes('*')) carryAll(flow, before, made, source, span);
  else make(flow, made, source, span, word?.carries !== true || flow.computed.has(field) || argument.startsWith('eval('));
  return [{ name: made, span, expression: { start: aggregate.start, end: aggregate.end } }];
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
  for (const { name, value } of options)
    if (name === 'span') findings.times.push({ kind: 'bin', text: value.text, span: { start: value.start, end: value.end } });
}

export const parametersOf = (options: readonly Option[]): readonly Parameter[] =>
  options.map(({ name, value, start, end }) => ({ name, value: value.text.trim(), span: { start, end } }));

/** The names among a command's words. */
export const namesOf = (words: readonly Word[], flow: Flow): readonly WrittenField[] => words.map((word) => fieldOf(flow, word));
