import type { Rule, Span, Stage } from '../model';
import { isInside } from '../model';
import { fieldNames, type FieldNames } from '../knowledge/fields';

/** A query that names more tables than these reads them all as one. */
const MANY = 50;

/** What the rule's fields mean: the tables or data models the query reads, first read first, then the container's scopes; in lower case. */
export const scopesOf = ({ meta, analysis }: Rule): readonly string[] => [
  ...new Set([...analysis.sources.map((source) => source.name.toLowerCase()), ...meta.scopes]),
];

/**
 * The field names that hold at a place of the query. Where it reads several tables, the one a pipeline reads says what its fields are called:
 * the last one named before the place, those of branches aside that the place is not in.
 */
export function namesOf(rule: Rule): (place: Span) => FieldNames {
  const { sources, stages } = rule.analysis;
  const scopes = scopesOf(rule);
  const whole = fieldNames(rule.taxonomy, scopes);
  if (sources.length < 2 || sources.length > MANY || sources.every(({ name }) => name === sources[0]!.name)) return () => whole;
  const branches = branchSpans(stages);
  const enclosing = sources.map(({ span }) => branches.filter((branch) => isInside(span, branch)));
  const bySource = sources.map(({ name }) => fieldNames(rule.taxonomy, [name.toLowerCase(), ...scopes]));
  return (place) => {
    for (let at = sources.length - 1; at >= 0; at--) {
      if (sources[at]!.span.start <= place.start && enclosing[at]!.every((branch) => isInside(place, branch))) return bySource[at]!;
    }
    return whole;
  };
}

function branchSpans(stages: readonly Stage[]): readonly Span[] {
  const spans: Span[] = [];
  const visit = (inner: readonly Stage[]): void => {
    for (const stage of inner) {
      for (const branch of stage.branches ?? []) {
        spans.push(branch.span);
        visit(branch.stages);
      }
    }
  };
  visit(stages);
  return spans;
}
