import type { GlobPart, Operand, Refusal, Span, Test } from '../../../model';
import { writtenOf } from '../../../syntax/classify';
import { ENCODERS, TIME_PARTS } from '../parse/modifiers';
import { encodeParts, encodePattern } from '../parse/pattern';
import { plainScalar, quoted } from './scalar';

/** One comparison as Sigma writes it: `Image|endswith` and its value. The key of a keyword begins with its bar, or is empty. */
export interface Item {
  readonly key: string;
  /** As YAML. */
  readonly value: string;
}

/** A value with the modifiers it needs, in order. */
interface Written {
  readonly modifiers: readonly string[];
  readonly value: string;
}

type Quote = "'" | '"';

const refusal = (span: Span, why: string): Refusal => ({ span: { start: span.start, end: span.end }, why });

export const isRefusal = (result: object): result is Refusal => 'why' in result;

/** A test of at most one value as an item, or why Sigma has no words for it. `all` joins several values of the key. */
export function itemOf(test: Test, quote: Quote = "'"): Item | Refusal {
  const left = leftText(test.left);
  if (isRefusal(left)) return left;
  const written = writtenValue(test, quote);
  if (isRefusal(written)) return written;
  const modifiers = [...left.modifiers, ...written.modifiers, ...(test.every ? ['all'] : [])];
  return { key: [left.value, ...modifiers].join('|'), value: written.value };
}

/** The field's name and its time parts. */
function leftText(left: Operand | null): Written | Refusal {
  if (left === null) return { modifiers: [], value: '' };
  if (left.kind === 'call' && TIME_PARTS.has(left.fn) && left.args.length === 1) {
    const inner = leftText(left.args[0]!);
    return isRefusal(inner) ? inner : { modifiers: [...inner.modifiers, left.fn], value: inner.value };
  }
  if (left.kind !== 'field') return refusal(left.span, `Sigma compares fields; it has no words for \`${writtenOf(left)}\``);
  if (left.derived) return refusal(left.span, `\`${left.name}\` is computed by an earlier step, of which Sigma has none`);
  const isName = left.name !== '' && !/[|\r\n]/.test(left.name) && !/\[(?:any|all|\*|\d+)\]/.test(left.name);
  return isName ? { modifiers: [], value: left.name } : refusal(left.span, `\`${left.name}\` cannot be written as a field's name`);
}

function writtenValue(test: Test, quote: Quote): Written | Refusal {
  const { compare, span, left } = test;
  const [value] = test.values;
  switch (compare) {
    case 'exists':
      return value === undefined ? { modifiers: ['exists'], value: 'true' } : { modifiers: [], value: quoted('*', quote) };
    case 'absent':
      return value === undefined ? { modifiers: ['exists'], value: 'false' } : { modifiers: [], value: 'null' };
    case 'equals':
      return value === undefined ? refusal(span, 'this comparison has no value') : equalValue(test, value, quote);
    case 'regex':
      return value === undefined ? refusal(span, 'this comparison has no value') : regexValue(test, value, quote);
    case 'cidr':
      if (value?.kind !== 'literal') return refusal(span, 'Sigma compares addresses with a network that stands in the rule');
      return { modifiers: ['cidr'], value: quoted(value.text, quote) };
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least': {
      const number = value?.kind === 'literal' ? plainScalar(value) : null;
      if (number === null || (value?.kind === 'literal' && value.type !== 'number'))
        return refusal((value ?? test).span, 'Sigma orders numbers that stand in the rule, and nothing else');
      return { modifiers: [ORDER[compare]], value: number };
    }
    case 'token':
      return refusal(span, left === null ? 'Sigma looks for parts of texts, not for whole words' : 'Sigma has no comparison of whole words');
    case 'between':
    case 'filled':
    case 'empty':
      return refusal(span, 'this comparison needs more than one item');
    default:
      return compare satisfies never;
  }
}

const ORDER = { less: 'lt', 'at-most': 'lte', greater: 'gt', 'at-least': 'gte' } as const;

function equalValue(test: Test, value: Operand, quote: Quote): Written | Refusal {
  const isKeyword = test.left === null;
  if (value.kind === 'literal' && !isKeyword) {
    const plain = plainScalar(value);
    if (plain !== null) return { modifiers: [], value: plain };
    return { modifiers: casedModifier(test), value: quoted(encodePattern(value.text), quote) };
  }
  const parts = value.kind === 'glob' ? value.parts : value.kind === 'literal' ? [{ text: value.text }] : [{ of: value }];
  if (isKeyword && parts.length > 0 && parts[0] !== 'any-run' && parts.at(-1) !== 'any-run')
    return refusal(value.span, 'Sigma looks for keywords within texts, not for whole values of any field');
  const isSought = isKeyword && parts[0] === 'any-run' && parts.at(-1) === 'any-run' && (parts.length > 1 || test.word === 'keyword');
  const inner = isSought ? parts.slice(1, -1) : parts;
  // A star alone would ask for presence.
  const isOpenKeyword = isKeyword && !isSought;
  const raw = rawOf(inner, { keepsStars: isSought, splitsAlways: isOpenKeyword, word: test.word });
  if (isRefusal(raw)) return raw;
  if (raw.modifiers.includes('fieldref') && test.case === 'exact') return refusal(value.span, "Sigma compares two fields without regard to letters' case");
  const cased = raw.modifiers.includes('fieldref') ? [] : casedModifier(test);
  return { modifiers: [...raw.modifiers, ...cased], value: quoted(raw.value, quote) };
}

const casedModifier = (test: Test): readonly string[] => (test.case === 'exact' ? ['cased'] : []);

interface Manner {
  /** Stars at the ends stay in the text: no modifier says them. */
  readonly keepsStars: boolean;
  /** Stars at the ends become modifiers, also where others stand between them. */
  readonly splitsAlways: boolean;
  readonly word: Test['word'];
}

/** The parts as Sigma's text and the modifiers that make these parts of it. */
function rawOf(parts: readonly GlobPart[], { keepsStars, splitsAlways, word }: Manner): Written | Refusal {
  const leads = !keepsStars && parts[0] === 'any-run';
  const trails = !keepsStars && parts.at(-1) === 'any-run';
  const inner = parts.slice(leads ? 1 : 0, trails && parts.length > (leads ? 1 : 0) ? -1 : undefined);
  const star = leads ? (trails ? ['contains'] : ['endswith']) : trails ? ['startswith'] : [];
  const [only] = inner;
  if (inner.length === 1 && typeof only === 'object' && 'of' in only && only.of.kind !== 'unread') return computedOf(only.of, star, word);
  const lost = parts.find((part) => typeof part === 'object' && 'of' in part && !isPlaceholder(part.of));
  if (typeof lost === 'object' && 'of' in lost) return refusal(lost.of.span, `Sigma has no words for \`${writtenOf(lost.of)}\` within a text`);
  const expands = parts.some((part) => typeof part === 'object' && 'of' in part);
  const written = (own: readonly GlobPart[]): string => encodeParts(expands ? own.map(filledPart) : own);
  const before = expands ? ['expand'] : [];
  if (parts.length === 1 && parts[0] === 'any-run') {
    const isSaid = word === 'contains' || word === 'starts_with' || word === 'ends_with';
    return isSaid ? { modifiers: [...before, SAID[word]], value: '' } : { modifiers: before, value: '*' };
  }
  const hasInnerStar = inner.some((part) => typeof part === 'string');
  if (star.length === 0 || (hasInnerStar && !splitsAlways)) return { modifiers: before, value: written(parts) };
  return { modifiers: [...before, ...star], value: written(inner) };
}

const SAID = { contains: 'contains', starts_with: 'startswith', ends_with: 'endswith' } as const;

const isPlaceholder = (operand: Operand): boolean => operand.kind === 'unread' && operand.reason === 'unknown' && /^%\w+%$/.test(operand.written ?? '');

/** Under `expand` a percent sign of the text itself has a backslash before it. */
function filledPart(part: GlobPart): GlobPart {
  if (typeof part === 'string') return part;
  return { text: 'of' in part ? writtenOf(part.of) : part.text.replaceAll('%', '\\%') };
}

/** Another field, or an encoded form of a text. */
function computedOf(operand: Operand, star: readonly string[], word: Test['word']): Written | Refusal {
  if (operand.kind === 'field') {
    if (operand.derived) return refusal(operand.span, `\`${operand.name}\` is computed by an earlier step, of which Sigma has none`);
    return { modifiers: ['fieldref', ...star], value: encodePattern(operand.name) };
  }
  if (operand.kind !== 'call' || !ENCODERS.has(operand.fn) || operand.args.length !== 1)
    return refusal(operand.span, `Sigma has no words for \`${writtenOf(operand)}\` as a value`);
  const [arg] = operand.args;
  const parts = arg!.kind === 'glob' ? arg!.parts : arg!.kind === 'literal' ? [{ text: arg!.text }] : [{ of: arg! }];
  const inner = rawOf(parts, { keepsStars: false, splitsAlways: false, word });
  return isRefusal(inner) ? inner : { modifiers: [...inner.modifiers, operand.fn, ...star], value: inner.value };
}

/** What Lucene reads in its own way, and characters that are plain to it. */
const OF_LUCENE = /[~&@#"<>^$]/;

function regexValue(test: Test, value: Operand, quote: Quote): Written | Refusal {
  const isFold = test.case === 'fold';
  if (value.kind === 'unread' && /%\w+%/.test(value.written ?? '') && value.reason === 'unknown') {
    const flags = ['i', 'm', 's'].filter((flag) => (flag === 'i' ? isFold : test.modifiers?.includes(flag) === true));
    return { modifiers: ['re', ...flags, 'expand'], value: quoted(value.written!, quote) };
  }
  if (value.kind !== 'regex') return refusal(value.span, 'Sigma matches expressions that stand in the rule');
  if (value.dialect === 'lucene' && OF_LUCENE.test(value.text)) return refusal(value.span, "this expression uses what only Lucene's dialect has");
  const unknown = value.flags.replace(/[ims]/g, '');
  if (unknown !== '') return refusal(value.span, `Sigma has no flag \`${unknown}\` for expressions`);
  const flags = new Set(value.flags);
  if (isFold) flags.add('i');
  if (value.dialect === 'lucene') flags.add('s');
  const text = value.whole ? `^(?:${value.text})$` : value.text;
  return { modifiers: ['re', ...[...flags].sort()], value: quoted(text, quote) };
}
