import type { Span } from '../../../model';
import type { WrittenField } from '../../../syntax/written-test';
import type { Expr } from '../tree';
import { WRAPPERS } from '../vocabulary';
import { type Place, boundIn, textOf } from './environment';
import { columnIn } from './scope';
import { isNumeric, typeOf } from './type';

/** Names of columns as text: `column_ifexists("x", …)`. */
const NAMING: ReadonlySet<string> = new Set(['column_ifexists', 'columnifexists']);

interface Plain {
  readonly name: string;
  /** The column at its root. */
  readonly root: string;
  readonly transforms: readonly string[];
}

/** A column, a path into one, or one of these inside functions that hand on its value; null for everything else. */
export function plainField(expr: Expr): Plain | null {
  switch (expr.kind) {
    case 'name':
      return { name: expr.name, root: expr.name, transforms: [] };
    case 'group':
      return plainField(expr.of);
    case 'path': {
      if (expr.base.kind === 'name' && (expr.base.name === '$left' || expr.base.name === '$right')) {
        const names = expr.steps.flatMap((step) => ('name' in step ? [step.name] : []));
        return names.length === 0 ? null : { name: names.join('.'), root: names[0]!, transforms: [] };
      }
      const base = plainField(expr.base);
      if (base === null) return null;
      let { name } = base;
      for (const step of expr.steps) name += 'name' in step ? `.${step.name}` : `.${step.index.kind === 'literal' ? step.index.text : '*'}`;
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

/** Whether an expression has a column in it, so that it can be compared with values; names that `let` bound are none. */
export function hasColumn(expr: Expr, place: Place): boolean {
  switch (expr.kind) {
    case 'name':
      return isColumn(expr.name, place);
    case 'path':
      return hasColumn(expr.base, place);
    case 'group':
    case 'unary':
      return hasColumn(expr.of, place);
    case 'call':
      return (
        (expr.args.length === 0 && expr.name === 'ingestion_time') ||
        NAMING.has(expr.name) ||
        (expr.name !== 'toscalar' && expr.args.some((arg) => hasColumn(arg, place)))
      );
    case 'chain':
      return expr.of.some((part) => hasColumn(part, place));
    case 'compare':
      return hasColumn(expr.left, place) || hasColumn(expr.right, place);
    case 'among':
    case 'between':
      return hasColumn(expr.left, place);
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

/** The left side of a comparison as the rule names it: an expression that is no plain field keeps its text and is a computed one where it gives numbers. */
export function fieldOf(expr: Expr, place: Place): WrittenField {
  if (expr.kind === 'group') return fieldOf(expr.of, place);
  const plain = plainField(expr);
  const { span } = expr;
  if (plain === null) {
    const name = oneLine(place, span);
    return isNumeric(typeOf(expr, place)) && !(expr.kind === 'call' && expr.name === 'ingestion_time') ? { name, span, derived: true } : { name, span };
  }
  const known = columnIn(place.scope, plain.root);
  const isConstant = known === null && !isColumn(plain.root, place);
  return {
    name: plain.name,
    span,
    ...(known?.derived === true || isConstant ? { derived: true as const } : null),
    ...(plain.transforms.length === 0 ? null : { transforms: plain.transforms, written: oneLine(place, span) }),
    ...(known?.of === undefined ? null : { of: known.of + plain.name.slice(plain.root.length) }),
  };
}

const oneLine = (place: Place, span: Span): string => textOf(place.lowering, span).replace(/\s+/g, ' ').trim();
