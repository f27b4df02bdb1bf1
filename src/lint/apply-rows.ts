import { lintOf } from './rule-checks';
import { reportOf } from '../analysis/report';
import type { Addition, Context, Diagnostic, Format, TextEdit, Triple } from '../model';
import { edited } from '../syntax/edits';
import { toLocalField } from '../analysis/to-local-field';

/** Fields a new draft looks at: enough to begin with, little enough to read. */
const MOST_FIELDS = 2;

/**
 * A new draft with guide rows written into its first rule, indicators before exclusions, each only where it fits without a remark.
 * A rule that would look for nothing asks for any value of the field `otherwise`, and is remarked on for it.
 */
export function applyRows(text: string, format: Format, rows: readonly (Triple & Pick<Addition, 'polarity'>)[], otherwise: string, context: Context): string {
  const added = (before: string, row: Triple, polarity: Addition['polarity']): string => {
    const [rule] = format.open(before, context).rules;
    return edited(before, format.add(before, 0, toLocalField(rule === undefined ? undefined : reportOf(rule), row, polarity), context) ?? []);
  };
  const fields = new Set<string>();
  let done = text;
  for (const { polarity, ...row } of rows) {
    if (polarity === 'indicator' ? fields.size === MOST_FIELDS && !fields.has(row.field) : fields.size === 0) continue;
    const next = added(done, row, polarity);
    if (next === done || draws(done, next, polarity, format, context)) continue;
    if (polarity === 'indicator') fields.add(row.field);
    done = next;
  }
  return fields.size > 0 ? done : added(done, { field: otherwise, kind: 'is_not_null', value: '' }, 'indicator');
}

/** Whether a change draws a remark that was not there. An exclusion that is worth a hint is left to the author; what a rule looks for may have one. */
function draws(before: string, after: string, polarity: Addition['polarity'], format: Format, context: Context): boolean {
  const remarksOn = (document: string): readonly Diagnostic[] => {
    const { diagnostics, rules } = format.open(document, context);
    return [...diagnostics, ...rules.flatMap((rule) => lintOf(reportOf(rule), document))];
  };
  const known = new Set(remarksOn(before).map(({ code, message }) => code + message));
  return remarksOn(after).some(({ code, severity, message }) => (polarity === 'exclusion' || severity !== 'info') && !known.has(code + message));
}

const NEVER = 'rule/never-matches';

/** Whether edits leave a rule that no event can fire, where one could before. */
export function ruinsRule(text: string, edits: readonly TextEdit[], index: number, format: Format, context: Context): boolean {
  const isDead = (document: string): boolean => {
    const rule = format.open(document, context).rules[index];
    return rule !== undefined && lintOf(reportOf(rule), document).some(({ code }) => code === NEVER);
  };
  return isDead(edited(text, edits)) && !isDead(text);
}
