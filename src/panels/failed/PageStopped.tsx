import { nameOf } from '../../state/drafts/document';
import { exportEverything } from '../../state/drafts/everything';
import { exportDraft } from '../../state/drafts/export-drafts';
import { useStore } from '../../state/store';
import { Failed, type PartAction } from '../../ui/part/Failed';

interface PageStoppedProps {
  /** With its article: "The workbench". */
  readonly name: string;
  readonly error: unknown;
  readonly onAgain: () => void;
  readonly leave?: PartAction;
}

/** In the place of a page that stopped while drawing: what happened, and beside it the text, so that nobody must believe that it is safe. */
export function PageStopped({ name, error, onAgain, leave }: PageStoppedProps) {
  const doc = useStore((state) => state.doc);
  const drafts = useStore((state) => state.drafts.length);
  const own = useStore((state) => (state.catalog.kind === 'open' ? state.catalog.use : 'bundled'));
  const isSaved = useStore((state) => state.storage.kind === 'saved');
  return (
    <main className="stopped" id="main" tabIndex={-1}>
      <Failed
        isPage
        name={name}
        error={error}
        holds={`Nothing is lost: the text stands here${drafts === 0 ? '' : ', and your drafts are untouched'}.`}
        onAgain={onAgain}
        leave={leave}
        details={`${doc.format ?? 'no format'}, ${doc.text.length.toLocaleString('en')} characters, catalog ${own}`}
      >
        <p>The next start leaves your settings, your own catalog and the open draft aside, so that you can go on writing.</p>
      </Failed>
      <section className="saved" aria-label="The text">
        <header>
          <b>{nameOf(doc)}</b> {doc.kind === 'draft' && isSaved ? 'saved in this browser, read only here' : 'read only here'}
          <span className="space" />
          <button type="button" className="btn plain" onClick={() => exportDraft()}>
            Export
          </button>
          <button type="button" className="btn plain" onClick={() => exportEverything()}>
            Export all drafts
          </button>
        </header>
        <textarea className="code" readOnly aria-label="Text of the open document" value={doc.text} />
      </section>
    </main>
  );
}
