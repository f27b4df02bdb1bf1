import { useRef, useState } from 'react';
import { takeAddress, type Taken, takeFiles } from '../../state/threads/own-catalog';

/** Where a catalog of the reader's is taken from: the files of its folder, or an address beside the application. */
export function TakeCatalog({ onTaken }: { readonly onTaken: (taken: Taken) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const [address, setAddress] = useState('');
  const [isReading, setReading] = useState(false);
  const take = async (taking: Promise<Taken>): Promise<void> => {
    setReading(true);
    onTaken(await taking);
    setReading(false);
  };
  return (
    <>
      <p>
        Or open one that was built with <code>npm run -s cli -- catalog --source private=DIR --out OUT</code>: the files of OUT together. A source that both
        catalogs have is taken from yours.
      </p>
      <form
        className="take"
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() !== '') void take(takeAddress(address));
        }}
      >
        <button type="button" className="btn" disabled={isReading} onClick={() => files.current?.click()}>
          Open files…
        </button>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label="Files of a catalog"
          onChange={(event) => {
            const given = [...(event.target.files ?? [])];
            event.target.value = '';
            if (given.length > 0) void take(takeFiles(given));
          }}
        />
        <input
          className="input"
          aria-label="Address of a catalog on this server"
          placeholder="or an address here, such as catalogs/mine/"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <button type="submit" className="btn" disabled={isReading || address.trim() === ''}>
          Open address
        </button>
        <output className="label small">{isReading ? 'Reading and checking it.' : ''}</output>
      </form>
    </>
  );
}
