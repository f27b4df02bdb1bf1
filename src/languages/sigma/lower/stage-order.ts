import { isInside, type Span, type Stage } from '../../../model';

/**
 * Stages by place, `condition` first, inside their document. What an alias repeats overlaps, and what another document gives stands
 * elsewhere: such a stage has no width, here or at the document's end.
 */
export function orderStages(stages: readonly Stage[], within: Span): readonly Stage[] {
  let end = within.start;
  let isOrdered = true;
  for (const { kind, span } of stages) {
    if (kind === 'condition') isOrdered &&= isInside(span, within);
    else {
      isOrdered &&= span.start >= end && isInside(span, within);
      end = span.end;
    }
  }
  if (isOrdered) return stages;
  end = within.start;
  const last: Span = { start: within.end, end: within.end };
  const rankOf = ({ kind, span }: Stage): number => (kind === 'condition' ? 0 : isInside(span, within) ? 1 : 2);
  return [...stages]
    .sort((a, b) => rankOf(a) - rankOf(b) || a.span.start - b.span.start)
    .map((stage) => {
      if (!isInside(stage.span, within)) return { ...stage, span: last };
      if (stage.kind === 'condition') return stage;
      const start = Math.max(stage.span.start, end);
      end = Math.max(stage.span.end, end);
      return { ...stage, span: { start, end } };
    });
}
