import type { Operator, Predicate, Span, Test, Value } from '../../../model';
import { exactTest, type WrittenField } from '../../../syntax/written-test';
import { joinOf } from '../../../model';
import type { Remarks } from '../diagnostics';
import { type Chain, keyPartsOf } from '../parse/modifiers';
import { placeInKey, type SigmaEntry, type SigmaMap, type SigmaNode, type SigmaScalar, type SigmaSeq } from '../parse/yaml-node';
import { checkValue, explainUnknown } from '../lint/value';
import { decodePattern, encodePattern, type Pattern, type Placed, placePattern, withStars } from '../parse/pattern';

const NULL_KEYWORD = 'A keyword is a text to look for; null needs a field.';

/** What is not written has no place of its own to underline. */
export const placeOf = (span: Span, otherwise: Span): Span => (span.end > span.start ? span : otherwise);

const WORDLESS: Chain = keyPartsOf('').chain;

/** One search identifier: a mapping is all of its fields, a list any of its items; scalars are keywords. `place` is its name's, for what has no text. */
export function lowerSearch(node: SigmaNode, place: Span, remarks: Remarks): Predicate {
  switch (node.kind) {
    case 'map':
      return lowerMap(node, remarks);
    case 'seq':
      return gather(
        'any',
        node.items.map((item) => lowerSearch(item, place, remarks)),
        node.span,
      );
    case 'scalar':
      if (node.type === 'null') remarks.remark('sigma/null-keyword', placeOf(node.span, place), NULL_KEYWORD);
      return lowerValue(null, WORDLESS, node, node.span);
    default:
      return node satisfies never;
  }
}

function lowerMap(map: SigmaMap, remarks: Remarks): Predicate {
  if (map.entries.length === 0) remarks.remark('sigma/empty-selection', map.span, 'This selection is empty; a field and its value are expected.');
  return gather(
    'all',
    map.entries.map((entry) => lowerItem(entry, remarks)),
    map.span,
  );
}

/** `field|modifiers: value` or a list of values, one test each. */
function lowerItem(entry: SigmaEntry, remarks: Remarks): Predicate {
  const { field: name, chain } = keyPartsOf(entry.key);
  if (!chain.isKnown) {
    explainUnknown(entry, chain, name, remarks);
    return { kind: 'unread', span: entry.span, reason: 'syntax-error', note: 'unknown modifier' };
  }
  const field: WrittenField | null =
    name === '' ? null : { name, span: placeInKey(entry, 0, name.length), ...(chain.transforms.length > 0 ? { transforms: chain.transforms } : {}) };
  const lowered = lowerValues(field, chain, entry.value, entry, remarks);
  return chain.negated ? { kind: 'not', span: lowered.span, of: lowered } : lowered;
}

function lowerValues(field: WrittenField | null, chain: Chain, node: SigmaNode, entry: SigmaEntry, remarks: Remarks): Predicate {
  if (node.kind === 'scalar') {
    checkScalar(field, chain, node, entry, remarks);
    return lowerValue(field, chain, node, entry.span);
  }
  if (node.kind === 'map') {
    remarks.remark('sigma/nested-value', node.span, 'A field takes a value or a list of values, not a mapping.');
    return { kind: 'unread', span: entry.span, reason: 'syntax-error', note: 'mapping as a value' };
  }
  if (node.items.length === 0) {
    remarks.remark('sigma/empty-list', node.span, 'This list is empty, so nothing is compared.');
    return { kind: 'unread', span: entry.span, reason: 'unmodelled', note: 'empty list' };
  }
  return lowerList(field, chain, node, entry, remarks);
}

function checkScalar(field: WrittenField | null, chain: Chain, scalar: SigmaScalar, entry: SigmaEntry, remarks: Remarks): void {
  checkValue(chain, scalar, entry, remarks);
  if (field === null && scalar.type === 'null' && !chain.regex) remarks.remark('sigma/null-keyword', placeOf(scalar.span, entry.keySpan), NULL_KEYWORD);
}

function lowerList(field: WrittenField | null, chain: Chain, node: SigmaSeq, entry: SigmaEntry, remarks: Remarks): Predicate {
  const tests: Predicate[] = [];
  for (const item of node.items) {
    if (item.kind === 'scalar') {
      checkScalar(field, chain, item, entry, remarks);
      // The field's name stands at the first value.
      const span = tests.length === 0 && item.span.start >= entry.keySpan.end ? { start: entry.keySpan.start, end: item.span.end } : item.span;
      tests.push(lowerValue(field, chain, item, span));
    } else if (item.kind === 'seq') {
      remarks.remark('sigma/nested-value', item.span, 'A list of values does not hold lists.');
      tests.push(lowerValues(field, chain, item, entry, remarks));
    } else tests.push(lowerValues(field, chain, item, entry, remarks));
  }
  return gather(chain.every ? 'all' : 'any', tests, node.span);
}

/** A single part stands for itself; the span holds every part. */
export function gather(kind: 'all' | 'any', parts: readonly Predicate[], place: Span): Predicate {
  if (parts.length === 1) return parts[0]!;
  let span = place;
  for (const part of parts) if (part.span.start < span.start || part.span.end > span.end) span = joinOf(span, part.span);
  return { kind, span, of: parts };
}

/** One value as one test: by its modifiers, else by its type and the places of its stars. */
function lowerValue(field: WrittenField | null, chain: Chain, scalar: SigmaScalar, span: Span): Test {
  const { text, type } = scalar;
  if (chain.links[0]?.modifier?.name === 'exists') return testOf(field, chain, span, FALSE.test(text) ? 'is_null' : 'is_not_null', [], false);
  if (chain.regex) return testOf(field, chain, span, 'regex_match', [valueOf(scalar, chain, text, NO_WILD, 'regex')], chain.caseSensitive);
  if (type === 'null') {
    return testOf(field, chain, span, field === null ? 'keyword' : 'is_null', [{ text: 'null', span: scalar.span, type }], false);
  }
  if (chain.op === 'field_eq') {
    const { text: name, wild } = decodePattern(text);
    return testOf(field, chain, span, 'field_eq', [valueOf(scalar, chain, name, wild, 'field')], false);
  }
  if (chain.op !== null) return testOf(field, chain, span, chain.op, [valueOf(scalar, chain, text, NO_WILD, type)], false);
  if (type !== 'string') return testOf(field, chain, span, field === null ? 'keyword' : opOfStars(chain), [valueOf(scalar, chain, text, NO_WILD, type)], false);
  const placed = placedOf(decodePattern(text), chain);
  // Anywhere in the event is where keywords are looked for, with stars around them or without.
  const op = field === null && KEYWORDS.has(placed.op) && chain.startStar === chain.endStar ? 'keyword' : placed.op;
  return testOf(field, chain, span, op, [valueOf(scalar, chain, placed.text, placed.wild, 'string')], chain.caseSensitive);
}

/** The pattern with the stars its modifiers add; most values have none of their own. */
function placedOf(decoded: Pattern, chain: Chain): Placed {
  if (!chain.startStar && !chain.endStar) return placePattern(decoded);
  if (decoded.wild.length > 0) return placePattern(withStars(decoded, chain.startStar, chain.endStar));
  return { op: opOfStars(chain), text: decoded.text, wild: NO_WILD };
}

const NO_WILD: readonly number[] = [];
const FALSE = /^(?:false|no|off)$/i;
const KEYWORDS: ReadonlySet<Operator> = new Set(['eq', 'contains', 'starts_with', 'ends_with', 'wildcard']);

function testOf(field: WrittenField | null, chain: Chain, span: Span, op: Operator, values: readonly Value[], caseSensitive: boolean): Test {
  const test: { -readonly [K in keyof Test]: Test[K] } = exactTest({ kind: 'test', span, field, op, values, caseSensitive });
  if (chain.every) test.every = true;
  if (op === 'field_eq' ? chain.parts.length > 0 : chain.changes.length > 0) test.modifiers = op === 'field_eq' ? chain.parts : chain.changes;
  return test;
}

function valueOf(scalar: SigmaScalar, chain: Chain, text: string, wild: readonly number[], type: Value['type']): Value {
  const value: { -readonly [K in keyof Value]: Value[K] } = { text, span: scalar.span, type };
  if (wild.length > 0) {
    value.wild = wild;
    if (text.includes('\\') || text.split(/[*?]/).length - 1 > wild.length) value.written = encodePattern(text, wild);
  }
  // A whole `%name%` under `expand` is what the rule's user fills in.
  if (chain.expands && text.length > 2 && text[0] === '%' && text.indexOf('%', 1) === text.length - 1) value.origin = text.slice(1, -1);
  return value;
}

const opOfStars = ({ startStar, endStar }: Chain): Placed['op'] => (startStar ? (endStar ? 'contains' : 'ends_with') : endStar ? 'starts_with' : 'eq');
