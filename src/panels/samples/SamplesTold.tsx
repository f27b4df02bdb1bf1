import { useStore } from '../../state/store';
import { counted } from '../format';

/** What was read and how: from what, with which names joined, what was left open, and what could not be read. */
export function SamplesTold() {
  const { read, judged, ofExample } = useStore((state) => state.samples);
  const joined = judged?.joined ?? [];
  const readings = judged?.readings ?? [];
  const problems = read?.problems ?? [];
  // Events that were made here were read from nothing.
  const source = ofExample !== '' ? 'Sample events that come with this example.' : (read?.format ?? '') === '' ? null : `Read as ${read!.format}.`;
  return (
    <div className="samples-told">
      {source === null ? null : <span>{source}</span>}
      {joined.length === 0 ? null : (
        <details>
          <summary>{counted(joined.length, 'name')} joined</summary>
          <ul>
            {joined.map(({ rule, event }) => (
              <li key={`${rule} ${event}`}>{`${rule} is ${event}`}</li>
            ))}
          </ul>
        </details>
      )}
      {readings.length === 0 ? null : <span>{`Taken where the text leaves it open: ${readings.join('; ')}.`}</span>}
      {problems.length === 0 ? null : (
        <details>
          <summary>{problems.length === 1 ? 'One thing could not be read' : `${problems.length} things could not be read`}</summary>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
