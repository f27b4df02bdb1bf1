type VendorId = 'sigma' | 'elastic' | 'splunk' | 'kusto';

const VENDOR_ORDER: readonly VendorId[] = ['sigma', 'elastic', 'splunk', 'kusto'];
const LETTERS: Readonly<Record<VendorId, string>> = { sigma: 'Σ', elastic: 'E', splunk: 'S', kusto: 'K' };
const NAMES: Readonly<Record<VendorId, string>> = { sigma: 'Sigma', elastic: 'Elastic', splunk: 'Splunk', kusto: 'Kusto' };

interface VendorLetterProps {
  readonly vendor: VendorId;
  /** The name stands beside it already. */
  readonly named?: true;
}

/** A vendor's letter in its steady colour; says the vendor's name where no text beside it does. */
export function VendorLetter({ vendor, named }: VendorLetterProps) {
  return (
    <>
      <span className={`vendor ${vendor}`} aria-hidden="true" title={named ? undefined : NAMES[vendor]}>
        {LETTERS[vendor]}
      </span>
      {named ? null : <span className="sr">{NAMES[vendor]} </span>}
    </>
  );
}

/** Rules by vendor, those without any left out: Σ 9 E 6. `counts` in the order Sigma, Elastic, Splunk, Kusto. */
export function VendorCounts({ counts }: { readonly counts: readonly number[] }) {
  return (
    <span className="vendors">
      {VENDOR_ORDER.map((vendor, index) =>
        counts[index] ? (
          <span key={vendor}>
            <VendorLetter vendor={vendor} />
            {counts[index].toLocaleString('en')}
          </span>
        ) : null,
      )}
    </span>
  );
}
