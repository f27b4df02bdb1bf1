import { useEffect, useRef, useState } from 'react';
import type { ConversionAnswer } from '../../model';
import { takeNames, wishFor } from '../../state/threads/conversion';
import { useStore } from '../../state/store';
import { Select } from '../../ui/Select';
import { counted } from '../format';

/** How the text is written: whose names it has, what holds it, what it reads, and names of the reader's own. */
export function Options({ answer }: { readonly answer: ConversionAnswer }) {
  const { as, names, source } = useStore((state) => state.conversion.wish);
  const { containers, conversion, targets } = answer;
  const [own, ...others] = answer.names;
  return (
    <fieldset className="convert-options">
      <legend className="label">Options for {targets.find(({ id }) => id === conversion.to)?.label}</legend>
      <div>
        <span className="label">Names of</span>
        <Select
          label="Names of"
          value={names ?? ''}
          options={[{ value: '', name: own!.name }, ...others.map(({ taxonomy, name }) => ({ value: taxonomy, name }))]}
          onChange={(value) => wishFor({ names: value === '' ? null : value })}
        />
      </div>
      {containers.length === 0 ? null : (
        <div>
          <span className="label">Written as</span>
          <Select
            label="Written as"
            value={containers.some(({ id }) => id === as) ? as! : ''}
            options={[{ value: '', name: 'The query alone' }, ...containers.map(({ id, label }) => ({ value: id, name: label }))]}
            onChange={(value) => wishFor({ as: value === '' ? null : value })}
          />
        </div>
      )}
      <label>
        <span className="label">Reads from</span>
        <input className="input" value={source} placeholder="as known for these events" onChange={(event) => wishFor({ source: event.target.value })} />
      </label>
      <OwnNames />
    </fieldset>
  );
}

/** Field names of the reader's own, out of a file or given at a loss. */
function OwnNames() {
  const { own } = useStore((state) => state.conversion.wish);
  const [why, setWhy] = useState<string | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const reason = await file.text().then(takeNames, () => 'could not be read.');
    setWhy(reason === null ? null : `${file.name} ${reason}`);
  };
  const output = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    if (why !== null) output.current?.scrollIntoView({ block: 'nearest' });
  }, [why]);
  return (
    <>
      <label className="btn">
        Your field names…
        <input
          className="sr"
          type="file"
          accept=".json,.yml,.yaml"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
      {own.length === 0 ? (
        <span className="hint">JSON, or a pySigma pipeline</span>
      ) : (
        <span className="hint">
          {counted(own.length, 'name')} of your own{' '}
          <button type="button" className="link" onClick={() => wishFor({ own: [] })}>
            Forget
          </button>
        </span>
      )}
      <output ref={output} className="convert-why">
        {why}
      </output>
    </>
  );
}
