import type { Analysis, Operation, Span, Stage, Token, TokenType } from '../../../model';
import { allBut, coversOf, stretchesOutside } from '../../../syntax/coverage';
import { unread } from '../../../syntax/predicates';

/** Tokens that mean something by themselves. */
const MEANING: ReadonlySet<TokenType> = new Set(['field', 'string', 'number', 'regex', 'function', 'macro', 'constant']);

/** Nodes that only their parts speak for. */
const CONTAINERS: ReadonlySet<string> = new Set(
  'all any not test call list condition read rows filter assign project rename aggregate sort limit distinct expand extract join union fill'.split(' '),
);

/**
 * The stages, each with what of its words no other part holds as a step that is not read: whatever the parsers pass over, nothing of a query is
 * understood in silence.
 */
export function withLeftovers({ stages, sources, terms, tokens }: Pick<Analysis, 'stages' | 'sources' | 'terms' | 'tokens'>): readonly Stage[] {
  const missed = missedTokens([stages, sources, terms], tokens);
  if (missed.length === 0) return stages;
  let next = 0;
  return stages.map((stage, index) => {
    const from = next;
    while (next < missed.length && (index === stages.length - 1 || missed[next]!.start < stage.span.end)) next++;
    if (next === from) return stage;
    const left = missed.slice(from, next).map((span): Operation => unread(span, 'syntax-error', 'words without a place'));
    return { ...stage, operations: [...(stage.operations ?? []), ...left] };
  });
}

/** Stretches of tokens that lie in no part. */
const missedTokens = (held: unknown, tokens: readonly Token[]): readonly Span[] =>
  stretchesOutside(coversOf(held, allBut(CONTAINERS)), tokens, ({ type }, isHeld) =>
    isHeld || type === 'operator' || type === 'key' ? 'end' : MEANING.has(type) ? 'word' : 'aside',
  );
