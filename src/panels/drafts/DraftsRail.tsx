import { useMemo, useState } from 'react';
import { closeShared, openDraft, openExample, openShared } from '../../state/drafts/documents';
import { type Draft, nameOf, namesOf } from '../../state/drafts/document';
import { formatOf, vendorOfLanguage } from '../../state/select';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { useStrip } from '../../ui/useMedia';
import { sinceOf, useNow } from '../format';
import { DraftRow } from './DraftRow';
import { Folder } from './Folder';
import { FolderMenu } from './FolderMenu';
import { NewMenu } from './NewMenu';
import { foldersOf, matching } from './foldersOf';
import './drafts.css';

const RENEW = 30_000;
/** Fewer drafts than this are looked over faster than searched. */
const SEARCHED = 6;

/** The reader's drafts, what was opened from a link, and named examples; a strip of letters where the window is narrow. */
export default function DraftsRail() {
  const strip = useStrip();
  const now = useNow(RENEW);
  const registry = useStore((state) => state.registry);
  const isStored = useStore((state) => state.storage.kind !== 'failed');
  const current = useStore((state) => state.doc.id);
  const drafts = useStore((state) => state.drafts);
  const shared = useStore((state) => state.shared);
  const examples = useStore((state) => state.examples);
  const [query, setQuery] = useState('');
  const names = useMemo(() => namesOf(drafts), [drafts]);
  const found = useMemo(() => matching(drafts, names, query), [drafts, names, query]);
  const { folders, loose } = useMemo(() => foldersOf(found), [found]);
  const labelOf = (format: string | null): string => formatOf(registry, format)?.label ?? 'not recognised yet';
  const row = (draft: Draft) => (
    <DraftRow
      key={draft.id}
      id={draft.id}
      vendor={formatOf(registry, draft.format)?.vendor ?? null}
      name={names.get(draft.id) ?? nameOf(draft)}
      note={`${labelOf(draft.format)}, ${sinceOf(draft.changed, now)}`}
      isCurrent={draft.id === current}
      onOpen={() => void openDraft(draft.id)}
      isOwn
    />
  );
  return (
    <nav className={strip ? 'rail strip' : 'rail'} aria-label="Drafts" data-scrolls>
      <section aria-labelledby="rail-drafts">
        <header>
          <h2 id="rail-drafts" className={strip ? 'sr' : undefined}>
            Drafts {drafts.length < SEARCHED ? null : <span className="count">{drafts.length.toLocaleString('en')}</span>}
          </h2>
          <NewMenu />
        </header>
        {strip || drafts.length < SEARCHED ? null : (
          <input
            className="input search"
            type="search"
            placeholder="Find in names and texts"
            aria-label="Find drafts by name or text"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
        {drafts.length === 0 && !strip ? (
          <p className="hint">{isStored ? 'None yet. A text you change is kept here, in this browser.' : 'None that could be read: see above the text.'}</p>
        ) : null}
        {found.length === 0 && drafts.length > 0 ? <p className="hint">No draft holds “{query.trim()}”.</p> : null}
        {folders.map(({ name, drafts: inside }) => (
          <Folder key={name} name={name} count={inside.length} isStrip={strip} isSearched={query.trim() !== ''} menu={<FolderMenu name={name} />}>
            {inside.map(row)}
          </Folder>
        ))}
        <ul className="walk">{loose.map(row)}</ul>
      </section>
      {shared.length === 0 ? null : (
        <section aria-labelledby="rail-shared">
          <header>
            <h2 id="rail-shared" className={strip ? 'sr' : undefined}>
              Opened from a link
            </h2>
          </header>
          <ul className="walk">
            {shared.map((doc) => (
              <DraftRow
                key={doc.id}
                id={doc.id}
                vendor={formatOf(registry, doc.format)?.vendor ?? null}
                name={nameOf(doc)}
                note={`${labelOf(doc.format)}, shared, not kept`}
                isCurrent={doc.id === current}
                onOpen={() => void openShared(doc.id)}
                action={
                  <button type="button" className="btn plain square" aria-label={`Close ${nameOf(doc)}`} onClick={() => void closeShared(doc.id)}>
                    <Icon name="close" size="small" />
                  </button>
                }
              />
            ))}
          </ul>
        </section>
      )}
      {examples.length === 0 ? null : (
        <Folder name="Examples" count={examples.length} isStrip={strip} isSearched={false}>
          {examples.map((example) => (
            <DraftRow
              key={example.id}
              id={example.id}
              vendor={formatOf(registry, example.format)?.vendor ?? vendorOfLanguage(registry, example.language)}
              name={example.name}
              note={labelOf(example.format ?? example.language)}
              isCurrent={example.id === current}
              onOpen={() => void openExample(example.id)}
            />
          ))}
        </Folder>
      )}
    </nav>
  );
}
