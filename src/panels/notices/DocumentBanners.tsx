import { copyText } from '../../state/clipboard';
import { chooseFormat, closeShared, keepShared } from '../../state/drafts/documents';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';

/** Above the text: it came from a link and is not kept; it cannot be stored; or it looks like something else than what it is read as. */
export function DocumentBanners() {
  const id = useStore((state) => state.doc.id);
  const isShared = useStore((state) => state.doc.kind === 'shared');
  const storage = useStore((state) => state.storage);
  return (
    <>
      {isShared ? (
        <Banner
          kind="info"
          actions={
            <>
              <button type="button" className="btn" onClick={() => keepShared()}>
                Keep it
              </button>
              <button type="button" className="btn plain" onClick={() => closeShared(id)}>
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
      <OtherLook />
    </>
  );
}

/** A format that was chosen holds; what the text looks like instead is offered. */
function OtherLook() {
  const look = useStore(({ analysis, doc }) => (analysis.newest?.text === doc.text ? analysis.newest.answer.looksLike : null));
  if (look === null) return null;
  const { format: other, name, sentence } = look;
  if (other === null) return <Banner kind="warning">{sentence}</Banner>;
  return (
    <Banner
      kind="info"
      actions={
        <button type="button" className="btn" onClick={() => chooseFormat(other)}>
          Read it as {name}
        </button>
      }
    >
      {sentence}
    </Banner>
  );
}
