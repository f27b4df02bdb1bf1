import { secondsOf } from '../../analysis/time-window';
import type { FieldRef, Loss, Predicate, Refusal, Rule, Span } from '../../model';
import { correlationOf, filteredPredicate, namedRule } from '../../run/dialect/sigma-engine';
import { holdsUnread } from '../../syntax/predicates';
import { type Correlation, type JointRule, SUM_TYPES, type SumType, type Ways } from './joint';
import { countOf, type NamedPart, nestedJoint } from './nested';

/** What the specification leaves open is taken as rules are run here. */
const WAYS: Ways = { slides: true, keyless: false, apart: false };

/** A correlation of rules with the rules it names, and the filters that apply to them. */
export function jointOfCorrelation(rule: Rule, correlation: Correlation, rules: readonly Rule[]): JointRule | readonly Refusal[] {
  const { span, type, by, of, aliases, condition, percentile } = correlation;
  const refused: Refusal[] = [];
  const refuse = (place: Span, why: string): void => void refused.push({ span: { start: place.start, end: place.end }, why });
  for (const { severity, span: place, message } of rule.analysis.diagnostics) if (severity === 'error') refuse(place, `the original has an error: ${message}`);
  for (const stage of rule.analysis.stages)
    for (const operation of stage.operations ?? [])
      if (operation.kind === 'unread') refuse(operation.span, `a part that is not read${operation.note === undefined ? '' : `: ${operation.note}`}`);
  if (!isType(type) || holdsUnread(condition)) refuse(span, `a correlation (${type})`);
  const seconds = secondsOf(correlation.timespan);
  if (seconds === null) refuse(span, 'a correlation without a span of time');
  const parts = correlation.rules.flatMap(({ name, span: place }): readonly NamedPart[] => {
    const found = namedRule(name, rule, rules);
    const inner = found === undefined ? null : correlationOf(found);
    const keys = by.map(({ name: key }) => aliases.find((alias) => alias.alias === key && alias.rule === name)?.field ?? key);
    const count = inner === null ? null : countOf(inner, keys);
    const counted = inner?.rules[0]?.name ?? '';
    const single = inner === null ? found : namedRule(counted, rule, rules);
    if (found === undefined) refuse(place, `the rule \`${name}\` is not among those given`);
    else if (typeof count === 'string') refuse(place, `a correlation of \`${name}\`, ${count}`);
    else if (single?.meta.kind !== 'detection') refuse(place, `a correlation of \`${name}\`, which is no rule of single events`);
    else {
      const predicate = filteredPredicate(single, rules);
      const named = keys.map((key, at): FieldRef => {
        const field = inner?.aliases.find((alias) => alias.alias === key && alias.rule === counted)?.field ?? key;
        return { kind: 'field', name: field, span: by[at]!.span };
      });
      return [{ name, predicate, by: named, rule: { ...single, analysis: { ...single.analysis, predicate } }, count, place }];
    }
    return [];
  });
  if (refused.length > 0 || !isType(type)) return refused;
  const about = { span, by: by.map(({ name }) => name), seconds, ways: WAYS };
  if (parts.some(({ count }) => count !== null)) {
    const nested = nestedJoint(correlation, parts, seconds!);
    return 'parts' in nested ? { ...about, ...nested, lost: [...nested.lost, ...generatedBy(rule)] } : nested;
  }
  return {
    ...about,
    parts,
    ...(isSum(type)
      ? {
          type: 'sums',
          sums: [
            { name: type, type, of: of.map(({ name, span: at }): FieldRef => ({ kind: 'field', name, span: at })), percentile: percentile ?? null, part: null },
          ],
          condition: counted(condition, type),
        }
      : { type, sums: [], condition }),
    isWithin: isSum(type) && parts.length === 1,
    lost: generatedBy(rule),
  };
}

/** The number is called what it counts (`value_count(User)`), and is the only one. */
function counted(condition: Predicate, name: string): Predicate {
  if (condition.kind === 'all' || condition.kind === 'any') return { ...condition, of: condition.of.map((part) => counted(part, name)) };
  if (condition.kind === 'not') return { ...condition, of: counted(condition.of, name) };
  return condition.kind === 'test' && condition.left?.kind === 'field' ? { ...condition, left: { ...condition.left, name } } : condition;
}

const isSum = (type: string): type is SumType => (SUM_TYPES as readonly string[]).includes(type);
const isType = (type: string): type is SumType | 'temporal' | 'temporal_ordered' => isSum(type) || type === 'temporal' || type === 'temporal_ordered';

function generatedBy({ analysis }: Rule): readonly Loss[] {
  const generate = analysis.stages.flatMap(({ parameters }) => parameters ?? []).find(({ name, value }) => name === 'generate' && /^true$/i.test(value));
  return generate === undefined
    ? []
    : [
        {
          span: generate.span,
          kind: 'metadata',
          why: 'The rules it names also fire by themselves (`generate`): they are converted one by one',
          effect: 'shown',
        },
      ];
}
