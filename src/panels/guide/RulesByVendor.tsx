import { VENDORS, vendorName } from '../../knowledge/families';
import { SOURCE_NAMES, sourceLabel } from '../../knowledge/sources';
import { useState } from 'react';
import type { RuleRow } from '../../model';
import { VendorLetter } from '../Vendor';
import { counted } from '../format';
import { RuleLines } from '../rules/RuleLines';

interface RulesByVendorProps {
  readonly rules: readonly RuleRow[];
  /** So many of each vendor first. */
  readonly first: number;
  /** Of the vendors' headings. */
  readonly level: 3 | 4;
}

/** Rules under their vendors, in the vendors' order. */
export const RulesByVendor = ({ rules, first, level }: RulesByVendorProps) => (
  <div className="byvendor">
    {VENDORS.map((vendor) => {
      const own = rules.filter((rule) => rule.vendor === vendor);
      return own.length === 0 ? null : <OneVendor key={vendor} vendor={vendor} rules={own} first={first} level={level} />;
    })}
  </div>
);

function OneVendor({ vendor, rules, first, level }: RulesByVendorProps & { readonly vendor: RuleRow['vendor'] }) {
  const Heading = `h${level}` as const;
  const [all, setAll] = useState(false);
  return (
    <section aria-label={`${vendorName(vendor)} rules`}>
      <Heading className="vendorhead">
        <VendorLetter vendor={vendor} named /> {vendorName(vendor)}{' '}
        <span className="count">
          {counted(rules.length, 'rule')}
          {bySource(rules)}
        </span>
      </Heading>
      <RuleLines rules={all ? rules : rules.slice(0, first)} />
      {all || rules.length <= first ? null : (
        <p className="more">
          <button type="button" className="link" onClick={() => setAll(true)}>
            Show all {rules.length.toLocaleString('en')}
          </button>
        </p>
      )}
    </section>
  );
}

/** ": 8 ESCU, 14 Anvilogic" where a vendor's rules come from several places. */
function bySource(rules: readonly RuleRow[]): string {
  const counts = SOURCE_NAMES.map((source) => [source, rules.filter((rule) => rule.source === source).length] as const).filter(([, count]) => count > 0);
  return counts.length < 2 ? '' : `: ${counts.map(([source, count]) => `${count.toLocaleString('en')} ${sourceLabel(source)}`).join(', ')}`;
}
