import { FAMILIES, familyOf } from '../knowledge/families';
import type { PerVendor, Vendor } from '../model';
import { Letter, LetterCounts } from '../ui/Letter';

interface VendorLetterProps {
  readonly vendor: Vendor;
  /** The name stands beside it already. */
  readonly named?: true;
}

/** A vendor's letter in its steady colour. */
export const VendorLetter = ({ vendor, named }: VendorLetterProps) => <Letter sign={familyOf(vendor)} named={named === true} />;

/** Rules by vendor, those without any left out. */
export const VendorCounts = ({ counts }: { readonly counts: PerVendor }) => <LetterCounts signs={FAMILIES} counts={counts} />;
