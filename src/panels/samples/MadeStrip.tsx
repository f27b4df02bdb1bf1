import type { MadeEvents } from '../../model';
import { shownOf } from '../../state/analysis-state';
import { useStore } from '../../state/store';
import { keepTests } from '../../state/threads/tests';
import { makeSamples } from '../../state/threads/samples';
import { counted } from '../format';

/** Makes an event of the rule under the cursor. */
export function MakeButton() {
  const isMaking = useStore((state) => state.samples.isMaking);
  return (
    <button type="button" className="btn" disabled={isMaking} onClick={() => void makeSamples()}>
      {isMaking ? 'Making …' : 'Make an example event'}
    </button>
  );
}

/** What was made of the rule last, or why nothing was; it can be kept as tests. */
export function MadeStrip() {
  const made = useStore((state) => state.samples.made);
  const isOfText = useStore((state) => state.samples.made?.about === shownOf(state.analysis)?.text);
  if (made === null || (made.withheld !== undefined && !isOfText)) return null;
  if (made.withheld !== undefined)
    return <output className="made-strip">{`No example event: ${made.withheld}. Only events that were judged to match are shown.`}</output>;
  return (
    <output className="made-strip">
      <span>
        {isOfText ? '' : 'Of an earlier text: '}
        {sentenceOf(made)}
      </span>
      <button type="button" className="btn plain" onClick={() => keepTests(testsOf(made))}>
        Keep them as tests
      </button>
      {made.without.length === 0 ? null : (
        <details>
          <summary>{counted(made.without.length, 'condition')} without a near miss</summary>
          <ul>
            {made.without.map(({ condition, why }, at) => (
              <li key={`${at} ${condition}`}>
                <span className="value">{condition}</span>: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </output>
  );
}

type Found = Exclude<MadeEvents, { readonly withheld: string }>;

function sentenceOf({ events, misses }: Found): string {
  const fires = events.length === 1 ? 'Made one event that matches' : `Made ${counted(events.length, 'event')} that match together`;
  if (misses.length === 0) return `${fires}.`;
  const near = counted(misses.length, 'near miss', 'near misses');
  return events.length === 1 ? `${fires} and ${near}, each failing at one condition.` : `${fires}; their ${near} can be kept as tests.`;
}

/** The events as tests: what fires must match, a near miss must not. */
const testsOf = ({ events, misses }: Found) => [
  { events, mustMatch: true, name: events.length === 1 ? 'Made: meets all conditions' : `Made: ${events.length} events that match together` },
  ...misses.map(({ condition, events: near }) => ({ events: near, mustMatch: false, name: `Near miss: not true that ${condition}` })),
];
