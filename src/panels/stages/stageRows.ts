import type { Span, Stage } from '../../model';

/** One line of the Stages panel: a stage, or a run of the same operator folded into one. */
export interface StageRow {
  readonly key: string;
  /** As people count them: from 1, Sigma's condition is 0. */
  readonly number: string;
  readonly kind: string;
  readonly label: string;
  readonly span: Span;
  readonly stages: readonly Stage[];
}

/** Shorter runs are not worth folding. */
const RUN = 3;

const canFold = (stage: Stage): boolean => stage.label === undefined && stage.branches === undefined && stage.evidence === undefined;

/** The lines of a pipeline. Stages keep their own numbers: a fold only saves room. */
export function stageRows(stages: readonly Stage[]): readonly StageRow[] {
  const first = stages[0]?.kind === 'condition' ? 0 : 1;
  const rows: StageRow[] = [];
  for (let at = 0; at < stages.length;) {
    const head = stages[at]!;
    let end = at + 1;
    while (end < stages.length && canFold(head) && canFold(stages[end]!) && stages[end]!.kind === head.kind) end++;
    if (end - at < RUN) end = at + 1;
    const run = stages.slice(at, end);
    rows.push({
      key: String(at),
      number: run.length === 1 ? String(at + first) : `${at + first}–${end - 1 + first}`,
      kind: head.kind,
      label: run.length === 1 ? (head.label ?? '') : `${run.length} consecutive steps`,
      span: { start: head.span.start, end: run.at(-1)!.span.end },
      stages: run,
    });
    at = end;
  }
  return rows;
}
