import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Hover } from '../model';
import { pathOf } from '../state/links/routes';
import type { Card, CardContent } from './card';
import { CardCounts } from './CardCounts';
import { CardRemarks } from './CardRemarks';
import { placeBeside } from './place-beside';
import { useCardEvents } from './useCardEvents';

/** What there is to say about the text under the pointer, or the cursor: what it counts as, its reach, remarks, the language's own help. */
export function HoverCard({ card, onLeave }: { readonly card: Card; readonly onLeave: () => void }) {
  const [content, setContent] = useState<CardContent | null>(null);
  useEffect(() => card.watch(setContent), [card]);
  return content === null ? null : <Popup key={`${content.offset} ${content.isPinned}`} card={card} content={content} onLeave={onLeave} />;
}

/** In the browser's top layer, so that no panel cuts it off. */
function Popup({ card, content, onLeave }: { readonly card: Card; readonly content: CardContent; readonly onLeave: () => void }) {
  const popup = useRef<HTMLDialogElement>(null);
  const [style, setStyle] = useState<CSSProperties>({ visibility: 'hidden' });
  useLayoutEffect(() => {
    popup.current?.showPopover();
    const box = popup.current?.getBoundingClientRect();
    if (box !== undefined) setStyle(placeBeside(content.anchor, box, { width: innerWidth, height: innerHeight }));
  }, [content]);
  useEffect(() => {
    if (content.isPinned && style.visibility !== 'hidden') popup.current?.focus();
  }, [content.isPinned, style.visibility]);
  useCardEvents(popup, card, onLeave);
  return (
    <dialog
      popover="manual"
      ref={popup}
      className="pop card floating editor-card"
      aria-label={`About ${content.written.slice(0, 60)}`}
      tabIndex={-1}
      style={style}
    >
      {content.pointed === null ? null : <CardCounts pointed={content.pointed} written={content.written} />}
      {content.hover === null ? null : <HelpText {...content.hover} />}
      {content.remarks.length === 0 ? null : <CardRemarks remarks={content.remarks} onFix={card.close} />}
    </dialog>
  );
}

/** Plain paragraphs, `code` in backticks; a technique leads to its page, and to ATT&CK's. */
function HelpText({ text, technique }: Pick<Hover, 'text' | 'technique'>) {
  return (
    <div>
      {text.split(/\n{2,}/).map((paragraph, at) => (
        <p key={at}>{paragraph.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</p>
      ))}
      {technique === undefined ? null : (
        <p>
          <a href={`#${pathOf.technique(technique)}`}>{technique} in the catalog</a>
          {' · '}
          <a href={`https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`} target="_blank" rel="noreferrer">
            attack.mitre.org
          </a>
        </p>
      )}
    </div>
  );
}
