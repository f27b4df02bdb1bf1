import { useState } from 'react';
import { type RuleRow, VENDOR_NAMES, VENDORS } from '../../model';
import { VendorLetter } from '../../ui/Vendor';
import { counted } from '../counted';
import { RuleLines } from '../rules/RuleLines';

/** Rules under their vendors, in the vendors' order. */
export const RulesByVendor = ({ rules, first }: { readonly rules: readonly RuleRow[]; readonly first: number }) => (
  <div className="byvendor">
    {VENDORS.map((vendor) => {
      const own = rules.filter((rule) => rule.vendor === vendor);
      return own.length === 0 ? null : <OneVendor key={vendor} vendor={vendor} rules={own} first={first} />;
    })}
  </div>
);

function OneVendor({ vendor, rules, first }: { readonly vendor: RuleRow['vendor']; readonly rules: readonly RuleRow[]; readonly first: number }) {
  const [all, setAll] = useState(false);
  return (
    <section aria-label={`${VENDOR_NAMES[vendor]} rules`}>
      <h4>
        <VendorLetter vendor={vendor} named /> {VENDOR_NAMES[vendor]} <span className="count">{counted(rules.length, 'rule')}</span>
      </h4>
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
