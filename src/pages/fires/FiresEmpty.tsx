import { useId, useState } from 'react';
import { readLogs } from '../../state/threads/fires';
import { OpenLogs } from './OpenLogs';

/** No logs yet: drop, open or paste some. */
export function FiresEmpty() {
  const [text, setText] = useState('');
  const id = useId();
  return (
    <form
      className="firesempty"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void readLogs([new File([text], 'pasted')]);
      }}
    >
      <p>
        <strong>Drop logs here</strong>, open files of them, or paste events: EVTX, JSON, NDJSON, CSV, Windows event XML, log lines, Parquet, also compressed or
        in an archive.
      </p>
      <div className="actions">
        <OpenLogs name="Open files…" />
      </div>
      <label htmlFor={id}>Events as text</label>
      <textarea
        id={id}
        className="input"
        rows={6}
        spellCheck={false}
        value={text}
        placeholder={'{"EventID": 1, "Image": "C:\\\\Windows\\\\System32\\\\net.exe", "CommandLine": "net user"}'}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="actions">
        <button type="submit" className="btn" disabled={text.trim() === ''}>
          Run all rules on these events
        </button>
      </div>
      <p className="label">
        Judged are rules that one event decides, in every language whose conditions are read here. Rules that count, join or wait are left out and counted. What
        a rule asks of the time of an event is taken as met. Of events in other names than the rule&rsquo;s, fields are joined by the table of fields; where
        that does not say, the answer is “cannot tell”.
      </p>
    </form>
  );
}
