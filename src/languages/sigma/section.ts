import type { Predicate, Span, Stage, TimeBound } from '../../model';
import { aggregationStage } from './aggregation';
import type { Remarks } from './codes';
import { replacing } from './codes';
import { parseCondition } from './condition';
import type { ConditionToken } from './condition-lexer';
import { mapperOf, moveDiagnostic } from './condition-place';
import { type Condition, walkCondition } from './condition-tree';
import { gather, lowerSearch, placeOf } from './detection';
import { nearest } from './nearest';
import { entryOf, type SigmaEntry, type SigmaMap, type SigmaNode, type SigmaScalar } from './node';

/** A search identifier with what it demands and how the conditions use it. */
export interface Search {
  readonly name: string;
  readonly entry: SigmaEntry;
  readonly predicate: Predicate;
  /** How often a condition names it, plainly and under a `not`. */
  uses: number;
  negatedUses: number;
}

/** What a `detection` or `filter` section says. */
export interface Section {
  readonly stages: readonly Stage[];
  readonly predicate: Predicate;
  readonly times: readonly TimeBound[];
  readonly groupBy: readonly string[];
  readonly searches: readonly Search[];
  readonly conditions: readonly WrittenCondition[];
}

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
  const searches: Search[] = [];
  const byName = new Map<string, Search>();
  for (const entry of section.entries) {
    if (reserved.has(entry.key)) continue;
    if (entry.value.kind === 'seq' && entry.value.items.length === 0)
      remarks.remark('sigma/empty-selection', entry.value.span, 'This search identifier has no content; a field and its value, or keywords, are expected.');
    const search: Search = { name: entry.key, entry, predicate: lowerSearch(entry.value, entry.keySpan, remarks), uses: 0, negatedUses: 0 };
    searches.push(search);
    if (!byName.has(entry.key)) byName.set(entry.key, search);
  }
  const timeframe = entryOf(section, 'timeframe');
  const times: TimeBound[] =
    timeframe?.value.kind === 'scalar' && timeframe.value.text !== '' ? [{ kind: 'timespan', text: timeframe.value.text, span: timeframe.value.span }] : [];
  const entry = entryOf(section, 'condition');
  const written = entry === undefined ? [] : entry.value.kind === 'seq' ? entry.value.items : [entry.value];
  const conditions: WrittenCondition[] = [];
  const predicates: Predicate[] = [];
  const tails: Stage[] = [];
  const names = new Set(byName.keys());
  for (const node of written) {
    if (node.kind !== 'scalar' || node.type !== 'string') {
      remarks.remark('sigma/wrong-type', placeOf(node.span, entry!.keySpan), 'A condition is a text such as `selection and not filter`.');
      predicates.push({ kind: 'opaque', span: node.span, reason: 'syntax-error', note: 'condition' });
      continue;
    }
    const place = mapperOf(text, node);
    const parsed = parseCondition(node.text, names);
    for (const diagnostic of parsed.diagnostics) remarks.add(moveDiagnostic(diagnostic, place));
    conditions.push({
      scalar: node,
      lexemes: parsed.lexemes,
      condition: parsed.condition,
      place,
      isBroken: parsed.diagnostics.some(({ code }) => code !== 'sigma/old-aggregation'),
    });
    predicates.push(resolve(parsed.condition, byName, place, remarks));
    walkCondition(parsed.condition, (leaf, negated) => {
      if (leaf.kind === 'error') return;
      for (const search of leaf.kind === 'name' ? [byName.get(leaf.name)] : matchesOf(leaf.pattern, searches)) {
        if (search === undefined) continue;
        search.uses++;
        if (negated) search.negatedUses++;
      }
    });
    if (parsed.aggregation !== null) tails.push(aggregationStage(parsed.aggregation, place));
  }
  if (timeframe !== undefined && tails.length === 0) {
    remarks.remark(
      'sigma/timeframe',
      timeframe.span,
      '`timeframe` belonged to the old aggregations; a window of time is the `timespan` of a correlation rule.',
    );
  }
  const tested = tails.flatMap((stage) => (stage.predicate === undefined ? [] : [stage.predicate]));
  const whole = predicates.length === 0 ? missingCondition(section.span) : gather('any', predicates, predicates[0]!.span);
  const predicate = tested.length === 0 ? whole : gather('all', [whole, ...tested], whole.span);
  const stages: Stage[] = [];
  if (entry !== undefined && predicates.length > 0)
    stages.push({ kind: 'condition', role: 'filter', span: spanOfCondition(entry.value, conditions), predicate: whole });
  for (const search of searches) stages.push(stageOf(search));
  return {
    stages: [...stages, ...tails],
    predicate,
    times,
    groupBy: tails.flatMap((stage) => (stage.groupBy ?? []).map((field) => field.name)),
    searches,
    conditions,
  };
}

/** The expression itself: of a block scalar without its header. */
function spanOfCondition(value: SigmaNode, conditions: readonly WrittenCondition[]): Span {
  const [only] = conditions;
  if (only === undefined || conditions.length > 1 || only.scalar.style !== 'block') return value.span;
  const start = Math.min(only.place({ start: 0, end: 0 }).start, value.span.end);
  return { start, end: value.span.end };
}

const missingCondition = (span: Span): Predicate => ({ kind: 'opaque', span, reason: 'syntax-error', note: 'no condition' });

function stageOf({ name, entry, predicate, uses, negatedUses }: Search): Stage {
  const isNegated = uses > 0 && negatedUses === uses;
  const kind = isWordless(predicate) ? 'keywords' : 'selection';
  return { kind, role: 'filter', span: entry.span, label: isNegated ? `not ${name}` : name, predicate };
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
      return predicate.field === null;
    case 'opaque':
      return false;
    default:
      return predicate satisfies never;
  }
}

/** The predicate of a parsed condition, its identifiers' predicates put in place. */
function resolve(condition: Condition, byName: ReadonlyMap<string, Search>, place: (span: Span) => Span, remarks: Remarks): Predicate {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.of.map((part) => resolve(part, byName, place, remarks));
      return gather(condition.kind === 'and' ? 'all' : 'any', parts, parts[0]!.span);
    }
    case 'not': {
      const inner = resolve(condition.of, byName, place, remarks);
      return { kind: 'not', span: inner.span, of: inner };
    }
    case 'name': {
      const search = byName.get(condition.name);
      if (search !== undefined) return search.predicate;
      const span = place(condition.span);
      const close = nearest(
        condition.name,
        [...byName.keys()].filter((name) => /^[A-Za-z0-9_-]+$/.test(name)),
      );
      remarks.remark(
        'sigma/unknown-identifier',
        span,
        `No search identifier is called \`${condition.name}\`${close === undefined ? '' : `; did you mean \`${close}\`?`}`.replace(/(?<!\?)$/, '.'),
        close === undefined ? undefined : replacing(`Write ${close}`, span, close),
      );
      return { kind: 'opaque', span, reason: 'syntax-error', note: 'unknown identifier' };
    }
    case 'of': {
      const matches = matchesOf(condition.pattern, byName.values());
      if (matches.length > 0)
        return gather(
          condition.every ? 'all' : 'any',
          matches.map((search) => search.predicate),
          matches[0]!.predicate.span,
        );
      const span = place(condition.patternSpan);
      remarks.remark('sigma/pattern-without-match', span, `No search identifier fits \`${condition.pattern}\`, so this part of the condition says nothing.`);
      return { kind: 'opaque', span, reason: 'unmodelled', note: 'pattern without match' };
    }
    case 'error':
      return { kind: 'opaque', span: place(condition.span), reason: 'syntax-error', note: 'condition' };
    default:
      return condition satisfies never;
  }
}

/** `them` is every identifier; names with a leading `_` answer only to patterns that have one. */
export function matchesOf(pattern: string, searches: Iterable<Search>): readonly Search[] {
  const found: Search[] = [];
  for (const search of searches) {
    if (search.name.startsWith('_') && !pattern.startsWith('_')) continue;
    if (pattern === 'them' || fits(search.name, pattern)) found.push(search);
  }
  return found;
}

/** Whether the name is the pattern with every `*` read as any run of characters. */
function fits(name: string, pattern: string): boolean {
  let inName = 0;
  let inPattern = 0;
  let star = -1;
  let from = 0;
  while (inName < name.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++;
      from = inName;
    } else if (pattern[inPattern] === name[inName]) {
      inPattern++;
      inName++;
    } else if (star >= 0) {
      inPattern = star + 1;
      inName = ++from;
    } else return false;
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}
