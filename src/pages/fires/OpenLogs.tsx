import type { ChangeEvent } from 'react';
import { readLogs } from '../../state/threads/fires';

/** A button that opens files of events. */
export const OpenLogs = ({ name, isOff = false }: { readonly name: string; readonly isOff?: boolean }) => (
  <label className="btn filebutton" aria-disabled={isOff}>
    {name}
    <input
      type="file"
      className="sr"
      multiple
      disabled={isOff}
      onChange={(event: ChangeEvent<HTMLInputElement>) => {
        const files = [...(event.target.files ?? [])];
        event.target.value = '';
        void readLogs(files);
      }}
    />
  </label>
);
