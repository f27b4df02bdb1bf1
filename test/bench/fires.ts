import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Route } from '@playwright/test';
import { build } from 'vite';
import { detect } from '../../src/formats/detect';
import type { SamplesQuestion } from '../../src/model';
import { readCorpus } from './corpus';
import { type Bench, besideJson, count, type Figure, ms, spread, timesOf, unmeasured } from './measure';
import { eventSets, realLines } from './real-events';
import { attempt, inChromium } from './served';
import type { Measures } from './worker/page';

/** Every so many-th event of the reference stands for all: of Windows, Linux, clouds, networks, and those made from rules. */
const STEP = 6;
/** Samples that a rule is judged on at each keystroke. */
const SAMPLES = 1000;
/** Rules of each source that are typed. */
const OF_EACH = 100;
const SOURCES: readonly (readonly [source: string, ending: string])[] = [
  ['sigma', '.yml'],
  ['elastic', '.toml'],
  ['splunk', '.yml'],
  ['anvilogic', '.yml'],
  ['sentinel', '.yaml'],
  ['bert-janp', '.md'],
];

/** Texts of rules from all of each source's folders. */
function typedRules(): readonly SamplesQuestion[] {
  return SOURCES.flatMap(([source, ending]) => {
    const found = readCorpus(source, ending).flatMap(({ path, text }): readonly SamplesQuestion[] => {
      const { format } = detect(text, path);
      return format === null ? [] : [{ text, format: format.id, path, macros: '', index: 0 }];
    });
    return found.filter((_, at) => at % Math.ceil(found.length / OF_EACH) === 0);
  });
}

/** What a keystroke costs before its verdicts are seen: the text is read anew, judged on all samples, and the rows of the table are made. */
async function keystrokes(page: Page, lines: readonly string[]): Promise<readonly Figure[]> {
  const rules = typedRules();
  if (rules.length === 0) return [unmeasured('a keystroke', 'no corpus at hand')];
  const took = timesOf(
    await page.evaluate(([text, given]) => (globalThis as unknown as Measures).measures.keystrokes(text, given), [lines.join('\n'), rules] as const),
  );
  return [
    besideJson(
      `a keystroke in a rule, ${count(lines.length)} samples, ${rules.length} rules of all languages`,
      took.median,
      `${spread(took)}, p99 ${ms(took.p99)}`,
      'p99 at most 16 ms',
    ),
  ];
}

const together = (page: Page, lines: readonly string[]): Promise<readonly Figure[]> =>
  page.evaluate((given) => (globalThis as unknown as Measures).measures.fires(...given), [
    new URL('catalog', page.url()).href,
    lines,
    eventSets(STEP).map((events) => events.map((event) => JSON.stringify(event))),
  ] as const);

/** A page that is by itself has a clock of microseconds, others one of tenths of a millisecond. */
async function isolated(route: Route): Promise<void> {
  const response = await route.fetch();
  const headers = { ...response.headers(), 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  await route.fulfill({ response, headers });
}

/** One rule over samples, and all rules of the bundled catalog over events, each in a thread of a real Chromium. */
export async function bench(): Promise<Bench> {
  const lines = realLines();
  if (lines.length === 0) return { title: 'What fires here', figures: [unmeasured('all of it', 'no events at hand')] };
  const outDir = mkdtempSync(join(tmpdir(), 'fires-'));
  try {
    const root = join(import.meta.dirname, 'worker');
    const publicDir = join(import.meta.dirname, '..', '..', 'public');
    await build({ configFile: false, root, publicDir, base: './', logLevel: 'silent', worker: { format: 'es' }, build: { outDir, target: 'es2023' } });
    return await inChromium(
      outDir,
      async (browser, address) => {
        const page = await (await browser.newContext({ bypassCSP: true })).newPage();
        await page.route('**/*', isolated);
        await page.goto(address);
        return [
          ...(await attempt('a keystroke', 100, () => keystrokes(page, lines.slice(0, SAMPLES)))),
          ...(await attempt('all rules together', 100, () => together(page, lines))),
        ];
      },
      `: ${count(lines.length)} events of Windows in one worker`,
    );
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
