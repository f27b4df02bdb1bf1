import type { Call, Compare, FieldRef, Glob, Missing, Operand, Operator, Regex, Span, Test, Value } from '../../src/model';
import { globParts, likeParts, openParts } from '../../src/syntax/glob';

/** A field as languages named it before operands: with the names of the functions around it. */
type WrittenField = Omit<FieldRef, 'kind'> & { readonly transforms?: readonly string[]; readonly written?: string };

/** A comparison by its kind as written. */
export interface WrittenTest {
  readonly kind: 'test';
  readonly span: Span;
  readonly field: WrittenField | null;
  readonly op: Operator;
  readonly values: readonly Value[];
  readonly caseSensitive: boolean;
  readonly every?: true;
  readonly token?: true;
  readonly modifiers?: readonly string[];
  readonly macro?: string;
}

const COMPARES: Readonly<Record<Operator, Compare>> = {
  eq: 'equals',
  in: 'equals',
  contains: 'equals',
  starts_with: 'equals',
  ends_with: 'equals',
  wildcard: 'equals',
  regex_match: 'regex',
  match: 'regex',
  like: 'equals',
  cidr_match: 'cidr',
  gt: 'greater',
  ge: 'at-least',
  lt: 'less',
  le: 'at-most',
  between: 'between',
  is_null: 'absent',
  is_not_null: 'exists',
  field_eq: 'equals',
  keyword: 'token',
  term: 'token',
};

export function exactTest(written: WrittenTest, missing: Missing = 'false', dialect: Regex['dialect'] = 'pcre'): Test {
  const { span, field, op, values, caseSensitive, every, token, modifiers, macro } = written;
  return {
    kind: 'test',
    span,
    left: field === null ? null : operandOf(field),
    compare: token === true ? 'token' : COMPARES[op],
    values: values.map((value) => exactValue(op, value, token === true, dialect)),
    case: caseSensitive ? 'exact' : 'fold',
    missing,
    word: op,
    ...(every === undefined ? null : { every }),
    ...(modifiers === undefined ? null : { modifiers }),
    ...(macro === undefined ? null : { macro }),
  };
}

/** A named field with its functions as an operand. */
export function operandOf({ transforms = [], written, ...field }: WrittenField): Operand {
  let operand: Operand = { kind: 'field', ...field };
  let text = field.name;
  for (const fn of transforms.toReversed()) {
    text = `${fn}(${text})`;
    const call: Call = { kind: 'call', span: field.span, fn, name: field.span, args: [operand], written: text };
    operand = call;
  }
  return written === undefined || operand.kind !== 'call' ? operand : { ...operand, written };
}

function exactValue(op: Operator, value: Value, isToken: boolean, dialect: Regex['dialect']): Operand {
  const { text, span, type, wild = [], written, origin, secret } = value;
  const marks = { ...(origin === undefined ? null : { origin }), ...(secret === undefined ? null : { secret }) };
  switch (type) {
    case 'field':
      return opened(op, { kind: 'field', name: text, span });
    case 'expression':
      return opened(op, { kind: 'unread', span, reason: 'unmodelled', written: text });
    case 'time':
      return { kind: 'time', span, text, ...(origin === undefined ? null : { origin }) };
    case 'regex':
      return { kind: 'regex', span, text, dialect, flags: '', ...(origin === undefined ? null : { origin }) };
    case 'number':
    case 'boolean':
    case 'null':
    case 'string': {
      const glob = (parts: Glob['parts'], letters?: 'percent'): Glob => ({
        kind: 'glob',
        span,
        parts,
        ...(letters === undefined ? null : { letters }),
        ...(written === undefined ? null : { written }),
        ...marks,
      });
      if (isToken && wild.length === 0) return { kind: 'literal', span, type, text, ...marks };
      if (op === 'match' || op === 'regex_match') return { kind: 'regex', span, text, dialect, flags: '', ...(origin === undefined ? null : { origin }) };
      if (op === 'like' && value.wild === undefined) return glob(likeParts(text), 'percent');
      const before = op === 'contains' || op === 'ends_with';
      const after = op === 'contains' || op === 'starts_with';
      if (wild.length === 0 && !before && !after && op !== 'wildcard') return { kind: 'literal', span, type, text, ...marks };
      return glob(openParts(globParts(text, wild), before, after));
    }
    default:
      return type satisfies never;
  }
}

/** `a contains b`: a glob around what only the event knows. */
function opened(op: Operator, of: Operand): Operand {
  const before = op === 'contains' || op === 'ends_with';
  const after = op === 'contains' || op === 'starts_with';
  return before || after ? { kind: 'glob', span: of.span, parts: openParts([{ of }], before, after) } : of;
}
