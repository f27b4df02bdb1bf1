import type { Predicate, Span, Stage, TimeBound } from '../../../model';
import { aggregationStage } from './aggregation';
import type { Remarks } from '../diagnostics';
import { parseCondition } from '../parse/condition';
import type { ConditionToken } from '../parse/condition-lexer';
import { mapperOf, moveDiagnostic } from '../parse/condition-place';
import type { Condition } from '../tree';
import { gather, lowerSearch, placeOf } from './detection';
import { entryOf, type SigmaEntry, type SigmaMap, type SigmaNode, type SigmaScalar } from '../parse/yaml-node';
import { resolve, type Resolver, resolverOf, type Search } from './resolve';
import { usesIn } from './uses';

/** What a `detection` or `filter` section says. */
export interface Section {
  readonly stages: readonly Stage[];
  readonly predicate: Predicate;
  readonly times: readonly TimeBound[];
  readonly groupBy: readonly string[];
  readonly searches: readonly Search[];
  readonly conditions: readonly WrittenCondition[];
  readonly resolver: Resolver;
}

/** A condition as it stands in the text. */
export interface WrittenCondition {
  readonly scalar: SigmaScalar;
  readonly lexemes: readonly ConditionToken[];
  /** Its spans are in the condition's own text. */
  readonly condition: Condition;
  /** From there to the document. */
  readonly place: (span: Span) => Span;
  readonly isBroken: boolean;
}

/** Lowers the section: `condition` first, then one stage per search identifier in written order. `reserved` keys are no identifiers. */
export function lowerSection(section: SigmaMap, reserved: ReadonlySet<string>, text: string, remarks: Remarks): Section {
  const searches = section.entries.filter(({ key }) => !reserved.has(key)).map((entry) => searchOf(entry, remarks));
  const resolver = resolverOf(searches, remarks);
  const entry = entryOf(section, 'condition');
  const conditions: WrittenCondition[] = [];
  const predicates: Predicate[] = [];
  const tails: Stage[] = [];
  const window = entryOf(section, 'timeframe')?.value;
  const timeframe = window?.kind === 'scalar' && window.text !== '' ? { name: 'timeframe', value: window.text, span: window.span } : null;
  for (const node of entry === undefined ? [] : entry.value.kind === 'seq' ? entry.value.items : [entry.value]) {
    if (node.kind !== 'scalar' || node.type !== 'string') {
      remarks.remark('sigma/wrong-type', placeOf(node.span, entry!.keySpan), 'A condition is a text such as `selection and not filter`.');
      predicates.push({ kind: 'unread', span: node.span, reason: remarks.lost(), note: 'condition' });
      continue;
    }
    const place = mapperOf(text, node);
    const { condition, lexemes, aggregation, diagnostics } = parseCondition(node.text, resolver.byName);
    for (const diagnostic of diagnostics) remarks.add(moveDiagnostic(diagnostic, place));
    conditions.push({ scalar: node, lexemes, condition, place, isBroken: diagnostics.some(({ code }) => code !== 'sigma/old-aggregation') });
    predicates.push(resolve(resolver, condition, place));
    if (aggregation !== null) tails.push(aggregationStage(aggregation, timeframe, place));
  }
  const tested = tails.flatMap((stage) => (stage.predicate === undefined ? [] : [stage.predicate]));
  const whole = predicates.length === 0 ? missingCondition(section.span, remarks) : gather('any', predicates, predicates[0]!.span);
  const stages: Stage[] = [];
  const uses = conditions.map(({ condition, place }) => usesIn(resolver, condition, place));
  if (entry !== undefined && predicates.length > 0)
    stages.push({
      kind: 'condition',
      role: 'filter',
      span: spanOfCondition(entry.value, conditions),
      operations: [{ kind: 'filter', span: whole.span, predicate: whole }],
      ...(timeframe === null || tails.length > 0 ? null : { parameters: [timeframe] }),
      predicate: whole,
      uses: uses.includes(null) ? [] : uses.flatMap((own) => own ?? []),
    });
  for (const search of searches) stages.push(stageOf(search, text));
  return {
    stages: [...stages, ...tails],
    predicate: tested.length === 0 ? whole : gather('all', [whole, ...tested], whole.span),
    times: timesOf(section, tails.length > 0, remarks),
    groupBy: tails.flatMap((stage) => (stage.groupBy ?? []).map((field) => field.name)),
    searches,
    conditions,
    resolver,
  };
}

function searchOf(entry: SigmaEntry, remarks: Remarks): Search {
  const { key, keySpan, value } = entry;
  if (value.kind === 'seq' && value.items.length === 0)
    remarks.remark('sigma/empty-selection', value.span, 'This search identifier has no content; a field and its value, or keywords, are expected.');
  return { name: key, entry, predicate: lowerSearch(value, keySpan, remarks), uses: 0, negatedUses: 0 };
}

/** `timeframe`, the window of the old aggregations. */
function timesOf(section: SigmaMap, isAggregated: boolean, remarks: Remarks): readonly TimeBound[] {
  const entry = entryOf(section, 'timeframe');
  if (entry === undefined) return [];
  if (!isAggregated)
    remarks.remark('sigma/timeframe', entry.span, '`timeframe` belonged to the old aggregations; a window of time is the `timespan` of a correlation rule.');
  const { value } = entry;
  return value.kind === 'scalar' && value.text !== '' ? [{ kind: 'timespan', text: value.text, span: value.span }] : [];
}

/** The expression itself: of a block scalar without its header. */
function spanOfCondition(value: SigmaNode, conditions: readonly WrittenCondition[]): Span {
  const [only] = conditions;
  if (only === undefined || conditions.length > 1 || only.scalar.style !== 'block') return value.span;
  const start = Math.min(only.place({ start: 0, end: 0 }).start, value.span.end);
  return { start, end: value.span.end };
}

const missingCondition = (span: Span, remarks: Remarks): Predicate => ({ kind: 'unread', span, reason: remarks.lost(), note: 'no condition' });

/** Its kind comes from its own content, so that a condition being typed does not change it; the label says what the condition makes of it. */
function stageOf({ name, entry, predicate, uses, negatedUses }: Search, text: string): Stage {
  const isNegated = uses > 0 && negatedUses === uses;
  const isEmpty = entry.value.kind === 'scalar' && entry.value.type === 'null';
  const kind = !isEmpty && isWordless(predicate) ? 'keywords' : 'selection';
  return { kind, role: 'filter', span: isEmpty ? withBlanks(entry.span, text) : entry.span, label: isNegated ? `not ${name}` : name, predicate };
}

/** With the blanks after it: where the content of something empty is going to stand. */
export function withBlanks({ start, end }: Span, text: string): Span {
  let to = end;
  while (to < text.length && text.charCodeAt(to) <= 32) to++;
  return { start, end: to };
}

/** Whether no test of it names a field. */
function isWordless(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.length > 0 && predicate.of.every(isWordless);
    case 'not':
      return isWordless(predicate.of);
    case 'test':
      return predicate.left === null;
    case 'unread':
      return false;
    default:
      return predicate satisfies never;
  }
}
