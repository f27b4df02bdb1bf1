import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import { rulesAmong, rulesDropped } from '../../state/given-rules';
import { buildAgain, buildOwn, canChooseFolder, chooseFolder } from '../../state/threads/own-build';
import type { GivenFolder } from '../../model';

interface ChooseRulesProps {
  /** The folder of the catalog that is there, where it can be read again. */
  readonly folder: GivenFolder | null;
  readonly isBuilding: boolean;
}

/** The input takes a folder; React has no name for it. */
const FOLDERS = { webkitdirectory: '' };

/** Where rules are dropped or chosen to build the reader's own catalog of. */
export function ChooseRules({ folder, isBuilding }: ChooseRulesProps) {
  const folders = useRef<HTMLInputElement>(null);
  const archives = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const given = [...(event.target.files ?? [])];
    event.target.value = '';
    if (given.length > 0) void buildOwn(rulesAmong(given));
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void rulesDropped(event.dataTransfer).then((given) => (given === null ? undefined : buildOwn(given)));
  };
  return (
    <div
      className={isOver ? 'dropplace is-over' : 'dropplace'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={drop}
    >
      <p>
        <b>Drop a folder or a zip of your rules here.</b> They are read in this browser and stay in it. They join the public ones: counts, search, guides.
      </p>
      <p className="take">
        {folder === null ? null : (
          <button type="button" className="btn primary" disabled={isBuilding} onClick={() => void buildAgain(folder)}>
            Build again from “{folder.name}”
          </button>
        )}
        <button
          type="button"
          className="btn"
          disabled={isBuilding}
          onClick={() => {
            if (canChooseFolder()) void chooseFolder();
            else folders.current?.click();
          }}
        >
          Choose a folder…
        </button>
        <button type="button" className="btn" disabled={isBuilding} onClick={() => archives.current?.click()}>
          Choose a zip…
        </button>
        <input ref={folders} type="file" {...FOLDERS} hidden aria-label="Folder of rules" onChange={take} />
        <input ref={archives} type="file" accept=".zip,application/zip" hidden aria-label="Zip of rules" onChange={take} />
      </p>
      <p className="label small">
        Every file that may hold a rule is read by what it is; a folder named macros gives search macros. At most 50,000 files of 8 MB each, 512 MB in all, 256
        MB unpacked from a zip. The command line takes more.
      </p>
    </div>
  );
}
