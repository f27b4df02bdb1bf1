import { useId, useState } from 'react';
import { readSampleText, stopReadingSamples } from '../../state/threads/samples';
import { Banner } from '../../ui/Banner';
import { MadeStrip, MakeButton } from './MadeStrip';
import { openFiles } from './SamplesBar';

interface EmptySamplesProps {
  /** Events read so far; null: nothing is being read. */
  readonly reading: number | null;
  readonly trouble: string | null;
}

/** No samples yet: paste, drop or open some. */
export function EmptySamples({ reading, trouble }: EmptySamplesProps) {
  const [text, setText] = useState('');
  const id = useId();
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
      <div>
        <p className="samples-head">No samples yet</p>
        <p>Events of your own show whether this rule matches, and why not. They stay in this browser and go into no link unless you tick them.</p>
        <div className="samples-actions">
          <label className="btn">
            Open files…
            <input type="file" className="sr" multiple onChange={openFiles} />
          </label>
          <MakeButton />
        </div>
        <p className="label">Or drop a file anywhere: JSON, NDJSON, CSV, EVTX, Windows XML, key=value, CEF, Parquet; gzip or zip of these.</p>
        <MadeStrip />
      </div>
      <div>
        <p className="samples-head">
          <label htmlFor={id}>Paste events</label>
        </p>
        <textarea
          id={id}
          aria-label="Events as text"
          value={text}
          spellCheck={false}
          rows={5}
          placeholder={'{"EventID": 1, "Image": "C:\\\\Windows\\\\System32\\\\net.exe", "CommandLine": "net use"}'}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="samples-actions">
          <button type="submit" className="btn" disabled={text.trim() === ''}>
            Judge these events
          </button>
        </div>
        <p className="label">Names are told from the events: Sysmon, ECS, CIM, Defender, CloudTrail and others are joined to those of the rule.</p>
      </div>
    </form>
  );
}
