import { useEffect, useState } from 'react';
import type { Parting, Partings, RelatedRule } from '../../model';
import { keepTests } from '../../state/threads/tests';
import { partingsOf } from '../../state/threads/samples';
import { useActive } from '../../state/select';
import { noPartingSentence, partingSentence, partingTitle, partingsAsked, type Whose } from './words';

interface PartingEventsProps {
  readonly rule: RelatedRule;
  /** The rule of the catalog it stands to; null: the draft. */
  readonly own: number | null;
  readonly whose: Whose;
}

/** Events that only one of the two matches, made of either and judged by both; why there are none. */
export function PartingEvents({ rule, own, whose }: PartingEventsProps) {
  const facts = useActive()?.facts ?? null;
  const [found, setFound] = useState<{ readonly of: RelatedRule; readonly partings: Partings | null } | null>(null);
  const asked = partingsAsked(rule.relation);
  useEffect(() => {
    if (asked.length === 0) return undefined;
    let isWanted = true;
    partingsOf(own, rule.index).then(
      (partings) => isWanted && setFound({ of: rule, partings }),
      () => isWanted && setFound({ of: rule, partings: null }),
    );
    return () => {
      isWanted = false;
    };
  }, [rule, own, facts, asked.length]);
  if (found?.of !== rule || found.partings === null) return null;
  const { partings } = found;
  const shown = partings.found.filter(({ matches }) => asked.includes(matches));
  const lacking = asked.filter((matches) => !shown.some((one) => one.matches === matches));
  return (
    <>
      {shown.map((parting) => {
        const title = partingTitle(parting, whose);
        return (
          <section key={parting.matches} className="parting" aria-label={title}>
            <h3>
              {title} <span className="count">made and judged by both</span>
            </h3>
            <pre className="value">{JSON.stringify(parting.event, null, 2)}</pre>
            <p className="saw">{partingSentence(parting, whose)}</p>
            {own === null ? <KeepAsTest parting={parting} name={`${title}: ${rule.title}`} /> : null}
          </section>
        );
      })}
      {lacking.length === 0 ? null : <p className="saw">{noPartingSentence(lacking, partings, whose)}</p>}
    </>
  );
}

function KeepAsTest({ parting, name }: { readonly parting: Parting; readonly name: string }) {
  const mustMatch = parting.matches === 'own';
  return (
    <p className="saw">
      <button type="button" className="btn" onClick={() => keepTests([{ events: [parting.event], mustMatch, name }])}>
        Keep as: must {mustMatch ? '' : 'not '}match
      </button>
    </p>
  );
}
