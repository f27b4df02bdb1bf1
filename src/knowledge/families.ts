import type { Taxonomy, Vendor } from '../model';
import table from './families.json';

/** A vendor and the field names its rules are written in, with all that differs by either; see the table's `about`. */
export interface Family {
  readonly id: Vendor;
  readonly taxonomy: Taxonomy;
  readonly name: string;
  readonly letter: string;
  /** A colour token; one that ends in `-soft` is its ground. */
  readonly colour: string;
  readonly quote: { readonly mark: string; readonly inside: 'doubled' | 'backslash' };
  readonly backtracks: boolean;
  readonly manyValues: boolean;
  /** A name with dots is one name in its events, as they are exported: no objects within objects. */
  readonly flat: boolean;
  /** Languages of the family in which a comparison holds of a field's one value only, whatever the others say. */
  readonly oneValue: readonly string[];
  readonly huntsApart: boolean;
  /** The field that says when an event happened. */
  readonly time: string;
  /** The field that holds an event's text as a whole. */
  readonly text: string;
  readonly context: ReadonlySet<string>;
  readonly wraps: { readonly prefix: string; readonly taxonomy: Taxonomy } | null;
  readonly copies: readonly string[];
}

interface Row extends Omit<Family, 'manyValues' | 'flat' | 'oneValue' | 'huntsApart' | 'context' | 'wraps' | 'copies'> {
  readonly context: readonly string[];
  readonly manyValues?: boolean;
  readonly flat?: boolean;
  readonly oneValue?: readonly string[];
  readonly huntsApart?: boolean;
  readonly wraps?: Family['wraps'];
  readonly copies?: readonly string[];
}

/** In the order they are always shown. */
export const FAMILIES: readonly Family[] = (table.families as readonly Row[]).map(
  ({ context, manyValues = false, flat = false, oneValue = [], huntsApart = false, wraps = null, copies = [], ...row }) => ({
    ...row,
    context: new Set(context),
    manyValues,
    flat,
    oneValue,
    huntsApart,
    wraps,
    copies,
  }),
);

/** The vendors' ids, in the families' order; per-vendor counts stand in it. */
export const VENDORS: readonly Vendor[] = FAMILIES.map(({ id }) => id);

/** Every family of field names, in the order of the families. */
export const TAXONOMIES: readonly Taxonomy[] = FAMILIES.map(({ taxonomy }) => taxonomy);

const BY_VENDOR: ReadonlyMap<Vendor, Family> = new Map(FAMILIES.map((family) => [family.id, family]));
const BY_TAXONOMY: ReadonlyMap<Taxonomy, Family> = new Map(FAMILIES.map((family) => [family.taxonomy, family]));

/** The family of a vendor's id; undefined for no vendor of ours. */
export const familyOf = (vendor: Vendor): Family | undefined => BY_VENDOR.get(vendor);

/** What a vendor is called; its id where it is none of ours. */
export const vendorName = (vendor: Vendor): string => familyOf(vendor)?.name ?? vendor;

/** The family whose rules name their fields so; undefined for names of none. Every language's taxonomy is a family's: a test holds it. */
export const familyWriting = (taxonomy: Taxonomy): Family | undefined => BY_TAXONOMY.get(taxonomy);

/** Whether a field, as its vendor writes it, scopes a rule rather than detects: the system, the index, the time. */
export const isContextField = (taxonomy: Taxonomy, name: string): boolean => BY_TAXONOMY.get(taxonomy)?.context.has(name) === true;
