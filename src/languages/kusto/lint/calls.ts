import { countFault } from '../../../syntax/call';
import type { Callable, Span } from '../../../model';
import { counterpartOf } from '../../../knowledge/counterparts';
import { nearest } from '../../../syntax/nearest';
import { type Lowering, remarkAt } from '../lower/environment';
import type { Expr, Statement } from '../tree';
import { AGGREGATES, FUNCTIONS, functionOf, PLUGINS } from '../vocabulary';

type Call = Extract<Expr, { kind: 'call' }>;

const NAMES: readonly string[] = [...FUNCTIONS.keys(), ...AGGREGATES.keys()];
/** Names nobody knows that are compared with those there are; a text with more of them is no query. */
const MOST_LOOKED = 100;

/** Remarks on functions that are given too few or too many arguments, or are one slip away from one there is. What the text defines itself, and what a workspace may define, is left alone. */
export function remarkOnCalls(statements: readonly Statement[], lowering: Lowering, isBroken: (place: Span) => boolean): void {
  const { calls, own } = calledIn(statements);
  const looked = new Map<string, string | undefined>();
  for (const { name, nameSpan, span, args } of calls) {
    if (own.has(name) || PLUGINS.has(name)) continue;
    const known = functionOf(name);
    // `pack(*)` packs every column.
    const fault = known === undefined || isBroken(span) || args.some(({ kind }) => kind === 'star') ? null : countFault(known, args.length);
    if (known !== undefined) remarkOnValues(known, args, lowering);
    if (name === 'case' && args.length > 2 && args.length % 2 === 0)
      remarkAt(lowering, 'kusto/arguments', nameSpan, '`case` takes conditions with their values, and one value more for all else: it is missing here.');
    if (fault !== null) remarkAt(lowering, 'kusto/arguments', nameSpan, name === 'count' ? `${fault} ${COUNTS}` : fault);
    if (known !== undefined || (!looked.has(name) && looked.size === MOST_LOOKED)) continue;
    if (!looked.has(name)) looked.set(name, counterpartOf('kusto', name, 'functions', 'aggregates') ?? nearest(name, NAMES));
    const meant = looked.get(name);
    if (meant !== undefined)
      remarkAt(lowering, 'kusto/unknown-function', nameSpan, `No function \`${name}\` is known; \`${meant}\` was probably meant.`, {
        title: `Write ${meant}`,
        edits: [{ span: nameSpan, text: meant }],
      });
  }
}

/** A text in quotes where a stretch of time is taken: `ago("1d")`. */
function remarkOnValues({ parameters }: Callable, args: readonly Expr[], lowering: Lowering): void {
  args.forEach((arg, at) => {
    if (parameters[at]?.type !== 'timespan' || arg.kind !== 'literal' || arg.type !== 'string') return;
    remarkAt(lowering, 'kusto/arguments', arg.span, `A stretch of time stands without quotes: \`${arg.text}\`.`);
  });
}

/** What is meant by a count of something. */
const COUNTS = '`countif( … )` counts the rows that meet a condition, `dcount( … )` distinct values.';

/** Every call of a query wherever it stands, and the names that its own statements and parameters give. */
function calledIn(statements: readonly Statement[]): { readonly calls: readonly Call[]; readonly own: ReadonlySet<string> } {
  const calls: Call[] = [];
  const own = new Set<string>();
  const open: unknown[] = [statements];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part !== 'object' || part === null) continue;
    // A step's kind is any word of the text, `let` and `call` too.
    if ('kind' in part && part.kind === 'call' && 'nameSpan' in part) calls.push(part as Call);
    if ('kind' in part && part.kind === 'let' && 'head' in part) own.add((part as Extract<Statement, { kind: 'let' }>).name.name);
    if ('parameters' in part) for (const { name } of part.parameters as readonly { name: string }[]) own.add(name);
    for (const inner of Object.values(part)) if (typeof inner === 'object') open.push(inner);
  }
  return { calls: calls.toSorted((a, b) => a.span.start - b.span.start), own };
}
