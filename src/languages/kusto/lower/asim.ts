import { ASIM_IGNORED, type AsimParameter, asimParameters } from '../../../knowledge/asim';
import type { Predicate } from '../../../model';
import { anyOf, unread } from '../../../syntax/predicates';
import type { Expr } from '../tree';
import type { Place } from './environment';
import { predicateOf } from './predicate';

type Named = Extract<Expr, { kind: 'assign' }>;

/** What the arguments of a unifying parser ask of its rows (`_Im_Dns(domain_has_any=…)`); null for a function that is none. What is not known of them is unread. */
export function asimFilter({ name, args }: Extract<Expr, { kind: 'call' }>, place: Place): readonly Predicate[] | null {
  const parameters = asimParameters(name);
  if (parameters === undefined) return null;
  return args.flatMap((arg) => {
    if (arg.kind !== 'assign' || arg.names.length !== 1) return [unread(arg.span, 'unmodelled', `an argument of ${name} without its name`)];
    const parameter = parameters.get(arg.names[0]!.name);
    if (parameter !== undefined) return isDefault(arg.value) ? [] : [asked(arg, parameter, place)];
    return ASIM_IGNORED.has(arg.names[0]!.name) ? [] : [unread(arg.span, 'unknown', `parameter ${arg.names[0]!.name} of ${name}`)];
  });
}

/** Values that stand for "no filter". */
const isDefault = (value: Expr): boolean =>
  (value.kind === 'literal' && (value.text === '*' || value.type === 'null')) || (value.kind === 'list' && value.items.length === 0);

/** The comparison a parameter stands for, at the parameter's place: one for each of its columns, any of which will do. */
function asked({ names, value, span }: Named, { columns, op }: AsimParameter, place: Place): Predicate {
  const opSpan = names[0]!.span;
  const tests = columns.map((name): Expr => {
    const left: Expr = { kind: 'name', span: opSpan, name };
    if (op.startsWith('has_') && op.includes('ipv4')) return { kind: 'call', span, name: op, nameSpan: opSpan, args: [left, value] };
    if (op === 'has' || /^[=<>]/.test(op)) return { kind: 'compare', span, op, opSpan, left, right: value };
    return { kind: 'among', span, op, opSpan, left, items: [value] };
  });
  return anyOf(
    tests.map((test) => predicateOf(test, place)),
    span,
  );
}
