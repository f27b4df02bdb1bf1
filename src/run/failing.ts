import type { FailingPart, Rule, Span } from '../model';
import type { Row } from './dialect';
import type { ReadyNode } from './judge';
import { FALSE, TRUE, UNKNOWN } from './truth';

/** Parts named in one alternative. */
const MOST_NAMES = 3;

/**
 * Where a rule fails for an event, in written order: what would have to say something else for the rule to be true of it. Alternatives that all fail are
 * one place, for one of them would do. Empty where it is true.
 */
export function failingParts(node: ReadyNode, row: Row, nameOf: (span: Span) => string): readonly FailingPart[] {
  const found: FailingPart[] = [];
  /** `wanted`: an even number of negations stands above it. */
  const visit = (part: ReadyNode, wanted: boolean): void => {
    const truth = part.truth(row);
    if (truth === (wanted ? TRUE : FALSE)) return;
    const { predicate } = part;
    const isWhole = predicate.kind === 'test' || predicate.kind === 'unread' || (predicate.kind === 'all' && predicate.same !== undefined);
    if (predicate.kind === 'not') visit(part.of[0]!, !wanted);
    else if (!isWhole && (part.of.length === 1 || (predicate.kind === 'all') === wanted)) for (const inner of part.of) visit(inner, wanted);
    else found.push({ span: predicate.span, name: nameOf(predicate.span), isExcluded: !wanted, isUnknown: truth === UNKNOWN });
  };
  visit(node, true);
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** What a rule calls its parts. */
interface PartNames {
  /** The part that a place stands in; '' where it has no name. */
  readonly around: (span: Span) => string;
  /** The same, else the parts that stand in the place. */
  readonly at: (span: Span) => string;
}

export function partNames({ analysis }: Rule): PartNames {
  // A condition joins parts that stand elsewhere: it is none itself.
  const named = analysis.stages.flatMap(({ label, span, predicate }) =>
    label === undefined || predicate === undefined || !isWithin(predicate.span, span) ? [] : [{ span: predicate.span, label: label.replace(/^not /, '') }],
  );
  const around = (span: Span): string => {
    const found = named.filter((part) => isWithin(span, part.span));
    return found.length === 0 ? '' : found.reduce((least, part) => (isWithin(part.span, least.span) ? part : least)).label;
  };
  const at = (span: Span): string => {
    const inside = named.filter((part) => isWithin(part.span, span)).map(({ label }) => label);
    return around(span) || (inside.length > MOST_NAMES ? `one of ${inside.length} parts` : inside.join(' or '));
  };
  return { around, at };
}

export const isWithin = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
