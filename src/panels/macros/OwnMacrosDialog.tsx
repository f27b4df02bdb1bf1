import { useMemo, useRef, useState } from 'react';
import type { Span } from '../../model';
import { MACROS_NOT_STORED, setMacros, showMacros } from '../../state/macros';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { WideDialog } from '../../ui/overlay/WideDialog';
import { counted } from '../format';
import { linesOf } from '../lineAt';
import { MacroList } from './MacroList';
import { useMacrosRead } from './useMacrosRead';
import './macros.css';

const PLACEHOLDER = `[my_servers]
definition = host IN (dc01, dc02)

[seen_by(2)]
args = user, host
definition = user="$user$" host="$host$"`;

/** The reader's own macros: the text of a macros.conf, what was read of it, and what could not be. */
export default function OwnMacrosDialog() {
  const conf = useStore((state) => state.macros);
  const areStored = useStore((state) => state.macrosStored);
  const read = useMacrosRead(conf);
  const [removed, setRemoved] = useState<{ readonly name: string; readonly before: string } | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const lineAt = useMemo(() => linesOf(read?.about ?? ''), [read]);
  const change = (text: string): void => {
    setRemoved(null);
    setMacros(text);
  };
  const select = ({ start, end }: Span): void => {
    const box = area.current;
    if (box === null) return;
    box.focus();
    box.setSelectionRange(start, end);
    box.scrollTop = (lineAt(start).line - 2) * Number.parseFloat(getComputedStyle(box).lineHeight);
  };
  return (
    <WideDialog
      title="Own search macros"
      note="expanded like those that ship; kept in this browser, sent nowhere"
      onClose={() => showMacros(false)}
      first={area}
      foot={
        <>
          <output className="label small">{removed === null ? '' : `Removed ${removed.name}.`}</output>
          {removed === null ? null : (
            <button type="button" className="btn plain" onClick={() => change(removed.before)}>
              Undo
            </button>
          )}
          <span className="space" />
          <button type="button" className="btn" onClick={() => showMacros(false)}>
            Done
          </button>
        </>
      }
    >
      {areStored ? null : <Banner kind="error">{MACROS_NOT_STORED}</Banner>}
      <div className="ownmacros">
        <label>
          <span className="label small">Text of macros.conf</span>
          <textarea
            ref={area}
            className="input code"
            wrap="off"
            spellCheck={false}
            autoCapitalize="off"
            placeholder={PLACEHOLDER}
            value={conf}
            onChange={(event) => change(event.target.value)}
          />
        </label>
        <section aria-labelledby="macros-read" data-scrolls>
          <h3 id="macros-read">
            Read <small>{read === null ? '' : counted(read.macros.length, 'macro')}</small>
          </h3>
          {read === null ? null : (
            <MacroList
              read={read}
              lineAt={(offset) => lineAt(offset).line}
              onSelect={select}
              onRemove={(name, span) => {
                setMacros(without(read.about, span));
                setRemoved({ name, before: read.about });
              }}
            />
          )}
        </section>
      </div>
    </WideDialog>
  );
}

/** The text without a stanza and the blank lines before the next. */
const without = (text: string, { start, end }: Span): string => text.slice(0, start) + text.slice(end).replace(/^\s*/, '');
