import type { Assignment, Branch, DerivedField, Equality, FieldRef, Operand, Operation, Predicate, Role, SortKey, Span } from '../../../model';
import { allOf, anyOf, isTrue, placeOf, unread } from '../../../syntax/predicates';
import { binOf, type Lowered, namesOf, noteSpan, optionsOf, parametersOf, passedOperations, type Words } from './commands';
import { lowerExpression, regexOf, regexText } from './expressions';
import { fieldOf, type Flow, make, originOf, remark, showColumn, withoutFixes } from './lowering-context';
import { type LowerBranch, lowerSearch } from './search';
import { parseWithin, pipelineWithin } from '../parse/parse-within';
import type { Command, Word } from '../tree';

/** What all stages of a branch demand together. */
type DemandOf = (branch: Branch) => Predicate;

/** What a command gives beside its role and settings. */
type Part = Partial<Lowered> & Pick<Lowered, 'operations'>;

interface Asked {
  readonly command: Command;
  readonly body: Words;
  readonly flow: Flow;
  readonly span: Span;
  /** A setting's value. */
  readonly optionOf: (name: string) => Word | undefined;
  readonly lowerBranch: LowerBranch;
  readonly demandOf: DemandOf;
}

/** Lowers the commands whose arguments are options, names and subsearches; the others are stages whose effect is not held. */
export function lowerOtherCommand(command: Command, body: Words, role: Role, flow: Flow, lowerBranch: LowerBranch, demandOf: DemandOf): Lowered {
  const asked: Asked = {
    command,
    body,
    flow,
    span: placeOf(command),
    optionOf: (name) => body.options.find((option) => option.name === name)?.value,
    lowerBranch,
    demandOf,
  };
  const part = lowerNamed(asked);
  return { role, parameters: parametersOf(body.options), ...part, operations: [...part.operations, ...passedOperations(body.passed)] };
}

function lowerNamed(asked: Asked): Part {
  const { command, body, flow, span } = asked;
  switch (command.name) {
    case 'bin':
    case 'bucket':
    case 'discretize':
      return lowerBin(asked);
    case 'table':
      return lowerTable(asked);
    case 'fields':
      return chooseFields(asked);
    case 'rename':
      return lowerRename(asked);
    case 'rex':
      return lowerRex(asked);
    case 'lookup':
      return lowerLookup(asked);
    case 'inputlookup':
    case 'inputcsv':
      return lowerInput(asked);
    case 'from':
    case 'datamodel':
      return lowerFrom(asked);
    case 'iplocation':
      return lowerLocation(asked);
    case 'spath':
    case 'xpath':
      return lowerPath(asked);
    case 'extract':
    case 'kv':
    case 'xmlkv':
      return { operations: [extraction(asked, { kind: 'field', name: '_raw', span }, null, [])] };
    case 'fillnull':
      return lowerFillnull(asked);
    case 'dedup':
      return lowerDedup(asked);
    case 'uniq':
      return { operations: [{ kind: 'distinct', span, by: [], options: [{ name: 'consecutive', value: 'true' }] }] };
    case 'mvexpand':
      return lowerExpand(asked);
    case 'makemv':
      return lowerMakemv(asked);
    case 'nomv':
      return {
        operations: [
          {
            kind: 'assign',
            span,
            of: namesOf(body.words, flow).map((field) => assignment(field, callOf('mvjoin', command.nameSpan, [field, text('\n', field.span)]))),
          },
        ],
      };
    case 'sort':
      return lowerSort(asked);
    case 'head':
    case 'tail':
      return lowerHead(asked);
    case 'top':
    case 'rare':
      return lowerTop(asked);
    case 'convert':
      return lowerConvert(asked);
    case 'makeresults':
      return lowerMakeresults(asked);
    case 'transaction':
      return lowerTransaction(asked);
    case 'addtotals':
      return lowerTotals(asked);
    case 'return':
      return lowerReturn(asked);
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
      return lowerBranches(asked);
    case 'collect':
    case 'outputlookup':
    case 'outputcsv':
    case 'mcollect':
    case 'tscollect':
    case 'sendemail':
    case 'sendalert':
    case 'format':
    case 'highlight':
    case 'abstract':
    case 'noop':
    case 'localop':
    case 'redistribute':
      return { operations: [{ kind: 'show', span }] };
    default:
      return { operations: [notHeld(span, `command ${command.name}`)] };
  }
}

const notHeld = (span: Span, what: string): Operation => unread(span, 'unmodelled', what);
const assignment = (field: FieldRef, value: Operand, name = field.name): Assignment => ({ name, span: field.span, value });
const text = (value: string, span: Span): Operand => ({ kind: 'literal', span: placeOf(span), type: 'string', text: value });
const numberOf = (word: Word): Operand => ({ kind: 'literal', span: placeOf(word), type: 'number', text: word.text });
const count = (value: number, span: Span): Operand => ({ kind: 'literal', span: placeOf(span), type: 'number', text: String(value) });
const isNumber = (word: Word | undefined): word is Word => word?.quotes === undefined && /^\d+$/.test(word?.text ?? '');
const isWord = (word: Word | undefined, ...texts: readonly string[]): boolean =>
  word !== undefined && word.quotes === undefined && texts.includes(word.text.toLowerCase());
const isOn = (word: Word | undefined): boolean => /^(?:t|true|1)$/i.test(word?.text ?? '');

function callOf(fn: string, name: Span, args: readonly Operand[]): Operand {
  const [first] = args;
  return { kind: 'call', span: first?.span ?? placeOf(name), fn, name: placeOf(name), args, written: `${fn}(${first?.kind === 'field' ? first.name : ''})` };
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
    const isAliased = isWord(words[at + 1], 'as') && words[at + 2] !== undefined;
    pairs.push({ from, to: isAliased ? words[at + 2]! : from, isAliased });
    if (isAliased) at += 2;
  }
  return pairs;
}

const timePair = ({ start, end }: Span): Pair => ({ from: { start, end, text: '_time' }, to: { start, end, text: '_time' }, isAliased: false });

function derivesOf(pairs: readonly Pair[], flow: Flow, isComputed: boolean): readonly DerivedField[] {
  return pairs.map(({ from, to }) => {
    const { name, span } = fieldOf(flow, to);
    make(flow, name, from.text, span, isComputed);
    return { name, span, expression: placeOf(from) };
  });
}

/** Bin := Name ['as' Name] */
function lowerBin({ command, body, flow, span, optionOf }: Asked): Part {
  noteSpan(body.options, flow);
  const pairs = [...pairsOf(body.words)];
  // Authors who name no field mean the time, and Splunk takes it so.
  if (pairs.length === 0) pairs.push(timePair(command.nameSpan));
  const width = optionOf('span') ?? optionOf('bins');
  const given: Operand | null =
    width === undefined ? null : optionOf('span') === undefined ? numberOf(width) : { kind: 'time', span: placeOf(width), text: width.text };
  const of = pairs.map(({ from, to }): Assignment => ({
    name: fieldOf(flow, to).name,
    span: placeOf(to),
    value: binOf(fieldOf(flow, from), given, command.nameSpan),
  }));
  const derives = derivesOf(
    pairs.filter(({ isAliased }) => isAliased),
    flow,
    false,
  );
  return { derives, operations: [{ kind: 'assign', span, of }] };
}

function lowerTable({ body, flow, span }: Asked): Part {
  const fields = namesOf(body.words, flow);
  show(fields, flow);
  const operation: Operation = fields.some(({ name }) => name.includes('*'))
    ? { kind: 'keep', span, names: fields.map(({ name }) => name) }
    : { kind: 'project', span, of: fields.map((field) => assignment(field, field)) };
  return { operations: [operation] };
}

function show(fields: readonly FieldRef[], flow: Flow): void {
  const before = flow.columns;
  flow.columns = new Map();
  for (const { name, span } of fields) showColumn(flow.columns, { name, source: before?.get(name)?.source ?? flow.expressions.get(name) ?? name, span });
}

/** `fields a b`, `fields + a b` keep, the raw text and the time too; `fields - a b` removes, with stars too. */
function chooseFields({ body, flow, span }: Asked): Part {
  const [first, ...rest] = body.words;
  const sign = first === undefined || first.quotes !== undefined ? undefined : /^[+-]/.exec(first.text)?.[0];
  const bare = first === undefined || sign === undefined ? [] : [{ ...first, start: first.start + 1, text: first.text.slice(1) }];
  const fields = namesOf(sign === undefined ? body.words : [...bare.filter((word) => word.text !== ''), ...rest], flow);
  const names = fields.map(({ name }) => name);
  if (sign !== '-') {
    show(fields, flow);
    return { operations: [{ kind: 'keep', span, names: [...names, ...['_raw', '_time'].filter((name) => !names.includes(name))] }] };
  }
  const { columns } = flow;
  if (columns !== null)
    for (const name of names) {
      if (!name.includes('*')) columns.delete(name);
      else {
        const parts = name.split('*');
        for (const column of columns.keys()) if (fits(column, parts)) columns.delete(column);
      }
    }
  return { operations: [{ kind: 'drop', span, names }] };
}

/** Whether a name fits a pattern, given as what stands between its stars; found from the left, so it takes linear time. */
export function fits(name: string, parts: readonly string[]): boolean {
  const last = parts.length - 1;
  let at = 0;
  for (let index = 0; index < last; index++) {
    const found = index === 0 ? (name.startsWith(parts[0]!) ? 0 : -1) : name.indexOf(parts[index]!, at);
    if (found === -1) return false;
    at = found + parts[index]!.length;
  }
  return name.length - parts[last]!.length >= at && name.endsWith(parts[last]!);
}

function lowerRename({ body, flow, span }: Asked): Part {
  const derives: DerivedField[] = [];
  const of: { readonly from: string; readonly to: string; readonly span: Span }[] = [];
  const renamed = new Map<string, string>();
  for (const { from, to, isAliased } of pairsOf(body.words)) {
    const source = fieldOf(flow, from);
    const target = fieldOf(flow, to);
    of.push({ from: source.name, to: target.name, span: { start: from.start, end: to.end } });
    if (!isAliased) continue;
    derives.push({ name: target.name, span: target.span, expression: source.span });
    if (source.name === target.name || target.name.includes('*')) continue;
    renamed.set(source.name, target.name);
    flow.expressions.set(target.name, flow.expressions.get(source.name) ?? source.name);
    flow.computed.delete(source.name);
    const origin = originOf(flow, source);
    flow.origins.delete(source.name);
    if (origin === undefined) flow.origins.delete(target.name);
    else flow.origins.set(target.name, origin);
    if (source.derived === true) flow.computed.add(target.name);
    else flow.computed.delete(target.name);
  }
  const nameNow = (name: string): string => renamed.get(name) ?? name;
  if (flow.columns !== null && renamed.size > 0)
    flow.columns = new Map([...flow.columns].map(([name, column]) => [nameNow(name), { ...column, name: nameNow(name) }]));
  return { derives, operations: of.length === 0 ? [] : [{ kind: 'rename', span, of }] };
}

function extraction(
  { command, body, span }: Asked,
  from: Operand,
  pattern: Operand | null,
  makes: readonly { readonly name: string; readonly span: Span }[],
): Operation {
  return {
    kind: 'extract',
    span,
    how: command.name,
    from,
    pattern,
    makes,
    ...optionsOf(body.options.filter(({ name }) => name !== 'field' && name !== 'input')),
  };
}

/** The named groups of a pattern become fields; `mode=sed` rewrites the field. */
function lowerRex(asked: Asked): Part {
  const { command, body, flow, span, optionOf } = asked;
  const pattern = body.words.find((word) => word.quotes === 'text') ?? body.words[0];
  if (pattern === undefined) return { operations: [unread(span, 'syntax-error')] };
  const at = placeOf(pattern);
  const option = optionOf('field');
  const from: FieldRef = option === undefined ? { kind: 'field', name: '_raw', span: at } : fieldOf(flow, option);
  if (isWord(optionOf('mode'), 'sed')) {
    const value = callOf('sed', command.nameSpan, [from, { ...regexOf(pattern), kind: 'literal', type: 'string' } as Operand]);
    return { operations: [{ kind: 'assign', span, of: [assignment(from, value)] }] };
  }
  const rest = body.words.filter((word) => word !== pattern);
  const others = rest.length === 0 ? [] : [unread({ start: rest[0]!.start, end: rest.at(-1)!.end }, 'syntax-error', 'words beside the pattern')];
  remarkBroken(flow, pattern);
  const derives: DerivedField[] = [];
  for (const [, name] of (pattern.raw ?? pattern.text).matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)) {
    make(flow, name!, option?.text ?? '_raw', at, false);
    derives.push({ name: name!, span: at, expression: at });
  }
  return {
    derives,
    operations: [
      extraction(
        asked,
        from,
        regexOf(pattern),
        derives.map(({ name }) => ({ name, span: at })),
      ),
      ...others,
    ],
  };
}

/** A group or a class that is not closed: Splunk takes no such pattern. */
function remarkBroken(flow: Flow, pattern: Word): void {
  if (pattern.quotes !== 'text' || pattern.macro !== undefined) return;
  const open: string[] = [];
  const raw = regexText(pattern.raw ?? '');
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at]!;
    const isInClass = open.at(-1) === '[';
    if (char === '\\' && raw[at + 1] === 'Q') return;
    if (char === '\\') at++;
    else if (isInClass) {
      if (char === '[' && raw[at + 1] === ':') at = Math.max(at, raw.indexOf(':]', at) + 1);
      else if (char === ']') open.pop();
    } else if (char === '(' || char === '[') {
      open.push(char);
      // A closing bracket right behind the opening one is a character.
      if (char === '[') at += raw[at + 1] === '^' ? (raw[at + 2] === ']' ? 2 : 1) : raw[at + 1] === ']' ? 1 : 0;
    } else if (char === ')') open.pop();
  }
  const left = open.at(-1);
  if (left !== undefined)
    remark(
      flow,
      'spl/pattern',
      'error',
      pattern,
      `This is no regular expression: ${left === '(' ? 'a group lacks its closing parenthesis' : 'a class of characters lacks its closing bracket'}.`,
    );
}

/** Lookup := Table { Key ['as' Name] } [('OUTPUT' | 'OUTPUTNEW') { Column ['as' Name] }] */
function lowerLookup({ body, flow, span }: Asked): Part {
  const [table, ...rest] = body.words;
  if (table === undefined) return { operations: [unread(span, 'syntax-error')] };
  const output = rest.findIndex((word) => isWord(word, 'output', 'outputnew'));
  const keys = pairsOf(output === -1 ? rest : rest.slice(0, output));
  const columns = output === -1 ? [] : pairsOf(rest.slice(output + 1));
  const on = keys.map(({ from, to }): Equality => ({ left: fieldOf(flow, to), right: { kind: 'field', name: from.text, span: placeOf(from) } }));
  const settings = [...(optionsOf(body.options).options ?? []), ...(isWord(rest[output], 'outputnew') ? [{ name: 'outputnew', value: 'true' }] : [])];
  const derives = derivesOf(columns, flow, false);
  const makes = columns.map(({ from, to }, index) => ({ from: from.text, to: derives[index]!.name, span: { start: from.start, end: to.end } }));
  return {
    label: table.text,
    derives,
    operations: [{ kind: 'lookup', span, table: table.text, on, makes, ...(settings.length === 0 ? null : { options: settings }) }],
  };
}

/** Rows of a lookup table: instead of events, or with `append=t` beside them. */
function lowerInput({ command, body, flow, span, optionOf, lowerBranch }: Asked): Part {
  const [table] = body.words;
  const source = table === undefined ? [] : [{ name: table.text, span: placeOf(table) }];
  flow.findings.sources.push(...source);
  const predicate = body.where === null ? null : lowerSearch(body.where, flow, lowerBranch);
  const reading: readonly Operation[] = [
    { kind: 'read', span, sources: source },
    ...(predicate === null ? [] : [{ kind: 'filter', span, predicate } as const]),
  ];
  const label = table === undefined ? {} : { label: table.text };
  const demand = predicate === null ? {} : { predicate };
  if (!isOn(optionOf('append'))) return { ...label, ...demand, operations: reading };
  const branch: Branch = { name: command.name, span, stages: [{ kind: command.name, role: 'source', span, operations: reading }] };
  return { ...label, ...demand, ...(predicate === null ? {} : { alternative: predicate }), operations: [{ kind: 'union', span, branches: [branch] }] };
}

/** From := ['datamodel' [':']] Name */
function lowerFrom({ command, body, flow, span }: Asked): Part {
  const names = body.words.filter((word) => !/^(?:datamodel|lookup|inputlookup|savedsearch):?$/i.test(word.text));
  const [first] = names;
  if (first === undefined) return { operations: [notHeld(span, `command ${command.name}`)] };
  const name = first.text.replace(/^(?:datamodel|lookup|inputlookup|savedsearch):/i, '');
  const source = { name, span: placeOf(first) };
  flow.findings.sources.push(source);
  const others = names.slice(1).map((word) => ({ name: word.text, span: placeOf(word) }));
  return {
    label: name,
    operations: [
      { kind: 'read', span, sources: command.name === 'datamodel' ? [source, ...others] : [source] },
      ...others.map((word): Operation => ({ kind: 'show', span: word.span })),
    ],
  };
}

/** iplocation adds what a table of addresses knows. */
function lowerLocation({ command, body, flow, span, optionOf }: Asked): Part {
  const prefix = optionOf('prefix')?.text ?? '';
  const address = body.words.at(-1);
  const names = ['City', 'Country', 'Region', 'lat', 'lon'];
  for (const field of names) make(flow, prefix + field, address?.text ?? 'iplocation', span, false);
  if (address === undefined) return { operations: [unread(span, 'syntax-error')] };
  const field = fieldOf(flow, address);
  const makes = names.map((from) => ({ from, to: prefix + from, span: placeOf(command.nameSpan) }));
  return {
    operations: [
      {
        kind: 'lookup',
        span,
        table: 'iplocation',
        on: [{ left: field, right: { kind: 'field', name: 'ip', span: field.span } }],
        makes,
        ...optionsOf(body.options),
      },
    ],
  };
}

/** spath makes the field it is told to, or one named as the path; without a path, fields of everything. */
function lowerPath(asked: Asked): Part {
  const { command, body, flow, optionOf } = asked;
  const path = optionOf('path') ?? body.words[0];
  const target = optionOf('output') ?? optionOf('outfield') ?? (command.name === 'xpath' && path !== undefined ? { ...path, text: 'xpath' } : path);
  const input = optionOf('input') ?? optionOf('field');
  const from: FieldRef = input === undefined ? { kind: 'field', name: '_raw', span: placeOf(command.nameSpan) } : fieldOf(flow, input);
  if (target === undefined || path === undefined) return { operations: [extraction(asked, from, null, [])] };
  const span = placeOf(target);
  make(flow, target.text, path.text, span, false);
  return {
    derives: [{ name: target.text, span, expression: placeOf(path) }],
    operations: [extraction(asked, from, text(path.text, path), [{ name: target.text, span }])],
  };
}

/** Without names, every column there is gets the value: which those are is not known here. */
function lowerFillnull({ command, body, flow, span, optionOf }: Asked): Part {
  const value = optionOf('value');
  const filled: Operand = value === undefined ? count(0, command.nameSpan) : text(value.text, value);
  if (body.words.length === 0) return { operations: [notHeld(span, 'fillnull of every column')] };
  return {
    operations: [
      { kind: 'assign', span, of: namesOf(body.words, flow).map((field) => assignment(field, callOf('coalesce', command.nameSpan, [field, filled]))) },
    ],
  };
}

/** Dedup := [Number] Names ['sortby' Keys] */
function lowerDedup({ body, flow, span, command }: Asked): Part {
  const [first] = body.words;
  const names = isNumber(first) ? body.words.slice(1) : body.words;
  const sorted = names.findIndex((word) => isWord(word, 'sortby'));
  const by = namesOf(sorted === -1 ? names : names.slice(0, sorted), flow);
  const keys = sorted === -1 ? [] : sortKeys(names.slice(sorted + 1), flow);
  return {
    operations: [
      ...(keys.length === 0 ? [] : [{ kind: 'sort', span: { start: names[sorted]!.start, end: command.end }, by: keys } as const]),
      { kind: 'distinct', span, by, keep: true, ...(isNumber(first) ? { count: Number(first.text) } : null), ...optionsOf(body.options) },
      ...(isNumber(first) ? [{ kind: 'show', span: placeOf(first) } as const] : []),
    ],
  };
}

function lowerExpand({ body, flow, span, optionOf }: Asked): Part {
  const limit = optionOf('limit');
  const of = namesOf(body.words, flow).map((field) => assignment(field, field));
  return { operations: [{ kind: 'expand', span, of, ...(limit === undefined ? null : { limit: numberOf(limit) }) }] };
}

function lowerMakemv({ command, body, flow, span, optionOf }: Asked): Part {
  const tokenizer = optionOf('tokenizer');
  const delim = optionOf('delim');
  const parted = (field: FieldRef): Operand =>
    tokenizer === undefined
      ? callOf('split', command.nameSpan, [field, delim === undefined ? text(' ', command.nameSpan) : text(delim.text, delim)])
      : callOf('tokenize', command.nameSpan, [field, regexOf(tokenizer)]);
  return { operations: [{ kind: 'assign', span, of: namesOf(body.words, flow).map((field) => assignment(field, parted(field))) }] };
}

const SORT_TYPES: ReadonlySet<string> = new Set(['auto', 'num', 'str', 'ip']);

/** Keys := { ['+' | '-'] (Name | Type '(' Name ')') } */
function sortKeys(words: readonly Word[], flow: Flow): readonly SortKey[] {
  const keys: SortKey[] = [];
  let isDescending = false;
  for (const word of words) {
    const sign = word.quotes === undefined ? /^[+-]/.exec(word.text)?.[0] : undefined;
    if (sign !== undefined) isDescending = sign === '-';
    const bare = sign === undefined ? word : { ...word, text: word.text.slice(1) };
    if (bare.text === '') continue;
    const [, as = '', inner = ''] = word.quotes === undefined ? (/^(\w+)\(\s*([^()]*?)\s*\)$/.exec(bare.text) ?? []) : [];
    const isTyped = SORT_TYPES.has(as.toLowerCase()) && inner !== '';
    const of = fieldOf(flow, isTyped ? { ...bare, text: inner } : bare);
    keys.push({ of, descending: isDescending, ...(isTyped ? { as: as.toLowerCase() } : null) });
    isDescending = false;
  }
  return keys;
}

/** Rows that sort leaves where it is told no number. */
const SORTED_ROWS = 10_000;

/** Sort := [Number] Keys ['desc' | 'd'] */
function lowerSort({ command, body, flow, span, optionOf }: Asked): Part {
  const [first] = body.words;
  const last = body.words.at(-1);
  const isTurned = body.words.length > 1 && isWord(last, 'desc', 'd');
  const words = body.words.slice(isNumber(first) ? 1 : 0, isTurned ? -1 : undefined);
  const keys = sortKeys(words, flow).map((key) => (isTurned ? { ...key, descending: !key.descending } : key));
  const limit = isNumber(first) ? first : optionOf('limit');
  const operations: Operation[] = [{ kind: 'sort', span, by: keys }];
  if (limit === undefined) operations.push({ kind: 'limit', span, count: count(SORTED_ROWS, command.nameSpan) });
  else if (Number(limit.text) !== 0) operations.push({ kind: 'limit', span, count: numberOf(limit) });
  else operations.push({ kind: 'show', span: placeOf(limit) });
  if (isTurned) operations.push({ kind: 'show', span: placeOf(last!) });
  return { operations };
}

function lowerHead({ command, body, flow, span, optionOf }: Asked): Part {
  const [first] = body.words;
  const given = isNumber(first) ? first : optionOf('limit');
  // `head (count<5)` goes on while a condition holds.
  const isPlain = body.options.every(({ name }) => name === 'limit') && (body.words.length === 0 || (body.words.length === 1 && isNumber(first)));
  const isCondition = /[(<>=]/.test(flow.findings.text.slice(command.nameSpan.end, command.end)) && given === undefined;
  if (!isPlain || isCondition) return { operations: [notHeld(span, `${command.name} while a condition holds`)] };
  const limit = given === undefined ? count(10, command.nameSpan) : numberOf(given);
  return { operations: [{ kind: 'limit', span, count: limit, ...(command.name === 'tail' ? { end: 'tail' as const } : null) }] };
}

/** Top := [Number] Names ['by' Names] */
function lowerTop({ command, body, flow, span, optionOf }: Asked): Part {
  const { name, nameSpan } = command;
  const [first] = body.words;
  const words = isNumber(first) ? body.words.slice(1) : body.words;
  const parted = words.findIndex((word) => isWord(word, 'by'));
  const named = words.filter((_, index) => index !== parted);
  const groupBy = namesOf(named, flow);
  const groups = parted === -1 ? [] : groupBy.slice(parted);
  show(groupBy, flow);
  const counted = optionOf('countfield')?.text ?? 'count';
  const percent = optionOf('percentfield')?.text ?? 'percent';
  for (const made of [counted, percent]) make(flow, made, name, nameSpan, true);
  const limit = isNumber(first) ? first : optionOf('limit');
  const rows = limit === undefined ? count(10, nameSpan) : numberOf(limit);
  const by = groupBy.map((field) => assignment(field, field));
  const measures = [
    { name: counted, span: placeOf(nameSpan), fn: 'count', args: [] },
    { name: percent, span: placeOf(nameSpan), fn: 'percent', args: groups },
  ];
  const key: SortKey = { of: { kind: 'field', name: counted, span: placeOf(nameSpan), derived: true }, descending: name === 'top' };
  return {
    groupBy,
    operations: [
      { kind: 'aggregate', span, how: 'group', measures, by, ...optionsOf(body.options) },
      { kind: 'sort', span, by: [key] },
      ...(limit !== undefined && Number(limit.text) === 0
        ? []
        : [{ kind: 'limit', span, count: rows, ...(groups.length === 0 ? null : { by: groups }) } as const]),
      ...(limit === undefined ? [] : [{ kind: 'show', span: placeOf(limit) } as const]),
    ],
  };
}

/** Convert := { Function '(' Name ')' ['as' Name] }; a time written as text in its own place only changes how it looks. */
function lowerConvert({ body, flow, span, optionOf }: Asked): Part {
  const format = optionOf('timeformat');
  const operations: Operation[] = [];
  const of: Assignment[] = [];
  for (const { from, to, isAliased } of pairsOf(body.words)) {
    const [, fn = '', name = ''] = /^(\w+)\(\s*(.*?)\s*\)$/.exec(from.text) ?? [];
    const field = fieldOf(flow, { start: from.start, end: from.end, text: name });
    if (fn === '' || name === '' || name.includes('*'))
      operations.push(fn.toLowerCase() === 'ctime' ? { kind: 'show', span: placeOf(from) } : notHeld(from, `convert ${from.text}`));
    else if (fn.toLowerCase() === 'ctime' && !isAliased) operations.push({ kind: 'show', span: placeOf(from) });
    else {
      const made = isAliased ? to.text : field.name;
      if (isAliased) make(flow, made, from.text, placeOf(to), field.derived === true);
      of.push({
        name: made,
        span: placeOf(isAliased ? to : from),
        value: callOf(fn.toLowerCase(), from, [field, ...(format === undefined ? [] : [text(format.text, format)])]),
      });
    }
  }
  if (of.length > 0) operations.push({ kind: 'assign', span, of });
  return { operations: operations.length === 0 ? [{ kind: 'show', span }] : operations };
}

/** More rows than this are not written out. */
const MOST_ROWS = 1_000;

function lowerMakeresults({ command, body, span, optionOf }: Asked): Part {
  const [first] = body.words;
  const given = optionOf('count') ?? (isNumber(first) ? first : undefined);
  const rows = given === undefined ? 1 : Number(given.text);
  const isPlain = body.options.every(({ name }) => name === 'count') && Number.isInteger(rows) && rows >= 0 && rows <= MOST_ROWS;
  if (!isPlain) return { operations: [notHeld(span, 'command makeresults with data')] };
  const now: Operand = { kind: 'time', span: placeOf(command.nameSpan), text: 'now' };
  return {
    operations: [
      { kind: 'rows', span, columns: [{ name: '_time', type: 'time' }], rows: Array.from({ length: rows }, () => [now]) },
      ...(first === undefined ? [] : [{ kind: 'show', span: placeOf(first) } as const]),
    ],
  };
}

/** A transaction's limits are conditions on its first and last event; its rows hold the values of all of them. */
function lowerTransaction({ command, body, flow, span, lowerBranch }: Asked): Part {
  for (const { name, value } of body.options) if (name === 'maxspan') flow.findings.times.push({ kind: 'maxspan', text: value.text, span: placeOf(value) });
  const conditions = body.options
    .filter(({ name }) => name === 'startswith' || name === 'endswith')
    .flatMap((option) => parseWithin(option.value, flow.findings.diagnostics) ?? []);
  const searches = [...(body.where === null ? [] : [body.where]), ...conditions].map((search) =>
    withoutFixes(flow, () => lowerSearch(search, flow, lowerBranch)),
  );
  const expressions = body.conditions.map((expression) => lowerExpression(expression, flow));
  const all = [...searches, ...expressions];
  for (const made of ['duration', 'eventcount']) make(flow, made, 'transaction', command.nameSpan, true);
  return {
    groupBy: namesOf(body.words, flow),
    ...(all.length === 0 ? null : { predicate: anyOf(all, span) }),
    operations: [notHeld(span, 'command transaction')],
  };
}

function lowerTotals({ command, body, flow, span, optionOf }: Asked): Part {
  const name = optionOf('fieldname')?.text ?? 'Total';
  make(flow, name, 'addtotals', command.nameSpan, true);
  const fields = namesOf(body.words, flow);
  const isRow = optionOf('row') === undefined || isOn(optionOf('row'));
  if (fields.length === 0 || fields.some((field) => field.name.includes('*')) || !isRow || isOn(optionOf('col')))
    return { operations: [notHeld(span, 'command addtotals')] };
  const value = callOf('sum', command.nameSpan, fields);
  return {
    operations: [{ kind: 'assign', span, of: [{ name, span: placeOf(command.nameSpan), value: value.kind === 'call' ? { ...value, derived: true } : value }] }],
  };
}

/** Return := [Number] { Name | '$' Name } */
function lowerReturn({ command, body, flow, span }: Asked): Part {
  const [first] = body.words;
  const isCounted = isNumber(first);
  const fields = namesOf(isCounted ? body.words.slice(1) : body.words, flow).map((field) => ({ ...field, name: field.name.replace(/^\$/, '') }));
  return {
    operations: [
      { kind: 'limit', span, count: isCounted ? numberOf(first) : count(1, command.nameSpan) },
      { kind: 'project', span, of: fields.map((field) => assignment(field, field)) },
      ...(isCounted ? [{ kind: 'show', span: placeOf(first) } as const] : []),
    ],
  };
}

const OUTER: ReadonlySet<string> = new Set(['outer', 'left']);

/** Subsearches beside or under the present results. What only adds to them demands nothing of events. */
function lowerBranches(asked: Asked): Part {
  const { command, body, flow, span, lowerBranch, demandOf, optionOf } = asked;
  const { name } = command;
  const mapped = name === 'map' ? pipelineWithin(optionOf('search'), flow.findings.diagnostics) : null;
  const isFresh = flow.isSource;
  const branches = [...body.subsearches, ...(mapped === null ? [] : [mapped])].map((pipeline) =>
    pipeline === mapped ? withoutFixes(flow, () => lowerBranch(pipeline, name, false)) : lowerBranch(pipeline, name, false),
  );
  const demands = branches.map(demandOf);
  const all = allOf(demands, span);
  const stage = branches.length > 0 ? { branches } : {};
  const beside: Partial<Lowered> =
    demands.length === 0 || demands.some(isTrue) ? {} : { alternative: demands.length === 1 ? demands[0]! : { kind: 'any', span, of: demands } };
  switch (name) {
    case 'join':
      return { ...stage, ...lowerJoin(asked, branches[0], all) };
    case 'append':
      return { ...stage, ...beside, operations: [{ kind: 'union', span, branches }] };
    case 'union':
    case 'multisearch': {
      // Names of data sets among the subsearches are read too.
      const others = body.words.filter((word) => word.text !== '');
      const named = others.length === 0 ? [] : [notHeld({ start: others[0]!.start, end: others.at(-1)!.end }, 'data sets of union')];
      return {
        ...stage,
        ...beside,
        operations: [{ kind: 'union', span, branches, ...(isFresh || name === 'multisearch' ? { fresh: true as const } : null) }, ...named],
      };
    }
    case 'set':
      return { ...stage, ...beside, operations: [notHeld(span, `set ${body.words[0]?.text ?? ''}`.trim())] };
    case 'appendcols':
    case 'appendpipe':
    case 'foreach':
    case 'selfjoin':
      return { ...stage, operations: [notHeld(span, `command ${name}`)] };
    default:
      return { ...stage, ...(branches.length === 0 ? null : { demand: all }), operations: [notHeld(span, `command ${name}`)] };
  }
}

function lowerJoin({ command, body, flow, span, optionOf }: Asked, branch: Branch | undefined, all: Predicate): Part {
  const isWhere = isWord(body.words[0], 'where');
  const fields = namesOf(isWhere ? [] : body.words, flow);
  if (fields.length === 0 && optionOf('left') === undefined && optionOf('right') === undefined)
    remark(flow, 'spl/join-without-fields', 'warning', command.nameSpan, 'Without fields, join takes all that both sides share; name them.');
  const isOuter = OUTER.has(optionOf('type')?.text.toLowerCase() ?? 'inner');
  const label = fields.map((field) => field.name).join(', ');
  const demand = isOuter || branch === undefined ? {} : { demand: all };
  if (branch === undefined || isWhere)
    return { label, ...demand, operations: [branch === undefined ? unread(span, 'syntax-error') : notHeld(span, 'join with a condition')] };
  const on = fields.map((field): Equality => ({ left: field, right: { kind: 'field', name: field.name, span: field.span } }));
  return { label, ...demand, operations: [{ kind: 'join', span, how: isOuter ? 'left' : 'inner', with: branch, on, ...optionsOf(body.options) }] };
}
