import { copyText } from '../../state/clipboard';
import { chooseFormat, closeShared, keepShared } from '../../state/drafts/documents';
import { useFormat } from '../../state/select';
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
  const format = useFormat();
  if (look === null || format === null) return null;
  const { format: other, name } = look;
  if (other === null) {
    const what = name === 'text' ? 'This looks like nothing that is read here' : `This looks like ${name}, which is not read here`;
    return (
      <Banner kind="warning">
        {what}; it is read as {format.label}.
      </Banner>
    );
  }
  return (
    <Banner
      kind="info"
      actions={
        <button type="button" className="btn" onClick={() => chooseFormat(other)}>
          Read it as {name}
        </button>
      }
    >
      This looks like {name}; it is read as {format.label}.
    </Banner>
  );
}
