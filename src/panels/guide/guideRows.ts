import type { Guide, GuideFieldRow, GuideValueRow, Mark } from '../../model';

/** A guide as the workbench shows it: what does not apply to the draft stands apart, and values of one field and kind together. */
interface GuideRows {
  readonly fields: readonly GuideFieldRow[];
  readonly values: readonly GuideValueRow[];
  readonly exclusions: readonly GuideValueRow[];
  /** Exclusions that enough of the rules share to be asked about, whether the draft has them or not. */
  readonly common: readonly GuideValueRow[];
  /** Those of them that the draft lacks. */
  readonly missing: readonly GuideValueRow[];
  readonly alien: { readonly fields: readonly GuideFieldRow[]; readonly values: readonly GuideValueRow[]; readonly exclusions: readonly GuideValueRow[] };
}

/** How many rows stand for "the top" in sentences; the technique page shows as many first. */
export const TOP_FIELDS = 15;
export const TOP_VALUES = 30;
export const TOP_EXCLUSIONS = 15;

/** An exclusion is common from so many rules on, and from this share of all of them. */
const FEWEST = 3;
const SHARE = 0.02;

/** How many rules share an exclusion that is common among so many. */
export const commonFrom = (rules: number): number => Math.max(FEWEST, Math.ceil(rules * SHARE));

/** Whether a row could be written into the draft, and is not there. */
export const isLacked = ({ mark }: { readonly mark: Mark | null }): boolean => mark === 'missing' || mark === 'near';

const applies = ({ mark }: { readonly mark: Mark | null }): boolean => mark !== 'does-not-apply';
const isAlien = ({ mark }: { readonly mark: Mark | null }): boolean => mark === 'does-not-apply';

/** Rows of one field and kind together, each group where its best row stands. */
export function grouped(rows: readonly GuideValueRow[]): readonly GuideValueRow[] {
  const groups = new Map<string, GuideValueRow[]>();
  for (const row of rows) {
    const key = `${row.field} ${row.kind}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return [...groups.values()].flat();
}

/** Sorts a guide's rows into their places. */
export function guideRows(guide: Guide): GuideRows {
  const exclusions = guide.exclusions.filter(applies);
  const common = exclusions.filter(({ rules }) => rules >= commonFrom(guide.shown));
  return {
    fields: guide.fields.filter(applies),
    values: grouped(guide.values.filter(applies)),
    exclusions,
    common,
    missing: common.filter(isLacked),
    alien: { fields: guide.fields.filter(isAlien), values: grouped(guide.values.filter(isAlien)), exclusions: guide.exclusions.filter(isAlien) },
  };
}

/** How many of these rows have each mark. */
export function markTally(rows: readonly { readonly mark: Mark | null }[]): Readonly<Record<Mark, number>> {
  const tally = { has: 0, near: 0, missing: 0, contradicts: 0, 'does-not-apply': 0 };
  for (const { mark } of rows) if (mark !== null) tally[mark]++;
  return tally;
}
