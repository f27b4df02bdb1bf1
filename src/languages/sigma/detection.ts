import type { FieldRef, Operator, Predicate, Span, Test, Value } from '../../model';
import { joinOf } from '../../model';
import type { Remarks } from './codes';
import { type Chain, keyPartsOf } from './modifiers';
import type { SigmaEntry, SigmaMap, SigmaNode, SigmaScalar, SigmaSeq } from './node';
import { checkValue, explainUnknown } from './value-check';
import { decodePattern, type Pattern, placePattern, stripStars, withStars } from './values';

const WORDLESS: Chain = keyPartsOf('').chain;

/** One search identifier: a mapping is all of its fields, a list any of its items; scalars are keywords. */
export function lowerSearch(node: SigmaNode, remarks: Remarks): Predicate {
  switch (node.kind) {
    case 'map':
      return lowerMap(node, remarks);
    case 'seq':
      return gather(
        'any',
        node.items.map((item) => lowerSearch(item, remarks)),
        node.span,
      );
    case 'scalar':
      return lowerValue(null, WORDLESS, node, node.span, remarks);
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
    return { kind: 'opaque', span: entry.span, reason: 'syntax-error', note: 'unknown modifier' };
  }
  const start = entry.keySpan.end - entry.keySpan.start > entry.key.length ? entry.keySpan.start + 1 : entry.keySpan.start;
  const field: FieldRef | null =
    name === '' ? null : { name, span: { start, end: start + name.length }, ...(chain.transforms.length > 0 ? { transforms: chain.transforms } : {}) };
  const lowered = lowerValues(field, chain, entry.value, entry, remarks);
  return chain.negated ? { kind: 'not', span: lowered.span, of: lowered } : lowered;
}

function lowerValues(field: FieldRef | null, chain: Chain, node: SigmaNode, entry: SigmaEntry, remarks: Remarks): Predicate {
  if (node.kind === 'scalar') {
    checkValue(chain, node, entry, remarks);
    return lowerValue(field, chain, node, entry.span, remarks);
  }
  if (node.kind === 'map') {
    remarks.remark('sigma/nested-value', node.span, 'A field takes a value or a list of values, not a mapping.');
    return { kind: 'opaque', span: entry.span, reason: 'syntax-error', note: 'mapping as a value' };
  }
  if (node.items.length === 0) {
    remarks.remark('sigma/empty-list', node.span, 'This list is empty, so nothing is compared.');
    return { kind: 'opaque', span: entry.span, reason: 'unmodelled', note: 'empty list' };
  }
  return lowerList(field, chain, node, entry, remarks);
}

function lowerList(field: FieldRef | null, chain: Chain, node: SigmaSeq, entry: SigmaEntry, remarks: Remarks): Predicate {
  const tests: Predicate[] = [];
  for (const item of node.items) {
    if (item.kind === 'scalar') {
      checkValue(chain, item, entry, remarks);
      // The field's name stands at the first value.
      const span = tests.length === 0 && item.span.start >= entry.keySpan.end ? { start: entry.keySpan.start, end: item.span.end } : item.span;
      tests.push(lowerValue(field, chain, item, span, remarks));
    } else if (item.kind === 'seq') {
      remarks.remark('sigma/nested-value', item.span, 'A list of values does not hold lists.');
      tests.push(lowerList(field, chain, item, entry, remarks));
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

function lowerValue(field: FieldRef | null, chain: Chain, scalar: SigmaScalar, span: Span, remarks: Remarks): Predicate {
  const shared = {
    kind: 'test' as const,
    span,
    field,
    ...(chain.every ? { every: true as const } : {}),
    ...(chain.changes.length > 0 ? { modifiers: chain.changes } : {}),
  };
  const test = (op: Operator, values: readonly Value[], caseSensitive = false): Test => ({ ...shared, op, values, caseSensitive });
  const first = chain.links[0]?.modifier?.name;
  if (first === 'exists') return test(/^(?:false|no|off)$/i.test(scalar.text) ? 'is_null' : 'is_not_null', []);
  if (scalar.type === 'null' && !chain.regex) {
    if (field === null) remarks.remark('sigma/null-keyword', scalar.span, 'A keyword is a text to look for; null needs a field.');
    return test(field === null ? 'keyword' : 'is_null', [{ text: 'null', span: scalar.span, type: 'null' }]);
  }
  if (chain.op !== null && chain.op !== 'field_eq') {
    const type = chain.regex ? 'regex' : scalar.type === 'number' ? 'number' : 'string';
    return test(chain.op, [{ text: scalar.text, span: scalar.span, type, ...originOf(chain, scalar.text) }], chain.regex && chain.caseSensitive);
  }
  if (scalar.type === 'number' || scalar.type === 'boolean') {
    const op = field === null ? 'keyword' : opOfStars(chain.startStar, chain.endStar);
    return test(op, [{ text: scalar.text, span: scalar.span, type: scalar.type }]);
  }
  const decoded = decodePattern(scalar.text);
  const type = chain.op === 'field_eq' ? 'field' : 'string';
  const valueOf = ({ text, wild }: Pattern): Value => ({ text, span: scalar.span, type, ...(wild.length > 0 ? { wild } : {}), ...originOf(chain, text) });
  if (chain.op === 'field_eq') return { ...test('field_eq', [valueOf(decoded)]), ...partOf(chain) };
  if (field === null && !chain.startStar && !chain.endStar) return test('keyword', [valueOf(stripStars(decoded, true, true))], chain.caseSensitive);
  const placed = placePattern(chain.startStar || chain.endStar ? withStars(decoded, chain.startStar, chain.endStar) : decoded);
  return test(field === null && placed.op === 'contains' ? 'keyword' : placed.op, [valueOf(placed)], chain.caseSensitive);
}

const opOfStars = (start: boolean, end: boolean): Operator => (start ? (end ? 'contains' : 'ends_with') : end ? 'starts_with' : 'eq');

/** A whole `%name%` under `expand` is what the rule's user fills in. */
function originOf(chain: Chain, text: string): { readonly origin?: string } {
  return chain.expands && text.length > 2 && text[0] === '%' && text.indexOf('%', 1) === text.length - 1 ? { origin: text.slice(1, -1) } : {};
}

/** A field reference may be compared by its start, its end or anywhere. */
function partOf(chain: Chain): { readonly modifiers?: readonly string[] } {
  const parts = chain.links.flatMap((link) => (['contains', 'startswith', 'endswith'].includes(link.modifier?.name ?? '') ? [link.modifier!.name] : []));
  return parts.length > 0 ? { modifiers: parts } : {};
}
