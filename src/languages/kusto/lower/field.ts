import type { FieldRef, Span } from '../../../model';
import type { Expr, Step } from '../tree';
import { WRAPPERS } from '../vocabulary';
import { type Place, boundIn } from './environment';
import { columnIn } from './scope';

/** Names of columns as text: `column_ifexists("x", …)`. */
export const NAMING: ReadonlySet<string> = new Set(['column_ifexists', 'columnifexists']);

interface Plain {
  readonly name: string;
  /** The column at its root. */
  readonly root: string;
  readonly transforms: readonly string[];
}

/** A part of a dotted path: `.name`, `.0`; what could be taken for another part stands in brackets. */
const PLAIN = /^[^.[\]"\d-][^.[\]"]*$|^-$/;
const partOf = (key: string): string => (PLAIN.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);

/** A step as a part of a dotted path; null where only the rows know which member it takes. */
export function stepPart(step: Step): string | null {
  if ('name' in step) return step.called === true ? null : partOf(step.name);
  const { index } = step;
  if (index.kind === 'literal' && index.type === 'number' && /^-?\d+$/.test(index.text)) return `.${index.text}`;
  return index.kind === 'literal' && index.type === 'string' ? partOf(index.text) : null;
}

/** A column, a path into one, or one of these inside functions that hand on its value; null for everything else. */
export function plainField(expr: Expr): Plain | null {
  switch (expr.kind) {
    case 'name':
      return { name: expr.name, root: expr.name, transforms: [] };
    case 'group':
      return plainField(expr.of);
    case 'path': {
      if (isSide(expr.base)) {
        const names = expr.steps.flatMap((step) => ('name' in step ? [step.name] : []));
        return names.length === 0 ? null : { name: names.join('.'), root: names[0]!, transforms: [] };
      }
      const base = plainField(expr.base);
      if (base === null) return null;
      let { name } = base;
      for (const step of expr.steps) name += stepPart(step) ?? '.*';
      return { ...base, name };
    }
    case 'call': {
      const [first] = expr.args;
      if (NAMING.has(expr.name)) return first?.kind === 'literal' && first.type === 'string' ? { name: first.text, root: first.text, transforms: [] } : null;
      const index = WRAPPERS.get(expr.name);
      const arg = index === undefined ? undefined : expr.args[index];
      const inner = arg === undefined ? null : plainField(arg);
      return inner === null ? null : { ...inner, transforms: [expr.name, ...inner.transforms] };
    }
    default:
      return null;
  }
}

/** `$left`, `$right`: the sides of a join. */
export const isSide = (expr: Expr): boolean => expr.kind === 'name' && (expr.name === '$left' || expr.name === '$right');

/** How many names are followed to what they stand for. */
const MOST_NAMES = 16;

/** Whether an expression has a column in it, so that it can be compared with values; a name that `let` bound has those of what it stands for. */
export function hasColumn(expr: Expr, place: Place, names = 0): boolean {
  switch (expr.kind) {
    case 'name': {
      if (isColumn(expr.name, place)) return true;
      const bound = boundIn(place.environment, expr.name);
      return (
        bound?.kind === 'value' &&
        bound.isArgument === true &&
        names < MOST_NAMES &&
        hasColumn(bound.expr, { ...place, environment: bound.environment }, names + 1)
      );
    }
    case 'path':
      return hasColumn(expr.base, place, names);
    case 'group':
    case 'unary':
      return hasColumn(expr.of, place, names);
    case 'call':
      return (
        (expr.args.length === 0 && expr.name === 'ingestion_time') ||
        NAMING.has(expr.name) ||
        (expr.name !== 'toscalar' && expr.args.some((arg) => hasColumn(arg, place, names)))
      );
    case 'chain':
      return expr.of.some((part) => hasColumn(part, place, names));
    case 'compare':
      return hasColumn(expr.left, place, names) || hasColumn(expr.right, place, names);
    case 'among':
    case 'between':
      return hasColumn(expr.left, place, names);
    case 'star':
      return true;
    default:
      return false;
  }
}

/** Whether a name is a column here. A let-bound name is one only where a column of this name is known. */
export function isColumn(name: string, { environment, scope }: Place): boolean {
  const bound = boundIn(environment, name);
  if (bound === null) return true;
  return scope.own.has(name) || (bound.kind !== 'parameter' && columnIn(scope, name) !== null);
}

/** A column, or the path `rest` into one, with what earlier steps have made of it. */
export function columnRef(name: string, rest: string, span: Span, { scope }: Place): FieldRef {
  const known = columnIn(scope, name);
  const { start, end } = span;
  return {
    kind: 'field',
    name: (PLAIN.test(name) ? name : partOf(name)) + rest,
    span: { start, end },
    ...(known?.derived === true ? { derived: true as const } : null),
    ...(known?.of === undefined ? null : { of: known.of + rest }),
    ...(known?.made === true && known.derived !== true ? { made: true as const } : null),
    ...(known?.member === true ? { member: true as const } : null),
  };
}
