import { FOREIGN_SIGNS, type ForeignSign } from '../../../syntax/foreign-signs';

/** What SQL and other query languages write otherwise, with what EQL has for it. */
export const FOREIGN: readonly ForeignSign[] = [
  ...FOREIGN_SIGNS,
  [/is\s+not\s+null\b/iy, 'A value is asked for with `field != null`.'],
  [/is\s+null\b/iy, 'A field without a value is asked for with `field == null`.'],
  [/between\b/iy, 'There is no `between`: write `field >= a and field <= b`.'],
  [
    /(?:contains|has|startswith|endswith)\b(?!\s*[(~])/iy,
    'There is no such operator: write `field : "*text*"`, or a function such as `stringContains(field, "text")`.',
  ],
  [/=?~/y, 'There is no `=~`: `:` compares without regard to the case of letters.'],
  [/,(?<=[=!]=\s{0,9}\(\s{0,9}"[^"\n]{0,200}",)/y, 'One value is compared by `==`; several stand after `in` or `:`, as `("a", "b")`.'],
  [/\{|\[(?=\s*")/y, 'Values of a list stand in parentheses: `("a", "b")`.'],
  [/;/y, 'A query ends without a semicolon.'],
  [/"(?<=["\d]\s{1,9}")/y, 'A comma, `or` or `and` is missing before this text.'],
];
