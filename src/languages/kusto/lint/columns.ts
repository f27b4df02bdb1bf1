import { columnsOfTable } from '../../../knowledge/tables';
import type { Fix, Span } from '../../../model';
import { nearest } from '../../../syntax/nearest';
import { type Place, boundIn, remarkAt } from '../lower/environment';
import { columnIn, columnsIn, wasIn } from '../lower/scope';
import type { Expr } from '../tree';
import { functionOf, RESERVED } from '../vocabulary';

/** Remarks on the columns an expression names that nothing before it gives. Silent where unknown columns may exist. */
export function checkColumns(expr: Expr, place: Place): void {
  if (place.scope.isOpen) return;
  switch (expr.kind) {
    case 'name':
      return checkName(expr.name, expr.span, place);
    case 'path':
      if (expr.base.kind === 'name' && expr.base.name.startsWith('$')) return;
      checkColumns(expr.base, place);
      for (const step of expr.steps) if ('index' in step) checkColumns(step.index, place);
      return;
    case 'call':
      checkNull(expr, place);
      for (const arg of expr.args) checkColumns(arg, place);
      return;
    case 'group':
    case 'unary':
      return checkColumns(expr.of, place);
    case 'chain':
      for (const part of expr.of) checkColumns(part, place);
      return;
    case 'compare':
      checkColumns(expr.left, place);
      return checkColumns(expr.right, place);
    case 'among':
      checkColumns(expr.left, place);
      for (const item of expr.items) checkColumns(item, place);
      return;
    case 'between':
      checkColumns(expr.left, place);
      checkColumns(expr.low, place);
      return checkColumns(expr.high, place);
    case 'assign':
      return checkColumns(expr.value, place);
    default:
  }
}

/** `isnull` of a text: a text is empty and never null. */
function checkNull({ name, nameSpan, args: [of] }: Extract<Expr, { kind: 'call' }>, place: Place): void {
  const meant = name === 'isnull' ? 'isempty' : name === 'isnotnull' ? 'isnotempty' : null;
  const column = meant !== null && of?.kind === 'name' ? columnIn(place.scope, of.name) : null;
  if (meant === null || column?.type !== 'string' || column.derived) return;
  remarkAt(place.lowering, 'kusto/null-text', nameSpan, `A text is empty and never null: \`${name}\` says the same of every row; write \`${meant}\`.`, {
    title: `Write ${meant}`,
    edits: [{ span: nameSpan, text: meant }],
  });
}

/** Columns that senders add to tables, one that the lists leave out of some, and those of `arg_max(a, 1m)`, whose result has no name. */
const MAY_EXIST = /^\$|_(?:CF|[sdgbt])$|^Name\d*$|^(?:max|min)_\w+_arg\d$/;

function checkName(name: string, span: Span, place: Place): void {
  if (MAY_EXIST.test(name) || RESERVED.has(name) || columnIn(place.scope, name) !== null || boundIn(place.environment, name) !== null) return;
  const { strangers } = place.lowering;
  if (strangers.has(name)) return;
  strangers.add(name);
  if (wasIn(place.scope, name))
    return remarkAt(place.lowering, 'kusto/dropped-column', span, `\`${name}\` is no column any more: an earlier step kept others only.`);
  const clock = CLOCKS[name];
  if (clock !== undefined && columnIn(place.scope, clock) !== null)
    return remarkAt(place.lowering, 'kusto/other-clock', span, `The time of an event is \`${clock}\` here, not \`${name}\`.`, {
      title: `Write ${clock}`,
      edits: [{ span, text: clock }],
    });
  const near = meantIn(name, place.scope) ?? nearest(name, columnsIn(place.scope).keys(), name.length < 6 ? 1 : 2);
  if (near === undefined && functionOf(name)?.least === 0)
    return remarkAt(place.lowering, 'kusto/other-column', span, `\`${name}\` is a function, no column: write \`${name}()\`.`, {
      title: `Write ${name}()`,
      edits: [{ span, text: `${name}()` }],
    });
  // Defender's tables have the columns that are listed, and no others.
  if (place.scope.own.size === 0 && place.scope.bases.length === 1 && place.lowering.sources.length > 0 && isDefender(place))
    return remarkAt(
      place.lowering,
      'kusto/other-column',
      span,
      `\`${place.lowering.sources.at(-1)!.name}\` has no column \`${name}\`${near === undefined ? '' : `; \`${near}\` was probably meant`}.`,
      near === undefined ? undefined : { title: `Write ${near}`, edits: [{ span, text: near }] },
    );
  // Where every column is of the query's own making, an earlier step has said which there are.
  const code = place.scope.bases.length === 0 ? 'kusto/dropped-column' : 'kusto/unknown-column';
  const message = `No column \`${name}\` is known here${near === undefined ? '' : `; \`${near}\` was probably meant`}.`;
  const fix: Fix | undefined = near === undefined ? undefined : { title: `Write ${near}`, edits: [{ span, text: near }] };
  remarkAt(place.lowering, code, span, message, fix);
}

/** What Log Analytics and Defender call the time of an event. */
const CLOCKS: Readonly<Partial<Record<string, string>>> = { Timestamp: 'TimeGenerated', TimeGenerated: 'Timestamp' };

const isDefender = ({ lowering, scope }: Place): boolean => {
  const { name } = lowering.sources.at(-1)!;
  return /^Device\w+Events$/.test(name) && scope.bases[0] === columnsOfTable(name);
};

/** Names of other families for what a table calls otherwise. */
const MEANT: Readonly<Partial<Record<string, readonly string[]>>> = {
  processname: ['FileName'],
  process: ['FileName'],
  image: ['FolderPath'],
  commandline: ['ProcessCommandLine'],
  parentprocessname: ['InitiatingProcessFileName'],
  parentimage: ['InitiatingProcessFolderPath'],
  parentcommandline: ['InitiatingProcessCommandLine'],
  computer: ['DeviceName'],
  hostname: ['DeviceName'],
  account: ['AccountName'],
  username: ['AccountName'],
};
const meantIn = (name: string, scope: Place['scope']): string | undefined =>
  (Object.hasOwn(MEANT, name.toLowerCase()) ? MEANT[name.toLowerCase()]! : []).find((candidate) => columnIn(scope, candidate) !== null);
