import { commonFunction } from '../knowledge/functions';
import { writtenOf } from '../syntax/classify';
import type { Call, FieldRef, Operand, Span, Test } from '../model';

/** The field that is compared, and whether letters' case counts; null: the whole event. `call`: it is what this function makes of the field. */
type PlainSide = { readonly field: FieldRef | null; readonly fold: boolean; readonly call: Call | null } | { readonly span: Span; readonly why: string };

const CHANGES: ReadonlyMap<string | null, (text: string) => string> = new Map([
  ['lower', (text: string) => text.toLowerCase()],
  ['upper', (text: string) => text.toUpperCase()],
]);

/** A comparison's left side without the functions that only undo letters' case, or take a value as a text; of a language's own functions one may stay. */
export function plainSide(test: Test, language: string): PlainSide {
  let left: Operand | null = test.left;
  let fold = test.case === 'fold';
  while (left?.kind === 'call' && left.args.length === 1) {
    const common = commonFunction('scalar', language, left.fn);
    const change = CHANGES.get(common);
    if (change === undefined && common !== 'text') break;
    if (change !== undefined) {
      // A value with the other letters is never met: that is a slip, and no wish to ignore case.
      if (test.compare === 'regex' || (!fold && !test.values.every((value) => isSaid(value, change))))
        return { span: left.span, why: `the function \`${left.fn}\` around a field` };
      fold = true;
    }
    left = left.args[0]!;
  }
  if (left === null || left.kind === 'field') return { field: left, fold, call: null };
  const inner = left.kind === 'call' && left.args.length === 1 ? left.args[0]! : null;
  return left.kind === 'call' && inner?.kind === 'field' ? { field: inner, fold, call: left } : calculated(left);
}

/** Why a side is not said. */
export const calculated = (side: Operand): { readonly span: Span; readonly why: string } => ({ span: side.span, why: `\`${writtenOf(side)}\` is calculated` });

function isSaid(value: Operand, change: (text: string) => string): boolean {
  if (value.kind === 'list') return value.of.every((one) => isSaid(one, change));
  if (value.kind === 'literal') return change(value.text) === value.text;
  return value.kind === 'glob' && value.parts.every((part) => typeof part === 'string' || ('text' in part && change(part.text) === part.text));
}
