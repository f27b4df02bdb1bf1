import { FOREIGN_SIGNS, type ForeignSign } from '../../../syntax/foreign-signs';

/** What SQL and other query languages write otherwise, with what ES|QL has for it. */
export const FOREIGN: readonly ForeignSign[] = [
  ...FOREIGN_SIGNS,
  [/having\b/iy, 'There is no `having`: filter the groups with `| where …`.'],
  [/group\s+by\b/iy, 'Groups stand after `by` alone.'],
  [/as\s+\w/iy, 'A column’s name stands before it: `name = …`.'],
  [/between\b/iy, 'There is no `between`: write `field >= a and field <= b`.'],
  [/when\b/iy, '`case` is a function: `case(condition, value, …, otherwise)`.'],
  [/distinct\b/iy, 'Distinct values are counted with `count_distinct( … )`.'],
  [
    /(?:contains|has|startswith|endswith|matches)\b(?!\s*\()/iy,
    'There is no such operator: write `like "*text*"`, or a function such as `contains(field, "text")`.',
  ],
  [/not\s+null\b/iy, 'A value is asked for with `is not null`.'],
  [/(?<=\bsort\s{1,9})by\b/iy, '`sort` takes its fields without `by`.'],
];
