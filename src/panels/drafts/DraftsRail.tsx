import { closeShared, openDraft, openExample, openShared } from '../../state/drafts/documents';
import { nameOf } from '../../state/drafts/document';
import { formatOf, vendorOfLanguage } from '../../state/select';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { useNarrow } from '../../ui/useMedia';
import { sinceOf, useNow } from '../format';
import { DraftRow } from './DraftRow';
import { NewMenu } from './NewMenu';
import './drafts.css';

const RENEW = 30_000;

/** The reader's drafts, what was opened from a link, and named examples; a strip of letters where the window is narrow. */
export function DraftsRail() {
  const narrow = useNarrow();
  const now = useNow(RENEW);
  const registry = useStore((state) => state.registry);
  const isStored = useStore((state) => state.storage.kind !== 'failed');
  const current = useStore((state) => state.doc.id);
  const drafts = useStore((state) => state.drafts);
  const shared = useStore((state) => state.shared);
  const examples = useStore((state) => state.examples);
  const labelOf = (format: string | null): string => formatOf(registry, format)?.label ?? 'not recognised yet';
  return (
    <nav className={narrow ? 'rail strip' : 'rail'} aria-label="Drafts" data-scrolls>
      <section aria-labelledby="rail-drafts">
        <header>
          <h2 id="rail-drafts" className={narrow ? 'sr' : undefined}>
            Drafts
          </h2>
          <NewMenu />
        </header>
        {drafts.length === 0 && !narrow ? (
          <p className="hint">{isStored ? 'None yet. A text you change is kept here, in this browser.' : 'None that could be read: see above the text.'}</p>
        ) : null}
        <ul className="walk">
          {drafts.map((draft) => (
            <DraftRow
              key={draft.id}
              id={draft.id}
              vendor={formatOf(registry, draft.format)?.vendor ?? null}
              name={nameOf(draft)}
              note={`${labelOf(draft.format)}, ${sinceOf(draft.changed, now)}`}
              isCurrent={draft.id === current}
              onOpen={() => void openDraft(draft.id)}
              isOwn
            />
          ))}
        </ul>
      </section>
      {shared.length === 0 ? null : (
        <section aria-labelledby="rail-shared">
          <header>
            <h2 id="rail-shared" className={narrow ? 'sr' : undefined}>
              Opened from a link
            </h2>
          </header>
          <ul className="walk">
            {shared.map((doc) => (
              <DraftRow
                key={doc.id}
                id={doc.id}
                vendor={formatOf(registry, doc.format)?.vendor ?? null}
                name={doc.name || 'Untitled'}
                note={`${labelOf(doc.format)}, shared, not kept`}
                isCurrent={doc.id === current}
                onOpen={() => void openShared(doc.id)}
                action={
                  <button type="button" className="btn plain square" aria-label={`Close ${doc.name || 'Untitled'}`} onClick={() => void closeShared(doc.id)}>
                    <Icon name="close" size="small" />
                  </button>
                }
              />
            ))}
          </ul>
        </section>
      )}
      {examples.length === 0 ? null : (
        <section aria-labelledby="rail-examples">
          <header>
            <h2 id="rail-examples" className={narrow ? 'sr' : undefined}>
              Examples
            </h2>
          </header>
          <ul className="walk">
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
          </ul>
        </section>
      )}
    </nav>
  );
}
