import { expect, it } from 'vitest';
import { fixAll } from '../src/lint/fix-all';
import { LANGUAGES } from '../src/languages/registry';
import { samePredicate } from './support/same-predicate';

const context = { languages: LANGUAGES };

// Each was printed as another query once, found by drawing inputs.
it.each([
  ['lucene', 'a:b \\OR:"c"'],
  ['lucene', '\\NOT:x'],
  ['kusto', 'T | where ipv4_is_in_range(B, "1080:.0.0.0/8")'],
  ['kusto', 'T | where ipv6_is_in_range(B, "fe80::/10")'],
  ['kusto', 'T | where At > datetime(20SecurityEvent)'],
  ['kusto', 'T | where At > 20m and Lasting < 1.5d'],
  ['kusto', 'let names = dynamic([["a"]]);\nT | where Name in (names)'],
  ['kusto', 'T | where At > ago(1hg/ru) and a > b / 2'],
  ['sigma', "title: A\ndetection:\n    s:\n        C|re|m|s|m|i|i: 'e'\n    condition: s"],
  ['esql', 'from a | where b in ((c : "d"))'],
  ['esql', 'from a | where 1 in (b, "c", 2)'],
  ['eql', 'any where 1 in (a, "b")'],
  ['spl', '| where count > `most(host, 60)`'],
  ['spl', 'index=a | makemv delim="," Scope | search Scope IN ("b", "c")'],
])('%s is printed as what it says, or not at all: %s', (id, text) => {
  const language = LANGUAGES.get(id)!;
  const { predicate } = language.analyse(text, context);
  const printed = language.print!(predicate);
  if (!('refused' in printed)) expect(samePredicate(language.analyse(printed.text, context).predicate, predicate), printed.text).toBe(true);
});

it('fixes of a bracket where a step should be come to an end', () => {
  let readings = 0;
  const { text } = fixAll('x=1 | where (union [ , ])', (given) => {
    readings++;
    return LANGUAGES.get('spl')!.analyse(given, context).diagnostics;
  });
  expect(text).toBe('x=1 | where (union) [ , ]');
  expect(readings).toBeLessThan(4);
});
