import { VENDORS, vendorName } from '../knowledge/families';
import type { PerVendor, Vendor } from '../model';
import { VendorLetter } from './Vendor';

interface VendorChipsProps {
  /** Empty: all. */
  readonly chosen: readonly Vendor[];
  readonly onChosen: (chosen: readonly Vendor[]) => void;
  /** Rules of each, whatever is chosen; one without any can only be taken away. */
  readonly perVendor?: PerVendor;
}

/** Chooses vendors; a press more takes one away again. */
export const VendorChips = ({ chosen, onChosen, perVendor }: VendorChipsProps) => (
  <fieldset className="chips" aria-label="Vendor">
    {VENDORS.map((vendor, index) => {
      const isChosen = chosen.includes(vendor);
      return (
        <button
          key={vendor}
          type="button"
          className="chip"
          aria-pressed={isChosen}
          disabled={perVendor?.[index] === 0 && !isChosen}
          onClick={() => onChosen(isChosen ? chosen.filter((one) => one !== vendor) : [...chosen, vendor])}
        >
          <VendorLetter vendor={vendor} named />
          {vendorName(vendor)}
          {perVendor === undefined ? null : ` ${perVendor[index]!.toLocaleString('en')}`}
        </button>
      );
    })}
  </fieldset>
);
