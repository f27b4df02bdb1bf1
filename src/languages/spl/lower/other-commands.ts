import type { Assignment, DerivedField, Equality, FieldRef, Operand, Operation, Role, Span } from '../../../model';
import { fits } from '../../../syntax/glob';
import { placeOf, unread } from '../../../syntax/predicates';
import { binOf, type Lowered, namesOf, noteSpan, optionsOf, parametersOf, passedOperations, type Words } from './commands';
import { regexOf, regexText } from './expressions';
import { fieldOf, type Flow, make, originOf, remark } from './lowering-context';
import { type LowerBranch } from './search';
import type { Command, Word } from '../tree';
import {
  type DemandOf,
  type Part,
  type Asked,
  notHeld,
  assignment,
  text,
  numberOf,
  count,
  isWord,
  isOn,
  callOf,
  pairsOf,
  timePair,
  derivesOf,
  show,
} from './command-words';
import { lowerSort, lowerHead, lowerTop, lowerMakeresults, lowerReturn, lowerDedup, lowerExpand } from './row-commands';
import { lowerAlong, lowerRangemap, lowerReplace, lowerStrcat, lowerTrendline, own } from './own-commands';
import { lowerBranches, lowerTransaction, lowerInput } from './branch-commands';

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
      return {
        operations: [
          extraction(asked, (command.name === 'xmlkv' ? namesOf(body.words, flow)[0] : undefined) ?? { kind: 'field', name: '_raw', span }, null, []),
        ],
      };
    case 'fillnull':
      return lowerFillnull(asked);
    case 'dedup':
      return lowerDedup(asked);
    case 'uniq':
      return { operations: [{ kind: 'distinct', span, by: [], options: [{ name: 'consecutive', value: 'true' }] }] };
    case 'mvexpand':
      return lowerExpand(asked);
    case 'fromjson':
      return { operations: [extraction(asked, namesOf(body.words, flow)[0] ?? { kind: 'field', name: '_raw', span }, null, [])] };
    case 'makemv':
      return lowerMakemv(asked);
    case 'nomv':
      return {
        operations: [
          {
            kind: 'assign',
            span,
            of: namesOf(body.words, flow).map((field) =>
              assignment(field, callOf('mvjoin', command.nameSpan, [field, text(flow.delimiters.get(field.name) ?? '\n', field.span)])),
            ),
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
    case 'addcoltotals':
      return lowerTotals(asked);
    case 'reverse':
    case 'filldown':
    case 'mvcombine':
    case 'untable':
      return { operations: [own(asked, namesOf(body.words, flow))] };
    case 'accum':
    case 'delta':
      return lowerAlong(asked);
    case 'trendline':
      return lowerTrendline(asked);
    case 'replace':
      return lowerReplace(asked);
    case 'rangemap':
      return lowerRangemap(asked);
    case 'strcat':
      return lowerStrcat(asked);
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
    const fill = flow.fills.get(source.name);
    flow.fills.delete(source.name);
    if (fill === undefined) flow.fills.delete(target.name);
    else flow.fills.set(target.name, fill);
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
    const value = callOf('|sed', command.nameSpan, [from, { ...regexOf(pattern), kind: 'literal', type: 'string' } as Operand]);
    return { operations: [{ kind: 'assign', span, of: [assignment(from, value)] }] };
  }
  const rest = body.words.filter((word) => word !== pattern);
  const others = rest.length === 0 ? [] : [unread({ start: rest[0]!.start, end: rest.at(-1)!.end }, 'syntax-error', 'words beside the pattern')];
  remarkBroken(flow, pattern);
  remarkGroups(flow, pattern);
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

/** rex takes out what named groups hold: without one it is refused, as is a name with other signs than letters. */
function remarkGroups(flow: Flow, pattern: Word): void {
  if (pattern.quotes !== 'text' || pattern.macro !== undefined) return;
  const raw = pattern.raw ?? '';
  const odd = /\(\?P?<([A-Za-z_][^>=!()]*?[^\w>=!()][^>=!()]*)>/.exec(raw)?.[1];
  if (odd !== undefined) remark(flow, 'spl/pattern', 'error', pattern, `A group's name is made of letters, digits and \`_\`: ${odd} is none.`);
  else if (!/\(\?(?:P?<[A-Za-z_]|')/.test(raw))
    remark(flow, 'spl/pattern', 'error', pattern, 'rex takes out what named groups hold, (?<name>…): this pattern has none.');
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
  // What a table says of an event is no trait of the event.
  const derives = derivesOf(columns, flow, true);
  const makes = columns.map(({ from, to }, index) => ({ from: from.text, to: derives[index]!.name, span: { start: from.start, end: to.end } }));
  return {
    label: table.text,
    derives,
    operations: [{ kind: 'lookup', span, table: table.text, on, makes, ...(settings.length === 0 ? null : { options: settings }) }],
  };
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

/** Without names, every column that some row has a value in. */
function lowerFillnull({ command, body, flow, span, optionOf }: Asked): Part {
  const value = optionOf('value');
  const filled: Operand = value === undefined ? count(0, command.nameSpan) : text(value.text, value);
  if (body.words.length === 0) return { operations: [{ kind: 'fill', span, value: filled }] };
  const fields = namesOf(body.words, flow);
  for (const { name } of fields) flow.fills.set(name, value?.text ?? '0');
  return {
    operations: [{ kind: 'assign', span, of: fields.map((field) => assignment(field, callOf('coalesce', command.nameSpan, [field, filled]))) }],
  };
}

function lowerMakemv({ command, body, flow, span, optionOf }: Asked): Part {
  const tokenizer = optionOf('tokenizer');
  const delim = optionOf('delim');
  const parted = (field: FieldRef): Operand =>
    tokenizer === undefined
      ? callOf('|makemv', command.nameSpan, [field, delim === undefined ? text(' ', command.nameSpan) : text(delim.text, delim)])
      : callOf('|tokenize', command.nameSpan, [field, regexOf(tokenizer)]);
  const fields = namesOf(body.words, flow);
  for (const { name } of fields) flow.lists.add(name);
  return { operations: [{ kind: 'assign', span, of: fields.map((field) => assignment(field, parted(field))) }] };
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

function lowerTotals(asked: Asked): Part {
  const { command, body, flow, span, optionOf } = asked;
  const name = optionOf('fieldname')?.text ?? 'Total';
  const isRow = command.name === 'addtotals' && (optionOf('row') === undefined || isOn(optionOf('row')));
  if (isRow) make(flow, name, 'addtotals', command.nameSpan, true);
  const fields = namesOf(body.words, flow);
  if (fields.length === 0 || fields.some((field) => field.name.includes('*')) || !isRow || isOn(optionOf('col'))) return { operations: [own(asked, fields)] };
  const value = callOf('sum', command.nameSpan, fields);
  return {
    operations: [{ kind: 'assign', span, of: [{ name, span: placeOf(command.nameSpan), value: value.kind === 'call' ? { ...value, derived: true } : value }] }],
  };
}
