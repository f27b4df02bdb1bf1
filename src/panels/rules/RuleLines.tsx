import type { ReactNode } from 'react';
import type { RuleRow } from '../../model';
import { pathOf } from '../../state/links/routes';
import { Severity } from '../../ui/Severity';
import { RowLink } from '../../ui/table/InRow';
import { VendorLetter } from '../Vendor';
import { OwnMark } from './OwnMark';
import { StateMark } from './StateMark';
import './rules.css';

interface RuleLinesProps<Row extends RuleRow> {
  readonly rules: readonly Row[];
  /** At the end of a line; absent: the severity. */
  readonly noteOf?: (rule: Row) => ReactNode;
  /** Inside a table's row: the arrow keys reach the links, Tab does not. */
  readonly inRow?: boolean;
}

/** Rules, one a line: the vendor's letter, the title as a link, a note. */
export const RuleLines = <Row extends RuleRow>({ rules, noteOf, inRow = false }: RuleLinesProps<Row>) => (
  <ul className="rulelines">
    {rules.map((rule) => {
      const Link = inRow ? RowLink : 'a';
      return (
        <li key={rule.index}>
          <VendorLetter vendor={rule.vendor} />
          <Link href={`#${pathOf.rule(rule)}`}>{rule.title}</Link>
          <span className="note">
            <OwnMark source={rule.source} /> <StateMark status={rule.status} /> {noteOf === undefined ? <Severity level={rule.severity} /> : noteOf(rule)}
          </span>
        </li>
      );
    })}
  </ul>
);
