import { isContextField } from '../knowledge/families';
import { allOf, conjunctsOf } from '../syntax/predicates';
import { pairOf } from './points';
import { type Shape, shapeOf } from './shape';
import { subjectOf } from '../syntax/classify';
import type { Analysis, Loss, Operand, Operation, Predicate, Rule, Span, Stage, Taxonomy, Unread } from '../model';

/** What a rule demands of single events, with what it does beside that. */
interface Demand {
  readonly predicate: Predicate;
  readonly lost: readonly Loss[];
  readonly refused: readonly { readonly span: Span; readonly why: string }[];
  /** What is shown of the events, by steps that the target has too. */
  readonly shapes: readonly Shape[];
}

/** Operations that change what is shown, not which events a rule fires on. */
export const SHOWN: ReadonlySet<Operation['kind']> = new Set(['project', 'keep', 'drop', 'reorder', 'rename', 'sort', 'show']);

/**
 * The demands of a rule that filters events. Steps that only show or sum up what was found are lost; one that decides which events count is refused.
 * `to`: in another family, what only says where and when the rule looks is left to the target; `scoping`: conditions that say what the target says too, by reading such events.
 * `isShaped`: the target says such a step too.
 */
export function demandOf(rule: Rule, to: Taxonomy, scoping: ReadonlySet<string>, isShaped: (shape: Shape) => boolean): Demand {
  const { analysis, taxonomy } = rule;
  const lost: Loss[] = [];
  const refused: { span: Span; why: string }[] = [];
  const lose = (span: Span, kind: Loss['kind'], why: string, effect: Loss['effect']): void =>
    void lost.push({ span: { start: span.start, end: span.end }, kind, why, effect });
  const refuse = (span: Span, why: string): void => void refused.push({ span: { start: span.start, end: span.end }, why });
  const error = analysis.diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined) refuse(error.span, `the original has an error: ${error.message}`);
  /** The fields that an earlier step groups by: a condition on them alone holds of the events too. */
  let keys: ReadonlySet<string> | null = null;
  const shapes: Shape[] = [];
  let isGrouped = false;
  for (const stage of analysis.stages) {
    for (const operation of stage.operations ?? []) {
      if (keys !== null && operation.kind === 'filter') {
        for (const part of conjunctsOf(operation.predicate))
          if (!isUnknown(part) && ![...namesIn(part)].every((name) => keys!.has(name))) refuse(part.span, 'a condition on what an earlier step summed up');
      }
      const shape = isGrouped ? null : shapeOf(operation);
      if (shape !== null && isShaped(shape)) {
        shapes.push(shape);
        if (shape.kind === 'limit') keys = new Set();
      } else if (SHOWN.has(operation.kind) || (isGrouped && (operation.kind === 'fill' || operation.kind === 'own')))
        lose(operation.span, 'stage', `\`${stage.kind}\` only says what is shown, and is left out`, 'shown');
      else if (isSumming(operation)) {
        keys = keysOf(operation);
        isGrouped ||= operation.kind !== 'limit';
        lose(operation.span, 'stage', `\`${stage.kind}\` sums up what is found, and is left out: each event stands by itself`, 'shown');
      } else if (!isOfTables(operation)) refuseStep(operation, stage, refuse);
    }
  }
  const predicate = withoutPlaces(analysis, taxonomy, to, scoping, lose);
  return { predicate, lost, refused, shapes };
}

/** What is not known here, such as a macro of the author's own. */
export const isUnknown = (part: Predicate): part is Unread => part.kind === 'unread' && part.reason === 'unknown';

/** What a step groups by and does not calculate; of one that only cuts nothing. */
const keysOf = (operation: Operation): ReadonlySet<string> =>
  new Set(operation.kind === 'aggregate' ? operation.by.flatMap(({ value }) => (value.kind === 'field' && value.derived !== true ? [value.name] : [])) : []);

/** The fields that a condition compares; '' for what else it asks. */
export function namesIn(predicate: Predicate): ReadonlySet<string> {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return new Set(predicate.of.flatMap((part) => [...namesIn(part)]));
    case 'not':
      return namesIn(predicate.of);
    case 'test':
      return new Set(predicate.left?.kind === 'field' ? [predicate.left.name] : ['']);
    case 'unread':
      return new Set(['']);
    default:
      return predicate satisfies never;
  }
}

/** Whether what comes out are no single events any more, or not all of them. */
export const isSumming = (operation: Operation): boolean =>
  (operation.kind === 'aggregate' && operation.how === 'group') || operation.kind === 'distinct' || (operation.kind === 'limit' && operation.by === undefined);

/** Tables read together, with nothing done to any. */
export const isOfTables = (operation: Operation): boolean =>
  operation.kind === 'union' &&
  operation.fresh === true &&
  operation.branches.every(({ stages }) => stages.every(({ operations = [] }) => operations.every(({ kind }) => kind === 'read')));

function refuseStep(operation: Operation, { kind }: Stage, refuse: (span: Span, why: string) => void): void {
  switch (operation.kind) {
    case 'read':
    case 'filter':
    // A computed column that a condition compares is refused there.
    case 'assign':
      return;
    case 'sequence':
      return refuse(operation.span, operation.how === 'sample' ? 'a sample of several events' : 'a sequence of events');
    case 'correlate':
      return refuse(operation.span, `a correlation (${operation.type})`);
    case 'unread':
      return refuse(operation.span, `a step that is not read${operation.note === undefined ? '' : `: ${operation.note}`}`);
    default:
      return refuse(operation.span, `the step \`${kind}\``);
  }
}

/** The conjuncts without those that name an index, a time, and without a macro of the author's own that is not read. */
function withoutPlaces(
  { predicate }: Analysis,
  from: Taxonomy,
  to: Taxonomy,
  scoping: ReadonlySet<string>,
  lose: (span: Span, kind: Loss['kind'], why: string, effect: Loss['effect']) => void,
): Predicate {
  const conjuncts = conjunctsOf(predicate);
  const kept = conjuncts.filter((part) => {
    if (isUnknown(part)) {
      lose(part.span, 'unread', `${part.note ?? 'A part'} is not known here, and is left out`, 'looser');
      return false;
    }
    if (part.kind !== 'test') return true;
    if (from !== to && scoping.has(pairOf(part) ?? '')) return false;
    const subject = subjectOf(part.left);
    const name = subject?.of ?? subject?.name ?? '';
    const isTimed = part.values.some(isTime);
    if (!isTimed && (from === to || !isContextField(from, name))) return true;
    lose(
      part.span,
      isTimed ? 'time' : 'source',
      isTimed ? `When the rule looks (\`${name}\`) is left to whatever runs it` : `\`${name}\` says where the rule looks, and is left out`,
      'looser',
    );
    return false;
  });
  return kept.length === conjuncts.length ? predicate : allOf(kept, predicate.span);
}

const isTime = (value: Operand): boolean =>
  value.kind === 'time' || (value.kind === 'call' && (/^(?:ago|now|datetime|startofday|relative_time)$/.test(value.fn) || value.args.some(isTime)));
