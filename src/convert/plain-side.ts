import { writtenOf } from '../syntax/classify';
import type { FieldRef, Operand, Span, Test } from '../model';

/** The field that is compared, and whether letters' case counts; null: the whole event. */
type PlainSide = { readonly field: FieldRef | null; readonly fold: boolean } | { readonly span: Span; readonly why: string };

const SMALL: ReadonlySet<string> = new Set(['tolower', 'lower', 'to_lower']);
const LARGE: ReadonlySet<string> = new Set(['toupper', 'upper', 'to_upper']);
const AS_TEXT: ReadonlySet<string> = new Set(['tostring', 'to_string', 'string']);

/** A comparison's left side without the functions that only undo letters' case, or take a value as a text. */
export function plainSide(test: Test): PlainSide {
  let left: Operand | null = test.left;
  let fold = test.case === 'fold';
  while (left?.kind === 'call' && left.args.length === 1 && (SMALL.has(left.fn) || LARGE.has(left.fn) || AS_TEXT.has(left.fn))) {
    if (!AS_TEXT.has(left.fn)) {
      const change = SMALL.has(left.fn) ? (text: string): string => text.toLowerCase() : (text: string): string => text.toUpperCase();
      // A value with the other letters is never met: that is a slip, and no wish to ignore case.
      if (test.compare === 'regex' || (!fold && !test.values.every((value) => isSaid(value, change))))
        return { span: left.span, why: `the function \`${left.fn}\` around a field` };
      fold = true;
    }
    left = left.args[0]!;
  }
  if (left === null || left.kind === 'field') return { field: left, fold };
  return { span: left.span, why: `\`${writtenOf(left)}\` is calculated` };
}

function isSaid(value: Operand, change: (text: string) => string): boolean {
  if (value.kind === 'list') return value.of.every((one) => isSaid(one, change));
  if (value.kind === 'literal') return change(value.text) === value.text;
  return value.kind === 'glob' && value.parts.every((part) => typeof part === 'string' || ('text' in part && change(part.text) === part.text));
}
