import type { Branch, DerivedField, Predicate, Role } from '../../../model';
import { relocate } from '../../../syntax/relocate';
import { allOf, truthAt } from './conjunction';
import { fieldOf, type Flow, make, remark, showColumn } from './lowering-context';
import { type Lowered, namesOf, noteSpan, parametersOf, type Words } from './commands';
import { type LowerBranch, lowerSearch } from './search';
import { lex } from '../parse/lexer';
import { parse } from '../parse/parser';
import type { Command, Option, Pipeline, Word } from '../tree';

/** What all stages of a branch demand together. */
type DemandOf = (branch: Branch) => Predicate;

/** Lowers the commands whose arguments are options, names and subsearches; the others are stages with their words. */
export function lowerWords(command: Command, body: Words, role: Role, flow: Flow, lowerBranch: LowerBranch, demandOf: DemandOf): Lowered {
  const { name } = command;
  const { words, options } = body;
  const base: Lowered = { role, parameters: parametersOf(options) };
  switch (name) {
    case 'bin':
    case 'bucket':
    case 'discretize':
      noteSpan(options, flow);
      return {
        ...base,
        ...derivesOf(
          pairsOf(words).filter(({ isAliased }) => isAliased),
          flow,
          false,
        ),
      };
    case 'table':
      show(words, flow);
      return base;
    case 'fields':
      chooseFields(words, flow);
      return base;
    case 'rename':
      return { ...base, derives: lowerRename(words, flow) };
    case 'rex':
      return { ...base, derives: lowerRex(words, options, flow) };
    case 'lookup':
      return { ...base, ...lowerLookup(words, flow) };
    case 'inputlookup':
    case 'inputcsv': {
      const [table] = words;
      if (table !== undefined) flow.findings.sources.push({ name: table.text, span: { start: table.start, end: table.end } });
      const rows = whereOf(body, flow, lowerBranch);
      const isAdded = options.some((option) => option.name === 'append' && /^(?:t|true|1)$/i.test(option.value.text));
      const alternative = isAdded && rows.predicate !== undefined ? { alternative: rows.predicate } : {};
      return { ...base, ...(table === undefined ? {} : { label: table.text }), ...rows, ...alternative };
    }
    case 'from':
    case 'datamodel':
      return { ...base, ...lowerFrom(words, flow) };
    case 'iplocation': {
      const prefix = options.find((option) => option.name === 'prefix')?.value.text ?? '';
      const at = { start: command.start, end: command.end };
      for (const field of ['City', 'Country', 'Region', 'lat', 'lon']) make(flow, prefix + field, words.at(-1)?.text ?? 'iplocation', at, false);
      return base;
    }
    case 'spath':
    case 'xpath':
      return { ...base, derives: lowerPath(words, options, flow) };
    case 'fillnull':
    case 'dedup':
    case 'mvexpand':
    case 'makemv':
      return base;
    case 'top':
    case 'rare':
      return { ...base, ...lowerTop(command, words, flow) };
    case 'transaction':
      for (const { name: option, value } of options)
        if (option === 'maxspan') flow.findings.times.push({ kind: 'maxspan', text: value.text, span: { start: value.start, end: value.end } });
      for (const made of ['duration', 'eventcount']) make(flow, made, 'transaction', command.nameSpan, true);
      return { ...base, groupBy: namesOf(words, flow), ...whereOf(body, flow, lowerBranch) };
    case 'addtotals':
      make(flow, options.find((option) => option.name === 'fieldname')?.value.text ?? 'Total', 'addtotals', command.nameSpan, true);
      return base;
    case 'join':
    case 'append':
    case 'appendcols':
    case 'appendpipe':
    case 'multisearch':
    case 'union':
    case 'set':
    case 'map':
    case 'foreach':
    case 'selfjoin':
      return { ...base, ...lowerBranches(command, body, flow, lowerBranch, demandOf) };
    default:
      return base;
  }
}

function whereOf(body: Words, flow: Flow, lowerBranch: LowerBranch): Pick<Lowered, 'predicate'> {
  const predicate = body.where === null ? null : lowerSearch(body.where, flow, lowerBranch);
  return predicate === null ? {} : { predicate };
}

interface Pair {
  readonly from: Word;
  readonly to: Word;
  readonly isAliased: boolean;
}

/** `a as b, c`: what each name is called in the end. */
function pairsOf(words: readonly Word[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < words.length; at++) {
    const from = words[at]!;
    const isAliased = words[at + 1]?.quotes === undefined && words[at + 1]?.text.toLowerCase() === 'as' && words[at + 2] !== undefined;
    pairs.push({ from, to: isAliased ? words[at + 2]! : from, isAliased });
    if (isAliased) at += 2;
  }
  return pairs;
}

function derivesOf(pairs: readonly Pair[], flow: Flow, isComputed: boolean): { derives?: readonly DerivedField[] } {
  if (pairs.length === 0) return {};
  return {
    derives: pairs.map(({ from, to }) => {
      const { name, span } = fieldOf(flow, to);
      make(flow, name, from.text, span, isComputed);
      return { name, span, expression: { start: from.start, end: from.end } };
    }),
  };
}

function show(words: readonly Word[], flow: Flow): void {
  const before = flow.columns;
  flow.columns = new Map();
  for (const { name, span } of namesOf(words, flow)) {
    const source = before?.get(name)?.source ?? flow.expressions.get(name) ?? name;
    showColumn(flow.columns, { name, source, span });
  }
}

/** `fields a b`, `fields + a b` keep; `fields - a b` removes, with stars too. */
function chooseFields(words: readonly Word[], flow: Flow): void {
  const sign = /^[+-]/.exec(words[0]?.text ?? '')?.[0];
  const signed =
    sign === undefined ? words : words.map((word, at) => (at === 0 ? { ...word, text: word.text.slice(1) } : word)).filter(({ text }) => text !== '');
  if (sign !== '-') return show(signed, flow);
  const { columns } = flow;
  if (columns === null) return;
  for (const { name } of namesOf(signed, flow)) {
    if (!name.includes('*')) columns.delete(name);
    else {
      const parts = name.split('*');
      for (const column of columns.keys()) if (fits(column, parts)) columns.delete(column);
    }
  }
}

/** Whether a name fits a pattern, given as what stands between its stars; found from the left, so it takes linear time. */
function fits(name: string, parts: readonly string[]): boolean {
  const last = parts.length - 1;
  let at = 0;
  for (let index = 0; index < last; index++) {
    const found = index === 0 ? (name.startsWith(parts[0]!) ? 0 : -1) : name.indexOf(parts[index]!, at);
    if (found === -1) return false;
    at = found + parts[index]!.length;
  }
  return name.length - parts[last]!.length >= at && name.endsWith(parts[last]!);
}

function lowerRename(words: readonly Word[], flow: Flow): readonly DerivedField[] {
  const derives: DerivedField[] = [];
  const renamed = new Map<string, string>();
  for (const { from, to, isAliased } of pairsOf(words)) {
    if (!isAliased) continue;
    const source = fieldOf(flow, from);
    const target = fieldOf(flow, to);
    derives.push({ name: target.name, span: target.span, expression: source.span });
    if (source.name === target.name || target.name.includes('*')) continue;
    renamed.set(source.name, target.name);
    flow.expressions.set(target.name, flow.expressions.get(source.name) ?? source.name);
    flow.computed.delete(source.name);
    if (source.derived === true) flow.computed.add(target.name);
    else flow.computed.delete(target.name);
  }
  const nameNow = (name: string): string => renamed.get(name) ?? name;
  if (flow.columns !== null && renamed.size > 0)
    flow.columns = new Map([...flow.columns].map(([name, column]) => [nameNow(name), { ...column, name: nameNow(name) }]));
  return derives;
}

/** The named groups of a pattern become fields. */
function lowerRex(words: readonly Word[], options: readonly Option[], flow: Flow): readonly DerivedField[] {
  const isSed = options.some(({ name, value }) => name === 'mode' && value.text.toLowerCase() === 'sed');
  const pattern = words.find((word) => word.quotes === 'text') ?? words[0];
  if (isSed || pattern === undefined) return [];
  const source = options.find(({ name }) => name === 'field')?.value.text ?? '_raw';
  const derives: DerivedField[] = [];
  const at = { start: pattern.start, end: pattern.end };
  for (const [, name] of (pattern.raw ?? pattern.text).matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)) {
    make(flow, name!, source, at, false);
    derives.push({ name: name!, span: at, expression: at });
  }
  return derives;
}

/** Lookup := Table { Key ['as' Name] } [('OUTPUT' | 'OUTPUTNEW') { Column ['as' Name] }] */
function lowerLookup(words: readonly Word[], flow: Flow): Pick<Lowered, 'label' | 'derives'> {
  const [table] = words;
  if (table === undefined) return {};
  const output = words.findIndex((word) => word.quotes === undefined && /^output(?:new)?$/i.test(word.text));
  return { label: table.text, ...(output === -1 ? {} : derivesOf(pairsOf(words.slice(output + 1)), flow, false)) };
}

/** From := ['datamodel' [':']] Name */
function lowerFrom(words: readonly Word[], flow: Flow): Pick<Lowered, 'label'> {
  const names = words.filter((word) => !/^(?:datamodel|lookup|inputlookup|savedsearch):?$/i.test(word.text));
  const [first] = names;
  if (first === undefined) return {};
  const name = first.text.replace(/^(?:datamodel|lookup|inputlookup|savedsearch):/i, '');
  flow.findings.sources.push({ name, span: { start: first.start, end: first.end } });
  return { label: name };
}

/** spath makes the field it is told to, or one named as the path. */
function lowerPath(words: readonly Word[], options: readonly Option[], flow: Flow): readonly DerivedField[] {
  const optionOf = (name: string): Word | undefined => options.find((option) => option.name === name)?.value;
  const path = optionOf('path') ?? words[0];
  const target = optionOf('output') ?? optionOf('outfield') ?? path;
  if (target === undefined || path === undefined) return [];
  const span = { start: target.start, end: target.end };
  make(flow, target.text, path.text, span, false);
  return [{ name: target.text, span, expression: { start: path.start, end: path.end } }];
}

function lowerTop(command: Command, words: readonly Word[], flow: Flow): Pick<Lowered, 'groupBy'> {
  const names = words.filter((word) => word.text.toLowerCase() !== 'by' && !/^\d+$/.test(word.text));
  show(names, flow);
  for (const made of ['count', 'percent']) make(flow, made, command.name, command.nameSpan, true);
  return { groupBy: namesOf(names, flow) };
}

/** The search that map runs, read in its quotes. */
function pipelineOf(search: Word | undefined, flow: Flow): Pipeline | null {
  if (search?.quotes !== 'text' || search.raw === undefined || search.macro !== undefined) return null;
  const { raw, text, start } = search;
  const places: number[] = [];
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] === '\\' && '\\"|'.includes(raw[at + 1] ?? ' ')) at++;
    places.push(start + 1 + at);
  }
  places.push(start + 1 + raw.length);
  const { pipeline, diagnostics } = relocate(parse(text, lex(text)), (offset) => places[Math.min(offset, places.length - 1)]!);
  for (const { code, severity, span, message } of diagnostics) flow.findings.diagnostics.push({ code, severity, span, message });
  return pipeline;
}

const OUTER: ReadonlySet<string> = new Set(['outer', 'left']);

/** Subsearches beside or under the present results. */
function lowerBranches(command: Command, body: Words, flow: Flow, lowerBranch: LowerBranch, demandOf: DemandOf): Partial<Lowered> {
  const { name } = command;
  const mapped = name === 'map' ? pipelineOf(body.options.find((option) => option.name === 'search')?.value, flow) : null;
  const branches = [...body.subsearches, ...(mapped === null ? [] : [mapped])].map((pipeline) => lowerBranch(pipeline, name, false));
  if (branches.length === 0 && name !== 'join') return {};
  const demands = branches.map(demandOf);
  const span = { start: command.start, end: command.end };
  const all = allOf(demands, span);
  const stage = branches.length > 0 ? { branches } : {};
  switch (name) {
    case 'join': {
      const fields = namesOf(body.words[0]?.text.toLowerCase() === 'where' ? [] : body.words, flow);
      if (fields.length === 0 && !body.options.some((option) => option.name === 'left' || option.name === 'right'))
        remark(flow, 'spl/join-without-fields', 'warning', command.nameSpan, 'Without fields, join takes all that both sides share; name them.');
      const type = body.options.find((option) => option.name === 'type')?.value.text.toLowerCase() ?? 'inner';
      const demand: Predicate = OUTER.has(type) ? { kind: 'any', span, of: [truthAt(span), all] } : all;
      return { ...stage, label: fields.map((field) => field.name).join(', '), demand };
    }
    case 'append':
    case 'appendcols':
    case 'union':
    case 'multisearch':
    case 'set':
      return { ...stage, alternative: demands.length === 1 ? demands[0]! : { kind: 'any', span, of: demands } };
    case 'appendpipe':
      return { ...stage, demand: { kind: 'any', span, of: [truthAt(span), all] } };
    default:
      return { ...stage, demand: all };
  }
}
