import { hover } from '../../state/highlight';
import { editor } from '../../state/editor-handle';
import { useStore } from '../../state/store';
import { chooseSample } from '../../state/threads/samples';
import { Disclosure } from '../../ui/layout/Disclosure';
import { keepSample } from './keepSample';
import { MadeWords, VerdictMark } from './VerdictMark';

/** The chosen sample: each comparison with the value it saw, and the event itself. */
export function SampleDetail() {
  const opened = useStore((state) => state.samples.opened);
  if (opened === null) return null;
  return (
    <section className="sample-detail" aria-label={`Sample ${opened.number + 1}`}>
      <header>
        <strong>Sample {(opened.number + 1).toLocaleString('en')}</strong>
        {opened.made === undefined ? null : <MadeWords made={opened.made} />}
        <button type="button" className="link" onClick={() => chooseSample(null)}>
          Back to all
        </button>
        <span className="space" />
        <button type="button" className="btn plain" onClick={() => void keepSample(opened.number, true)}>
          Keep as must match <kbd>M</kbd>
        </button>
        <button type="button" className="btn plain" onClick={() => void keepSample(opened.number, false)}>
          Keep as must not match <kbd>N</kbd>
        </button>
      </header>
      <ul className="sample-tests">
        {opened.tests.map((test) => {
          const written = opened.about.slice(test.span.start, test.span.end).replace(/\s+/g, ' ');
          return (
            <li key={`${test.span.start} ${test.span.end}`}>
              <VerdictMark verdict={test.verdict} />
              <button
                type="button"
                className="link value"
                onClick={() => editor()?.reveal(test.span)}
                onMouseEnter={() => hover([test.span])}
                onMouseLeave={() => hover(null)}
              >
                {written.length > 120 ? `${written.slice(0, 120)}…` : written}
              </button>
              <span className="label">{test.why ?? (test.seen === null ? 'no value' : test.seen)}</span>
            </li>
          );
        })}
      </ul>
      <Disclosure title="The event" count={Object.keys(opened.event).length}>
        <pre className="sample-event">{JSON.stringify(opened.event, null, 2)}</pre>
      </Disclosure>
    </section>
  );
}
