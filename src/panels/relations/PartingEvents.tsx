import { useEffect, useState } from 'react';
import type { Parting, RelatedRule } from '../../model';
import { keepTests } from '../../state/threads/tests';
import { partingsFrom } from '../../state/threads/samples';
import { useActive } from '../../state/select';
import { partingSentence, partingTitle, partingsAsked } from './words';

/** An event that only one of the two matches: made of the draft, judged by both. */
export function PartingEvents({ rule }: { readonly rule: RelatedRule }) {
  const facts = useActive()?.facts ?? null;
  const [found, setFound] = useState<{ readonly of: RelatedRule; readonly partings: readonly Parting[] | null } | null>(null);
  const asked = partingsAsked(rule.relation);
  useEffect(() => {
    if (asked.length === 0) return undefined;
    let isWanted = true;
    partingsFrom(rule.index).then(
      (partings) => isWanted && setFound({ of: rule, partings }),
      () => isWanted && setFound({ of: rule, partings: null }),
    );
    return () => {
      isWanted = false;
    };
  }, [rule, facts, asked.length]);
  const partings = found?.of === rule ? (found.partings ?? []).filter(({ matches }) => asked.includes(matches)) : [];
  return partings.map((parting) => (
    <section key={parting.matches} className="parting" aria-label={partingTitle(parting)}>
      <h3>
        {partingTitle(parting)} <span className="count">made and judged by both</span>
      </h3>
      <pre className="value">{JSON.stringify(parting.event, null, 2)}</pre>
      <p className="saw">{partingSentence(parting)}</p>
      <p className="saw">
        <button
          type="button"
          className="btn"
          onClick={() => keepTests([{ events: [parting.event], mustMatch: parting.matches === 'draft', name: `${partingTitle(parting)}: ${rule.title}` }])}
        >
          Keep as: must {parting.matches === 'draft' ? '' : 'not '}match
        </button>
      </p>
    </section>
  ));
}
