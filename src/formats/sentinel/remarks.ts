import { answerOf } from '../../languages/kusto/lower/analyse';
import { tacticOf } from '../../knowledge/attack';
import type { Analysis, Diagnostic, Fix, Span } from '../../model';
import { nearest } from '../../syntax/nearest';
import { techniqueSlip } from '../technique-slip';
import { DIAGNOSTICS } from './diagnostics';
import { minutesOf } from './duration';
import { SENTINEL_KEYS } from './keys';
import { isTrigger, tacticName, type SentinelRule } from './rule';
import { TACTIC_WORDS } from './tactics';

type Code = keyof typeof DIAGNOSTICS;

export function remarkOf(code: Code, { start, end }: Span, message: string, fix?: Fix): Diagnostic {
  const plain = { code, severity: DIAGNOSTICS[code].severity, span: { start, end }, message };
  return fix === undefined ? plain : { ...plain, fix };
}

const SEVERITIES = ['Informational', 'Low', 'Medium', 'High'];

/** What a rule and its query do not agree on, or what Sentinel would not take. */
export function remarksOn(rule: SentinelRule, query: string, analysis: Analysis, whole: Span): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (rule.isAnalytics && rule.schema === 'sentinel') {
    for (const length of [rule.frequency, rule.period])
      if (length !== null && !isDuration(length.text))
        found.push(remarkOf('sentinel/duration', length.span, 'A length of time is a number with m, h or d, from 5m to 14d: `1h`.'));
    for (const [key, value] of [
      ['id', rule.id],
      ['name', rule.title],
      ['severity', rule.severity],
    ] as const)
      // A resource has the ID of what holds it.
      if (value === null && !(key === 'id' && rule.keys.some(({ text }) => text === 'displayName')))
        found.push(remarkOf('sentinel/missing-key', { start: whole.start, end: Math.min(whole.start + 1, whole.end) }, `An analytics rule needs \`${key}\`.`));
    if (rule.severity !== null && !SEVERITIES.includes(rule.severity.text)) {
      const meant = SEVERITIES.find((name) => name.toLowerCase() === rule.severity!.text.toLowerCase());
      found.push(
        remarkOf(
          'sentinel/severity',
          rule.severity.span,
          `Severity is one of ${SEVERITIES.join(', ')}.`,
          meant === undefined ? undefined : { title: `Write ${meant}`, edits: [{ span: rule.severity.span, text: meant }] },
        ),
      );
    }
    // A template's ID is the path of a resource, or is computed.
    if (rule.id !== null && !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|^\[|\//i.test(rule.id.text))
      found.push(remarkOf('sentinel/id', rule.id.span, 'An ID is a GUID: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.'));
    for (const { text, span } of rule.loose) found.push(remarkOf('sentinel/list', span, `\`${text}\` is a list, each with a minus and a blank before it.`));
    if (rule.threshold !== null && !/^-?\d+(?:\.\d+)?$/.test(rule.threshold.text))
      found.push(remarkOf('sentinel/trigger', rule.threshold.span, 'The trigger threshold is a number.'));
    found.push(...slipsIn(rule));
    if (rule.operator !== null && !isTrigger(rule.operator.text))
      found.push(remarkOf('sentinel/trigger', rule.operator.span, 'The trigger operator is one of gt, lt, eq, ne.'));
  }
  for (const tactic of rule.tactics) if (tacticOf(tacticName(tactic.text)) === null && !OTHER_TACTICS.has(tactic.text)) found.push(tacticRemark(tactic));
  for (const { text, span } of rule.techniques) {
    const slip = techniqueSlip(text);
    if (slip === null) continue;
    const { meant } = slip;
    found.push(remarkOf('sentinel/technique', span, slip.message, meant === null ? undefined : { title: `Write ${meant}`, edits: [{ span, text: meant }] }));
  }
  found.push(...remarksOnTime(rule, analysis), ...remarksOnColumns(rule, query, analysis));
  return found;
}

const KINDS: readonly string[] = [
  'Scheduled',
  'NRT',
  'MicrosoftSecurityIncidentCreation',
  'Fusion',
  'MLBehaviorAnalytics',
  'ThreatIntelligence',
  'CustomDetection',
  'Anomaly',
];
const ENTITIES: readonly string[] =
  'Account Host IP URL AzureResource CloudApplication DNS File FileHash IoTDevice Malware MailCluster MailMessage Mailbox Process RegistryKey RegistryValue SecurityGroup SubmissionMail'.split(
    ' ',
  );
const KEYS: readonly string[] = Object.entries(SENTINEL_KEYS).flatMap(([key, { under }]) => (under === undefined ? [key] : []));

/** Keys, kinds and entities one slip away from those that Sentinel has. */
function slipsIn({ keys, kind, entityTypes }: SentinelRule): readonly Diagnostic[] {
  const slip = (what: string, known: readonly string[]): ((written: SentinelRule['keys'][number]) => readonly Diagnostic[]) => {
    const folded = new Map(known.map((name) => [name.toLowerCase(), name]));
    return ({ text, span }) => {
      const near = folded.has(text.toLowerCase()) ? undefined : nearest(text, folded.keys());
      const meant = near === undefined ? undefined : folded.get(near);
      if (meant === undefined) return [];
      return [
        remarkOf('sentinel/slip', span, `There is no ${what} \`${text}\`; \`${meant}\` was probably meant.`, {
          title: `Write ${meant}`,
          edits: [{ span, text: meant }],
        }),
      ];
    };
  };
  return [...keys.flatMap(slip('key', KEYS)), ...(kind === null ? [] : slip('kind of rule', KINDS)(kind)), ...entityTypes.flatMap(slip('entity', ENTITIES))];
}

/** The tactic that is one slip away is offered. */
function tacticRemark({ text, span }: SentinelRule['tactics'][number]): Diagnostic {
  const known = TACTIC_WORDS.map((name) => [name.toLowerCase(), name] as const);
  const near = nearest(
    text.replace(/[ _-]/g, ''),
    known.map(([lower]) => lower),
  );
  const meant = known.find(([lower]) => lower === (near ?? text.replace(/[ _-]/g, '').toLowerCase()))?.[1];
  const message = `\`${text}\` is no tactic of ATT&CK${meant === undefined ? '' : `; \`${meant}\` was probably meant`}.`;
  return remarkOf('sentinel/tactic', span, message, meant === undefined ? undefined : { title: `Write ${meant}`, edits: [{ span, text: meant }] });
}

/** `5m` to `14d`, in any of the ways that rules write a length of time. */
function isDuration(text: string): boolean {
  const minutes = minutesOf(text);
  return minutes !== null && minutes >= 5 && minutes <= 14 * 1440;
}

/** Tactics of the ICS matrix and of older releases that Sentinel takes. */
const OTHER_TACTICS: ReadonlySet<string> = new Set(['PreAttack', 'ImpairProcessControl', 'InhibitResponseFunction', 'Evasion', 'PreICS']);

/** A run must see everything since the last one, and can see no further back than its period. */
function remarksOnTime({ period, frequency, isAnalytics }: SentinelRule, { times }: Analysis): readonly Diagnostic[] {
  const minutes = period === null ? null : minutesOf(period.text);
  if (!isAnalytics || period === null || minutes === null) return [];
  const found: Diagnostic[] = [];
  const every = frequency === null ? null : minutesOf(frequency.text);
  if (every !== null && every > minutes)
    found.push(
      remarkOf(
        'sentinel/period',
        period.span,
        `The rule runs every ${frequency!.text.trim()} and looks back ${period.text.trim()}: what happens between is never seen.`,
      ),
    );
  const furthest = times.reduce((most, { kind, text }) => Math.max(most, kind === 'look-back' || kind === 'history' ? (minutesOf(text) ?? 0) : 0), 0);
  if (furthest > minutes) {
    const { text } = times.find((time) => minutesOf(time.text) === furthest)!;
    found.push(remarkOf('sentinel/beyond-period', period.span, `The query asks for the last ${text}, but the rule gives it only ${period.text.trim()}.`));
  }
  return found;
}

/** A mapping that names no column of the answer stays empty in every alert. What an error hides of the answer is not known. */
function remarksOnColumns({ columns }: SentinelRule, query: string, { diagnostics }: Analysis): readonly Diagnostic[] {
  if (columns.length === 0 || diagnostics.some(({ severity }) => severity === 'error')) return [];
  const has = answerOf(query);
  if (has === null) return [];
  return columns
    .filter(({ text }) => !has(text))
    .map(({ text, span }) => remarkOf('sentinel/entity-column', span, `The query's answer has no column \`${text}\`.`));
}
