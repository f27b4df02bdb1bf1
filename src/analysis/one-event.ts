import type { Analysis, Operation, Predicate, Report, RuleMeaning, Stage } from '../model';
import { fieldNameOf } from '../syntax/classify';
import { allOf, holdsUnread, isUnknownName } from '../syntax/predicates';
import { walkTests } from '../syntax/walk';

type Firing = Pick<RuleMeaning, 'isWhole' | 'isGrouped' | 'isOfEach' | 'isSeries'>;
const MORE: Firing = { isWhole: false };

/**
 * Whether one event that meets the rule's predicate fires it: nothing counts up to something, joins, waits for a second event or looks at a history.
 * A rule that only sums up what it found by some fields fires too, for events that have those.
 */
export function firingOf({ rule: { analysis, meta }, leaves }: Report): Firing {
  if (meta.kind === 'correlation' || meta.kind === 'filter') return MORE;
  const { stages } = analysis;
  const more: Firing = stages.every(isOfOneEvent) ? { isWhole: false, isOfEach: true } : isSeries(analysis) ? { isWhole: false, isSeries: true } : MORE;
  // What a source has computed of many events beforehand (a score) is not asked of one.
  if (leaves.some(({ polarity, stage }) => polarity === 'threshold' && stages[stage]?.role === 'source')) return more;
  if (stages.every(keepsEvents) && meta.groupBy.length === 0) return { isWhole: true };
  if (leaves.some(({ polarity }) => polarity === 'threshold')) return more;
  return stages.every((stage) => keepsEvents(stage) || sumsUp(stage)) && keepsGroups(stages.flatMap(({ operations }) => operations ?? []))
    ? { isWhole: false, isGrouped: true }
    : more;
}

/** Whether each stage is an event of a sequence, and the predicate has a part for each. */
const isSeries = ({ stages, predicate }: Analysis): boolean =>
  stages.every(({ role, evidence }) => role === 'sequence' && evidence === undefined) && predicate.kind === 'all' && predicate.of.length === stages.length;

/** Whether a stage compares each event by itself, or what was summed up of them, and none with another. */
const isOfOneEvent = ({ role, branches, evidence }: Stage): boolean =>
  role !== 'sequence' && role !== 'combine' && role !== 'unread' && branches === undefined && evidence === undefined;

/** What every event must meet before a rule sums up, joins or waits; null where nothing is asked so early. */
export function firstDemands({ rule: { analysis, meta, span } }: Report): Predicate | null {
  if (meta.kind === 'correlation' || meta.kind === 'filter') return null;
  const until = analysis.stages.findIndex((stage) => !keepsEvents(stage));
  // What a stage does nothing with is named by another: it is not asked of every event.
  const demands = analysis.stages
    .slice(0, until < 0 ? analysis.stages.length : until)
    .flatMap(({ predicate, operations }) => (predicate === undefined || operations === undefined ? [] : [predicate]));
  return demands.length === 0 ? null : allOf(demands, span);
}

const keepsEvents = ({ role, parameters, branches, evidence, label, operations = [] }: Stage): boolean => {
  // What sums up, or a plugin, gives other rows.
  if (branches !== undefined || evidence !== undefined || operations.some(({ kind }) => kind === 'aggregate' || kind === 'plugin')) return false;
  // A filter with parameters is one of new terms, thresholds or threat lists.
  if (role === 'filter') return parameters === undefined || label !== undefined;
  return role === 'source' || role === 'derive' || role === 'shape';
};

/** Whether a stage sums up, as a search of a data model may do at once, and says all that it does. */
const sumsUp = ({ role, branches, evidence, operations }: Stage): boolean =>
  (role === 'aggregate' || role === 'source') && branches === undefined && evidence === undefined && operations !== undefined;

/** Whether at least one row is left of the events that meet the filters: what is summed up is sifted by nothing but what it was grouped by. */
function keepsGroups(operations: readonly Operation[]): boolean {
  let keys: ReadonlySet<string> | null = null;
  for (const operation of operations) {
    switch (operation.kind) {
      case 'filter':
        // A macro that is not known can only leave out more.
        if (keys !== null && !isUnknownName(operation.predicate) && !readsOnly(operation.predicate, keys)) return false;
        break;
      case 'aggregate':
        // A column beside every row may decide later on.
        if (operation.how !== 'group') return false;
        keys = new Set(operation.by.map(({ name }) => name).filter((name) => keys === null || keys.has(name)));
        break;
      case 'read':
      case 'assign':
      case 'project':
      case 'keep':
      case 'drop':
      case 'reorder':
      case 'rename':
      case 'limit':
        // The first of many groups are those that have most, or least.
        if (keys !== null) return false;
        break;
      case 'sort':
      case 'distinct':
      case 'extract':
      case 'fill':
      case 'show':
        break;
      default:
        return false;
    }
  }
  return keys !== null;
}

/** Whether a predicate compares nothing but these columns. */
function readsOnly(predicate: Predicate, names: ReadonlySet<string>): boolean {
  let isOnly = !holdsUnread(predicate);
  walkTests(predicate, (test) => {
    const name = fieldNameOf(test);
    if (name === null || !names.has(name)) isOnly = false;
  });
  return isOnly;
}
