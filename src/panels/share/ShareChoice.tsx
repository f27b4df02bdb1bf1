import { useMemo, useRef, useState } from 'react';
import { linkSizes } from '../../state/links/link-sizes';
import { copyLink, stopSharing } from '../../state/links/links';
import { useStore } from '../../state/store';
import { WideDialog } from '../../ui/overlay/WideDialog';
import { counted } from '../format';
import './share.css';

/** The draft goes into the link; its tests' events only where they are ticked, with the size they add. */
export default function ShareChoice() {
  const doc = useStore((state) => state.doc);
  const { bare, whole } = useMemo(() => linkSizes(doc), [doc]);
  const [isWithTests, setWithTests] = useState(false);
  const copy = useRef<HTMLButtonElement>(null);
  const size = isWithTests ? whole : bare;
  const events = doc.tests.reduce((sum, test) => sum + test.events.length, 0);
  return (
    <WideDialog
      title="Share this draft"
      note="everything is in the link itself; nothing is sent anywhere"
      onClose={stopSharing}
      first={copy}
      foot={
        <>
          <output className="label small">{size === null ? 'Too large for a link.' : `${counted(size, 'character')} in all`}</output>
          <span className="space" />
          <button
            type="button"
            className="btn"
            ref={copy}
            disabled={size === null}
            onClick={() => {
              void copyLink(isWithTests);
              stopSharing();
            }}
          >
            Copy the link
          </button>
        </>
      }
    >
      <div className="share-choice">
        <p>The text of the rule is in the link: {bare === null ? 'it is too large for one' : counted(bare, 'character')}.</p>
        <label>
          <input type="checkbox" checked={isWithTests} disabled={whole === null} onChange={(event) => setWithTests(event.target.checked)} />{' '}
          {`Put its ${counted(doc.tests.length, 'test')} in too, with ${counted(events, 'event')}`}
          <span className="label">
            {whole === null ? ': they are too large for a link' : bare === null ? '' : `: ${counted(whole - bare, 'character')} more`}
          </span>
        </label>
        <p className="label">Whoever has the link can read the events in it.</p>
      </div>
    </WideDialog>
  );
}
