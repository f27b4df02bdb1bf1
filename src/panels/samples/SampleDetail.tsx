import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { SampleOpened } from '../../model';
import { chooseSample, openSample } from '../../state/threads/samples';
import { Icon } from '../../ui/Icon';
import { counted } from '../format';
import { EventTree } from './EventTree';
import { keepSample } from './keepSample';
import { ReasonTable } from './ReasonTable';
import { MadeWords } from './VerdictMark';

interface SampleDetailProps {
  readonly opened: SampleOpened;
  /** How many samples there are. */
  readonly of: number;
}

/** The chosen sample: the event as a tree beside each part of the rule with the value it saw. */
export function SampleDetail({ opened, of }: SampleDetailProps) {
  const { number, made, event, fields, lines, failing } = opened;
  const back = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    openSample(false);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`.samples-table tr[data-row="${number}"]`)?.focus());
  };
  useEffect(() => back.current?.focus(), []);
  const onKeyDown = (pressed: KeyboardEvent): void => {
    if (pressed.key === 'Escape') close();
    else if (pressed.key === 'ArrowUp' && number > 0) chooseSample(number - 1);
    else if (pressed.key === 'ArrowDown' && number + 1 < of) chooseSample(number + 1);
    else if (pressed.key === 'm' || pressed.key === 'n') void keepSample(number, pressed.key === 'm');
    else return;
    pressed.preventDefault();
  };
  const decided = failing.length === 0 ? '' : `, ${failing.length.toLocaleString('en')} ${failing.length === 1 ? 'decides' : 'decide'}`;
  return (
    <section className="sample-detail" data-scrolls aria-label={`Sample ${number + 1}`}>
      <div className="sample-bar" role="toolbar" tabIndex={-1} aria-label="This sample" onKeyDown={onKeyDown}>
        <button ref={back} type="button" className="btn plain" onClick={close}>
          <Icon name="left" size="small" /> Samples
        </button>
        <strong>{`Event ${(number + 1).toLocaleString('en')} of ${of.toLocaleString('en')}`}</strong>
        {made === undefined ? null : <MadeWords made={made} />}
        <button type="button" className="btn square" aria-label="Previous event" disabled={number === 0} onClick={() => chooseSample(number - 1)}>
          <Icon name="up" />
        </button>
        <button type="button" className="btn square" aria-label="Next event" disabled={number + 1 >= of} onClick={() => chooseSample(number + 1)}>
          <Icon name="down" />
        </button>
        <span className="space" />
        <button type="button" className="btn plain" onClick={() => void keepSample(number, true)}>
          Must match <kbd>M</kbd>
        </button>
        <button type="button" className="btn plain" onClick={() => void keepSample(number, false)}>
          Must not <kbd>N</kbd>
        </button>
        <button type="button" className="btn plain" onClick={() => void navigator.clipboard.writeText(JSON.stringify(event, null, 2))}>
          Copy as JSON
        </button>
      </div>
      <div className="sample-split">
        <div>
          <p className="samples-head">
            Event <small>{counted(Object.keys(event).length, 'field')}</small>
          </p>
          <EventTree event={event} fields={fields} deciding={lines.flatMap((line) => (line.decides && line.field !== '' ? [line.field] : []))} />
        </div>
        <div>
          <p className="samples-head">
            Reason <small>{lines.length === 0 ? '' : `${counted(lines.length, 'part')}${decided}`}</small>
          </p>
          {lines.length === 0 ? <p className="more">This language is judged as a whole: no single comparison decides.</p> : <ReasonTable lines={lines} />}
        </div>
      </div>
    </section>
  );
}
