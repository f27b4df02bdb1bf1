import type { MeaningChange } from '../../model';
import { counted } from '../../panels/format';
import { useStore } from '../../state/store';
import { useChanges } from '../../state/threads/use-changes';
import { ValueText } from '../../ui/ValueText';

/** What two texts of the open draft do not mean alike: told from both, not from their lines. */
export function WhatItMeans({ before, after }: { readonly before: string; readonly after: string }) {
  const told = useChanges(before, after);
  const tests = useStore((state) => state.doc.tests.length);
  return (
    <section className="meaning" aria-labelledby="what-it-means" aria-live="polite">
      <h3 id="what-it-means">
        What it means <small>told from both texts, not from their lines</small>
      </h3>
      {told === null ? (
        <p className="hint">Comparing…</p>
      ) : told.changes === null ? (
        <p className="hint">{told.error ?? 'One of the two texts holds no rule: there is nothing to compare.'}</p>
      ) : told.changes.errors.some((errors) => errors > 0) ? (
        <p className="hint">Not told: {brokenWords(told.changes.errors)}.</p>
      ) : (
        <>
          {told.changes.changes.length > 0 ? null : <p className="hint">Both ask the same of an event: remarks, wording or order differ.</p>}
          {told.changes.changes.length === 0 && told.tests === null ? null : (
            <table aria-labelledby="what-it-means">
              <thead>
                <tr>
                  <th>Change</th>
                  <th>Then</th>
                  <th>Now</th>
                  <th>Matches</th>
                </tr>
              </thead>
              <tbody>
                {told.changes.changes.map((change, at) => (
                  // Two changes may read alike.
                  // oxlint-disable-next-line react/no-array-index-key
                  <Change key={at} {...change} />
                ))}
                {told.tests === null ? null : (
                  <Change what="tests" before={`${told.tests[0]} of ${tests} held`} after={`${told.tests[1]} of ${counted(tests, 'test')} hold`} matches="" />
                )}
              </tbody>
            </table>
          )}
        </>
      )}
    </section>
  );
}

const brokenWords = ([before, after]: readonly [number, number]): string =>
  [
    before === 0 ? '' : `the earlier text has ${counted(before, 'error')}`,
    after === 0 ? '' : `the later one ${before === 0 ? 'has ' : ''}${counted(after, 'error')}`,
  ]
    .filter((words) => words !== '')
    .join(', ');

const Change = ({ what, before, after, matches }: MeaningChange) => (
  <tr>
    <td>{what}</td>
    <td>{before === '' ? null : <ValueText text={before} />}</td>
    <td>{after === '' ? null : <ValueText text={after} />}</td>
    <td>{matches}</td>
  </tr>
);
