import { VENDORS, vendorName } from '../../knowledge/families';
import { counted } from '../../panels/format';
import { Reach } from '../../ui/Reach';
import { VendorLetter } from '../../panels/Vendor';
import type { CountedTechnique } from './matrixOf';

/** A technique's rules by vendor, in the card beside its cell. */
export function TechniqueCard({ technique, drafts }: { readonly technique: CountedTechnique; readonly drafts: number }) {
  const yours = technique.yours.reduce((sum, count) => sum + count, 0);
  return (
    <>
      <p>
        <b>{technique.id}</b> {technique.name}
      </p>
      <dl>
        {VENDORS.map((vendor, index) => (
          <div key={vendor} className="pair">
            <dt>
              <VendorLetter vendor={vendor} named /> {vendorName(vendor)}
            </dt>
            <dd>
              <Reach count={technique.perVendor[index] ?? 0} of={Math.max(...technique.perVendor)} />
            </dd>
          </div>
        ))}
        <div className="pair">
          <dt>All{technique.id.includes('.') ? '' : ', sub-techniques included'}</dt>
          <dd>
            <b>{technique.rules.toLocaleString('en')}</b>
          </dd>
        </div>
      </dl>
      <footer>
        <span>
          {yours === 0 ? '' : `${counted(yours, 'rule')} of yours among them. `}
          {drafts === 0 ? 'No draft of yours names it' : `${counted(drafts, 'draft')} of yours`}
        </span>
        <span className="space" />
        <span>
          Open the guide <kbd>↵</kbd>
        </span>
      </footer>
    </>
  );
}
