import type { Call, Glob, GlobPart, Literal, Operand, Operator, Predicate, Regex, Span, Test } from '../../../model';
import { joinOf } from '../../../model';
import { innerParts } from '../../../syntax/glob';
import { unread } from '../../../syntax/predicates';
import type { Remarks } from '../diagnostics';
import { explainUnknown, checkValue } from '../lint/value';
import { type Chain, COMPARES, ENCODERS, keyPartsOf } from '../parse/modifiers';
import { decodePattern, encodeParts, openedParts, partsOf, wordOfParts } from '../parse/pattern';
import { placeInKey, placeOfModifiers, type SigmaEntry, type SigmaMap, type SigmaNode, type SigmaScalar, type SigmaSeq } from '../parse/yaml-node';
import { plainNumber } from '../parse/number';

const NULL_KEYWORD = 'A keyword is a text to look for; null needs a field.';

/** What is not written has no place of its own to underline. */
export const placeOf = (span: Span, otherwise: Span): Span => (span.end > span.start ? span : otherwise);

/** A key: what stands left of its values, how they are compared, and where it says so. */
interface Key {
  readonly left: Operand | null;
  readonly chain: Chain;
  readonly operator: Span | null;
}

const WORDLESS: Key = { left: null, chain: keyPartsOf('').chain, operator: null };

/** One search identifier: a mapping is all of its fields, a list any of its items; scalars are keywords. `place` is its name's, for what has no text. */
export function lowerSearch(node: SigmaNode, place: Span, remarks: Remarks): Predicate {
  switch (node.kind) {
    case 'map':
      return lowerMap(node, remarks);
    case 'seq':
      if (node.items.length === 0) return unread(node.span, remarks.lost(), 'empty search identifier');
      return gather(
        'any',
        node.items.map((item) => lowerSearch(item, place, remarks)),
        node.span,
      );
    case 'scalar':
      if (node.type === 'null') {
        remarks.remark('sigma/null-keyword', placeOf(node.span, place), NULL_KEYWORD);
        return unread(node.span, remarks.lost(), 'null as a keyword');
      }
      return lowerValue(WORDLESS, node, node.span);
    default:
      return node satisfies never;
  }
}

function lowerMap(map: SigmaMap, remarks: Remarks): Predicate {
  if (map.entries.length === 0) {
    remarks.remark('sigma/empty-selection', map.span, 'This selection is empty; a field and its value are expected.');
    return unread(map.span, remarks.lost(), 'empty selection');
  }
  return gather(
    'all',
    map.entries.map((entry) => lowerItem(entry, remarks)),
    map.span,
  );
}

/** `field|modifiers: value` or a list of values, one test each. */
function lowerItem(entry: SigmaEntry, remarks: Remarks): Predicate {
  const { field, chain } = keyPartsOf(entry.key);
  if (!chain.isKnown) {
    explainUnknown(entry, chain, field, remarks);
    return unread(entry.span, remarks.lost(), 'unknown modifier');
  }
  if (ARRAY.test(field)) {
    remarks.remark('sigma/array-matching', entry.keySpan, `\`${field}\` asks for the members of an array, which is proposed for Sigma and not yet part of it.`);
    return unread(entry.span, 'unmodelled', `array matching \`${field}\``);
  }
  const lowered = lowerValues({ left: leftOf(entry, field, chain), chain, operator: placeOfModifiers(entry) }, entry.value, entry, remarks);
  return chain.negated ? { kind: 'not', span: lowered.span, of: lowered } : lowered;
}

/** `process.args[any]`, as SigmaHQ's proposal for arrays writes it. */
const ARRAY = /\[(?:any|all|\*|\d+)\]/;

/** The field, within its time parts as functions. */
function leftOf(entry: SigmaEntry, name: string, chain: Chain): Operand | null {
  if (name === '') return null;
  const isVerbatim = entry.keySpan.end - entry.keySpan.start === entry.key.length;
  let left: Operand = { kind: 'field', name, span: isVerbatim ? placeInKey(entry, 0, name.length) : entry.keySpan };
  let written = name;
  for (const { modifier, at, written: word } of chain.links) {
    if (modifier?.gives !== 'time-part') continue;
    written = `${modifier.name}(${written})`;
    const place = placeInKey(entry, name.length + at, name.length + at + word.length);
    const call: Call = { kind: 'call', span: entry.keySpan, fn: modifier.name, name: place, args: [left], written };
    left = call;
  }
  return left;
}

function lowerValues(key: Key, node: SigmaNode, entry: SigmaEntry, remarks: Remarks): Predicate {
  if (node.kind === 'scalar') return lowerChecked(key, node, entry, entry.span, remarks);
  if (node.kind === 'map') {
    remarks.remark('sigma/nested-value', node.span, 'A field takes a value or a list of values, not a mapping.');
    return unread(entry.span, remarks.lost(), 'mapping as a value');
  }
  if (node.items.length === 0) {
    remarks.remark('sigma/empty-list', node.span, 'This list is empty, so nothing is compared.');
    return unread(entry.span, 'unmodelled', 'empty list');
  }
  return lowerList(key, node, entry, remarks);
}

function lowerChecked(key: Key, scalar: SigmaScalar, entry: SigmaEntry, span: Span, remarks: Remarks): Predicate {
  if (!checkValue(key.chain, scalar, entry, remarks)) return unread(span, remarks.lost(), 'a value that its modifiers do not take');
  if (key.left !== null || scalar.type !== 'null' || key.chain.regex) return lowerValue(key, scalar, span);
  remarks.remark('sigma/null-keyword', placeOf(scalar.span, entry.keySpan), NULL_KEYWORD);
  return unread(span, remarks.lost(), 'null as a keyword');
}

function lowerList(key: Key, node: SigmaSeq, entry: SigmaEntry, remarks: Remarks): Predicate {
  const tests: Predicate[] = [];
  for (const item of node.items) {
    if (item.kind === 'scalar') {
      // The field's name stands at the first value.
      const span = tests.length === 0 && item.span.start >= entry.keySpan.end ? { start: entry.keySpan.start, end: item.span.end } : item.span;
      tests.push(lowerChecked(key, item, entry, span, remarks));
    } else {
      if (item.kind === 'seq') remarks.remark('sigma/nested-value', item.span, 'A list of values does not hold lists.');
      tests.push(lowerValues(key, item, entry, remarks));
    }
  }
  return gather(key.chain.every ? 'all' : 'any', tests, node.span);
}

/** A single part stands for itself; the span holds every part. */
export function gather(kind: 'all' | 'any', parts: readonly Predicate[], place: Span): Predicate {
  if (parts.length === 1) return parts[0]!;
  let span = place;
  for (const part of parts) if (part.span.start < span.start || part.span.end > span.end) span = joinOf(span, part.span);
  return { kind, span, of: parts };
}

type TestParts = Pick<Test, 'compare' | 'values' | 'word'> & { readonly isExact?: boolean; readonly modifiers?: readonly string[] };

/** One value as one test: by its modifiers, else by its type and the places of its stars. */
function lowerValue(key: Key, scalar: SigmaScalar, span: Span): Test {
  const { left, chain, operator } = key;
  const { compare, values, word, isExact = false, modifiers = [] } = partsOfTest(key, scalar);
  const test: { -readonly [K in keyof Test]: Test[K] } = {
    kind: 'test',
    span,
    left,
    compare,
    values,
    case: isExact ? 'exact' : 'fold',
    missing: compare === 'absent' ? 'true' : 'false',
    word,
  };
  if (chain.every) test.every = true;
  // What `exists` is given belongs to the comparison: there is no value.
  if (operator !== null) test.operator = values.length === 0 && scalar.span.start >= operator.end ? { start: operator.start, end: scalar.span.end } : operator;
  if (modifiers.length > 0) test.modifiers = modifiers;
  return test;
}

function partsOfTest({ left, chain }: Key, scalar: SigmaScalar): TestParts {
  const { text, type, span } = scalar;
  if (chain.links[0]?.modifier?.name === 'exists')
    return FALSE.test(text) ? { compare: 'absent', values: [], word: 'is_null' } : { compare: 'exists', values: [], word: 'is_not_null' };
  if (chain.regex) {
    const value: Regex = { kind: 'regex', span, text, dialect: 'pcre', flags: chain.flags };
    const placeholder = chain.expands ? placeholderIn(text) : null;
    return {
      compare: 'regex',
      values: [placeholder === null ? value : unread(span, 'unknown', `placeholder ${placeholder}`, text)],
      word: 'regex_match',
      isExact: chain.caseSensitive,
      modifiers: placeholder === null ? chain.changes.filter((name) => name !== 'expand') : chain.changes,
    };
  }
  if (type === 'null') return { compare: 'absent', values: [{ kind: 'literal', span, type, text: 'null' }], word: 'is_null' };
  if (chain.op === 'field_eq') {
    const value: Operand = { kind: 'field', name: decodePattern(text).text, span };
    const parts = openedParts([{ of: value }], chain.startStar, chain.endStar);
    return { compare: 'equals', values: [parts.length === 1 ? value : { kind: 'glob', span, parts }], word: 'field_eq', modifiers: chain.parts };
  }
  if (chain.op !== null) return { compare: COMPARES[chain.op] ?? 'equals', values: [literalOf(scalar)], word: chain.op };
  if (left !== null && type !== 'string' && !chain.startStar && !chain.endStar) return { compare: 'equals', values: [literalOf(scalar)], word: 'eq' };
  return textTest(left === null, chain, scalar);
}

/** A text through the modifiers of its key, left to right: stars, encodings around what stands there so far, placeholders. */
function textTest(isKeyword: boolean, chain: Chain, scalar: SigmaScalar): TestParts {
  const { span, type } = scalar;
  let parts: readonly GlobPart[] = type === 'string' ? partsOf(scalar.text) : [{ text: literalOf(scalar).text }];
  const isStarred = parts.some((part) => part === 'any-run' || part === 'any-char');
  const modifiers: string[] = [];
  for (const { modifier } of chain.links) {
    const name = modifier!.name;
    if (name === 'contains' || name === 'startswith' || name === 'endswith') parts = openedParts(parts, name !== 'startswith', name !== 'endswith');
    else if (ENCODERS.has(name)) {
      const call: Call = { kind: 'call', span, fn: name, name: span, args: [valueOfParts(parts, span, 'eq')], written: scalar.text };
      parts = [{ of: call }];
      modifiers.push(name);
    } else if (name === 'expand') {
      const before = parts;
      parts = expandedParts(parts, span);
      if (parts.some((part) => typeof part === 'object' && 'of' in part && !before.includes(part))) modifiers.push(name);
    }
  }
  const byStars = isStarred ? wordOfParts(parts) : wordOfModifiers(chain);
  if (byStars === 'is_not_null') return { compare: 'exists', values: [valueOfParts(parts, span, byStars)], word: byStars };
  // Anywhere in the event is where keywords are looked for, with stars around them or without.
  const isAnywhere = chain.startStar === chain.endStar || (parts.length > 1 && parts[0] === 'any-run' && parts.at(-1) === 'any-run');
  const word = isKeyword && isAnywhere ? 'keyword' : byStars;
  if (word === 'keyword') parts = openedParts(parts, true, true);
  return { compare: 'equals', values: [valueOfParts(parts, span, word)], word, isExact: chain.caseSensitive, modifiers };
}

const wordOfModifiers = ({ startStar, endStar }: Chain): Operator => (startStar ? (endStar ? 'contains' : 'ends_with') : endStar ? 'starts_with' : 'eq');

/** Parts of text alone are a literal, one computed part is itself, all else is a glob. `word` says which outer stars people do not see. */
function valueOfParts(parts: readonly GlobPart[], span: Span, word: Operator): Operand {
  const [only] = parts;
  if (parts.length === 0) return { kind: 'literal', span, type: 'string', text: '' };
  if (parts.length === 1 && typeof only === 'object') return 'of' in only ? only.of : { kind: 'literal', span, type: 'string', text: only.text };
  const isContains = word === 'contains' || word === 'keyword';
  const shown = innerParts(parts, isContains || word === 'ends_with', isContains || word === 'starts_with');
  const isMisread =
    shown.some((part) => typeof part !== 'object') && shown.some((part) => typeof part === 'object' && 'text' in part && /[\\*?]/.test(part.text));
  const glob: Glob = isMisread ? { kind: 'glob', span, parts, written: encodeParts(shown) } : { kind: 'glob', span, parts };
  return glob;
}

/** A number or truth value as converters write it: hexadecimal and octal numbers of YAML are decimal ones. */
function literalOf({ text, type, span }: SigmaScalar): Literal {
  return { kind: 'literal', span, type, text: type === 'number' ? plainNumber(text) : type === 'boolean' ? String(!FALSE.test(text)) : text };
}

const FALSE = /^(?:false|no|off)$/i;

/** `%name%`, but for a percent sign behind a backslash. */
const PLACEHOLDER = /(?<!\\)%\w+%/g;

const placeholderIn = (text: string): string | null => text.match(PLACEHOLDER)?.[0] ?? null;

/** The texts with their placeholders as what is not in the rule; the same parts where there is none. */
function expandedParts(parts: readonly GlobPart[], span: Span): readonly GlobPart[] {
  if (!parts.some((part) => typeof part === 'object' && 'text' in part && part.text.includes('%'))) return parts;
  let isChanged = false;
  const expanded = parts.flatMap((part): readonly GlobPart[] => {
    if (typeof part !== 'object' || !('text' in part)) return [part];
    const found: GlobPart[] = [];
    let from = 0;
    const plain = (to: number): void => {
      const text = part.text.slice(from, to).replaceAll('\\%', '%');
      if (text !== part.text) isChanged = true;
      if (text !== '') found.push({ text });
    };
    for (const { 0: name, index } of part.text.matchAll(PLACEHOLDER)) {
      plain(index);
      found.push({ of: unread(span, 'unknown', `placeholder ${name}`, name) });
      isChanged = true;
      from = index + name.length;
    }
    plain(part.text.length);
    return found;
  });
  return isChanged ? expanded : parts;
}
