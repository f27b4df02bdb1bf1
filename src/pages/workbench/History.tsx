import { useEffect, useState } from 'react';
import { nameOf } from '../../state/drafts/document';
import { type DraftState, statesOf } from '../../state/drafts/history';
import { closeHistory, duplicateState, returnTo } from '../../state/history';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Select } from '../../ui/Select';
import { WideDialog } from '../../ui/overlay/WideDialog';
import { lazyPart } from '../../ui/part/lazyPart';
import { useWide } from '../../ui/useMedia';
import { sinceOf, useNow } from '../../panels/format';
import { WhatItMeans } from './WhatItMeans';
import './history.css';

const DiffPane = lazyPart(() => import('../../editor/DiffPane'), { name: 'The comparison of the two texts' });

/** Earlier texts of the open draft, each beside what it is now. */
export default function History() {
  const doc = useStore((state) => state.doc);
  const [states, setStates] = useState<readonly DraftState[] | null>(null);
  const [chosen, setChosen] = useState(0);
  /** The text it is compared with, by the time it was kept; null: the text as it is now. */
  const [beside, setBeside] = useState<number | null>(null);
  const isWide = useWide();
  useEffect(() => {
    let isCurrent = true;
    void statesOf(doc.id).then((found) => isCurrent && setStates(found));
    return () => {
      isCurrent = false;
    };
  }, [doc.id]);
  const state = states?.[chosen];
  const now = useNow(30_000);
  const when = state === undefined ? '' : timeOf(state, now);
  // Of two texts the older one is the one that was.
  const later = states?.slice(0, chosen).find(({ at }) => at === beside);
  const after = later?.text ?? doc.text;
  return (
    <WideDialog
      title={`${nameOf(doc)}: history`}
      onClose={closeHistory}
      foot={
        state === undefined ? undefined : (
          <>
            <button type="button" className="btn" onClick={() => duplicateState(state, when)}>
              Open this text as a draft
            </button>
            <button type="button" className="btn primary" disabled={state.text === doc.text} onClick={() => returnTo(state, when)}>
              Return to {when}
            </button>
          </>
        )
      }
    >
      {states === null ? (
        <p className="hint">Reading…</p>
      ) : state === undefined ? (
        <Empty title="No earlier text yet">
          A text is kept here, in this browser, before it is changed: at most one every two minutes, and always the first.
        </Empty>
      ) : (
        <div className="history">
          <ul aria-label="Earlier texts">
            {states.map((one, index) => (
              <li key={one.at}>
                <button type="button" className="inset-focus" aria-current={index === chosen || undefined} onClick={() => setChosen(index)}>
                  <b>{timeOf(one, now)}</b>
                  <small>
                    {one.isFirst
                      ? doc.path === ''
                        ? 'as it was begun'
                        : `as it came from ${doc.path.split('/').at(-1)}`
                      : differenceOf(one.text, states[index - 1]?.text ?? doc.text)}
                  </small>
                </button>
              </li>
            ))}
          </ul>
          <section aria-label={`${when}, and ${later === undefined ? 'now' : timeOf(later, now)}`}>
            <p className="small">
              <b>{when}</b> ›{' '}
              <Select
                label="Compared with"
                value={String(later?.at ?? '')}
                options={[{ value: '', name: 'now' }, ...states.slice(0, chosen).map((one) => ({ value: String(one.at), name: timeOf(one, now) }))]}
                onChange={(value) => setBeside(value === '' ? null : Number(value))}
              />{' '}
              <span className="label">{differenceOf(state.text, after)}</span>
            </p>
            <div className="differing">
              <DiffPane label="Text" before={state.text} after={after} isSideBySide={isWide} />
            </div>
            {state.text === after ? null : <WhatItMeans before={state.text} after={after} />}
          </section>
        </div>
      )}
    </WideDialog>
  );
}

const DAY = 86_400_000;

/** The time of day beside how long ago it was. */
function timeOf({ at }: DraftState, now: number): string {
  const time = new Date(at).toTimeString().slice(0, 5);
  const since = sinceOf(at, now);
  return now - at < DAY && since !== 'yesterday' ? `${time}` : `${since}, ${time}`;
}

/** "2 lines out, 3 in", told by lines alone. */
function differenceOf(before: string, after: string): string {
  if (before === after) return 'the same';
  const count = (text: string): Map<string, number> => {
    const found = new Map<string, number>();
    for (const line of text.split('\n')) found.set(line, (found.get(line) ?? 0) + 1);
    return found;
  };
  const [was, is] = [count(before), count(after)];
  const beyond = (more: ReadonlyMap<string, number>, less: ReadonlyMap<string, number>): number =>
    [...more].reduce((sum, [line, number]) => sum + Math.max(0, number - (less.get(line) ?? 0)), 0);
  const [out, into] = [beyond(was, is), beyond(is, was)];
  return out + into === 0 ? 'lines in another order' : `${out.toLocaleString('en')} ${out === 1 ? 'line' : 'lines'} out, ${into.toLocaleString('en')} in`;
}
