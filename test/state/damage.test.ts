import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { NO_ANALYSIS, withAnswer } from '../../src/state/analysis-state';
import { isDamaged } from '../../src/state/damage';
import { readDraft } from '../../workers/draft-answer';
import { encodedTokens } from '../../workers/token-encoding';

const SIGMA = `title: Listing of network connections
tags:
    - attack.t1049
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\netstat.exe'
        CommandLine|contains: ' -ano'
    filter_main_agent:
        ParentImage|startswith: 'C:\\Program Files\\Agent\\'
    condition: selection and not filter_main_agent
level: low
`;
const TEXTS = {
  sigma: SIGMA,
  kusto: 'DeviceProcessEvents\n| where FileName == "net.exe" and ProcessCommandLine has_any ("use", "view")\n| summarize count() by DeviceId\n',
  spl: 'index=win EventCode=4688 NOT user IN (svc, "adm")\n| where like(Process, "%net%")\n| stats count by host\n',
  eql: 'process where process.name == "net.exe" and\n  process.args : ("use", "view")\n',
  esql: 'FROM logs-*\n| WHERE process.name IN ("net.exe", "net1.exe")\n| WHERE host.os.type == "windows"\n| STATS c = COUNT(*) BY host.id\n',
  kuery: 'process.name : "net.exe" and process.args : ("use" or "view")\n',
  lucene: 'process.name:"net.exe" AND process.args:("use" OR view)\n',
};

function readAs(id: string, text: string) {
  const format = FORMATS.get(id)!;
  const read = readDraft(format, text, '', { languages: LANGUAGES }, LANGUAGES.get(format.language)!.taxonomy);
  return {
    revision: text.length,
    text,
    answer: { ...read, number: 0, format: id, looksLike: null, factKeys: [], tokens: encodedTokens(text, read.tokens), ms: 0 },
  };
}

type Reading = ReturnType<typeof readAs>;
const asked = ({ answer }: Reading): number =>
  answer.reports.reduce((sum, { leaves }) => sum + leaves.reduce((values, leaf) => values + Math.max(1, leaf.values.length), 0), 0);
const hasError = ({ answer }: Reading): boolean => answer.diagnostics.some(({ severity }) => severity === 'error');

const damages = (id: string, before: string, after: string): boolean => isDamaged(readAs(id, before), readAs(id, after));

describe('a text that is broken', () => {
  test('by a tab before a key', () => expect(damages('sigma', SIGMA, SIGMA.replace('    selection:', '\t    selection:'))).toBe(true));
  test('by a key that is not written to its end', () => expect(damages('sigma', SIGMA, SIGMA.replace('detection:', 'det\ndetection:'))).toBe(true));
  test('by a quote that nothing closes', () => expect(damages('spl', TEXTS.spl, TEXTS.spl.replace('EventCode', '"EventCode'))).toBe(true));
  test('by a command that is being written', () => expect(damages('esql', TEXTS.esql, TEXTS.esql.replace('WHERE', 'WH(ERE'))).toBe(true));
  test('by a comment that nothing closes', () => expect(damages('eql', TEXTS.eql, `/*${TEXTS.eql}`)).toBe(true));
});

describe('a text that says something else', () => {
  test('with a line less', () => expect(damages('sigma', SIGMA, SIGMA.replace("        CommandLine|contains: ' -ano'\n", ''))).toBe(false));
  test('with a line commented out', () => expect(damages('kusto', TEXTS.kusto, TEXTS.kusto.replace('| where FileName', '// | where FileName'))).toBe(false));
  test('with a condition that no longer names a selection', () => expect(damages('sigma', SIGMA, SIGMA.replace(' and not filter_main_agent', ''))).toBe(false));
  test('with another value', () => expect(damages('kuery', TEXTS.kuery, TEXTS.kuery.replace('net.exe', 'cmd.exe'))).toBe(false));
  test('when another text was pasted over all of it', () => expect(damages('kusto', TEXTS.kusto, 'T | where a == "b" and (c ==')).toBe(false));
});

describe('what was asked is still shown when it is broken by', () => {
  const broken: readonly (readonly [keyof typeof TEXTS, string, string, string])[] = [
    ['sigma', 'a quote', "' -ano'", "' -ano"],
    ['sigma', 'a list', "' -ano'", "[' -ano'"],
    ['sigma', 'a modifier', 'contains', 'contai'],
    ['sigma', 'a condition', 'selection and not filter_main_agent', 'selection and ('],
    ['sigma', 'a tab', '        CommandLine', '\tCommandLine'],
    ['kusto', 'a quote', '"net.exe"', '"net.exe'],
    ['kusto', 'the last quote', '"view")', '"view)'],
    ['kusto', 'a bracket', 'FileName ==', '(FileName =='],
    ['kusto', 'a list', '"view")', '"view"'],
    ['kusto', 'an operator', 'has_any (', 'has_a ('],
    ['kusto', 'all behind it', ' ("use", "view")\n| summarize count() by DeviceId\n', ''],
    ['spl', 'a quote', '"adm"', '"adm'],
    ['spl', 'a bracket', 'NOT user', 'NOT (user'],
    ['spl', 'a list', '"adm")', '"adm"'],
    ['spl', 'a function', 'like(', 'lik e('],
    ['spl', 'a macro', 'NOT user', 'NOT `user'],
    ['eql', 'a quote', '"net.exe"', '"net.exe'],
    ['eql', 'a bracket', 'process.name', '(process.name'],
    ['eql', 'a list', '"view")', '"view"'],
    ['eql', 'an operator', '"net.exe" and', '"net.exe" an'],
    ['esql', 'a quote', '"windows"', '"windows'],
    ['esql', 'a bracket', 'host.os.type', '(host.os.type'],
    ['esql', 'a list', '"net1.exe")', '"net1.exe"'],
    ['esql', 'an operator', 'name IN', 'name I'],
    ['kuery', 'a quote', '"net.exe"', '"net.exe'],
    ['kuery', 'a list', '"view")', '"view"'],
    ['kuery', 'an operator', '"net.exe" and', '"net.exe" an'],
    ['lucene', 'a quote', '"net.exe"', '"net.exe'],
    ['lucene', 'a list', 'view)', 'view'],
    ['lucene', 'an operator', 'OR view', 'OR'],
  ];
  for (const [id, what, from, to] of broken)
    test(`${what} of ${id}`, () => {
      const good = readAs(id, TEXTS[id]);
      const newest = readAs(
        id,
        TEXTS[id].replace(from, () => to),
      );
      expect(hasError(newest)).toBe(true);
      const { good: shown, staleSince } = withAnswer(withAnswer(NO_ANALYSIS, good, 1), newest, 2);
      const isKept = shown === good && staleSince === 2;
      expect(isKept || asked(newest) >= asked(good)).toBe(true);
    });
});

for (const [id, text] of Object.entries(TEXTS))
  test(`of ${id} an error never shows less than was understood with no mark, whatever key is pressed or taken back`, { timeout: 60_000 }, () => {
    const good = readAs(id, text);
    expect(hasError(good)).toBe(false);
    const pressed = [...'\t"\'([{:|`\\'].map((key): readonly [string, number] => [key, 0]);
    const edits: readonly (readonly [string, number])[] = [...pressed, ['', 1], ['', text.length]];
    for (let at = 1; at < text.length; at += Math.max(1, text.length >> 5))
      for (const [key, taken] of edits) {
        const newest = readAs(id, text.slice(0, at) + key + text.slice(at + taken));
        const { good: shown, staleSince } = withAnswer(withAnswer(NO_ANALYSIS, good, 1), newest, 2);
        if (asked(newest) < asked(good) && (hasError(newest) || (asked(newest) === 0 && taken === 0))) expect([shown, staleSince]).toEqual([good, 2]);
      }
  });
