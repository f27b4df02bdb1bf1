import { type ChangeEvent, useId, useState } from 'react';
import { readSamples, readSampleText, stopReadingSamples } from '../../state/threads/samples';
import { Banner } from '../../ui/Banner';
import { MadeStrip, MakeButton } from './MadeStrip';

interface EmptySamplesProps {
  /** Events read so far; null: nothing is being read. */
  readonly reading: number | null;
  readonly trouble: string | null;
}

/** No samples yet: paste, drop or open some. */
export function EmptySamples({ reading, trouble }: EmptySamplesProps) {
  const [text, setText] = useState('');
  const id = useId();
  const open = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.target.files ?? [])];
    event.target.value = '';
    if (files.length > 0) void readSamples(files);
  };
  if (reading !== null)
    return (
      <div className="samples-reading">
        <output>Reading … {reading.toLocaleString('en')} events so far.</output>
        <button type="button" className="btn" onClick={stopReadingSamples}>
          Cancel, keep what is read
        </button>
      </div>
    );
  return (
    <form
      className="samples-empty"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void readSampleText(text);
      }}
    >
      {trouble === null ? null : <Banner kind="error">{trouble}</Banner>}
      <p>
        <strong>Does it fire?</strong> Paste events, or open a file of them: JSON, NDJSON, CSV, Windows event XML, EVTX, log lines, Parquet, also compressed.
        They stay in this browser. Or let one be made of the rule: an event that it matches, and near misses.
      </p>
      <label htmlFor={id} className="sr">
        Events as text
      </label>
      <textarea
        id={id}
        value={text}
        spellCheck={false}
        rows={4}
        placeholder={'{"EventID": 1, "Image": "C:\\\\Windows\\\\System32\\\\net.exe", "CommandLine": "net use"}'}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="samples-actions">
        <button type="submit" className="btn" disabled={text.trim() === ''}>
          Judge these events
        </button>
        <MakeButton />
        <label className="btn">
          Open a file…
          <input type="file" className="sr" multiple onChange={open} />
        </label>
      </div>
      <MadeStrip />
    </form>
  );
}
