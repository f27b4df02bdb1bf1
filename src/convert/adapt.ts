import type { FieldRef, Literal, Operand, Predicate, Regex, Test } from '../model';
import { isOrder, type Order, ORDER_WORDS } from '../syntax/orders';
import { formsOf } from '../syntax/text-forms';
import { allOf, alternativesOf, anyOf, placeOf } from '../syntax/predicates';
import { analysedIn } from './analysed';
import { emptied, gathered } from './gather';
import { givenOf, guarded, guardedOnce, joinedGuarded, presentIn, presentOnce, unguarded } from './guard';
import { insideCall } from './inside-call';
import type { Manner } from './manner';
import type { NamedField } from './names';
import { type Adapting, around, asksKey, called, denied, gone, hasMany, loseAt, nothing, type Side, single, there, type Work } from './side';
import { regexGlob } from './regexes';
import { textsOf } from './meaning';
import { plainSide } from './plain-side';
import { digitsIn, loseType, regexIn, targetOf, textIn } from './text';
import { anywhere } from './whole-event';

/**
 * The predicate as a target can say it, with its names: what comes out prints, and holds of the same events but for the losses that are noted.
 * An odd number of negations above turns stricter into looser, and asks that an absent field be told from one that does not fit.
 */
export function adapt(predicate: Predicate, work: Adapting): Predicate {
  return visit(predicate, true, { ...work, present: presentIn(predicate), told: new Set() });
}

/** Whether the schema says that a field holds one text or number. */
const isSingle = ({ typeOf, singleTypes }: Manner, name: string): boolean => singleTypes === true && ['text', 'number'].includes(typeOf?.(name) ?? '');

function visit(node: Predicate, sign: boolean, work: Work): Predicate {
  switch (node.kind) {
    case 'all': {
      if (node.same !== undefined && !isRange(node.of)) {
        work.refuse(node.span, `several tests of one and the same element of \`${node.same.name}\``);
        return nothing(node.span);
      }
      return presentOnce(
        guardedOnce(
          allOf(
            node.of.map((part) => visit(part, sign, work)),
            node.span,
          ),
        ),
        sign,
      );
    }
    case 'any': {
      const parts = work.manner.emptyIsValue ? alternativesOf(node) : emptied(alternativesOf(node));
      return unguarded(
        guardedOnce(
          anyOf(
            gathered(parts, work.manner.lists).map((part) => visit(part, sign, work)),
            node.span,
          ),
        ),
        sign,
        work.manner,
      );
    }
    case 'not':
      return denied(visit(node.of, !sign, work), node.span);
    case 'unread':
      work.refuse(node.span, `a part that is not read${node.note === undefined ? '' : `: ${node.note}`}`);
      return nothing(node.span);
    case 'test':
      return testIn(node, sign, work);
    default:
      return node satisfies never;
  }
}

/** Both ends of a range: of a field with one value the same. */
const isRange = (of: readonly Predicate[]): boolean => of.every((part) => part.kind === 'test' && isOrder(part.compare));

function testIn(test: Test, sign: boolean, work: Work): Predicate {
  const { span, compare } = test;
  const plain = plainSide(test, work.language);
  if ('why' in plain) {
    work.refuse(plain.span, plain.why);
    return nothing(span);
  }
  if (test.over === 'all' && work.manner.manyValues)
    work.lose(span, 'several', 'That all of several values of a field fit cannot be asked; any of them counts', 'either');
  let field: FieldRef | null = null;
  let named: NamedField | null = null;
  if (plain.field !== null) {
    if (plain.field.made === true || (plain.field.derived === true && plain.field.of === undefined)) {
      work.refuse(plain.field.span, `\`${plain.field.name}\` is made by an earlier step`);
      return nothing(span);
    }
    named = work.nameOf(plain.field);
    if (named.doubt !== undefined) work.lose(plain.field.span, 'field', named.doubt, 'either');
    const { numbers } = named;
    if (numbers !== undefined && !test.values.every((value) => digitsIn(value, named) !== null) && !work.told.has(numbers.doubt)) {
      work.told.add(numbers.doubt);
      work.lose(plain.field.span, 'field', numbers.doubt, 'either');
    }
    field = { kind: 'field', name: named.name, span: placeOf(plain.field.span), ...(plain.field.wild === undefined ? null : { wild: plain.field.wild }) };
  }
  const source = plain.field === null ? null : (plain.field.of ?? plain.field.name);
  if (field !== null && !work.manner.manyValues && hasMany(work) && !isSingle(work.manner, field.name) && !work.told.has('several')) {
    work.told.add('several');
    work.lose(field.span, 'several', `A field that holds several values at once, such as \`${field.name}\` may, fits no comparison in ${work.label}`, 'either');
  }
  // Where an empty text counts as no value, one that is not there is unlike any other text.
  const isUnlike = work.from?.emptyIsValue === false && work.manner.emptyIsValue && test.values.some(({ kind }) => kind === 'field');
  const analysed = field === null || source === null ? null : analysedIn(test, source, field, work);
  const bare: Side = {
    test: isUnlike ? { ...test, missing: 'false' } : (analysed ?? test),
    sign,
    work,
    field,
    named,
    source,
    fold: analysed === null ? plain.fold : analysed.case === 'fold',
  };
  if (field === null) return anywhere(bare);
  const side = plain.call === null ? bare : insideCall(bare, plain.call);
  if (side === null) return nothing(span);
  switch (compare) {
    case 'exists':
    case 'absent':
    case 'filled':
    case 'empty':
      return presence(compare, side);
    case 'between':
      return allOf(
        test.values.slice(0, 2).map((value, at) => guarded(ordered(at === 0 ? 'at-least' : 'at-most', value, side), side)),
        span,
      );
    default: {
      const values = side.test.values.flatMap((value): readonly Operand[] => (value.kind === 'list' ? value.of : [value]));
      const parts = values.length === 0 ? [] : pieces(values, side);
      if (values.length === 0) work.refuse(span, 'a comparison without a value');
      return joinedGuarded(parts, test.every === true, side);
    }
  }
}

/** A comparison of several values as the comparisons that say it: lists where the target has them, each value alone where not. */
function pieces(values: readonly Operand[], side: Side): readonly Predicate[] {
  const { test, work } = side;
  const made = values.flatMap((value) => valueIn(value, side));
  if (made.length < 2 || test.every === true || work.manner.lists === 'none') return made;
  const isListed = (part: Predicate): part is Test =>
    part.kind === 'test' &&
    part.compare === 'equals' &&
    part.values.every(({ kind }) => kind === 'literal' || (kind === 'glob' && work.manner.lists !== 'literals'));
  const isGlob = ({ values: own }: Test): boolean => own[0]!.kind === 'glob';
  const lists = new Map<string, Test[]>();
  const all: (Predicate | Test[])[] = [];
  for (const part of made) {
    if (!isListed(part)) {
      all.push(part);
      continue;
    }
    const key = `${part.left?.kind} ${part.case} ${part.missing} ${work.manner.lists === 'apart' && isGlob(part)}`;
    const list = lists.get(key);
    if (list !== undefined) list.push(part);
    else {
      const begun = [part];
      lists.set(key, begun);
      all.push(begun);
    }
  }
  return all.map((one) => {
    if (!Array.isArray(one)) return one as Predicate;
    const [first] = one as Test[];
    const word = work.manner.lists === 'apart' && isGlob(first!) ? 'wildcard' : 'in';
    return one.length === 1 ? first! : { ...first!, values: one.flatMap((part) => part.values), word };
  });
}

function presence(compare: 'exists' | 'absent' | 'filled' | 'empty', side: Side): Predicate {
  const { test, sign, work } = side;
  const isText = compare === 'filled' || compare === 'empty';
  const asksValue = compare === 'exists' || compare === 'filled';
  if (asksKey(side) && work.manner.asksKey !== true)
    loseAt(work, sign, test.span, 'absent', `A field that holds null counts as one that is not there in ${work.label}`, !asksValue);
  if (!work.manner.emptyIsValue) {
    if (!isText) loseAt(work, sign, test.span, 'absent', `An empty text counts as no value in ${work.label}`, !asksValue);
    return asksValue ? there(side) : gone(side);
  }
  if (!isText) return asksValue ? there(side) : gone(side);
  const empty: Literal = { kind: 'literal', span: placeOf(test.span), type: 'string', text: '' };
  const isEmpty = single({ ...side, test: { ...test, compare: 'equals', missing: 'false' } }, empty, 'eq', 'exact');
  return asksValue ? allOf([there(side), denied(isEmpty, test.span)], test.span) : anyOf([gone(side), isEmpty], test.span);
}

/** One value, as one comparison or several. */
function valueIn(value: Operand, side: Side): readonly Predicate[] {
  const { test, sign, work } = side;
  if (value.kind === 'unread') return refused(work, value, `a value that is not read${value.note === undefined ? '' : `: ${value.note}`}`);
  switch (test.compare) {
    case 'regex':
      return value.kind === 'regex' ? regexValue(value, side) : refused(work, value, 'a regular expression that only the event knows');
    case 'cidr': {
      const { cidr } = work.manner;
      if (cidr === null) return refused(work, value, 'a comparison with a network');
      if (value.kind !== 'literal') return refused(work, value, 'a network that only the event knows');
      const [asks, asked] = [work.manner.asksAddress === true, work.from?.asksAddress === true];
      if (asks !== asked && !sign)
        work.lose(
          test.span,
          'type',
          `A value that is no address of the network’s kind is ${asks ? 'in and out of no network' : 'outside of every network'} in ${work.label}`,
          asks ? 'stricter' : 'looser',
        );
      return [single(side, networkOf(value), cidr, work.manner.letters === 'exact' ? 'exact' : 'fold')];
    }
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
      return [ordered(test.compare, value, side)];
    case 'token': {
      const parts = value.kind === 'glob' ? value.parts : value.kind === 'literal' ? [{ text: value.text }] : null;
      if (parts === null) return refused(work, value, 'words that only the event knows');
      if (work.manner.hasWords)
        return [
          {
            ...single(side, value, test.word, side.fold ? 'fold' : 'exact'),
            compare: 'token',
            ...(test.modifiers === undefined ? null : { modifiers: test.modifiers }),
          },
        ];
      // Words side by side need not have the same signs between them.
      if (work.from?.isAnalysed?.(side.source ?? '') === true && /\W/.test(textsOf(value)))
        work.lose(value.span, 'words', 'Words are sought as a part of the text, with the signs between them', 'either');
      else loseAt(work, sign, value.span, 'words', 'A whole word is sought as a part of the text', true);
      return textIn({ kind: 'glob', span: value.span, parts: around(parts) }, side);
    }
    default:
  }
  const forms = formsOf(value);
  if (typeof forms === 'string') return refused(work, value, forms);
  if (forms !== null) {
    const all = forms.flatMap((parts) => textIn({ kind: 'glob', span: value.span, parts }, side));
    // Of several values each must fit, in whichever form.
    return test.every === true ? [joinedGuarded(all, false, side)] : all;
  }
  switch (value.kind) {
    case 'literal':
    case 'glob':
      return textIn(value, side);
    case 'regex':
      return regexValue(value, side);
    case 'field':
      return fieldIn(value, side);
    case 'time':
      return refused(work, value, 'a comparison with a time');
    default:
      return refused(work, value, 'a comparison with what is calculated');
  }
}

/** A regular expression; one that asks for no more than a pattern with stars is that pattern. */
function regexValue(value: Regex, side: Side): readonly Predicate[] {
  const glob = regexGlob(value, side.fold);
  if (glob === null) return regexIn(targetOf(value, side), value.span, side);
  return textIn({ kind: 'glob', span: value.span, parts: glob.parts }, { ...side, test: { ...side.test, compare: 'equals' }, fold: glob.fold });
}

/** Of a value that cannot be said nothing is left. */
function refused(work: Work, { span }: Operand, why: string): readonly Predicate[] {
  work.refuse(span, why);
  return [];
}

/** A network with its length; an address is the network of it alone. */
const networkOf = (value: Literal): Literal => (value.text.includes('/') ? value : { ...value, text: `${value.text}/${value.text.includes(':') ? 128 : 32}` });

function fieldIn(value: FieldRef, side: Side): readonly Predicate[] {
  const { work, sign, test, field, fold } = side;
  if (!work.manner.fieldsCompare || test.compare !== 'equals') {
    work.refuse(value.span, `a comparison of two fields`);
    return [];
  }
  const { name, doubt } = work.nameOf(value);
  if (doubt !== undefined) work.lose(value.span, 'field', doubt, 'either');
  const other: FieldRef = { kind: 'field', name, span: placeOf(value.span) };
  const { letters, lower } = work.manner;
  const made =
    fold && lower !== undefined && letters !== 'both'
      ? single(side, called(lower, other), 'field_eq', 'exact', called(lower, field!))
      : single(side, other, 'field_eq', fold ? 'fold' : 'exact');
  const others: Side = { ...side, field: other, source: value.of ?? value.name };
  const isEmptyValue = work.from?.emptyIsValue ?? true;
  if (isEmptyValue && !work.manner.emptyIsValue) {
    // Two that are not there would be the same.
    return [sign || test.missing === 'false' ? allOf([there(side), made], test.span) : anyOf([gone(side), gone(others), made], test.span)];
  }
  if (!isEmptyValue && work.manner.emptyIsValue)
    loseAt(work, sign, test.span, 'absent', `Two fields without a text are the same in the original, and not in ${work.label}`, false);
  return [guarded(guarded(made, side), others, givenOf(made, side))];
}

function ordered(compare: Order, value: Operand, side: Side): Predicate {
  const { work, test } = side;
  if (value.kind !== 'literal') {
    work.refuse(value.span, value.kind === 'time' ? 'a comparison with a time' : 'an order of what only the event knows');
    return nothing(test.span);
  }
  if (value.type === 'string' && !/^-?\d+(?:\.\d+)?$/.test(value.text)) {
    work.refuse(value.span, 'an order of texts');
    return nothing(test.span);
  }
  const bound: Literal = { kind: 'literal', span: placeOf(value.span), type: 'number', text: value.text };
  if (side.around === undefined && (work.manner.typeOf?.(side.field!.name) ?? null) === null) loseType(side, value.span, 'number', value.text);
  return { ...single({ ...side, test: { ...test, compare } }, bound, ORDER_WORDS[compare], 'fold') };
}
