import { tacticOf } from '../../knowledge/attack';
import type { Diagnostic, Span } from '../../model';
import { nearest } from '../../syntax/nearest';
import { techniqueSlip } from '../technique-slip';
import { DIAGNOSTICS, type ElasticDiagnostic } from './diagnostics';
import vocabulary from './keys.json';
import { at, itemsAt, textAt, type TableNode } from './tree';

/** A remark of the container, as its table has it. */
export const remarkOf = (code: ElasticDiagnostic, { start, end }: Span, message: string, fix?: Diagnostic['fix']): Diagnostic => ({
  code,
  severity: DIAGNOSTICS[code].severity,
  span: { start, end },
  message,
  ...(fix === undefined ? null : { fix }),
});

const SEVERITIES: ReadonlySet<string> = new Set(['low', 'medium', 'high', 'critical']);

/** Values of a closed list, numbers written as texts, keys and lengths of time that Elastic does not take. */
export function metadataRemarks(table: TableNode): readonly Diagnostic[] {
  const remarks: Diagnostic[] = [];
  const severity = at(table, 'severity');
  if (severity !== undefined && !SEVERITIES.has(textAt(severity))) {
    const meant = textAt(severity).trim().toLowerCase();
    const fix = SEVERITIES.has(meant)
      ? { title: `Write ${meant}`, edits: [{ span: { start: severity.start, end: severity.end }, text: `"${meant}"` }] }
      : undefined;
    remarks.push(remarkOf('elastic/severity', severity, 'A severity is one of `low`, `medium`, `high`, `critical`, in small letters.', fix));
  }
  const risk = at(table, 'risk_score');
  const score = textAt(risk);
  const isScore = /^\d{1,3}$/.test(score) && Number(score) <= 100;
  if (risk !== undefined && (risk.kind !== 'scalar' || !isScore)) {
    const fix = isScore ? { title: 'Write it without quotes', edits: [{ span: { start: risk.start, end: risk.end }, text: score }] } : undefined;
    remarks.push(remarkOf('elastic/risk-score', risk, 'A risk score is a whole number from 0 to 100, without quotes.', fix));
  }
  return [...remarks, ...keySlips(table), ...timeRemarks(table), ...threatRemarks(table)];
}

const RULE_KEYS: readonly string[] = vocabulary.keys.flatMap(([table, key]) => (table === 'rule' ? [key!] : []));

/** Keys of a rule one slip away from those there are. */
function keySlips(table: TableNode): readonly Diagnostic[] {
  // Endpoint's rules have keys of their own.
  if (table.entries.has('os_list')) return [];
  return [...table.entries].flatMap(([name, { key }]) => {
    const meant = RULE_KEYS.includes(name) ? undefined : nearest(name, RULE_KEYS);
    if (meant === undefined || table.entries.has(meant)) return [];
    const span = { start: key.start, end: key.end };
    return [remarkOf('elastic/key', span, `A rule has no key \`${name}\`; \`${meant}\` was probably meant.`)];
  });
}

/** How far back and how often a rule runs, in Elastic's own form. */
function timeRemarks(table: TableNode): readonly Diagnostic[] {
  const [from, interval] = [at(table, 'from'), at(table, 'interval')];
  return [
    ...(from?.kind === 'text' && !/^(?:now(?:[-+]\d+[smhdwMy])*(?:\/[smhdwMy])?|\d{4}-\d\d.*)$/.test(from.value)
      ? [remarkOf('elastic/duration', from, 'A look-back is `now-`, a number and a unit: `now-9m`.')]
      : []),
    ...(interval?.kind === 'text' && !/^\d+[smhdw]$/.test(interval.value)
      ? [remarkOf('elastic/duration', interval, 'An interval is a number and a unit: `5m`.')]
      : []),
  ];
}

/** Tactics and techniques that ATT&CK writes otherwise. */
function threatRemarks(table: TableNode): readonly Diagnostic[] {
  return itemsAt(table, 'threat').flatMap((threat) => {
    const tactic = at(threat, 'tactic', 'name');
    const ids = itemsAt(threat, 'technique').flatMap((technique) => [technique, ...itemsAt(technique, 'subtechnique')].flatMap((node) => at(node, 'id') ?? []));
    return [
      ...(tactic?.kind === 'text' && /attack|att&ck/i.test(textAt(threat, 'framework')) && tacticOf(tactic.value) === null
        ? [remarkOf('elastic/threat', tactic, `ATT&CK has no tactic \`${tactic.value.slice(0, 40)}\`.`)]
        : []),
      ...ids.flatMap((id) => {
        const slip = id.kind === 'text' ? techniqueSlip(id.value) : null;
        return slip === null ? [] : [remarkOf('elastic/threat', id, slip.message)];
      }),
    ];
  });
}
