import { isTechniqueId, tacticOf } from '../../knowledge/attack';
import { platformOfConnector } from '../../knowledge/tables';
import type { Analysis, Metadata, Platform, RuleKind, Span, Test, TimeBound } from '../../model';
import { NO_METADATA } from '../metadata';
import { shortOf } from './duration';
import { factsOf } from './facts';

/** A text of the container with its place. */
export interface Placed {
  readonly text: string;
  readonly span: Span;
}

/** What an analytics rule says, whether as YAML or as an ARM template; a missing text is null, a missing list []. */
export interface SentinelRule {
  readonly id: Placed | null;
  readonly title: Placed | null;
  readonly description: string;
  readonly author: readonly string[];
  readonly status: string;
  readonly severity: Placed | null;
  readonly frequency: Placed | null;
  readonly period: Placed | null;
  readonly operator: Placed | null;
  readonly threshold: Placed | null;
  readonly kind: Placed | null;
  readonly entityTypes: readonly Placed[];
  /** The keys of the rule itself, as written. */
  readonly keys: readonly Placed[];
  /** Keys whose text should be a list, with that text's place. */
  readonly loose: readonly Placed[];
  readonly tactics: readonly Placed[];
  readonly techniques: readonly Placed[];
  readonly tags: readonly string[];
  readonly connectors: readonly { readonly id: string; readonly dataTypes: readonly string[] }[];
  /** Columns of the answer that entity mappings, custom details and alert formats name. */
  readonly columns: readonly Placed[];
  readonly places: Readonly<Record<string, Span>>;
  /** Scheduled and near-real-time rules raise alerts by themselves; a hunting query waits for someone to run it. */
  readonly isAnalytics: boolean;
  /** Defender's custom detections and ASIM's parsers have keys of their own. */
  readonly schema: 'sentinel' | 'defender' | 'parser';
}

export function metadataOf(rule: SentinelRule, analysis: Analysis): Metadata {
  const facts = factsOf(analysis);
  const connected = rule.connectors.map(({ id }) => platformOfConnector(id)).filter((platform): platform is Platform => platform !== null);
  const kind: RuleKind = rule.schema === 'parser' ? 'building block' : facts.isAlertFeed ? 'alert feed' : rule.isAnalytics ? 'detection' : 'hunting query';
  const times: TimeBound[] = [];
  if (rule.period !== null && rule.period.text !== '') times.push({ kind: 'look-back', text: shortOf(rule.period.text), span: rule.period.span });
  if (rule.frequency !== null && rule.frequency.text !== '') times.push({ kind: 'schedule', text: shortOf(rule.frequency.text), span: rule.frequency.span });
  return {
    ...NO_METADATA,
    id: rule.id?.text ?? '',
    title: rule.title?.text ?? '',
    description: rule.description,
    author: rule.author,
    status: rule.status.toLowerCase(),
    kind,
    severity: rule.severity?.text.toLowerCase() ?? '',
    tags: rule.tags,
    techniques: [...new Set(rule.techniques.map(({ text }) => text.toUpperCase()).filter(isTechniqueId))],
    tactics: [...new Set(rule.tactics.map(({ text }) => tacticName(text)))],
    logsource: logsourceOf(rule, analysis),
    scopes: facts.scopes,
    platforms: facts.platforms.length > 0 ? facts.platforms : [...new Set(connected)],
    domains: facts.domains,
    events: facts.events,
    providers: facts.providers,
    times,
    places: rule.places,
  };
}

/** `CredentialAccess` is credential-access; an unknown tactic keeps its words. */
export function tacticName(text: string): string {
  const words = text.trim().replace(/([a-z])(?=[A-Z])/g, '$1-');
  return tacticOf(words)?.short ?? words.toLowerCase().replace(/[ _]+/g, '-');
}

/** Connectors with their data types; without them the tables. */
function logsourceOf({ connectors }: SentinelRule, { sources }: Analysis): string {
  if (connectors.length === 0) return sources.map(({ name }) => name).join(', ');
  return connectors.map(({ id, dataTypes }) => (dataTypes.length === 0 ? id : `${id} (${dataTypes.join(', ')})`)).join(', ');
}

const TRIGGERS: Readonly<Record<string, Test['word']>> = {
  gt: 'gt',
  greaterthan: 'gt',
  lt: 'lt',
  lessthan: 'lt',
  eq: 'eq',
  equal: 'eq',
  equals: 'eq',
  ne: 'eq',
  notequal: 'eq',
  notequals: 'eq',
};
export const isTrigger = (text: string): boolean => Object.hasOwn(TRIGGERS, text.trim().toLowerCase());

/** The rule's demand on the number of rows as a threshold; null where any row raises the alert. `at`: a place of the query, since the trigger stands outside it. */
export function triggerOf({ operator, threshold }: SentinelRule, at: Span): Test | null {
  const op = operator === null || !isTrigger(operator.text) ? undefined : TRIGGERS[operator.text.trim().toLowerCase()];
  if (op === undefined || threshold === null || !/^\d+$/.test(threshold.text) || (op === 'gt' && threshold.text === '0')) return null;
  return {
    kind: 'test',
    span: at,
    left: { kind: 'field', name: 'rows', span: at, derived: true },
    compare: op === 'gt' ? 'greater' : op === 'lt' ? 'less' : 'equals',
    values: [{ kind: 'literal', type: 'number', text: threshold.text, span: at }],
    case: 'fold',
    missing: 'false',
    word: op,
  };
}
