import { expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { detectFormat } from '../../src/formats/detect';
import { LANGUAGES } from '../../src/languages/registry';

/** What a query looks for and what it leaves out, one comparison an entry. */
const told = (text: string): readonly string[] =>
  reportOf(detectFormat(text).open(text, { languages: LANGUAGES }).rules[0]!)
    .leaves.filter(({ polarity }) => polarity !== 'context')
    .map(({ polarity, of, field, op, values }) => `${polarity} ${of ?? field} ${[op, ...values.map((value) => value.text)].join(' ')}`);

it.each([
  [
    'the right side of an outer join, and whether it found anything',
    'SigninLogs | where ResultType == "0" | join kind=leftouter (IdentityInfo | where JobTitle == "x" | project AccountObjectId, J=JobTitle) on $left.UserId == $right.AccountObjectId | where isempty(J)',
    ['indicator ResultType eq 0'],
  ],
  [
    'a lookup that keeps every row',
    'SigninLogs | lookup kind=leftouter (IdentityInfo | project AccountObjectId, JobTitle) on $left.UserId == $right.AccountObjectId | where isnotempty(JobTitle)',
    [],
  ],
  [
    'a field that was asked for before the join',
    'SigninLogs | where AppDisplayName != "x" | join kind=leftouter (IdentityInfo) on $left.UserId == $right.AccountObjectId | where isnotempty(AppDisplayName)',
    ['exclusion AppDisplayName eq x', 'indicator AppDisplayName is_not_null'],
  ],
  [
    'an inner join',
    'SigninLogs | join kind=inner (IdentityInfo) on $left.UserId == $right.AccountObjectId | where isnotempty(JobTitle)',
    ['indicator JobTitle is_not_null'],
  ],
  ['a left join of a subsearch', 'index=a x=1 | join type=left user [search index=b role=admin | fields user role] | where isnull(role)', ['indicator x eq 1']],
  [
    'what a lookup says',
    'index=a x=1 | lookup t user OUTPUT risk | where risk="high" AND isnotnull(b)',
    ['indicator x eq 1', 'threshold risk eq high', 'indicator b is_not_null'],
  ],
  ['whether a lookup says anything', 'index=a x=1 | lookup t user OUTPUT risk | where isnull(risk)', ['indicator x eq 1']],
  ['an index that is looked up', 'FROM logs-* | WHERE a.b == "x" | LOOKUP JOIN t ON k | WHERE ok IS NULL', ['indicator a.b eq x']],
])('%s', (_, text, expected) => expect(told(text)).toEqual(expected));
