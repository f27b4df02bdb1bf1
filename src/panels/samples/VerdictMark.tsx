import type { SampleVerdict } from '../../model';
import { Icon } from '../../ui/Icon';

/** The words for a verdict, everywhere the same. */
export const VERDICT_WORDS: Readonly<Record<SampleVerdict, string>> = { matches: 'match', 'does-not': 'do not', 'cannot-tell': 'cannot tell' };

const ONE: Readonly<Record<SampleVerdict, string>> = { matches: 'matches', 'does-not': 'does not', 'cannot-tell': 'cannot tell' };
const ICONS = { matches: 'check', 'does-not': 'none', 'cannot-tell': 'info' } as const;

/** A verdict by icon and word; a quiet dash where the rule does not judge single events. */
export const VerdictMark = ({ verdict }: { readonly verdict: SampleVerdict | null }) =>
  verdict === null ? (
    <span className="label">part of a result</span>
  ) : (
    <span className={`verdict ${verdict}`}>
      <Icon name={ICONS[verdict]} size="small" /> {ONE[verdict]}
    </span>
  );
