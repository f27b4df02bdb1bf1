import type { TimeBound } from '../../../model';
import type { Expr } from '../tree';
import { type Place, boundIn, oneLine } from './environment';
import { plainField } from './field';

/** Columns that say when an event happened. */
const CLOCKS: ReadonlySet<string> = new Set([
  'TimeGenerated',
  'Timestamp',
  'ingestion_time()',
  '_TimeReceived',
  'EventTime',
  'StartTime',
  'CreatedDateTime',
  'ActivityDateTime',
  'timestamp',
  'PreciseTimeStamp',
  'env_time',
]);

/** Notes the look-back that a condition sets: `TimeGenerated > ago(1d)`, `between (ago(14d) .. ago(1d))`. */
export function noteTimes(expr: Expr, place: Place): void {
  switch (expr.kind) {
    case 'group':
      return noteTimes(expr.of, place);
    case 'chain':
      if (expr.op !== 'arithmetic') for (const part of expr.of) noteTimes(part, place);
      return;
    case 'compare': {
      if (!'<>=!'.includes(expr.op[0]!)) return;
      const isFlipped = isClock(expr.right);
      if (!isFlipped && !isClock(expr.left)) return;
      place.lowering.hasTimeFilter = true;
      const isAfter = isFlipped ? expr.op.startsWith('<') : expr.op.startsWith('>');
      if (isAfter) noteAgo(isFlipped ? expr.left : expr.right, 'look-back', place);
      return;
    }
    case 'between': {
      if (!isClock(expr.left)) return;
      place.lowering.hasTimeFilter = true;
      // A range that ends before now looks at the past that the present is compared with.
      const isPast = resolved(expr.high, place, 0).kind === 'call' && !isNow(resolved(expr.high, place, 0));
      noteAgo(expr.low, isPast ? 'history' : 'look-back', place);
      return;
    }
    default:
  }
}

function isClock(expr: Expr): boolean {
  if (expr.kind === 'call' && expr.name === 'ingestion_time') return true;
  const plain = plainField(expr);
  return plain !== null && CLOCKS.has(plain.root);
}

const isNow = (expr: Expr): boolean => expr.kind === 'call' && expr.name === 'now' && expr.args.length === 0;

function noteAgo(expr: Expr, kind: TimeBound['kind'], place: Place): void {
  const call = resolved(expr, place, 0);
  if (call.kind !== 'call') return;
  const [first] = call.args;
  if (first === undefined) return;
  if (call.name === 'ago') note(kind, first, place);
  else if (/^(?:start|end)of/.test(call.name)) noteAgo(first, kind, place);
}

function note(kind: TimeBound['kind'], expr: Expr, place: Place): void {
  const length = resolved(expr, place, 0);
  place.lowering.times.push({ kind, text: oneLine(place, length.span), span: expr.span });
}

/** Notes the width of the bins that rows are grouped in, where it is a length of time. */
export function bin(expr: Expr, place: Place): void {
  const width = resolved(expr, place, 0);
  if (width.kind === 'literal' && width.type === 'time') place.lowering.times.push({ kind: 'bin', text: width.text, span: expr.span });
}

/** What let-bound names stand for. */
function resolved(expr: Expr, place: Place, depth: number): Expr {
  if (expr.kind === 'group') return resolved(expr.of, place, depth);
  if (expr.kind !== 'name' || depth > 16) return expr;
  const bound = boundIn(place.environment, expr.name);
  return bound?.kind === 'value' ? resolved(bound.expr, { ...place, environment: bound.environment }, depth + 1) : expr;
}
