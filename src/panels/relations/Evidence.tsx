import type { RelatedRule } from '../../model';
import { pathOf } from '../../state/links/routes';
import { useSingle } from '../../ui/useMedia';
import { PartingEvents } from './PartingEvents';
import { comparedWord, limitSentence, readingSentence, relationSentence, type Whose } from './words';

interface EvidenceProps {
  readonly rule: RelatedRule;
  readonly whose: Whose;
  /** The rule of the catalog it stands to; null: the draft. */
  readonly own: number | null;
}

/** Why a rule stands so to another: the conditions of both side by side, and what is not known. */
export function Evidence({ rule, whose, own }: EvidenceProps) {
  const said = [relationSentence(rule, whose), readingSentence(rule.reads), ...rule.limits.map((limit) => limitSentence(limit, whose))];
  const ownAsks = whose === 'yours' ? 'Yours asks' : 'This rule asks';
  // Two columns of long conditions have no room beside each other there.
  const isSingle = useSingle();
  return (
    <>
      <p className="saw">
        {said.filter((sentence) => sentence !== '').join(' ')} <a href={`#${pathOf.rule(rule)}`}>Open the rule</a>
      </p>
      <table className="conditions" aria-label={`Conditions beside those of ${rule.title}`}>
        <thead>
          <tr>
            {isSingle ? (
              <th>Conditions</th>
            ) : (
              <>
                <th>{ownAsks}</th>
                <th>It asks</th>
              </>
            )}
            <th>Compared</th>
          </tr>
        </thead>
        <tbody>
          {rule.conditions.map(({ as, first, second }, at) => (
            // Two conditions may read alike.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at}>
              {isSingle ? (
                <td>
                  <Asked by={as === 'same' && first === second ? 'Both ask' : ownAsks} what={first} />
                  {as === 'same' && first === second ? null : <Asked by="It asks" what={second} />}
                </td>
              ) : (
                <>
                  <td>{first}</td>
                  <td>{as === 'same' && first === second ? <span className="label">the same</span> : second}</td>
                </>
              )}
              <td className={as === 'same' ? 'second' : undefined}>{comparedWord(as)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <PartingEvents rule={rule} own={own} whose={whose} />
    </>
  );
}

/** What one of the rules asks, under its name; nothing where it asks nothing. */
const Asked = ({ by, what }: { readonly by: string; readonly what: string | null }) =>
  what === null || what === '' ? null : (
    <div>
      <span className="label">{by}</span> {what}
    </div>
  );
