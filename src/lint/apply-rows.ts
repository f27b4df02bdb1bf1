import { lintOf } from './rule-checks';
import { reportOf } from '../analysis/report';
import type { Addition, AddWay, Context, Diagnostic, Format, Report, Stage, TextEdit, Triple } from '../model';
import { edited } from '../syntax/edits';
import { toLocalField } from '../analysis/to-local-field';

/**
 * A new draft with guide rows written into its first rule, each only where it fits without a warning.
 * A rule that would look for nothing asks for any value of the field `otherwise`, and is remarked on for it.
 */
export function applyRows(text: string, format: Format, rows: readonly Triple[], otherwise: string, context: Context): string {
  const added = (before: string, row: Triple): string => {
    const [rule] = format.open(before, context).rules;
    return edited(before, format.add(before, 0, toLocalField(rule === undefined ? undefined : reportOf(rule), row, 'indicator'), context) ?? []);
  };
  let done = text;
  for (const row of rows) {
    const next = added(done, row);
    if (!draws(done, next, format, context)) done = next;
  }
  return done === text ? added(done, { field: otherwise, kind: 'is_not_null', value: '' }) : done;
}

/** Whether a change draws a warning that was not there. */
function draws(before: string, after: string, format: Format, context: Context): boolean {
  const remarksOn = (document: string): readonly Diagnostic[] => {
    const { diagnostics, rules } = format.open(document, context);
    return [...diagnostics, ...rules.flatMap((rule) => lintOf(reportOf(rule), document))];
  };
  const known = new Set(remarksOn(before).map(({ code, message }) => code + message));
  return remarksOn(after).some(({ code, severity, message }) => severity !== 'info' && !known.has(code + message));
}

/** Places that are tried for one row: enough to choose from, and no text takes long. */
const MOST_PLACES = 24;

/** Every way to write a guide's row into a rule, the one that fits best first; none where it has no place, or where no event could fire the rule any more. */
export function waysToAdd(
  text: string,
  report: Report | undefined,
  row: Triple,
  polarity: Addition['polarity'],
  index: number,
  format: Format,
  context: Context,
): readonly AddWay[] {
  const addition = toLocalField(report, row, polarity);
  const ways = new Map<string, AddWay>();
  const best = format.add(text, index, addition, context);
  const places = best === null || report === undefined ? [] : placesOf(report.rule.analysis.stages).slice(0, MOST_PLACES);
  for (const { name, at } of [{ name: '', at: undefined }, ...places]) {
    const edits = at === undefined ? best : format.add(text, index, { ...addition, at }, context);
    const key = JSON.stringify(edits);
    const known = ways.get(key);
    // The best way is named by the first place that comes to the same.
    if (known !== undefined && known.into === '') ways.set(key, { ...known, into: name });
    else if (known === undefined && edits !== null && !ruinsRule(text, edits, index, format, context)) ways.set(key, { into: name, edits });
  }
  return [...ways.values()];
}

/** Stages that ask something of events, by the name a condition calls them or as people count them, and the items of those that are lists. */
function placesOf(stages: readonly Stage[]): readonly { readonly name: string; readonly at: number }[] {
  const isNamed = stages[0]?.kind === 'condition';
  return stages.flatMap(({ kind, label, role, span, predicate }, index) => {
    if (predicate === undefined || kind === 'condition' || (role !== 'filter' && role !== 'sequence')) return [];
    const name = isNamed && label !== undefined ? label : `stage ${index + 1}, ${kind}${label === undefined ? '' : ` ${label}`}`;
    const items = predicate.kind === 'any' ? predicate.of.map((item, number) => ({ name: `${name}, item ${number + 1}`, at: item.span.start })) : [];
    return [{ name, at: span.start }, ...items];
  });
}

const NEVER = 'rule/never-matches';

/** Whether edits leave a rule that no event can fire, where one could before. */
function ruinsRule(text: string, edits: readonly TextEdit[], index: number, format: Format, context: Context): boolean {
  const isDead = (document: string): boolean => {
    const rule = format.open(document, context).rules[index];
    return rule !== undefined && lintOf(reportOf(rule), document).some(({ code }) => code === NEVER);
  };
  return isDead(edited(text, edits)) && !isDead(text);
}
