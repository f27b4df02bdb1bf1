import type { Mend, SampleOpened, SamplesJudged, SampleTest } from '../../model';
import { editor } from '../../state/editor-handle';
import { useStore } from '../../state/store';
import { write } from '../../state/threads/guide';
import { openSample } from '../../state/threads/samples';
import { counted } from '../format';
import { linesOf } from '../lineAt';
import { useTests } from './useTests';
import { VerdictMark } from './VerdictMark';
import { excerptAt, shortened } from '../../syntax/written';

/** In two lines: what the draft says of all samples, or why it says so of the chosen one and what would have to change. */
export function WhyStrip() {
  const { read, judged, opened, trouble } = useStore((state) => state.samples);
  if (trouble !== null) return <p className="why">{trouble}</p>;
  if (read === null || judged === null) return <p className="why">Judging {counted(read?.events ?? 0, 'sample')} …</p>;
  const { counts, verdicts, table, sequences, refused } = judged;
  if (verdicts === null && table === null && sequences.length === 0)
    return (
      <output className="why">
        <span>
          This draft cannot be judged here: {refused.length === 0 ? 'nothing of it can be run' : <Refused {...refused[0]!} about={judged.about} />}. No verdict
          is guessed.
        </span>
      </output>
    );
  if (opened !== null) return <Chosen opened={opened} />;
  const untold = counts['cannot-tell'];
  return (
    <output className="why">
      <span>
        {verdicts === null && table !== null
          ? `${counted(table.total, 'result row')} of ${counted(read.events, 'sample')}`
          : `${counts.matches.toLocaleString('en')} of ${counted(read.events, 'sample')} match`}
        {untold > 0 ? `; ${untold.toLocaleString('en')} cannot be told` : ''}
        {sequences.length > 0 ? `; ${counted(sequences.length, 'sequence')}` : ''}
        {refused.length > 0 ? (
          <>
            . Not judged: <Refused {...refused[0]!} about={judged.about} />.
          </>
        ) : verdicts === null ? (
          '.'
        ) : (
          '. Choose one to see why.'
        )}
      </span>
    </output>
  );
}

/** What is not covered, by name, and its place, which it leads to. */
const Refused = ({ span, why, about }: SamplesJudged['refused'][number] & { readonly about: string }) => (
  <>
    {why},{' '}
    <button type="button" className="link" onClick={() => editor()?.reveal(span)}>
      line {linesOf(about)(span.start).line}
    </button>
  </>
);

function Chosen({ opened }: { readonly opened: SampleOpened & { readonly about: string } }) {
  const isOpen = useStore((state) => state.samples.isOpen);
  const kept = useStore((state) => state.samples.rows.rows.find(({ number }) => number === opened.number)?.test ?? null);
  const mends = useStore((state) => (state.samples.mends?.of === opened ? state.samples.mends.list : NONE));
  const { tests, whyOf } = useTests();
  const test = tests.find(({ id }) => id === kept);
  return (
    <output className="why">
      <span>
        {test !== undefined && typeof whyOf.get(test.id) === 'string' ? <b className="fails">{test.mustMatch ? 'Must match. ' : 'Must not match. '}</b> : null}
        <VerdictMark verdict={opened.verdict} />. <Reason opened={opened} />
      </span>
      <span className="label">{mends[0] === undefined ? changeOf(opened) : mendedBy(mends[0])}</span>
      <span className="acts">
        {mends.map((mend) => (
          <button key={mend.title} type="button" className="btn" title={mendedBy(mend)} onClick={() => write(mend.edits, opened.about, `${mend.title}: done.`)}>
            {mend.title}
          </button>
        ))}
        {isOpen ? null : (
          <button type="button" className="btn" onClick={() => openSample(true)}>
            Open event <kbd>Enter</kbd>
          </button>
        )}
      </span>
    </output>
  );
}

const NONE: readonly Mend[] = [];

/** What an edit that was judged changes. */
const mendedBy = ({ title, changes }: Mend): string =>
  `“${title}”: it would match${changes === 1 ? '; no other verdict changes' : `; ${counted(changes - 1, 'other verdict')} would change`}.`;

/** The first place that decides, and what the event has there. */
function Reason({ opened: { verdict, tests, failing, about } }: { readonly opened: SampleOpened & { readonly about: string } }) {
  if (tests.length === 0) return 'This language is judged as a whole: no single comparison decides.';
  const [first, ...more] = failing;
  if (verdict === 'matches') return `${tests.filter((test) => test.verdict === 'matches').length} of ${counted(tests.length, 'comparison')} hold.`;
  if (first === undefined) return 'Every comparison holds: what joins several events decides.';
  const here = tests.filter(({ span }) => span.start >= first.span.start && span.end <= first.span.end);
  const how = first.isExcluded ? 'excluded by' : 'at';
  const head = first.isUnknown ? 'Cannot be told' : first.isExcluded ? 'Is' : 'Fails';
  return (
    <>
      {`${head}${more.length === 0 ? ' only' : ''} ${how} `}
      <b>{first.name === '' ? excerptAt(about, first.span) : first.name}</b>
      {here.length === 0 || here.length === tests.length ? '' : `: ${sawAt(here, about)}`}.
    </>
  );
}

function sawAt(here: readonly SampleTest[], about: string): string {
  const [first] = here;
  const { seen, why } = first!;
  const saw = why ?? (seen === null ? 'the event has no such value' : `the event has ${shortened(seen, 120)}`);
  return here.length === 1 ? `${excerptAt(about, first!.span)}, ${saw}` : `none of ${here.length} holds, ${saw}`;
}

/** What would have to change for it to match. */
function changeOf({ verdict, failing, alike }: SampleOpened): string {
  const [first, ...more] = failing;
  if (verdict === 'matches' || first === undefined) return '';
  if (first.isUnknown && more.length === 0) return 'Were it told, it could match.';
  if (more.length > 0) {
    const names = [...new Set(more.map(({ name }) => name))].filter((name) => name !== '');
    return `It fails at ${counted(more.length, 'place')} more${names.length === 0 ? '' : `: ${names.join(', ')}`}. All would have to say otherwise.`;
  }
  const others = alike === null ? '' : alike === 0 ? '; no other verdict would change' : `; so would ${counted(alike, 'other sample')}`;
  return `Without this part it would match${others}.`;
}
