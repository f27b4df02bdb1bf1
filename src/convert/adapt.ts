import { isOpenGlob, classifyGlob } from '../syntax/glob';
import { allOf, anyOf, notOf, placeOf, truthAt } from '../syntax/predicates';
import { formsOf } from '../run/text-forms';
import type { FieldRef, Glob, GlobPart, Literal, Operand, Predicate, Span, Test } from '../model';
import type { Lose, Manner, Refuse } from './manner';
import type { NamedField } from './names';
import { globRegex, targetRegex, type TargetRegex } from './regexes';
import { plainSide } from './sides';
import { gathered } from './gather';

/** What a predicate is adapted with. */
export interface Adapting {
  readonly manner: Manner;
  /** What the target is called in sentences. */
  readonly label: string;
  /** Whether a field of the original's events may hold several values, any of which counts. */
  readonly hasMany: boolean;
  readonly nameOf: (field: FieldRef) => NamedField;
  readonly lose: Lose;
  readonly refuse: Refuse;
}

/**
 * The predicate as a target can say it, with its names: what comes out prints, and holds of the same events but for the losses that are noted.
 * An odd number of negations above turns stricter into looser, and asks that an absent field be told from one that does not fit.
 */
export function adapt(predicate: Predicate, work: Adapting): Predicate {
  return visit(predicate, true, { ...work, present: presentIn(predicate), told: new Set() });
}

/** Work with what is known of every event that can fire. */
interface Work extends Adapting {
  /** Fields without which the whole does not hold, whatever else: of them absence need not be told apart. */
  readonly present: ReadonlySet<string>;
  /** What is said once of a rule. */
  readonly told: Set<string>;
}

/** Whether the schema says that a field holds one text or number. */
const isSingle = ({ typeOf, singleTypes }: Manner, name: string): boolean => singleTypes === true && ['text', 'number'].includes(typeOf?.(name) ?? '');

/** The fields that a conjunct of the whole asks for. */
function presentIn(predicate: Predicate): ReadonlySet<string> {
  const conjuncts = predicate.kind === 'all' ? predicate.of.flatMap((part) => (part.kind === 'all' ? part.of : [part])) : [predicate];
  return new Set(conjuncts.flatMap((part) => askedBy(part) ?? []));
}

function askedBy(part: Predicate): string | null {
  if (part.kind === 'any') {
    const [first, ...rest] = part.of.map(askedBy);
    return first !== undefined && rest.every((name) => name === first) ? first : null;
  }
  if (part.kind !== 'test' || part.missing === 'true' || part.compare === 'absent' || part.compare === 'empty') return null;
  return part.left?.kind === 'field' && part.left.derived !== true ? (part.left.of ?? part.left.name) : null;
}

/** The negation; of a negation what it negates. */
const denied = (of: Predicate, span: Span): Predicate => (of.kind === 'not' ? of.of : notOf(of, span));

const nothing = (span: Span): Predicate => truthAt(span);

function visit(node: Predicate, sign: boolean, work: Work): Predicate {
  switch (node.kind) {
    case 'all': {
      if (node.same !== undefined && !isRange(node.of)) {
        work.refuse(node.span, `several tests of one and the same element of \`${node.same.name}\``);
        return nothing(node.span);
      }
      return allOf(
        node.of.map((part) => visit(part, sign, work)),
        node.span,
      );
    }
    case 'any':
      return anyOf(
        gathered(node.of, work.manner.lists).map((part) => visit(part, sign, work)),
        node.span,
      );
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
const isRange = (of: readonly Predicate[]): boolean =>
  of.every((part) => part.kind === 'test' && ['less', 'at-most', 'greater', 'at-least'].includes(part.compare));

/** Notes a loss by which the comparison itself holds more often, or less. */
const loseAt = (work: Work, sign: boolean, span: Span, kind: Parameters<Lose>[1], why: string, holdsMore: boolean): void =>
  work.lose(span, kind, why, holdsMore === sign ? 'looser' : 'stricter');

/** One comparison while it is adapted. */
interface Side {
  readonly test: Test;
  readonly sign: boolean;
  readonly work: Work;
  /** The field by its new name; null: the whole event. */
  readonly field: FieldRef | null;
  readonly named: NamedField | null;
  /** The field as the rule names it. */
  readonly source: string | null;
  /** A function that the target needs around the field. */
  readonly around?: string;
  /** Letters' case, functions around the field taken into account. */
  readonly fold: boolean;
}

function testIn(test: Test, sign: boolean, work: Work): Predicate {
  const { span, compare } = test;
  const plain = plainSide(test);
  if ('why' in plain) {
    work.refuse(plain.span, plain.why);
    return nothing(span);
  }
  if (test.over === 'all' && work.manner.manyValues)
    work.lose(span, 'several', 'That all of several values of a field fit cannot be asked; any of them counts', 'either');
  let field: FieldRef | null = null;
  let named: NamedField | null = null;
  if (plain.field !== null) {
    if (plain.field.derived === true && plain.field.of === undefined) {
      work.refuse(plain.field.span, `\`${plain.field.name}\` is made by an earlier step`);
      return nothing(span);
    }
    named = work.nameOf(plain.field);
    if (named.doubt !== undefined) work.lose(plain.field.span, 'field', named.doubt, 'either');
    field = { kind: 'field', name: named.name, span: placeOf(plain.field.span), ...(plain.field.wild === undefined ? null : { wild: plain.field.wild }) };
  }
  const source = plain.field === null ? null : (plain.field.of ?? plain.field.name);
  if (field !== null && !work.manner.manyValues && work.hasMany && !isSingle(work.manner, field.name) && !work.told.has('several')) {
    work.told.add('several');
    work.lose(field.span, 'several', `A field that holds several values at once, such as \`${field.name}\` may, fits no comparison in ${work.label}`, 'either');
  }
  const side: Side = { test, sign, work, field, named, source, fold: plain.fold };
  if (field === null) return anywhere(side);
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
      const values = test.values.flatMap((value): readonly Operand[] => (value.kind === 'list' ? value.of : [value]));
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

/** The comparisons of one field together; guarded as one where they all give the same of an event without it. */
function joinedGuarded(parts: readonly Predicate[], isEvery: boolean, side: Side): Predicate {
  const { span } = side.test;
  const join = (of: readonly Predicate[]): Predicate => (isEvery ? allOf(of, span) : anyOf(of, span));
  const given = new Set(parts.map(givenOf));
  return given.size === 1 ? guarded(join(parts), side, [...given][0]) : join(parts.map((part) => guarded(part, side)));
}

/** What a comparison that was made gives of an event without its field; where absence is asked for there is nothing to guard. */
const givenOf = (part: Predicate): Test['missing'] | null =>
  part.kind !== 'test' || part.compare === 'absent' || part.compare === 'empty' ? null : part.missing;

/** What an event without the field gives must stay what it was. */
function guarded(predicate: Predicate, side: Side, given: Test['missing'] | null = givenOf(predicate)): Predicate {
  const { test, sign, work, field } = side;
  const wanted = test.missing;
  if (given === null || wanted === given || field === null) return predicate;
  if (wanted !== 'true' && given !== 'true' && (sign || (side.source !== null && work.present.has(side.source)))) return predicate;
  if (given === 'true') {
    loseAt(work, sign, test.span, 'absent', `A field that is not there is an empty text in ${work.label}`, true);
    return predicate;
  }
  return wanted === 'false' ? allOf([there(side), predicate], test.span) : anyOf([gone(side), predicate], test.span);
}

const there = (side: Side): Predicate => bare(side, side.work.manner.emptyIsValue ? 'exists' : 'filled');
const gone = (side: Side): Predicate =>
  side.work.manner.saysAbsent ? bare(side, side.work.manner.emptyIsValue ? 'absent' : 'empty') : denied(there(side), side.test.span);

const bare = ({ test, field }: Side, compare: 'exists' | 'absent' | 'filled' | 'empty'): Test => ({
  kind: 'test',
  span: placeOf(test.span),
  left: field,
  compare,
  values: [],
  case: 'fold',
  missing: compare === 'absent' || compare === 'empty' ? 'true' : 'false',
  word: compare === 'absent' || compare === 'empty' ? 'is_null' : 'is_not_null',
});

function presence(compare: 'exists' | 'absent' | 'filled' | 'empty', side: Side): Predicate {
  const { test, sign, work } = side;
  const isText = compare === 'filled' || compare === 'empty';
  const asksValue = compare === 'exists' || compare === 'filled';
  if (!work.manner.emptyIsValue) {
    if (!isText) loseAt(work, sign, test.span, 'absent', `An empty text counts as no value in ${work.label}`, !asksValue);
    return asksValue ? there(side) : gone(side);
  }
  if (!isText) return asksValue ? there(side) : gone(side);
  const empty: Literal = { kind: 'literal', span: placeOf(test.span), type: 'string', text: '' };
  const isEmpty = single({ ...side, test: { ...test, compare: 'equals', missing: 'false' } }, empty, 'eq', 'exact');
  return asksValue ? allOf([there(side), denied(isEmpty, test.span)], test.span) : anyOf([gone(side), isEmpty], test.span);
}

function single(side: Side, value: Operand, word: Test['word'], letters: Test['case'], left: Operand | null = subjectOf(side)): Test {
  const { test, work } = side;
  return {
    kind: 'test',
    span: placeOf(test.span),
    left,
    compare: test.compare === 'token' ? 'equals' : test.compare,
    values: [value],
    case: letters,
    missing: work.manner.missing(test.compare, value),
    word,
  };
}

const subjectOf = ({ field, around: fn }: Side): Operand | null => (field === null || fn === undefined ? field : called(fn, field));

/** One value, as one comparison or several. */
function valueIn(value: Operand, side: Side): readonly Predicate[] {
  const { test, sign, work } = side;
  const refuse = (why: string, span: Span = value.span): readonly Predicate[] => {
    work.refuse(span, why);
    return [];
  };
  if (value.kind === 'unread') return refuse(`a value that is not read${value.note === undefined ? '' : `: ${value.note}`}`);
  switch (test.compare) {
    case 'regex':
      return value.kind === 'regex' ? regexIn(targetOf(value, side), value.span, side) : refuse('a regular expression that only the event knows');
    case 'cidr': {
      const { cidr } = work.manner;
      if (cidr === null) return refuse('a comparison with a network');
      if (value.kind !== 'literal') return refuse('a network that only the event knows');
      return [single(side, value, cidr, work.manner.letters === 'exact' ? 'exact' : 'fold')];
    }
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
      return [ordered(test.compare, value, side)];
    case 'token': {
      const parts = value.kind === 'glob' ? value.parts : value.kind === 'literal' ? [{ text: value.text }] : null;
      if (parts === null) return refuse('words that only the event knows');
      if (work.manner.hasWords)
        return [
          {
            ...single(side, value, test.word, side.fold ? 'fold' : 'exact'),
            compare: 'token',
            ...(test.modifiers === undefined ? null : { modifiers: test.modifiers }),
          },
        ];
      loseAt(work, sign, value.span, 'words', 'A whole word is sought as a part of the text', true);
      return textIn({ kind: 'glob', span: value.span, parts: around(parts) }, side);
    }
    default:
  }
  const forms = formsOf(value);
  if (typeof forms === 'string') return refuse(forms);
  if (forms !== null) return forms.flatMap((parts) => textIn({ kind: 'glob', span: value.span, parts }, side));
  switch (value.kind) {
    case 'literal':
    case 'glob':
      return textIn(value, side);
    case 'regex':
      return regexIn(targetOf(value, side), value.span, side);
    case 'field':
      return fieldIn(value, side);
    case 'time':
      return refuse('a comparison with a time');
    default:
      return refuse('a comparison with what is calculated');
  }
}

/** Texts side by side as one, and so runs. */
function tidy(parts: readonly GlobPart[]): readonly GlobPart[] {
  const all: GlobPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part === 'any-run' && last === 'any-run') continue;
    if (typeof part === 'object' && 'text' in part && typeof last === 'object' && 'text' in last) all[all.length - 1] = { text: last.text + part.text };
    else if (!(typeof part === 'object' && 'text' in part && part.text === '' && parts.length > 1)) all.push(part);
  }
  return all;
}

const around = (parts: readonly GlobPart[]): readonly GlobPart[] => [
  ...(parts[0] === 'any-run' ? [] : (['any-run'] as const)),
  ...parts,
  ...(parts.at(-1) === 'any-run' ? [] : (['any-run'] as const)),
];

function fieldIn(value: FieldRef, side: Side): readonly Predicate[] {
  const { work, test, field, fold } = side;
  if (!work.manner.fieldsCompare || test.compare !== 'equals') {
    work.refuse(value.span, `a comparison of two fields`);
    return [];
  }
  const { name, doubt } = work.nameOf(value);
  if (doubt !== undefined) work.lose(value.span, 'field', doubt, 'either');
  const other: FieldRef = { kind: 'field', name, span: placeOf(value.span) };
  const { letters, lower } = work.manner;
  if (fold && lower !== undefined && letters !== 'both') return [single(side, called(lower, other), 'field_eq', 'exact', called(lower, field!))];
  return [single(side, other, 'field_eq', fold ? 'fold' : 'exact')];
}

const called = (fn: string, of: Operand): Operand => ({
  kind: 'call',
  span: placeOf(of.span),
  fn,
  name: placeOf(of.span),
  args: [of],
  written: `${fn}(${of.kind === 'field' ? of.name : ''})`,
});

function ordered(compare: 'less' | 'at-most' | 'greater' | 'at-least', value: Operand, side: Side): Predicate {
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
  if ((work.manner.typeOf?.(side.field!.name) ?? null) === null) loseType(side, value.span, 'number', value.text);
  const word = ({ less: 'lt', 'at-most': 'le', greater: 'gt', 'at-least': 'ge' } as const)[compare];
  return { ...single({ ...side, test: { ...test, compare } }, bound, word, 'fold') };
}

const targetOf = (value: Extract<Operand, { kind: 'regex' }>, { work, fold }: Side): TargetRegex | null =>
  work.manner.regex === null ? null : targetRegex(value, fold, work.manner.regex, work.manner.letters === 'lowered');

function regexIn(target: TargetRegex | null, span: Span, side: Side): readonly Predicate[] {
  const { work, sign } = side;
  if (target === null || 'why' in target) {
    work.refuse(span, target === null ? 'a regular expression' : target.why);
    return [];
  }
  if (side.named?.separator !== undefined) {
    work.refuse(span, 'a regular expression over a file name, where only the path is known');
    return [];
  }
  if (target.looser !== undefined) loseAt(work, sign, span, 'regex', `In its regular expressions ${target.looser}`, true);
  const left = target.lowers ? called(work.manner.lower!, subjectOf(side)!) : subjectOf(side);
  const made = single(
    { ...side, test: { ...side.test, compare: 'regex' } },
    target.regex,
    work.manner.regex!.word,
    target.fold && !target.lowers ? 'fold' : 'exact',
    left,
  );
  return [made];
}

const hasLetters = (parts: readonly GlobPart[]): boolean => parts.some((part) => typeof part === 'object' && 'text' in part && /\p{L}/u.test(part.text));

/** A text or a pattern. */
function textIn(value: Literal | Glob, side: Side): readonly Predicate[] {
  const { work, sign, fold, field, test } = side;
  const { manner } = work;
  if (value.kind === 'literal' && value.type === 'null') return [gone(side)];
  let parts = onPath(tidy(value.kind === 'glob' ? value.parts : [{ text: value.text }]), side, value.span);
  if (isOpenGlob(parts)) {
    work.refuse(value.span, 'a pattern around what only the event knows');
    return [];
  }
  if (parts.length > 0 && parts.every((part) => part === 'any-run')) return [there(side)];
  const place = placeOf(value.span);
  const type = side.around === undefined ? (manner.typeOf?.(field!.name) ?? null) : null;
  const isPlain = !parts.some((part) => typeof part === 'string');
  if (isPlain) {
    const text = parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join('');
    const wasPlain = value.kind === 'literal' && value.type !== 'string' && side.named?.separator === undefined;
    const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
    const kind: Literal['type'] =
      type === 'number' && isNumber
        ? 'number'
        : type === 'text'
          ? 'string'
          : wasPlain && !(manner.truthIsText === true && value.type === 'boolean')
            ? (value as Literal).type
            : 'string';
    if (type === 'number' && !isNumber) {
      work.refuse(value.span, `\`${field!.name}\` holds numbers in ${work.label}, and this is none`);
      return [];
    }
    if (type === null && side.around === undefined) loseType(side, value.span, kind, text);
    if (kind !== 'string') return [single(side, { kind: 'literal', span: place, type: kind, text }, 'eq', 'fold')];
    const literal = (written: string): Literal => ({ kind: 'literal', span: place, type: 'string', text: written });
    if (manner.literals?.(text) === false) return asRegex(parts, side, value.span);
    const matters = /\p{L}/u.test(text);
    switch (manner.letters) {
      case 'both':
        return [single(side, literal(text), 'eq', fold ? 'fold' : 'exact')];
      case 'lowered':
        return fold && matters
          ? [single(side, literal(text.toLowerCase()), 'eq', 'exact', called(manner.lower!, subjectOf(side)!))]
          : [single(side, literal(text), 'eq', 'exact')];
      case 'exact':
        if (fold && matters) loseCase(side, value.span, false);
        return [single(side, literal(text), 'eq', 'exact')];
      case 'fold':
        if (!fold && matters && manner.regex === null) loseCase(side, value.span, true);
        return [single(side, literal(text), 'eq', fold || !matters || manner.regex === null ? 'fold' : 'exact')];
      default:
        return manner.letters satisfies never;
    }
  }
  if (type === 'number') {
    if (manner.textOf === undefined) {
      work.refuse(value.span, `\`${field!.name}\` holds numbers in ${work.label}, which no pattern fits`);
      return [];
    }
    return textIn({ kind: 'glob', span: value.span, parts }, { ...side, around: manner.textOf, named: null });
  }
  if (isUnsayable(parts, side, value.span)) return [];
  if (!manner.globs(parts)) {
    if (manner.regex !== null) return asRegex(parts, side, value.span);
    if (parts.includes('any-char')) {
      loseAt(work, sign, value.span, 'pattern', `One character of any kind is written as any run of them`, true);
      parts = parts.map((part) => (part === 'any-char' ? 'any-run' : part)).filter((part, at, all) => part !== 'any-run' || all[at - 1] !== 'any-run');
    }
  }
  if (parts.every((part) => part === 'any-run')) return [there(side)];
  const matters = hasLetters(parts);
  const word = manner.globWord === 'wildcard' ? 'wildcard' : classifyGlob(parts).kind;
  const glob = (own: readonly GlobPart[]): Glob => ({ kind: 'glob', span: place, parts: own });
  switch (manner.letters) {
    case 'both':
      return [single(side, glob(parts), word, fold ? 'fold' : 'exact')];
    case 'lowered':
      return fold && matters
        ? [
            single(
              side,
              glob(parts.map((part) => (typeof part === 'object' && 'text' in part ? { text: part.text.toLowerCase() } : part))),
              word,
              'exact',
              called(manner.lower!, subjectOf(side)!),
            ),
          ]
        : [single(side, glob(parts), word, 'exact')];
    case 'exact':
      if (fold && matters) loseCase(side, value.span, false);
      return [single(side, glob(parts), word, 'exact')];
    case 'fold':
      if (fold || !matters) return [single(side, glob(parts), word, 'fold')];
      if (manner.regex !== null) return asRegex(parts, side, value.span);
      loseCase(side, value.span, true);
      return [single({ ...side, test }, glob(parts), word, 'fold')];
    default:
      return manner.letters satisfies never;
  }
}

/** Where no schema says what a field holds, a number and a text of its digits may miss each other. */
function loseType(side: Side, span: Span, kind: Literal['type'], text: string): void {
  const { work, sign, field } = side;
  if (work.manner.isTyped !== true || (kind === 'string' && !/^(?:-?\d+(?:\.\d+)?|true|false)$/i.test(text))) return;
  const [as, other] =
    kind === 'string' ? ['a text', 'number or truth value'] : kind === 'number' ? ['a number', 'text of these digits'] : ['a truth value', 'text'];
  loseAt(work, sign, span, 'type', `\`${field!.name}\` is compared as ${as} in ${work.label}: a ${other} does not fit`, false);
}

function isUnsayable(parts: readonly GlobPart[], { work }: Side, span: Span): boolean {
  const text = parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '*')).join('');
  const why = work.manner.unsayable?.(text) ?? null;
  if (why !== null) work.refuse(span, why);
  return why !== null;
}

const loseCase = ({ work, sign }: Side, span: Span, holdsMore: boolean): void =>
  loseAt(
    work,
    sign,
    span,
    'case',
    holdsMore ? `${work.label} does not mind letters’ case here` : `${work.label} minds letters’ case on keyword fields`,
    holdsMore,
  );

function asRegex(parts: readonly GlobPart[], side: Side, span: Span): readonly Predicate[] {
  const { manner } = side.work;
  return regexIn(manner.regex === null ? null : globRegex(parts, side.fold, manner.regex, manner.letters === 'lowered', span), span, side);
}

/** A pattern of a file name where the target has the path. */
function onPath(parts: readonly GlobPart[], side: Side, span: Span): readonly GlobPart[] {
  const separator = side.named?.separator;
  if (separator === undefined) return parts;
  const [first, ...rest] = parts;
  if (first === 'any-run') {
    if (parts.at(-1) === 'any-run')
      loseAt(side.work, side.sign, span, 'field', 'Only the path is known, not the file name: the text may stand in a folder’s name', true);
    return parts;
  }
  if (parts.at(-1) === 'any-run') loseAt(side.work, side.sign, span, 'field', 'Only the path is known, not the file name: a folder’s name may begin so', true);
  const head: GlobPart = typeof first === 'object' && 'text' in first ? { text: separator + first.text } : { text: separator };
  return ['any-run', head, ...(typeof first === 'object' && 'text' in first ? rest : parts)];
}

/** Something sought in the whole event. */
function anywhere(side: Side): Predicate {
  const { test, work, sign } = side;
  const { manner } = work;
  const values = test.values.flatMap((value): readonly Operand[] => (value.kind === 'list' ? value.of : [value]));
  if (test.compare === 'exists') return truthAt(test.span);
  if (manner.anywhere === null || (test.compare !== 'equals' && test.compare !== 'token')) {
    work.refuse(test.span, manner.anywhere === null ? 'a search of the whole event' : 'such a comparison with the whole event');
    return nothing(test.span);
  }
  const made = values.flatMap((value): readonly Predicate[] => {
    const forms = formsOf(value);
    if (typeof forms === 'string') work.refuse(value.span, forms);
    const all = typeof forms === 'string' ? [] : (forms ?? [value.kind === 'glob' ? value.parts : value.kind === 'literal' ? [{ text: value.text }] : null]);
    return all.flatMap((found): readonly Predicate[] => {
      const parts = found === null ? null : tidy(found);
      if (parts === null || isOpenGlob(parts)) {
        work.refuse(value.span, 'a search of the whole event for what only the event knows');
        return [];
      }
      const wantsPart = manner.anywhere === 'part';
      const given = test.compare === 'token' && !wantsPart ? parts : around(parts);
      if (wantsPart && test.compare === 'token') loseAt(work, sign, value.span, 'words', 'A word of the event is sought as a part of any value', true);
      if (!wantsPart && test.compare === 'equals') {
        if (manner.wordsDiffer !== undefined) work.lose(value.span, 'words', manner.wordsDiffer, 'either');
        if (!side.fold) loseCase(side, value.span, true);
      }
      if (wantsPart && manner.regex !== null && !manner.globs(given)) {
        const target = globRegex(given, side.fold, manner.regex, false, value.span);
        if ('why' in target) work.refuse(value.span, target.why);
        else
          return [
            {
              ...single({ ...side, test: { ...test, compare: 'regex' } }, target.regex, manner.anywhereWord, target.fold ? 'fold' : 'exact', null),
              missing: 'false',
            },
          ];
        return [];
      }
      const place = placeOf(value.span);
      if (isUnsayable(given, side, value.span)) return [];
      const plain = given.every((part) => typeof part === 'object');
      const operand: Operand = plain
        ? { kind: 'literal', span: place, type: 'string', text: given.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join('') }
        : { kind: 'glob', span: place, parts: given };
      return [
        {
          kind: 'test',
          span: placeOf(test.span),
          left: null,
          compare: wantsPart ? 'equals' : 'token',
          values: [operand],
          case: wantsPart && !side.fold ? 'exact' : 'fold',
          missing: 'false',
          word: manner.anywhereWord,
        },
      ];
    });
  });
  return test.every === true ? allOf(made, test.span) : anyOf(made, test.span);
}
