import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { indicatorRows } from '../../src/analysis/rows';
import { catalogRuleOf } from '../../src/catalog/store/catalog-rule';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { walkTests } from '../../src/syntax/walk';
import { readTest } from '../support/read-test';

const text = readFileSync(join(import.meta.dirname, 'fixture-page.yml'), 'utf8');
const { rules, diagnostics } = FORMATS.get('anvilogic')!.open(text, { languages: LANGUAGES });
const rule = rules[0]!;

// What the page of a Splunk rule shows: stages with their texts, technique and event rows, search terms, predicates.
describe('the page of a search over process events', () => {
  it('is one rule, titled with its data', () => {
    expect(rules.length).toBe(1);
    expect(rule.meta.title).toBe('Neighbour Discovery - Windows (Windows Event Log)');
    expect(rule.meta.techniques).toEqual(['T1049']);
    expect(rule.meta.tactics).toEqual(['discovery']);
    expect(rule.meta.platforms).toEqual(['windows']);
    expect(rule.meta.domains).toEqual(['endpoint']);
  });

  it('shows five stages with their texts, as the query says them', () => {
    expect(rule.analysis.stages.map(({ kind, span, text: own }) => [kind, own ?? text.slice(span.start, span.end)])).toEqual([
      [
        'search',
        '`get_endpoint_data` `get_endpoint_data_winevent` (TERM(EventCode=4688) OR "<EventID>4688<" OR Type=Process) "arp" OR ("route" ("print" or "add")) OR TERM(Get-NetNeighbor)',
      ],
      ['regex', String.raw`| regex process="(?i)arp(\.exe)?|route(\.exe)?\s+(print|add)|it's|Get-NetNeighbor"`],
      ['table', '| table _time, host, user process, process_*'],
      ['bucket', '| bin span=1s'],
      ['stats', '| stats values(*) as * by _time, host'],
    ]);
  });

  it('covers the event with its title', () => {
    expect(reportOf(rule).events.map(({ provider, id, title }) => ({ provider, id, title }))).toEqual([
      { provider: 'Security-Auditing', id: '4688', title: 'A new process has been created.' },
    ]);
  });

  it('shows the search terms in the order they first appear; a TERM that compares stands among the predicates', () => {
    const shown = rule.analysis.terms.filter((term) => term.asTest === undefined).map((term) => `${term.stage + 1} ${term.text}`);
    expect(shown).toEqual(['1 "<EventID>4688<"', '1 "arp"', '1 "route"', '1 "print"', '1 "add"', '1 "Get-NetNeighbor"']);
    expect(rule.analysis.terms.filter((term) => term.asTest).map((term) => term.text)).toEqual(['"EventCode=4688"']);
    const origin = {
      source: 'anvilogic',
      vendor: 'splunk',
      path: 'a.yml',
      ordinal: 0,
      license: '',
      publisher: '',
      kind: null,
      status: null,
      name: '',
      text: null,
    } as const;
    expect(catalogRuleOf(reportOf(rule), origin).terms.map((term) => `${term.stage + 1} ${term.text}`)).toEqual(shown);
  });

  it('reads the predicates: the regular expression, EventCode and Type as their kinds say', () => {
    const tests: string[] = [];
    walkTests(rule.analysis.predicate, (test) => {
      if (test.word === 'term') return;
      const { field, op, values } = readTest(test);
      tests.push(`${field?.name} ${op} ${values.map((value) => value.text).join()}`);
    });
    expect(tests).toEqual([
      'EventCode eq 4688',
      'Type eq Process',
      String.raw`process regex_match (?i)arp(\.exe)?|route(\.exe)?\s+(print|add)|it's|Get-NetNeighbor`,
    ]);
    expect(indicatorRows(reportOf(rule).leaves).map((row) => row.field)).toEqual(['EventCode', 'process']);
  });

  it('places everything in the document: values light up where they are written', () => {
    const places: string[] = [];
    walkTests(rule.analysis.predicate, ({ word, values }) => word !== 'term' && places.push(...values.map(({ span }) => text.slice(span.start, span.end))));
    expect(places[0]).toBe('4688');
    expect(places[2]).toBe(String.raw`"(?i)arp(\.exe)?|route(\.exe)?\s+(print|add)|it''s|Get-NetNeighbor"`);
    expect(diagnostics.map(({ code, span }) => [code, text.slice(span.start, span.end)])).toEqual([['spl/lower-case-operator', 'or']]);
  });
});
