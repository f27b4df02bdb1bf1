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
  kusto: 'DeviceProcessEvents\n| where FileName == "net.exe"\n| where ProcessCommandLine has "use"\n| summarize count() by DeviceId\n',
  spl: 'index=win EventCode=4688 NOT user=svc\n| where like(Process, "%net%")\n| stats count by host\n',
  eql: 'process where process.name == "net.exe" and\n  process.args : "use"\n',
  esql: 'FROM logs-*\n| WHERE process.name == "net.exe"\n| WHERE host.os.type == "windows"\n| STATS c = COUNT(*) BY host.id\n',
  kuery: 'process.name : "net.exe" and process.args : "use"\n',
  lucene: 'process.name:"net.exe" AND process.args:"use"\n',
};

function readAs(id: string, text: string) {
  const format = FORMATS.get(id)!;
  const read = readDraft(format, text, '', { languages: LANGUAGES }, LANGUAGES.get(format.language)!.taxonomy);
  return { revision: text.length, text, answer: { ...read, format: id, looksLike: null, tokens: encodedTokens(text, read.tokens), ms: 0 } };
}

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
  test('when another text was pasted over all of it', () => expect(damages('kusto', TEXTS.kusto, 'T | where (a ==')).toBe(false));
});

for (const [id, text] of Object.entries(TEXTS))
  test(`of ${id} never shows less than was understood, with no mark, after any single key that takes all of it away`, { timeout: 60_000 }, () => {
    const good = readAs(id, text);
    for (let at = 0; at <= text.length; at += Math.max(1, text.length >> 6))
      for (const key of ['\t', '"', "'", '(', '[', '{', ':', '|', '`', '\\']) {
        const newest = readAs(id, text.slice(0, at) + key + text.slice(at));
        const { good: shown, staleSince } = withAnswer(withAnswer(NO_ANALYSIS, good, 1), newest, 2);
        const count = newest.answer.reports.reduce((sum, { leaves }) => sum + leaves.length, 0);
        if (count === 0) expect([shown, staleSince]).toEqual([good, 2]);
      }
  });
