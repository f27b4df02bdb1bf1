import type { Analysis, Span, Stage, Unread } from '../../model';
import { unreadOf } from '../../syntax/unread';
import { excerptAt } from '../../syntax/written';

/** A part of a rule that is not read: where, what it is in a few words, and why. */
export interface UnreadPart {
  readonly span: Span;
  readonly name: string;
  readonly why: string;
}

const REASONS: Readonly<Record<Unread['reason'], string>> = {
  'syntax-error': 'It could not be parsed.',
  unmodelled: 'It is parsed, but what it means is not held.',
  unknown: 'What it means is not in the text.',
  limit: 'There is too much to read here.',
};

const known = new WeakMap<Analysis, readonly Unread[]>();

/** Every part that the rule's analysis does not hold, by place; none: all of it is understood. `text`: what its spans are in. */
export const unreadParts = (analysis: Analysis, text: string): readonly UnreadPart[] =>
  unreadIn(analysis).map(({ span, reason, note }) => ({ span, name: note ?? (excerptAt(text, span) || 'an empty place'), why: REASONS[reason] }));

function unreadIn(analysis: Analysis): readonly Unread[] {
  const held = known.get(analysis);
  if (held !== undefined) return held;
  const nodes = unreadOf(analysis);
  // A stage that is not read as a whole, where nothing in it says so itself.
  const bare = stagesIn(analysis)
    .filter(({ role, span }) => role === 'unread' && !nodes.some((node) => node.span.start <= span.end && span.start <= node.span.end))
    .map(({ span, kind }): Unread => ({ kind: 'unread', span, reason: 'unmodelled', note: kind }));
  const parts = [...nodes, ...bare].toSorted((a, b) => a.span.start - b.span.start);
  known.set(analysis, parts);
  return parts;
}

/** Whether the analysis holds what the rule does, step by step: only then is nothing unread because all is understood. */
export const isHeldWhole = (analysis: Analysis): boolean =>
  stagesIn(analysis).some(({ operations }) => operations !== undefined) && analysis.diagnostics.every(({ severity }) => severity !== 'error');

const stagesIn = ({ stages, bindings }: Pick<Analysis, 'stages' | 'bindings'>): readonly Stage[] => {
  const inner = (list: readonly Stage[]): readonly Stage[] =>
    list.flatMap((stage) => [stage, ...(stage.branches ?? []).flatMap((branch) => inner(branch.stages))]);
  return [...inner(stages), ...bindings.flatMap((binding) => inner(binding.stages ?? []))];
};
