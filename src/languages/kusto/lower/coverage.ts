import type { Analysis, Token, Unread } from '../../../model';
import { allBut, coversOf, stretchesOutside } from '../../../syntax/coverage';
import { unread } from '../../../syntax/predicates';

const MEANING: ReadonlySet<Token['type']> = new Set(['field', 'string', 'number', 'regex', 'function', 'macro', 'constant']);
/** Nodes whose place holds others: what they mean stands in their parts. */
const CONTAINERS: ReadonlySet<string> = new Set(
  'all any not test call list condition read rows range filter assign project rename aggregate sort limit distinct expand extract join union sequence correlate'.split(
    ' ',
  ),
);

/** Stretches of a damaged query that recovery passed over: words that lie in nothing the analysis holds. Linear. */
export function passedOver(tokens: readonly Token[], { stages, predicate, bindings, sources }: Omit<Analysis, 'tokens'>): readonly Unread[] {
  const held = coversOf([stages, predicate, sources, bindings.map(({ of, stages: inner }) => [of, inner])], allBut(CONTAINERS));
  const covers = [...held, ...bindings.flatMap(({ head }) => head ?? [])].sort((a, b) => a.start - b.start);
  const missed = stretchesOutside(covers, tokens, ({ type }, isHeld) => (!MEANING.has(type) ? 'aside' : isHeld ? 'end' : 'word'));
  return missed.map((span) => unread(span, 'syntax-error'));
}
