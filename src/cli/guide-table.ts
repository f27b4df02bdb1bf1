import { VENDORS, vendorName } from '../knowledge/families';
import type { Guide, GuideValueRow } from '../model';
import { aligned } from './aligned';

/** Characters of a value in a table; JSON has the whole. */
const WIDEST = 72;

/** The guide as plain tables, every row. */
export function guideLines(guide: Guide): readonly string[] {
  const { technique, shown, total, own, perVendor } = guide;
  const vendors = VENDORS.map((vendor, at) => `${vendorName(vendor)} ${perVendor[at]}`).join(', ');
  return [
    `${technique.id} ${technique.name}${technique.known ? '' : '(newer than the ATT&CK of this catalog)'}`,
    ...(technique.tactics.length === 0 ? [] : [`Tactics: ${technique.tactics.join(', ')}`]),
    ...(technique.other === '' ? [] : [`Counted together with ${technique.other}, the same behaviour in the other ATT&CK generation`]),
    `${shown === total ? `${total} rules` : `${shown} of ${total} rules`} (${vendors})${own === total ? '' : `; ${own} tagged with ${technique.id} itself, the others with its sub-techniques`}`,
    ...section('Fields filtered most', guide.fields, ['field', 'rules', 'how', 'samples'], ({ field, rules, how, samples }) => [
      field,
      String(rules),
      how.map(([kind, count]) => `${kind} ${count}`).join(', '),
      samples.map(visible).join(' | '),
    ]),
    ...section('Top indicator values', guide.values, ['field', 'kind', 'value', 'rules', 'reach'], valueCells),
    ...section('Exclusions', guide.exclusions, ['field', 'kind', 'value', 'rules', 'reach'], valueCells),
    ...section('Thresholds', guide.thresholds, ['field', 'kind', 'value', 'rules'], ({ field, kind, value, rules }) => [
      field,
      kind,
      visible(value),
      String(rules),
    ]),
    ...section('Events covered', guide.events, ['provider', 'id', 'title', 'rules'], ({ provider, id, title, rules }) => [provider, id, title, String(rules)]),
    ...section('Rules', guide.rules, ['vendor', 'title', 'source', 'status', 'severity'], ({ vendor, title, source, status, severity }) => [
      vendorName(vendor),
      visible(title),
      source,
      status,
      severity,
    ]),
  ];
}

function section<T>(title: string, rows: readonly T[], heads: readonly string[], cellsOf: (row: T) => readonly string[]): string[] {
  return rows.length === 0
    ? ['', `${title}: none`]
    : ['', `${title} (${rows.length} distinct)`, ...aligned([heads, ...rows.map(cellsOf)]).map((line) => `  ${line}`)];
}

const valueCells = ({ field, kind, value, rules, reach }: GuideValueRow): string[] => [field, kind, visible(value), String(rules), String(reach)];

/** On one line, blanks at the ends in quotes, cut where it is long. */
function visible(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, '␤');
  const shown = line !== line.trim() ? JSON.stringify(line) : line;
  return shown.length > WIDEST ? `${shown.slice(0, WIDEST - 1)}…` : shown;
}
