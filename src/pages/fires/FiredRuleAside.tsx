import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { FiredRule } from '../../model';
import { counted } from '../../panels/format';
import { OpenAsDraft } from '../../panels/rules/OpenAsDraft';
import { VendorLetter } from '../../panels/Vendor';
import { pathOf } from '../../state/links/routes';
import { useStore } from '../../state/store';
import { chooseEvent, chooseRule, sampleHits } from '../../state/threads/fires';
import { Icon } from '../../ui/Icon';
import { Disclosure } from '../../ui/layout/Disclosure';
import { Severity } from '../../ui/Severity';
import { FiredEventsTable } from './FiredEventsTable';
import { ReasonTable } from '../../panels/samples/ReasonTable';

/** The chosen rule: why it fires on one event, and all events it fires on. J and K walk the list while the focus is on the page's own parts. */
export function FiredRuleAside({ rows }: { readonly rows: readonly FiredRule[] }) {
  const { rule, events, number, opened } = useStore((state) => state.fires);
  const at = rows.findIndex(({ index }) => index === rule);
  const chosen = rows[at];
  useWalk(rows, at);
  if (chosen === undefined)
    return (
      <aside className="firedrule" aria-label="The chosen rule">
        <p className="more">Choose a rule to see on which events it fires, and why.</p>
      </aside>
    );
  const place = events?.events.findIndex((event) => event.number === number) ?? -1;
  const go = (by: number) => {
    const next = events?.events[place + by];
    if (next !== undefined) void chooseEvent(next.number);
  };
  return (
    <aside className="firedrule" aria-label="The chosen rule" data-scrolls>
      <header>
        <h2>
          <VendorLetter vendor={chosen.vendor} /> {chosen.title}
        </h2>
        <p>
          <Severity level={chosen.severity} />{' '}
          {chosen.techniques.map((id) => (
            <a key={id} href={`#${pathOf.technique(id)}`}>
              {id}{' '}
            </a>
          ))}
          <span>{counted(chosen.hits, 'hit')}</span>
          {chosen.undecided === 0 ? '' : `, ${counted(chosen.undecided, 'event')} cannot be told`}
        </p>
        <div className="acts">
          <a className="btn" href={`#${pathOf.rule(chosen)}`}>
            Open rule
          </a>
          <OpenAsDraft rule={chosen} onOpen={() => void sampleHits(chosen.index)} />
          <button type="button" className="btn plain" disabled={at + 1 >= rows.length} onClick={() => void chooseRule(rows[at + 1]!.index)}>
            Next rule <kbd>J</kbd>
          </button>
        </div>
      </header>
      {events === null || opened === null ? null : (
        <>
          <div className="whyhead">
            <h3>Why</h3>
            <small>{`event ${(number! + 1).toLocaleString('en')}, ${place + 1} of ${events.events.length.toLocaleString('en')}`}</small>
            <span className="space" />
            <button type="button" className="btn square" aria-label="Previous event" disabled={place <= 0} onClick={() => go(-1)}>
              <Icon name="up" />
            </button>
            <button type="button" className="btn square" aria-label="Next event" disabled={place + 1 >= events.events.length} onClick={() => go(1)}>
              <Icon name="down" />
            </button>
          </div>
          <ReasonTable lines={opened.lines} />
          <Disclosure title="The event" count={Object.keys(opened.event).length}>
            <pre className="eventtext">{JSON.stringify(opened.event, null, 2)}</pre>
          </Disclosure>
          <FiredEventsTable events={events} number={number} />
        </>
      )}
    </aside>
  );
}

/** Single letters act only where nobody types. */
function useWalk(rows: readonly FiredRule[], at: number): void {
  const state = useRef({ rows, at });
  useEffect(() => {
    state.current = { rows, at };
  });
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      const next = state.current.rows[state.current.at + by];
      if (by !== 0 && next !== undefined) void chooseRule(next.index);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

const isTyping = (target: KeyboardEvent['target'] | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null;
