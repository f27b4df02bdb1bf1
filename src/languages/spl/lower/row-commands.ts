import type { Operand, Operation, SortKey } from '../../../model';
import { placeOf } from '../../../syntax/predicates';
import { namesOf, optionsOf } from './commands';
import { fieldOf, type Flow, make } from './lowering-context';
import type { Word } from '../tree';
import { type Part, type Asked, notHeld, assignment, numberOf, count, isNumber, isWord, show } from './command-words';

/** Dedup := [Number] Names ['sortby' Keys] */
export function lowerDedup({ body, flow, span, command }: Asked): Part {
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

export function lowerExpand({ body, flow, span, optionOf }: Asked): Part {
  const limit = optionOf('limit');
  const of = namesOf(body.words, flow).map((field) => assignment(field, field));
  return { operations: [{ kind: 'expand', span, of, ...(limit === undefined ? null : { limit: numberOf(limit) }) }] };
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
export function lowerSort({ command, body, flow, span, optionOf }: Asked): Part {
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

export function lowerHead({ command, body, flow, span, optionOf }: Asked): Part {
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
export function lowerTop({ command, body, flow, span, optionOf }: Asked): Part {
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
  const isHidden = (name: string): boolean => /^(?:f|false|0)$/i.test(optionOf(name)?.text ?? '');
  const hidden = [...(isHidden('showcount') ? [counted] : []), ...(isHidden('showperc') ? [percent] : [])];
  const rest = body.options.filter(
    (option) => option.name !== 'showcount' && option.name !== 'showperc' && !(option.name === 'useother' && isHidden('useother')),
  );
  const others = rest.some((option) => option.name === 'useother') ? [notHeld(span, `${name} with the others summed up`)] : [];
  const measures = [
    { name: counted, span: placeOf(nameSpan), fn: 'count', args: [] },
    { name: percent, span: placeOf(nameSpan), fn: '|percent', args: groups },
  ];
  const key: SortKey = { of: { kind: 'field', name: counted, span: placeOf(nameSpan), derived: true }, descending: name === 'top' };
  return {
    groupBy,
    operations: [
      { kind: 'aggregate', span, how: 'group', measures, by, ...optionsOf(rest) },
      ...others,
      { kind: 'sort', span, by: [key] },
      ...(limit !== undefined && Number(limit.text) === 0
        ? []
        : [{ kind: 'limit', span, count: rows, ...(groups.length === 0 ? null : { by: groups }) } as const]),
      ...(hidden.length === 0 ? [] : [{ kind: 'drop', span, names: hidden } as const]),
      ...(limit === undefined ? [] : [{ kind: 'show', span: placeOf(limit) } as const]),
    ],
  };
}

/** More rows than this are not written out. */
const MOST_ROWS = 1_000;

export function lowerMakeresults({ command, body, span, optionOf }: Asked): Part {
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

/** Return := [Number] { Name | '$' Name } */
export function lowerReturn({ command, body, flow, span }: Asked): Part {
  const [first] = body.words;
  const isCounted = isNumber(first);
  const fields = namesOf(isCounted ? body.words.slice(1) : body.words, flow);
  // `$field` gives the bare value, for a search to look for; `name=field` another name.
  if (fields.some(({ name }) => name.startsWith('$')) || body.options.length > 0) return { operations: [notHeld(span, 'return of bare values')] };
  return {
    operations: [
      { kind: 'limit', span, count: isCounted ? numberOf(first) : count(1, command.nameSpan) },
      { kind: 'project', span, of: fields.map((field) => assignment(field, field)) },
      ...(isCounted ? [{ kind: 'show', span: placeOf(first) } as const] : []),
    ],
  };
}
