import { counted } from '../../panels/format';
import { useStore } from '../../state/store';
import { stopReading } from '../../state/threads/fires';
import { Progress } from '../../ui/Progress';

const MB = 1_000_000;
const size = (bytes: number): string => (bytes / MB).toFixed(1);

/** What is being read, and what was. */
export function JobLine() {
  const { job, answer, logs } = useStore((state) => state.fires);
  if (job !== null) {
    const { loaded, total, words } =
      job.kind === 'rules'
        ? { loaded: job.progress?.loaded ?? 0, total: job.progress?.total ?? 0, words: 'Reading what the rules of the catalog mean.' }
        : {
            loaded: job.progress?.bytes ?? 0,
            total: job.progress?.total ?? 0,
            words:
              job.progress === null
                ? 'Making the rules ready.'
                : `${job.progress.file}, file ${job.progress.at} of ${job.progress.of}: ${size(job.progress.bytes)} of ${size(job.progress.total)} MB, ${counted(job.progress.answer.events, 'event')}.`,
          };
    return (
      <div className="job">
        <output>{words}</output>
        {job.kind === 'events' ? (
          <button type="button" className="btn" onClick={stopReading}>
            Cancel, keep what is found
          </button>
        ) : null}
        <Progress label="Reading" loaded={loaded} total={total} />
      </div>
    );
  }
  if (answer === null) return null;
  const names = logs.length === 1 ? logs[0]!.name : counted(logs.length, 'file');
  const [from, to] = answer.range ?? [null, null];
  return (
    <div className="job">
      <output>
        {answer.isStopped ? `Cancelled at ${counted(answer.events, 'event')}; what was found stays. ` : ''}
        {`${counted(answer.events, 'event')} of ${names} (${answer.formats.join(', ')}). `}
        {answer.judging < 100 ? '' : `Judging took ${(answer.judging / 1000).toFixed(1)} s, making the rules ready aside. `}
        {from === null ? '' : `Hits from ${stamp(from)} to ${stamp(to!)} UTC.`}
      </output>
      {answer.problems.length === 0 ? null : (
        <details className="problems">
          <summary>{answer.problems.length === 1 ? 'One thing was not read' : `${answer.problems.length} things were not read`}</summary>
          <ul>
            {answer.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** A moment as `2026-10-01 09:00:00`. */
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
