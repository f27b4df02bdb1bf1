import type { MeaningChange, RuleChanges } from '../../model';
import { counted } from '../../panels/format';
import { useStore } from '../../state/store';
import { useChanges } from '../../state/threads/use-changes';
import { useSingle } from '../../ui/useMedia';
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
        <Changes rules={told.changes.rules} tests={tests} held={told.tests} />
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

interface ChangesProps {
  readonly rules: readonly RuleChanges[];
  /** How many tests the draft has, and how many of them each text passes. */
  readonly tests: number;
  readonly held: readonly [before: number, after: number] | null;
}

function Changes({ rules, tests, held }: ChangesProps) {
  const single = useSingle();
  const changed = rules.filter(({ changes }) => changes.length > 0);
  const same = rules.length - changed.length;
  return (
    <>
      {same === 0 ? null : (
        <p className="hint">
          {changed.length === 0
            ? 'Both ask the same of an event: remarks, wording or order differ.'
            : `${counted(same, 'other rule')} ${same === 1 ? 'asks' : 'ask'} the same as before.`}
        </p>
      )}
      {changed.length === 0 && held === null ? null : (
        <table aria-labelledby="what-it-means">
          <thead>
            <tr>
              <th scope="col">Change</th>
              <th scope="col">Then</th>
              <th scope="col">Now</th>
              {single ? null : <th scope="col">Matches</th>}
            </tr>
          </thead>
          {changed.map(({ name, changes }, rule) => (
            // Two rules, and two changes, may read alike.
            // oxlint-disable react/no-array-index-key
            <tbody key={rule}>
              {rules.length === 1 ? null : (
                <tr className="group">
                  <th scope="rowgroup" colSpan={single ? 3 : 4}>
                    {name}
                  </th>
                </tr>
              )}
              {changes.map((change, at) => (
                <Change key={at} {...change} isSingle={single} />
              ))}
            </tbody>
            // oxlint-enable react/no-array-index-key
          ))}
          {held === null ? null : (
            <tbody>
              <Change what="tests" before={`${held[0]} of ${tests} held`} after={`${held[1]} of ${counted(tests, 'test')} hold`} matches="" isSingle={single} />
            </tbody>
          )}
        </table>
      )}
    </>
  );
}

const Change = ({ what, before, after, matches, isSingle }: MeaningChange & { readonly isSingle: boolean }) => (
  <tr>
    <td>
      {what}
      {isSingle && matches !== '' ? <small className="label">{matches}</small> : null}
    </td>
    <td>{before === '' ? null : <ValueText text={before} />}</td>
    <td>{after === '' ? null : <ValueText text={after} />}</td>
    {isSingle ? null : <td>{matches}</td>}
  </tr>
);
