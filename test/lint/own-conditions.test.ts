import { expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { lintOf } from '../../src/lint/rule-checks';

const S = (detection: string): string => `title: T\nlogsource: { category: process_creation, product: windows }\ndetection:\n${detection}`;

/** What is found in a rule's own conditions ('': nothing), what the case shows, its format and its text. */
const CASES: readonly (readonly [found: string, name: string, format: string, text: string])[] = [
  // expected, name, format, text
  ['never', 'sigma two values', 'sigma', S("  a:\n    Image: 'C:\\a.exe'\n  b:\n    Image: 'C:\\b.exe'\n  condition: a and b\n")],
  ['never', 'sigma excluded', 'sigma', S("  a:\n    Image|endswith: '\\a.exe'\n  f:\n    Image|contains: '\\a'\n  condition: a and not f\n")],
  ['never', 'kusto', 'kusto', 'DeviceProcessEvents\n| where FileName == "a.exe"\n| where FileName == "b.exe"'],
  ['never', 'kusto range', 'kusto', 'T | where Port > 100 | where Port < 50'],
  ['never', 'spl', 'spl', 'index=x EventCode=1 EventCode=3 Image=a'],
  ['never', 'a field of one value in eql', 'eql', 'process where process.pid > 5 and process.pid <= 5'],
  ['', 'a field that may have several values in eql', 'eql', 'process where process.args : "a" and process.args : "b"'],
  ['never', 'a field of one value in kuery', 'kuery', 'process.name:(a and b)'],
  ['never', 'a field of one value in lucene', 'lucene', 'process.name:a AND process.name:b'],
  ['', 'what happened, several of which the endpoint merges', 'kuery', 'event.action:fork and event.action:exec'],
  ['', 'a field within a list', 'kuery', 'dns.answers.data:a and dns.answers.data:b'],
  ['', 'a field that the schema does not have', 'eql', 'process where process.Ext.token.elevation_level == "a" and process.Ext.token.elevation_level == "b"'],
  ['', 'the words of a text', 'kuery', 'process.name.text:a and process.name.text:b'],
  ['', 'the words of a message', 'kuery', 'message:a and message:b'],
  ['', 'a column that is made of several values', 'kuery', 'winlog.event_data.PrivilegeList:a and winlog.event_data.PrivilegeList:b'],
  ['', 'one number in two forms', 'kuery', 'destination.port:80 and destination.port:80.0'],
  ['', 'one address in two forms', 'kuery', 'source.ip:"::1" and source.ip:"0:0:0:0:0:0:0:1"'],
  ['never', 'esql', 'esql', 'FROM logs-* | WHERE process.name == "a" AND process.name == "b"'],
  ['never', 'kuery', 'kuery', 'process.name:a and not process.name:(a or b)'],
  ['never', 'lucene', 'lucene', 'process.name:a AND NOT process.name:a'],
  ['never', 'branch unreachable', 'kusto', 'T | where A == "x" | where A == "y" or B == "z"'],
  ['', 'near miss, several values ecs', 'kuery', 'process.args:a and process.args:b'],
  ['', 'near miss, or', 'kusto', 'T | where A == "x" or A == "y"'],
  ['', 'near miss, open ranges', 'eql', 'process where process.pid >= 5 and process.pid <= 5'],
  ['', 'near miss, contains two', 'sigma', S("  a:\n    CommandLine|contains|all: ['abc', 'def']\n  condition: a\n")],
  [
    '',
    'near miss, endswith and excluded longer',
    'sigma',
    S("  a:\n    Image|endswith: '\\aaa.exe'\n  f:\n    Image|endswith: '\\bin\\aaa.exe'\n  condition: a and not f\n"),
  ],
  ['idle', 'another case of letters left out in kusto', 'kusto', 'T | where A == "x" | where A != "X"'],
  ['', 'near miss, prefix suffix', 'spl', 'index=x Image="C:\\\\*" Image="*.exe"'],
  ['', 'near miss, sequence', 'eql', 'sequence by host.id [process where process.pid == 1] [process where process.pid == 2]'],
  ['', 'near miss, cidr', 'kuery', 'source.ip:10.0.0.0/8 and not source.ip:10.1.0.0/16'],
  ['', 'near miss, esql multivalue', 'esql', 'FROM l | WHERE process.args == "a" OR process.args == "b"'],
  ['always', 'kusto or ne', 'kusto', 'T | where A != "x" or A != "y"'],
  ['', 'one of several values left out in eql', 'eql', 'process where process.args != "a" or process.args != "b"'],
  ['always', 'one value left out twice in eql', 'eql', 'process where process.name != "a" or process.name != "b"'],
  ['always', 'spl or ne', 'spl', 'index=x (Image!="a" OR Image!="b")'],
  ['always', 'sigma not', 'sigma', S("  s:\n    User: z\n  a:\n    Image: 'C:\\a.exe'\n  b:\n    Image: 'C:\\b.exe'\n  condition: s and (not a or not b)\n")],
  ['always', 'esql before rows are summed up', 'esql', 'FROM l | WHERE user.name != "a" OR user.name != "b" | STATS c = COUNT(*) BY host.name | WHERE c > 5'],
  ['never', 'kusto before rows are summed up', 'kusto', 'T | where A == "x" | where A == "y" | summarize c = count() by B | where c > 5'],
  ['', 'what is idle before rows are summed up', 'kusto', 'T | where A == "abc" | where A contains "b" | summarize c = count() by B | where c > 5'],
  ['', 'rows that were summed up', 'kusto', 'T | summarize make_set(A), c = count() by B | where B != "x" or B != "y" | where c > 5'],
  [
    '',
    'sigma, selections of which a condition chooses one',
    'sigma',
    S("  a:\n    Image: 'C:\\a.exe'\n  b:\n    Image: 'C:\\b.exe'\n  condition: (a or b) | count() by User > 5\n"),
  ],
  ['never', 'sigma that counts', 'sigma', S("  a:\n    Image: 'C:\\a.exe'\n  b:\n    Image: 'C:\\b.exe'\n  condition: a and b | count() by User > 5\n")],
  ['', 'sequence', 'eql', 'sequence by host.id [process where process.pid == 1 and process.pid == 2] [any where true]'],
  ['always', 'esql', 'esql', 'FROM l | WHERE user.name != "a" OR user.name != "b"'],
  ['', 'one of several values left out in kuery', 'kuery', 'process.pid:5 and (not process.args:1 or not process.args:2)'],
  ['always', 'kusto in', 'kusto', 'T | where A !in ("x","y") or A !in ("z")'],
  ['always', 'kusto value or not value', 'kusto', 'T | where A == "x" or A != "x"'],
  ['always', 'range', 'kusto', 'T | where P > 5 or P < 10'],
  ['always', 'ranges in eql', 'eql', 'process where process.pid >= 5 or process.pid < 5'],
  ['', 'near miss, always and', 'kusto', 'T | where A != "x" and A != "y"'],
  ['', 'near miss, always diff field', 'kusto', 'T | where A != "x" or B != "y"'],
  ['', 'near miss, always contains', 'kusto', 'T | where A !contains "x" or A !contains "y"'],
  ['', 'near miss, always range', 'kusto', 'T | where P > 10 or P < 5'],
  ['idle', 'kusto', 'kusto', 'T | where A == "abc" | where A contains "b"'],
  ['idle', 'sigma', 'sigma', S("  a:\n    Image|endswith: '\\bin\\a.exe'\n  b:\n    Image|endswith: '\\a.exe'\n  condition: a and b\n")],
  ['idle', 'spl', 'spl', 'index=x Image="*\\\\a.exe" Image="*a.exe"'],
  ['idle', 'eql', 'eql', 'process where process.name : "abc" and process.name : "a*"'],
  ['idle', 'esql', 'esql', 'FROM l | WHERE user.name == "abc" AND user.name LIKE "a*"'],
  ['idle', 'kuery', 'kuery', 'process.name:abc and process.name:a*'],
  ['idle', 'lucene', 'lucene', 'process.name:abc AND process.name:ab*'],
  ['idle', 'exclusion idle', 'kusto', 'T | where A == "x" | where A != "y"'],
  ['idle', 'range', 'kusto', 'T | where P > 10 | where P > 5'],
  ['idle', 'duplicate', 'eql', 'process where process.name : "a" and process.name : "A"'],
  ['', 'near miss, idle exists', 'kusto', 'T | where isnotempty(A) | where A == "x"'],
  ['', 'near miss, idle exists in one of several', 'kusto', 'T | where isnotempty(A) or isnotempty(B) | where A == "x"'],
  ['', 'near miss, idle', 'kusto', 'T | where A contains "ab" | where A contains "bc"'],
  ['idle', "a comparison beside one that minds letters' case in kusto", 'kusto', 'T | where A =~ "x" | where A == "x"'],
  ['', 'near miss, idle ecs excl', 'kuery', 'process.args:a and not process.args:b'],
  ['covered', 'sigma list', 'sigma', S("  a:\n    CommandLine|contains:\n      - 'abc'\n      - 'abcd'\n  condition: a\n")],
  ['covered', 'kusto has_any', 'kusto', 'T | where A has_any ("x", "x")'],
  ['covered', 'kusto or', 'kusto', 'T | where A contains "ab" or A contains "abc"'],
  ['covered', 'kusto in', 'kusto', 'T | where A in~ ("x", "X")'],
  ['covered', 'spl in', 'spl', 'index=x Image IN ("*\\\\a.exe", "*\\\\b\\\\a.exe")'],
  ['covered', 'eql list', 'eql', 'process where process.name : ("a*", "ab.exe")'],
  ['covered', 'esql', 'esql', 'FROM l | WHERE user.name LIKE "a*" OR user.name == "abc"'],
  ['covered', 'kuery', 'kuery', 'process.name:(a* or abc)'],
  ['covered', 'lucene', 'lucene', 'process.name:(a* OR abc)'],
  ['covered', 'cidr', 'eql', 'network where cidrMatch(source.ip, "10.0.0.0/8", "10.1.0.0/16")'],
  ['', 'near miss, covered', 'sigma', S("  a:\n    Image|endswith:\n      - '\\net.exe'\n      - '\\dotnet.exe'\n  condition: a\n")],
  ['', 'near miss, covered all', 'sigma', S("  a:\n    CommandLine|contains|all:\n      - 'abc'\n      - 'xyz'\n  condition: a\n")],
  ['', 'near miss, covered case', 'kusto', 'T | where A in ("x", "X")'],
  ['', 'near miss, covered has', 'kusto', 'T | where A has_any ("abc", "ab")'],
];

const PROVED = /^rule\/(never|always|idle|covered)-/;

it.each(CASES)('%s: %s (%s)', (found, _name, format, text) => {
  const { rules } = FORMATS.get(format)!.open(text, { languages: LANGUAGES });
  const codes = rules.flatMap((rule) => lintOf(reportOf(rule), text)).flatMap(({ code }) => PROVED.exec(code)?.[1] ?? []);
  expect([...new Set(codes)].join()).toBe(found);
});
