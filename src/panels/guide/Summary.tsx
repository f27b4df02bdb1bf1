import { Fragment, useMemo } from 'react';
import type { Guide } from '../../model';
import { commonFrom, guideRows, markTally, TOP_FIELDS, TOP_VALUES } from './guideRows';

/** How the draft stands to the guide: counts with their parts, never a score. */
export function Summary({ guide }: { readonly guide: Guide }) {
  const { fields, values, exclusions, missing } = useMemo(() => guideRows(guide), [guide]);
  if ((guide.fields[0]?.mark ?? null) === null) return <p>Write a rule beside it, and each row says how the draft stands to it.</p>;
  const topFields = fields.slice(0, TOP_FIELDS);
  const topValues = values.slice(0, TOP_VALUES);
  return (
    <p>
      Your draft has{' '}
      <b>
        {markTally(topValues).has} of {topValues.length}
      </b>{' '}
      top values and{' '}
      <b>
        {markTally(topFields).has} of {topFields.length}
      </b>{' '}
      fields. {exclusions.length === 0 ? 'No rule here excludes anything.' : <Exclusions all={exclusions} missing={missing} from={commonFrom(guide.shown)} />}
    </p>
  );
}

function Exclusions({ all, missing, from }: { readonly all: Guide['exclusions']; readonly missing: Guide['exclusions']; readonly from: number }) {
  const { has, near } = markTally(all);
  const lacking = markTally(missing).missing;
  const parts = [
    { words: `has ${has}`, rest: '', count: has },
    { words: `near ${near}`, rest: '', count: near },
    { words: `lacks ${lacking}`, rest: ` that ${from} or more rules share`, count: lacking },
  ].filter(({ count }) => count > 0);
  if (parts.length === 0) return <>Exclusions: none of {all.length.toLocaleString('en')} yet.</>;
  return (
    <>
      Exclusions:{' '}
      {parts.map(({ words, rest }, index) => (
        <Fragment key={words}>
          {index === 0 ? null : ', '}
          <b>{words}</b>
          {rest}
        </Fragment>
      ))}
      {lacking === 0 ? ` of ${all.length.toLocaleString('en')}` : null}.
    </>
  );
}
