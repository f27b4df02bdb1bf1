import { copyText } from '../../state/clipboard';
import { closeShared, keepShared } from '../../state/drafts/documents';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';

/** Above the text: it came from a link and is not kept; or it cannot be stored. */
export function DocumentBanners() {
  const doc = useStore((state) => state.doc);
  const storage = useStore((state) => state.storage);
  return (
    <>
      {doc.kind === 'shared' ? (
        <Banner
          kind="info"
          actions={
            <>
              <button type="button" className="btn" onClick={() => keepShared()}>
                Keep it
              </button>
              <button type="button" className="btn plain" onClick={() => closeShared(doc.id)}>
                Close
              </button>
            </>
          }
        >
          Opened from a link. It is not among your drafts until you keep or change it.
        </Banner>
      ) : null}
      {storage.kind === 'failed' ? (
        <Banner
          kind="error"
          actions={
            <button type="button" className="btn" onClick={() => void copyText()}>
              Copy text
            </button>
          }
        >
          {storage.message}
        </Banner>
      ) : null}
    </>
  );
}
