import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startingPointsOf, startRowsOf } from '../../src/catalog/start';
import { rulesUnder, techniqueOf } from '../../src/catalog/techniques';
import { unpacked } from '../../src/syntax/packed';
import type { Catalog } from '../../src/catalog/catalog';
import { catalogIn } from '../../src/cli/catalog-folder';
import { contextWith } from '../../src/cli/documents';
import { detectFormat } from '../../src/formats/detect';
import { FORMATS } from '../../src/formats/registry';
import { pointOn, pointsReading, STARTING_POINTS } from '../../src/knowledge/starting-points';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import type { AnalysisApi, CatalogApi, Technique } from '../../src/model';
import { startFromGuide } from '../../src/state/drafts/start-draft';
import { witnessOf } from '../../src/witness/witness';

const exposed = vi.hoisted(() => ({
  api: null as AnalysisApi | null,
  asked: null as unknown,
  started: [] as { readonly text: string }[],
  said: [] as string[],
}));
vi.mock('comlink', () => ({ expose: (api: AnalysisApi) => (exposed.api = api), transfer: (value: unknown) => value, wrap: () => ({}) }));
vi.mock('../../src/state/threads/analysis', () => ({ askAnalysis: async (ask: (api: unknown) => unknown) => ask(exposed.api) }));
vi.mock('../../src/state/threads/catalog', () => ({ askCatalog: async (ask: (api: unknown) => unknown) => ask(exposed.asked) }));
vi.mock('../../src/state/drafts/documents', () => ({ newDraft: (draft: { text: string }) => exposed.started.push(draft) }));
vi.mock('../../src/state/notices', () => ({ notify: (_: string, text: string) => exposed.said.push(text) }));

let catalog: Catalog;
let api: AnalysisApi;

beforeAll(async () => {
  catalog = await catalogIn('public/catalog');
  await import('../../workers/analysis');
  api = exposed.api!;
  exposed.asked = {
    startingPoints: (id) => startingPointsOf(catalog, id),
    startRows: (id, point, draft) => startRowsOf(catalog, id, point, draft),
  } satisfies Pick<CatalogApi, 'startingPoints' | 'startRows'>;
});

afterEach(() => expect(exposed.said).toEqual([]));

/** What a person gets who starts a draft of this format from the technique's guide. */
async function started(id: string, format: string): Promise<{ readonly text: string; readonly technique: Technique; readonly rules: number }> {
  const technique = techniqueOf(catalog.list, id)!;
  await startFromGuide({ technique }, format);
  return { text: exposed.started.at(-1)!.text, technique, rules: rulesUnder(catalog.list, id, true).length };
}

const analysed = (text: string, format: string) => unpacked(api.analyse({ text, format, path: '', macros: '' }).rest);

/** Windows, Linux, cloud, identity, scripts, sub-techniques, both generations of one behaviour, and one without any rule. */
const TECHNIQUES = ['T1049', 'T1059.001', 'T1078.004', 'T1098', 'T1110', 'T1562.001', 'T1685', 'T1530', 'T1003.001', 'T1547.001', 'T1597'];
const TAGGED = ['sigma', 'splunk', 'anvilogic', 'savedsearches', 'sentinel', 'markdown', 'arm', 'elastic'];

describe('a draft started from a guide', () => {
  for (const format of FORMATS.keys()) {
    it(`is a whole ${format} document that looks for something`, async () => {
      for (const id of TECHNIQUES) {
        const { text, technique, rules } = await started(id, format);
        const { reports, diagnostics } = analysed(text, format);
        const said = `${id} ${JSON.stringify(diagnostics.map(({ code, message }) => `${code} ${message}`))}\n${text}`;
        // A rule that has nothing to look for yet is told so.
        const isExpected = (code: string): boolean => rules === 0 && code === 'rule/only-presence';
        expect(
          diagnostics.filter(({ code, severity }) => severity !== 'info' && !isExpected(code)),
          said,
        ).toEqual([]);
        expect(reports, said).toHaveLength(1);
        const [report] = reports;
        if (TAGGED.includes(format)) {
          expect(report!.rule.meta.title, said).not.toBe('');
          expect(report!.rule.meta.techniques, said).toContain(technique.id);
          expect(detectFormat(text, '').id).toBe(format);
        }
        expect(report!.leaves.length, said).toBeGreaterThan(0);
        expect(
          report!.leaves.filter(({ polarity }) => polarity === 'exclusion'),
          said,
        ).toEqual([]);
      }
    });
  }

  it('takes the strongest values that fit its events, and no exclusion', async () => {
    const { text } = await started('T1049', 'sigma');
    expect(text).toContain('category: process_creation');
    expect(text).toContain('- attack.t1049');
    expect(text).toMatch(/Image\|endswith:\n +- '\\net\.exe'/);
    expect(text).not.toContain('EventID');
    expect(text).not.toContain('filter');
    expect((await started('T1049', 'spl')).text).toMatch(/Processes\.process_name="net\.exe" OR/);
    expect((await started('T1049', 'kusto')).text).toContain('DeviceProcessEvents');
    expect((await started('T1049', 'eql')).text).toMatch(/^process where /);
  });

  it('fires on an event made for it', async () => {
    const context = contextWith(macroMap(MACROS));
    for (const format of ['sigma', 'spl', 'kusto', 'eql', 'esql', 'kuery', 'lucene']) {
      for (const id of ['T1003.001', 'T1053.005', 'T1110', 'T1547.001', 'T1071.001', 'T1059.001', 'T1021.002', 'T1070.001', 'T1136.001', 'T1562.001']) {
        const { text } = await started(id, format);
        const { rules } = FORMATS.get(format)!.open(text, context);
        expect(witnessOf(rules[0]!, rules, BigInt(Date.now()) * 1_000_000n).withheld, `${format} ${text}`).toBeUndefined();
      }
    }
  });

  it('takes a second field only where rules look for it beside the first, and parts of a text as alternatives', async () => {
    expect((await started('T1053.005', 'sigma')).text).toMatch(/Image\|endswith: '\\schtasks\.exe'\n +CommandLine\|contains:\n +- '\/create'/);
    // A logon type is no part of a Kerberos event: of the events that brute force shows in, only those that have one are left.
    expect((await started('T1110', 'kusto')).text).toContain('EventID == 4625 and LogonType in (3, 2)');
    expect((await started('T1053.005', 'kusto')).text).toMatch(/\(ProcessCommandLine contains "\/create" or ProcessCommandLine contains/);
    expect((await started('T1053.005', 'esql')).text).toMatch(/\(contains\(to_lower\(process\.command_line\), "\/create"\) or contains/);
    expect((await started('T1547.001', 'lucene')).text).toMatch(/currentversion\\\\run\* OR registry\.path:/);
  });

  it('looks at the next class of events where the format has no fields for the first', async () => {
    expect((await started('T1003.001', 'sigma')).text).toContain("TargetImage|endswith: '\\lsass.exe'");
    const { text } = await started('T1003.001', 'kusto');
    expect(text).toContain('DeviceProcessEvents');
    expect(text).not.toContain('isnotempty');
  });

  it('asks for any event where no rule shows what to look for', async () => {
    const { text, rules } = await started('T1597', 'sigma');
    expect(rules).toBe(0);
    expect(text).toContain('Image|exists: true');
  });
});

describe('where a draft starts', () => {
  it('is the class of events that tells the rules best', () => {
    const bestOf = (id: string): string => startingPointsOf(catalog, id)[0]!.name;
    expect(bestOf('T1053.005')).toBe('process creation on Windows');
    expect(bestOf('T1003.001')).toBe('access to other processes');
    expect(bestOf('T1547.001')).toBe('the Windows registry');
    expect(bestOf('T1078.004')).toBe('Entra ID sign-ins');
    expect(bestOf('T1071.001')).toBe('requests through a web proxy');
    expect(bestOf('T1530')).toBe('AWS CloudTrail');
    expect(startingPointsOf(catalog, 'T1597')).toEqual([STARTING_POINTS[0]]);
  });

  it('is a row of a platform and of an event', () => {
    const named = (provider: string, id: string): readonly string[] => pointsReading({ provider, id }).map(({ name }) => name);
    expect(named('Security-Auditing', '4688')).toEqual(['process creation on Windows']);
    expect(named('Security-Auditing', '4768')).toEqual(['Windows security events']);
    expect(named('Elastic Defend', 'process').length).toBe(3);
    expect(pointOn('okta').name).toBe('Okta');
    expect(pointOn('other')).toBe(STARTING_POINTS[0]);
  });
});
