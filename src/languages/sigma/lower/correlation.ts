import type { ColumnRef, Diagnostic, Operation, Parameter, Predicate, Span, Stage, TimeBound } from '../../../model';
import { isInside } from '../../../model';
import { unread } from '../../../syntax/predicates';
import { checkAliases, checkTimespan, readReferences } from './correlation-parts';
import { conditionOf } from './correlation-condition';
import { CORRELATION_TYPES } from './correlation-words';
import type { Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import { entryOf, headOf, type SigmaEntry, type SigmaMap, type SigmaScalar, scalarsOf } from '../parse/yaml-node';
import type { WrittenCondition } from './section';

interface Correlation {
  readonly stages: readonly Stage[];
  readonly predicate: Predicate;
  readonly times: readonly TimeBound[];
  readonly groupBy: readonly string[];
  readonly conditions: readonly WrittenCondition[];
  /** The rules it combines, as written. */
  readonly references: readonly SigmaScalar[];
}

/** A correlation: one stage per rule it refers to, then `correlation` with its group, window and threshold. */
export function lowerCorrelation(section: SigmaMap, text: string, remarks: Remarks): Correlation {
  const before = remarks.diagnostics.length;
  const type = typeOf(section, remarks);
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  const referred = readReferences(section, isTemporal, remarks);
  const timespan = checkTimespan(section, remarks);
  const groupEntry = entryOf(section, 'group-by');
  const groupBy = groupOf(groupEntry, remarks);
  checkAliases(section, referred, remarks);
  const generate = entryOf(section, 'generate');
  if (generate !== undefined && !(generate.value.kind === 'scalar' && (generate.value.type === 'boolean' || generate.value.type === 'null'))) {
    remarks.remark('sigma/wrong-type', generate.value.span, '`generate` is true or false.');
  }
  const condition = conditionOf(section, type, referred, text, remarks);
  const references = referred.length > 0 ? referred : condition.names;
  if (references.length === 0 && type !== '')
    remarks.remark('sigma/no-rules', entryOf(section, 'rules')?.span ?? headOf(section), 'This correlation names no rules, so there is nothing to correlate.');
  const absent = new Set(condition.absent);
  const stages: Stage[] = references.map((rule) => ({
    kind: 'rule',
    role: 'source',
    span: rule.span,
    label: rule.text,
    operations: [{ kind: 'read', span: rule.span, sources: [{ name: rule.text, span: rule.span }] }],
    ...(absent.has(rule.text) ? { evidence: 'absent' as const } : {}),
  }));
  const parameter = (name: string, entry: SigmaEntry | undefined): readonly Parameter[] =>
    entry === undefined || entry.value.kind !== 'scalar' || entry.value.text === '' ? [] : [{ name, value: entry.value.text, span: entry.value.span }];
  const aliases = entryOf(section, 'aliases');
  const operation: Operation = {
    kind: 'correlate',
    span: section.span,
    type,
    rules: references.map(({ text: name, span }) => ({ name, span })),
    by: groupBy,
    timespan: timespan[0]?.text ?? '',
    condition: condition.over ?? condition.predicate,
    of: condition.of,
    ...(condition.percentile === null ? null : { percentile: condition.percentile }),
    aliases: aliases?.value.kind === 'map' ? aliases.value.entries.flatMap(rowsOfAlias) : [],
  };
  stages.push({
    kind: 'correlation',
    role: isTemporal ? 'sequence' : 'aggregate',
    span: bodyOf(section),
    ...(type === '' ? {} : { label: type }),
    operations: [operation, ...lostParts(remarks.diagnostics.slice(before), section.span), ...unknownKeys(section, remarks)],
    predicate: condition.predicate,
    groupBy,
    ...(condition.derived === null ? {} : { derives: [{ name: condition.derived.name, span: condition.derived.span, expression: condition.derived.span }] }),
    parameters: [
      ...parameter('type', entryOf(section, 'type')),
      ...parameter('timespan', entryOf(section, 'timespan')),
      ...parameter('condition', entryOf(section, 'condition')),
      ...parameter('generate', generate),
      ...parameter('percentile', percentileOf(section)),
      ...(aliases?.value.kind === 'map'
        ? aliases.value.entries.map((alias) => ({ name: `alias ${alias.key}`, value: aliasText(alias), span: alias.span }))
        : []),
    ],
  });
  return { stages, predicate: condition.predicate, times: timespan, groupBy: groupBy.map((field) => field.name), conditions: condition.written, references };
}

/** What of the section could not be read, as the errors about it say. */
const lostParts = (remarks: readonly Diagnostic[], within: Span): readonly Operation[] =>
  remarks.flatMap(({ severity, span }) => (severity === 'error' && isInside(span, within) ? [unread(span, 'syntax-error', 'correlation')] : []));

const KEYS = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'];

/** Keys that a correlation does not have, as what is not read. */
function unknownKeys(section: SigmaMap, remarks: Remarks): readonly Operation[] {
  return section.entries.flatMap(({ key, keySpan, span }) => {
    if (KEYS.includes(key)) return [];
    const close = remarks.nearest(key.toLowerCase(), () => KEYS.filter((known) => entryOf(section, known) === undefined));
    const message = `A correlation has no key \`${key}\`${close === undefined ? '' : `; did you mean \`${close}\`?`}`.replace(/(?<!\?)$/, '.');
    remarks.remark('sigma/unknown-key', keySpan, message, close === undefined ? undefined : replacing(`Write ${close}`, keySpan, close));
    return [unread(span, 'unmodelled', `key \`${key}\``)];
  });
}

function percentileOf(section: SigmaMap): SigmaEntry | undefined {
  const condition = entryOf(section, 'condition')?.value;
  return condition?.kind === 'map' ? entryOf(condition, 'percentile') : undefined;
}

const rowsOfAlias = ({ key, value }: SigmaEntry): readonly { readonly alias: string; readonly rule: string; readonly field: string }[] =>
  value.kind === 'map' ? value.entries.map((rule) => ({ alias: key, rule: rule.key, field: rule.value.kind === 'scalar' ? rule.value.text : '' })) : [];

const aliasText = (alias: SigmaEntry): string =>
  alias.value.kind === 'map' ? alias.value.entries.map((entry) => `${entry.key}: ${entry.value.kind === 'scalar' ? entry.value.text : ''}`).join(', ') : '';

function typeOf(section: SigmaMap, remarks: Remarks): string {
  const entry = entryOf(section, 'type');
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.type === 'null')) {
    remarks.remark('sigma/missing-key', entry?.span ?? headOf(section), `A correlation needs a \`type\`: ${CORRELATION_TYPES.join(', ')}.`);
    return '';
  }
  const written = entry.value.kind === 'scalar' ? entry.value.text : '';
  if ((CORRELATION_TYPES as readonly string[]).includes(written)) return written;
  const close = remarks.nearest(written, () => CORRELATION_TYPES);
  remarks.remark(
    'sigma/bad-value',
    entry.value.span,
    `This is no correlation type; expected is one of ${CORRELATION_TYPES.join(', ')}.`,
    close === undefined ? undefined : replacing(`Write ${close}`, entry.value.span, close),
  );
  return '';
}

function groupOf(entry: SigmaEntry | undefined, remarks: Remarks): readonly ColumnRef[] {
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.type === 'null')) return [];
  if (entry.value.kind === 'map' || (entry.value.kind === 'scalar' && entry.value.type !== 'string')) {
    remarks.remark('sigma/wrong-type', entry.value.span, '`group-by` is a field or a list of fields.');
    return [];
  }
  return scalarsOf(entry.value).map((field) => ({ name: field.text, span: field.span }));
}

/** What stands after the list of rules, or before it where nothing does, so that the stages do not overlap; without a list, what stands beside the condition. */
function bodyOf(section: SigmaMap): Span {
  const { entries } = section;
  const rules = entries.findIndex((entry) => entry.key === 'rules');
  const after = rules === -1 ? undefined : entries.slice(rules + 1).find((entry) => BESIDE.has(entry.key) || entry.key === 'condition');
  if (after !== undefined) return { start: after.span.start, end: section.span.end };
  const beside = entries.filter((entry) => BESIDE.has(entry.key));
  const [first] = beside;
  return first === undefined ? headOf(section) : { start: first.span.start, end: beside[beside.length - 1]!.span.end };
}

const BESIDE: ReadonlySet<string> = new Set(['type', 'timespan', 'group-by', 'generate', 'aliases']);
