import { type ReactNode, useState } from 'react';
import { RELATIONS, type RelatedRule, type Relations } from '../../model';
import { Severity } from '../../ui/Severity';
import { OwnMark } from '../rules/OwnMark';
import { RuleLines } from '../rules/RuleLines';
import { VendorLetter } from '../Vendor';
import { Evidence } from './Evidence';
import { headingOf, type Whose } from './words';
import './relations.css';

interface RelationGroupsProps {
  readonly relations: Relations;
  readonly whose: Whose;
  /** The rule of the catalog they stand to; null: the draft. */
  readonly own: number | null;
  /** Where the evidence of the chosen rule stands. */
  readonly evidence: 'beside' | 'under';
}

/** So many of a group before "n more". */
const FIRST = 4;

/** The rules by how they stand, and the conditions of the chosen one side by side with one's own. */
export function RelationGroups({ relations, whose, own, evidence }: RelationGroupsProps) {
  const [picked, pick] = useState<string | null>(null);
  const { rules, counts, nearest } = relations;
  // On a rule's page they stand under a heading of their own.
  const Heading = whose === 'yours' ? 'h2' : 'h3';
  const keyOf = (rule: RelatedRule): string => `${rule.source} ${rule.key}`;
  // The chosen rule stays chosen while one types, also when its group changes.
  const chosen = rules.find((rule) => keyOf(rule) === picked) ?? (evidence === 'beside' ? (rules[0] ?? null) : null);
  return (
    <div className={`relations ${evidence}`}>
      <div className="groups">
        {RELATIONS.map((relation) => (
          <RelationGroup
            key={relation}
            heading={Heading}
            title={headingOf(relation, whose)}
            count={counts[relation]}
            rules={rules.filter((rule) => rule.relation === relation)}
          >
            {(rule) => (
              <>
                <button
                  type="button"
                  className="item inset-focus"
                  aria-current={evidence === 'beside' && rule === chosen ? true : undefined}
                  aria-expanded={evidence === 'under' ? rule === chosen : undefined}
                  onClick={() => pick(evidence === 'under' && rule === chosen ? null : keyOf(rule))}
                >
                  <VendorLetter vendor={rule.vendor} />
                  <span className="nm">{rule.title}</span>
                  <span className="note">
                    <OwnMark source={rule.source} />{' '}
                    {rule.kind === 'detection' ? <Severity level={rule.severity} /> : <span className="label">{rule.kind}</span>}
                  </span>
                </button>
                {evidence === 'under' && rule === chosen ? <Evidence rule={rule} whose={whose} own={own} /> : null}
              </>
            )}
          </RelationGroup>
        ))}
        {nearest.length === 0 ? null : (
          <>
            <Heading>
              Nearest by rare values <span className="count">{nearest.length}</span>
            </Heading>
            <RuleLines
              rules={nearest}
              noteOf={(rule) => <span className="label" title="Values and exclusions shared, of all it has">{`${rule.shared} of ${rule.of} shared`}</span>}
            />
          </>
        )}
      </div>
      {evidence === 'under' || chosen === null ? null : (
        <section className="evid" aria-label={`How ${chosen.title} stands to ${whose}`}>
          <Heading>
            <VendorLetter vendor={chosen.vendor} /> {chosen.title}
          </Heading>
          <Evidence rule={chosen} whose={whose} own={own} />
        </section>
      )}
    </div>
  );
}

interface RelationGroupProps {
  readonly heading: 'h2' | 'h3';
  readonly title: string;
  readonly count: number;
  readonly rules: readonly RelatedRule[];
  readonly children: (rule: RelatedRule) => ReactNode;
}

function RelationGroup({ heading: Heading, title, count, rules, children }: RelationGroupProps) {
  const [all, setAll] = useState(false);
  const shown = all ? rules : rules.slice(0, FIRST);
  const left = count - rules.length;
  return (
    <section aria-label={title}>
      <Heading className={count === 0 ? 'none' : undefined}>
        {title} <span className="count">{count.toLocaleString('en')}</span>
      </Heading>
      <ul>
        {shown.map((rule) => (
          <li key={rule.index}>{children(rule)}</li>
        ))}
      </ul>
      {rules.length > shown.length ? (
        <p className="more">
          <button type="button" className="link" onClick={() => setAll(true)}>
            {rules.length - shown.length} more
          </button>
        </p>
      ) : null}
      {all && left > 0 ? <p className="more label">{left.toLocaleString('en')} more, less alike, are not listed.</p> : null}
    </section>
  );
}
