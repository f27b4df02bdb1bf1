import type { Operand, Operation, Predicate, Test } from '../../../model';
import { placeOf } from '../../../syntax/predicates';
import { namesOf, optionsOf } from './commands';
import { make } from './lowering-context';
import { assignment, type Asked, callOf, isOn, isWord, notHeld, pairsOf, type Part, text } from './command-words';

/** A command that SPL alone has, as a step of its own, with the fields it names. */
export function own(
  { command, body, flow, span }: Asked,
  of: readonly Operand[],
  more: readonly { readonly name: string; readonly value: string }[] = [],
): Operation {
  const delim = body.options.find(({ name }) => name === 'delim')?.value.text;
  if (command.name === 'mvcombine' && delim !== undefined) for (const field of of) if (field.kind === 'field') flow.delimiters.set(field.name, delim);
  const options = [...(optionsOf(body.options).options ?? []), ...more];
  return { kind: 'own', span, word: command.name, of, ...(options.length === 0 ? null : { options }) };
}

/** Accum := Name ['as' Name] */
export function lowerAlong(asked: Asked): Part {
  const { command, body, flow } = asked;
  const [pair] = pairsOf(body.words);
  if (pair === undefined) return { operations: [notHeld(asked.span, `command ${command.name}`)] };
  const name = pair.isAliased ? pair.to.text : command.name === 'delta' ? `delta(${pair.from.text})` : pair.from.text;
  make(flow, name, command.name, placeOf(pair.to), true);
  return { operations: [own(asked, namesOf([pair.from], flow), pair.isAliased ? [{ name: 'as', value: name }] : [])] };
}

/** Trendline := { Average Number '(' Name ')' ['as' Name] } */
export function lowerTrendline(asked: Asked): Part {
  const pairs = pairsOf(asked.body.words).map(({ from, to }) => ({ name: to.text, value: from.text, span: placeOf(to) }));
  for (const { name, value, span } of pairs) make(asked.flow, name, value, span, true);
  return {
    operations: [
      own(
        asked,
        [],
        pairs.map(({ name, value }) => ({ name, value })),
      ),
    ],
  };
}

/** Replace := { Text 'with' Text } ['in' Names] */
export function lowerReplace(asked: Asked): Part {
  const { body, flow, span } = asked;
  const pairs: { name: string; value: string }[] = [];
  let at = 0;
  for (; isWord(body.words[at + 1], 'with') && body.words[at + 2] !== undefined; at += 3)
    pairs.push({ name: body.words[at]!.text, value: body.words[at + 2]!.text });
  const rest = body.words.slice(at);
  const isWhole = rest.length === 0 || isWord(rest[0], 'in');
  if (pairs.length === 0 || !isWhole || body.options.length > 0) return { operations: [notHeld(span, 'command replace')] };
  return { operations: [own(asked, namesOf(rest.slice(1), flow), pairs)] };
}

/** Rangemap := 'field=' Name { Name '=' Number '-' Number } ['default=' Name]: the names of all ranges a number lies in. */
export function lowerRangemap({ command, body, flow, span, optionOf }: Asked): Part {
  const named = optionOf('field');
  const ranges = body.options.filter(({ name }) => name !== 'field' && name !== 'default');
  const ends = ranges.map(({ value }) => /^(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$/.exec(value.text));
  if (named === undefined || ranges.length === 0 || ends.includes(null)) return { operations: [notHeld(span, 'command rangemap')] };
  const [field] = namesOf([named], flow);
  const at = placeOf(command.nameSpan);
  const number = (value: string): Operand => ({ kind: 'literal', span: at, type: 'number', text: value });
  const found = ranges.map(({ nameSpan }, index): Operand => {
    const [, low, high] = ends[index]!;
    const test = (compare: 'at-least' | 'at-most', value: string): Test => ({
      kind: 'test',
      span: at,
      left: field!,
      compare,
      values: [number(value)],
      case: 'exact',
      missing: 'false',
      word: compare === 'at-least' ? 'ge' : 'le',
    });
    const of: Predicate = { kind: 'all', span: at, of: [test('at-least', low!), test('at-most', high!)] };
    const name = text(flow.findings.text.slice(nameSpan.start, nameSpan.end), nameSpan);
    return callOf('if', at, [{ kind: 'condition', span: at, of }, name, { kind: 'literal', span: at, type: 'null', text: 'null' }]);
  });
  const otherwise = text(optionOf('default')?.text ?? 'None', at);
  const value = callOf('coalesce', at, [callOf('mvappend', at, found), otherwise]);
  make(flow, 'range', 'rangemap', at, true);
  return { operations: [{ kind: 'assign', span, of: [{ name: 'range', span: at, value }] }] };
}

/** Strcat := { Name | Text } Name: what lacks is left out, or with `allrequired=t` the whole. */
export function lowerStrcat({ command, body, flow, span, optionOf }: Asked): Part {
  const parts = body.words.slice(0, -1);
  const last = body.words.at(-1);
  if (last === undefined || parts.length === 0) return { operations: [notHeld(span, 'command strcat')] };
  const at = placeOf(command.nameSpan);
  const isAll = isOn(optionOf('allrequired'));
  const of = parts.map((word): Operand => {
    if (word.quotes === 'text') return text(word.text, word);
    const [field] = namesOf([word], flow);
    return isAll ? field! : callOf('coalesce', at, [field!, text('', word)]);
  });
  const [target] = namesOf([last], flow);
  make(flow, target!.name, 'strcat', placeOf(last), true);
  return { operations: [{ kind: 'assign', span, of: [assignment(target!, of.length === 1 ? of[0]! : callOf('.', at, of))] }] };
}
