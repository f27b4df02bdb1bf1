import type { Glob, GlobPart, Literal, Operand, Predicate, Span } from '../model';
import { classifyGlob, isOpenGlob, singleRuns } from '../syntax/glob';
import { placeOf } from '../syntax/predicates';
import type { NamedField } from './names';
import { addressIn } from './address';
import { globRegex, targetRegex, type TargetRegex } from './regexes';
import { called, gone, hasLetters, isUnsayable, loseAt, loseCase, type Side, single, subjectOf, there, tidy } from './side';

/** A text or a pattern. */
export function textIn(value: Literal | Glob, side: Side): readonly Predicate[] {
  const { work, sign, fold, field, test } = side;
  const { manner } = work;
  if (value.kind === 'literal' && value.type === 'null') return [gone(side)];
  const digits = digitsIn(value, side.named);
  if (digits !== null) return textIn({ kind: 'literal', span: value.span, type: 'string', text: digits }, { ...side, named: null });
  let parts = onPath(tidy(value.kind === 'glob' ? value.parts : [{ text: value.text }]), side, value.span);
  if (isOpenGlob(parts)) {
    work.refuse(value.span, 'a pattern around what only the event knows');
    return [];
  }
  if (parts.length > 0 && parts.every((part) => part === 'any-run')) return [there(side)];
  if (side.around === undefined && manner.isAddress?.(field!.name) === true) return addressIn(parts, value.span, side);
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
    const asText = textOfNumber(side, value.span);
    return asText === null ? [] : textIn({ kind: 'glob', span: value.span, parts }, asText);
  }
  if (isUnsayable(parts, side, value.span)) return [];
  if (!manner.globs(parts)) {
    if (manner.regex !== null) return asRegex(parts, side, value.span);
    if (parts.includes('any-char')) {
      loseAt(work, sign, value.span, 'pattern', `One character of any kind is written as any run of them`, true);
      parts = singleRuns(parts.map((part) => (part === 'any-char' ? 'any-run' : part)));
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

/** The number that a value is, stars around it or not, as the target's field holds it; null: it is none, or stands there as it is. */
export function digitsIn(value: Operand, named: NamedField | null): string | null {
  const parts = value.kind === 'glob' ? value.parts : value.kind === 'literal' ? [{ text: value.text }] : [];
  const [only, ...others] = parts.filter((part) => part !== 'any-run');
  return named?.numbers === undefined || typeof only !== 'object' || !('text' in only) || others.length > 0 ? null : named.numbers.digits(only.text);
}

/** A pattern of a file name where the target has the path. */
function onPath(parts: readonly GlobPart[], side: Side, span: Span): readonly GlobPart[] {
  const separator = side.named?.separator;
  if (separator === undefined) return parts;
  const [first, ...rest] = parts;
  if (first === 'any-run') {
    if (parts.at(-1) === 'any-run')
      loseAt(side.work, side.sign, span, 'field', 'Only the path is known, not the name at its end: the text may stand before that', true);
    return parts;
  }
  if (parts.at(-1) === 'any-run')
    loseAt(side.work, side.sign, span, 'field', 'Only the path is known, not the name at its end: a part before that may begin so', true);
  const head: GlobPart = typeof first === 'object' && 'text' in first ? { text: separator + first.text } : { text: separator };
  return ['any-run', head, ...(typeof first === 'object' && 'text' in first ? rest : parts)];
}

function asRegex(parts: readonly GlobPart[], side: Side, span: Span): readonly Predicate[] {
  const { manner } = side.work;
  return regexIn(manner.regex === null ? null : globRegex(parts, side.fold, manner.regex, manner.letters === 'lowered', span), span, side);
}

export function regexIn(target: TargetRegex | null, span: Span, side: Side): readonly Predicate[] {
  const { work, sign } = side;
  if (target === null || 'why' in target) {
    work.refuse(span, target === null ? 'a regular expression' : target.why);
    return [];
  }
  if (side.named?.separator !== undefined) {
    work.refuse(span, 'a regular expression over a file name, where only the path is known');
    return [];
  }
  if (side.around === undefined && work.manner.isAddress?.(side.field!.name) === true) {
    work.refuse(span, `\`${side.field!.name}\` holds addresses in ${work.label}, which no regular expression fits`);
    return [];
  }
  if (side.around === undefined && work.manner.typeOf?.(side.field!.name) === 'number') {
    const asText = textOfNumber(side, span);
    return asText === null ? [] : regexIn(target, span, asText);
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

/** A field of numbers read as their texts; null, and refused: the target cannot. */
function textOfNumber(side: Side, span: Span): Side | null {
  const { work, field } = side;
  const { textOf } = work.manner;
  if (textOf === undefined) work.refuse(span, `\`${field!.name}\` holds numbers in ${work.label}, which no pattern fits`);
  return textOf === undefined ? null : { ...side, around: textOf, named: null };
}

export const targetOf = (value: Extract<Operand, { kind: 'regex' }>, { work, fold }: Side): TargetRegex | null =>
  work.manner.regex === null ? null : targetRegex(value, fold, work.manner.regex, work.manner.letters === 'lowered');

/** Where no schema says what a field holds, a number and a text of its digits may miss each other. */
export function loseType(side: Side, span: Span, kind: Literal['type'], text: string): void {
  const { work, sign, field } = side;
  if (work.manner.isTyped !== true || (kind === 'string' && !/^(?:-?\d+(?:\.\d+)?|true|false)$/i.test(text))) return;
  const [as, other] =
    kind === 'string' ? ['a text', 'number or truth value'] : kind === 'number' ? ['a number', 'text of these digits'] : ['a truth value', 'text'];
  loseAt(work, sign, span, 'type', `\`${field!.name}\` is compared as ${as} in ${work.label}: a ${other} does not fit`, false);
}
