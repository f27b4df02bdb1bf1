import { beforeAll, describe, expect, it, vi } from 'vitest';
import { rulesOfTriple } from '../../src/catalog/reach';
import { guideOf } from '../../src/catalog/guide';
import { unpacked } from '../../src/syntax/packed';
import type { Catalog } from '../../src/catalog/catalog';
import { catalogIn } from '../../src/cli/catalog-folder';
import { detectFormat } from '../../src/formats/detect';
import { FORMATS } from '../../src/formats/registry';
import { STARTING_POINTS, startingPointOf } from '../../src/knowledge/starting-points';
import type { AnalysisApi, Guide } from '../../src/model';
import { startRows, startWays } from '../../src/state/drafts/start-draft';

const exposed: { api: AnalysisApi | null } = { api: null };
vi.mock('comlink', () => ({ expose: (api: AnalysisApi) => (exposed.api = api), transfer: (value: unknown) => value, wrap: () => ({}) }));

const ALL = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };
let catalog: Catalog;
let api: AnalysisApi;

beforeAll(async () => {
  catalog = await catalogIn('public/catalog');
  await import('../../workers/analysis');
  api = exposed.api!;
});

/** What a person gets who starts a draft of this format from the technique's guide. */
async function started(id: string, format: string): Promise<{ readonly text: string; readonly guide: Guide }> {
  const guide = guideOf(catalog, id, ALL, null)!;
  const { technique, events, platforms } = guide;
  const begun = api.start({ format, technique, events, platforms, id: '5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11', date: '2026-11-02' });
  const ways = startWays(guideOf(catalog, id, { ...ALL, platforms: [begun.platform] }, begun.facts)!, begun.main);
  const rows = await startRows(ways, async (row) => rulesOfTriple(catalog, row, 'indicator', { technique: technique.id, filters: ALL }));
  return { text: api.addAll({ text: begun.text, format, rows, otherwise: begun.main }), guide };
}

const analysed = (text: string, format: string) => unpacked(api.analyse({ text, format, path: '', macros: '' }).rest);

/** Windows, Linux, cloud, identity, scripts, sub-techniques, both generations of one behaviour, and one without any rule. */
const TECHNIQUES = ['T1049', 'T1059.001', 'T1078.004', 'T1098', 'T1110', 'T1562.001', 'T1685', 'T1530', 'T1003.001', 'T1547.001', 'T1597'];
const TAGGED = ['sigma', 'splunk', 'anvilogic', 'savedsearches', 'sentinel', 'markdown', 'arm', 'elastic'];

describe('a draft started from a guide', () => {
  for (const format of FORMATS.keys()) {
    it(`is a whole ${format} document that looks for something`, async () => {
      for (const id of TECHNIQUES) {
        const { text, guide } = await started(id, format);
        const { reports, diagnostics } = analysed(text, format);
        const said = `${id} ${JSON.stringify(diagnostics.map(({ code, message }) => `${code} ${message}`))}\n${text}`;
        // A rule that has nothing to look for yet is told so.
        const isExpected = (code: string): boolean => guide.total === 0 && code === 'rule/only-presence';
        expect(
          diagnostics.filter(({ code, severity }) => severity !== 'info' && !isExpected(code)),
          said,
        ).toEqual([]);
        expect(reports, said).toHaveLength(1);
        const [report] = reports;
        if (TAGGED.includes(format)) {
          expect(report!.rule.meta.title, said).not.toBe('');
          expect(report!.rule.meta.techniques, said).toContain(guide.technique.id);
          expect(detectFormat(text, '').id).toBe(format);
        }
        expect(report!.leaves.length, said).toBeGreaterThan(0);
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

  it('asks for any event where no rule shows what to look for', async () => {
    const { text, guide } = await started('T1597', 'sigma');
    expect(guide.total).toBe(0);
    expect(text).toContain('Image|exists: true');
  });
});

describe('where a draft starts', () => {
  it('is where most rules look, on the platform most of them have', () => {
    const read = (provider: string, id: string, rules: number) => ({ provider, id, title: '', rules });
    expect(startingPointOf([read('AWS CloudTrail', 'CreateUser', 4), read('Sysmon', '1', 3)], [['aws', 4], ['windows', 3]]).name).toBe('AWS CloudTrail'); // prettier-ignore
    expect(startingPointOf([read('Elastic Defend', 'process', 4)], [['macos', 4], ['windows', 1]]).name).toBe('process creation on macOS'); // prettier-ignore
    expect(startingPointOf([read('Security-Auditing', '4688', 9)], [['windows', 9]]).name).toBe('process creation on Windows');
    expect(startingPointOf([read('Security-Auditing', '4768', 9)], [['windows', 9]]).name).toBe('Windows security events');
    expect(startingPointOf([], [['okta', 1]]).name).toBe('Okta');
    expect(startingPointOf([], [])).toBe(STARTING_POINTS[0]);
  });
});
