import type { Made, SampleVerdict } from '../../model';
import { Icon } from '../../ui/Icon';

/** The words for a verdict, everywhere the same. */
const ONE: Readonly<Record<SampleVerdict, string>> = { matches: 'matches', 'does-not': 'does not', 'cannot-tell': 'cannot tell' };
const ICONS = { matches: 'check', 'does-not': 'close', 'cannot-tell': 'ask' } as const;

/** A part of a rule is true or not; a rule matches or does not. */
const PART: Readonly<Record<SampleVerdict, string>> = { matches: 'true', 'does-not': 'not true', 'cannot-tell': 'cannot tell' };

interface VerdictMarkProps {
  readonly verdict: SampleVerdict | null;
  readonly words?: 'part';
  /** What is said where there is no verdict. */
  readonly none?: string;
}

/** A verdict by icon and word; a quiet word where the rule does not judge single events. */
export const VerdictMark = ({ verdict, words, none = 'part of a result' }: VerdictMarkProps) =>
  verdict === null ? (
    <span className="label">{none}</span>
  ) : (
    <span className={`verdict ${verdict}`}>
      <Icon name={ICONS[verdict]} size="small" /> {(words === 'part' ? PART : ONE)[verdict]}
    </span>
  );

/** What an event is that was made here. */
export const MadeWords = ({ made }: { readonly made: Made }) => (
  <span className="label">{made.kind === 'match' ? 'made to match' : `near miss, fails at: ${made.condition}`}</span>
);
