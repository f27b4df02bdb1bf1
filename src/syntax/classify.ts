import type { GlobPart, Operand, Span, Test, Value } from '../model';
import { globText, innerParts, isOpenGlob } from './glob';

/** What a comparison is about, as people name it. */
export interface Subject {
  /** The field's name; of an expression that is about no single field, its text. */
  readonly name: string;
  readonly span: Span;
  /** Functions around the field, outermost first. */
  readonly transforms: readonly string[];
  /** The expression as the rule writes it; null where the field stands alone. */
  readonly written: string | null;
  /** Computed, by an earlier stage or by the expression itself. */
  readonly derived: boolean;
  /** The column of the events that an earlier stage copied or wrapped to make the field. */
  readonly of?: string;
  /** The field's name in all families, where it was looked up. */
  readonly canonical?: string;
  /** One member of a list: two comparisons may be about two members. */
  readonly member?: true;
}

/** The field at the heart of an operand, through functions that hand on a form of it; an expression that computes something new stands for itself, a constant for its name. */
export function subjectOf(operand: Operand | null): Subject | null {
  if (operand === null) return null;
  const transforms: string[] = [];
  let inner = operand;
  let path = '';
  while (inner.kind === 'call' && inner.derived !== true && inner.part !== true) {
    const subject = inner.args.find((arg) => arg.kind === 'field' || arg.kind === 'call');
    if (subject === undefined) break;
    if (inner.fn === '[]') path = `.${keyOf(inner.args[1])}${path}`;
    else transforms.push(inner.fn);
    inner = subject;
  }
  const written = operand.kind === 'call' ? operand.written : null;
  if (inner.kind === 'field') {
    const { name, span, derived, of, canonical, member } = inner;
    return {
      name: name + path,
      span,
      transforms,
      written,
      derived: derived === true,
      ...(of === undefined ? null : { of: of + path }),
      ...(canonical === undefined || path !== '' ? null : { canonical }),
      ...(member === undefined ? null : { member }),
    };
  }
  const isConstant = operand.kind === 'literal' || operand.kind === 'time' || operand.kind === 'list';
  const name = 'origin' in operand && operand.origin !== undefined ? operand.origin : writtenOf(operand);
  const derived = isConstant || (operand.kind === 'call' && (operand.derived === true || isDerived(operand)));
  return { name, span: operand.span, transforms: [], written, derived };
}

/** A member of an array or a property as a part of a path; `*` where only the event knows which. */
const keyOf = (key: Operand | undefined): string => (key?.kind === 'literal' ? key.text : '*');

const isDerived = (operand: Operand): boolean =>
  operand.kind === 'field' ? operand.derived === true : operand.kind === 'call' && operand.args.some(isDerived);

/** An operand as the rule writes it, or as near as its parts tell. */
export function writtenOf(operand: Operand): string {
  switch (operand.kind) {
    case 'field':
      return operand.name;
    case 'literal':
    case 'regex':
    case 'time':
      return operand.text;
    case 'glob':
      return globText(operand.parts, operand.letters).text;
    case 'call':
      return operand.written;
    case 'list':
      return operand.of.map(writtenOf).join(', ');
    case 'condition':
      return '…';
    case 'unread':
      return operand.written ?? operand.note ?? '…';
    default:
      return operand satisfies never;
  }
}

/** The values of a comparison as people read them, lists opened. */
export const valuesOf = (test: Test): readonly Value[] =>
  test.values.flatMap((operand) => (operand.kind === 'list' ? operand.of.map((item) => valueOf(item, test)) : [valueOf(operand, test)]));

function valueOf(operand: Operand, test: Test): Value {
  const { span } = operand;
  switch (operand.kind) {
    case 'literal': {
      const { text, type, origin, secret } = operand;
      return { text, span, type, ...(origin === undefined ? null : { origin }), ...(secret === undefined ? null : { secret }) };
    }
    case 'glob': {
      // Keywords that are sought in any text are read as they are written, without the stars that say so.
      const isAnywhere = test.word === 'contains' || (test.word === 'keyword' && test.compare === 'equals');
      const before = isAnywhere || test.word === 'ends_with';
      const after = isAnywhere || test.word === 'starts_with';
      if (isOpenGlob(operand.parts)) return openValue(innerParts(operand.parts, before, after), span, test);
      const { text, wild } = globText(innerParts(operand.parts, before, after), operand.letters);
      const { origin, secret, written } = operand;
      return {
        text,
        span,
        type: 'string',
        ...(wild.length === 0 ? null : { wild }),
        ...(written === undefined || wild.length === 0 ? null : { written }),
        ...(origin === undefined ? null : { origin }),
        ...(secret === undefined ? null : { secret }),
      };
    }
    case 'regex':
    case 'time':
      return {
        text: operand.kind === 'regex' ? (operand.written ?? operand.text) : operand.text,
        span,
        type: operand.kind,
        ...(operand.origin === undefined ? null : { origin: operand.origin }),
      };
    case 'field':
      return { text: operand.name, span, type: 'field' };
    case 'call':
      return encodedValue(operand.args, span, test) ?? { text: operand.written, span, type: 'expression' };
    case 'list':
    case 'condition':
    case 'unread':
      return { text: writtenOf(operand), span, type: 'expression' };
    default:
      return operand satisfies never;
  }
}

/** A glob that is not all text: the field or the encoded value in it, or its text around what the rule does not say. */
function openValue(parts: readonly GlobPart[], span: Span, test: Test): Value {
  const [only] = parts.flatMap((part) => (typeof part === 'object' && 'of' in part ? [part.of] : []));
  if (only === undefined) return { text: '', span, type: 'expression' };
  if (only.kind === 'unread') {
    const textOf = (part: GlobPart): string => (typeof part === 'string' ? (part === 'any-run' ? '*' : '?') : 'text' in part ? part.text : writtenOf(part.of));
    return { text: parts.map(textOf).join(''), span, type: 'expression' };
  }
  const encoded = only.kind === 'call' ? encodedValue(only.args, span, test) : null;
  return encoded ?? { text: writtenOf(only), span, type: only.kind === 'field' ? 'field' : 'expression' };
}

/** A value whose encoded form is sought (`base64offset`) is read as it is written. */
function encodedValue(args: readonly Operand[], span: Span, test: Test): Value | null {
  const [only, ...rest] = args;
  if (test.modifiers === undefined || only === undefined || rest.length > 0) return null;
  return only.kind === 'literal' || only.kind === 'glob' || only.kind === 'call' ? { ...valueOf(only, test), span } : null;
}

/** The name of the field a test is about; null for the whole event. */
export const fieldNameOf = (test: Test): string | null => subjectOf(test.left)?.name ?? null;
