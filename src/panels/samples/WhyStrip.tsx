import type { SampleTest } from '../../model';
import { useStore } from '../../state/store';
import { VerdictMark } from './VerdictMark';

/** In one or two sentences: what the draft says of all samples, or why it says so of the chosen one. */
export function WhyStrip() {
  const { read, judged, opened, trouble } = useStore((state) => state.samples);
  if (trouble !== null) return <p className="why">{trouble}</p>;
  if (read === null || judged === null) return <p className="why">Judging {(read?.events ?? 0).toLocaleString('en')} samples …</p>;
  const [refused] = judged.refused;
  if (judged.verdicts === null && judged.table === null && judged.sequences.length === 0)
    return (
      <output className="why">
        This draft cannot be judged here: {refused === undefined ? 'nothing of it can be run' : refused.why}. No verdict is guessed.
      </output>
    );
  if (opened === null)
    return (
      <output className="why">
        {`${judged.counts.matches.toLocaleString('en')} of ${read.events.toLocaleString('en')} samples match`}
        {judged.counts['cannot-tell'] > 0 ? `; ${judged.counts['cannot-tell'].toLocaleString('en')} cannot be told` : ''}
        {judged.sequences.length > 0 ? `; ${judged.sequences.length.toLocaleString('en')} sequences` : ''}
        {refused === undefined ? '. Choose one to see why.' : `. Not judged: ${refused.why}.`}
      </output>
    );
  return (
    <output className="why">
      <VerdictMark verdict={opened.verdict} /> {sentenceOf(opened.verdict, opened.tests, opened.about)}
    </output>
  );
}

/** What decides: the comparisons that do not hold, first ones first. */
function sentenceOf(verdict: string | null, tests: readonly SampleTest[], text: string): string {
  if (tests.length === 0) return 'This language is judged as a whole: no single comparison decides.';
  const decisive = tests.filter((test) => test.verdict !== 'matches');
  if (verdict === 'matches') return `${tests.length - decisive.length} of ${tests.length} comparisons hold.`;
  const [first, ...rest] = decisive;
  if (first === undefined) return 'Every comparison holds: what joins them, or what the rule reads, decides.';
  const written = text.slice(first.span.start, first.span.end).replace(/\s+/g, ' ');
  const shown = written.length > 80 ? `${written.slice(0, 80)}…` : written;
  const seen = first.why ?? (first.seen === null ? 'the event has no such value' : `the event has ${first.seen}`);
  return `${first.verdict === 'cannot-tell' ? 'Cannot tell' : 'Not true'}: ${shown} (${seen})${rest.length === 0 ? '.' : `, and ${rest.length} more.`}`;
}
