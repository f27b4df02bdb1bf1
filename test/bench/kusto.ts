import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { kusto } from '../../src/languages/kusto';
import { LANGUAGES } from '../../src/languages/registry';
import { kustoQueries } from '../conformance/kusto-corpus';
import { loadMicrosoft, microsoftScripts, syntaxErrors } from '../kusto/microsoft';
import { shown, timeEach, type Times, timesOf } from './measure';

const PARSER = join(import.meta.dirname, '../../src/languages/kusto/parse/parser.ts');
const QUERY = 'SecurityEvent | where EventID == 4688 and NewProcessName endswith "net.exe" | summarize count() by Computer';

/** All public queries: our parser beside Microsoft's in one run; goals: 40 times as fast at the middle, a first parse in a new worker in a hundredth of the time. */
export async function bench(): Promise<readonly string[]> {
  const texts = kustoQueries().map(({ text }) => text);
  if (texts.length === 0) return ['no corpus at hand'];
  const context = { languages: LANGUAGES };
  const microsoft = loadMicrosoft();
  // Both as they are shipped: what runs this program marks every function with its name, which costs ours as much as some parsing.
  const script = await ourScript();
  const ours = bestOf(texts, new Function(`${script}; return ours;`)().parse as (text: string) => unknown);
  const whole = bestOf(texts, (text) => kusto.analyse(text, context));
  const theirs = bestOf(texts, (text) => syntaxErrors(microsoft.parse(text)));
  const ratios = texts.map((_, index) => theirs[index]! / ours[index]!);
  const [ourFirst, theirFirst] = [await firstParse(`${script}\nours.parse(${JSON.stringify(QUERY)});`), await firstParse(theirScript())];
  return [
    shown(`our parser, ${texts.length} queries`, timesOf(ours)),
    shown('our whole analysis', timesOf(whole)),
    shown("Microsoft's parser", timesOf(theirs)),
    `Microsoft's time by ours: ${ratio(timesOf(theirs), timesOf(ours))} at the middle (goal: 40), ${timesOf(ratios).median.toFixed(0)} for the middle query`,
    `first parse in a new worker: ${ourFirst.toFixed(1)} ms by ${theirFirst.toFixed(0)} ms, 1/${(theirFirst / ourFirst).toFixed(0)} (goal: 1/100)`,
  ];
}

const ratio = (a: Times, b: Times): string => (a.median / b.median).toFixed(0);

/** Each input's best of nine rounds, so that both are compiled, in milliseconds. */
function bestOf(texts: readonly string[], call: (text: string) => unknown): readonly number[] {
  const rounds = Array.from({ length: 9 }, () => timeEach(texts, call));
  return texts.map((_, index) => Math.min(...rounds.map((round) => round[index]!)));
}

/** Our parser as one script, as a worker loads it. */
async function ourScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry: PARSER, formats: ['iife'], name: 'ours' } },
  });
  const [{ output }] = (Array.isArray(built) ? built : [built]) as readonly [{ readonly output: readonly { readonly type: string; readonly code?: string }[] }];
  const code = output.find(({ type }) => type === 'chunk')!.code!;
  return code;
}

const theirScript = (): string =>
  `globalThis.window = globalThis;
  for (const file of ${JSON.stringify(microsoftScripts())}) require('node:vm').runInThisContext(require('node:fs').readFileSync(file, 'utf8'), { filename: file });
  Kusto.Language.KustoCode.Parse(${JSON.stringify(QUERY)}).GetSyntaxDiagnostics();`;

/** Milliseconds in a new worker from the script's text to the answer; best of five workers. */
async function firstParse(script: string): Promise<number> {
  const code = `const start = performance.now();
  (new Function('require', ${JSON.stringify(script)}))(require);
  require('node:worker_threads').parentPort.postMessage(performance.now() - start);`;
  let best = Infinity;
  for (let round = 0; round < 5; round++)
    best = Math.min(
      best,
      await new Promise<number>((resolve, reject) => {
        const worker = new Worker(code, { eval: true });
        worker.once('message', resolve);
        worker.once('error', reject);
      }),
    );
  return best;
}
