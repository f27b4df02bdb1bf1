import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { kusto } from '../../src/languages/kusto';
import { LANGUAGES } from '../../src/languages/registry';
import { kustoQueries } from '../conformance/kusto-corpus';
import { loadMicrosoft, microsoftScripts, syntaxErrors } from '../kusto/microsoft';
import { type Bench, bestOf, ms, spread, times, timesOf, unmeasured } from './measure';

const PARSER = join(import.meta.dirname, '../../src/languages/kusto/parse/parser.ts');
const QUERY = 'SecurityEvent | where EventID == 4688 and NewProcessName endswith "net.exe" | summarize count() by Computer';

const ROUNDS = 5;

/** Public queries: our parser beside Microsoft's in one run. */
export async function bench(): Promise<Bench> {
  const title = 'Reading Kusto';
  const texts = kustoQueries().map(({ text }) => text);
  if (texts.length === 0) return { title, figures: [unmeasured('all queries', 'no corpus at hand')] };
  const context = { languages: LANGUAGES };
  const microsoft = loadMicrosoft();
  // Both as they are shipped: what runs this program marks every function with its name, which costs ours as much as some parsing.
  const script = await ourScript();
  const ours = timesOf(bestOf(texts, new Function(`${script}; return ours;`)().parse as (text: string) => unknown, ROUNDS));
  const whole = timesOf(bestOf(texts, (text) => kusto.analyse(text, context), ROUNDS));
  const theirs = timesOf(bestOf(texts, (text) => syntaxErrors(microsoft.parse(text)), 2));
  const [ourFirst, theirFirst] = [await firstParse(`${script}\nours.parse(${JSON.stringify(QUERY)});`), await firstParse(theirScript())];
  const beside = `Microsoft's parser ${ms(theirs.median)}`;
  return {
    title,
    figures: [
      { what: `parsing a query of ${texts.length}`, value: spread(ours), beside, ratio: `${times(theirs.median / ours.median)} faster`, goal: '40 times' },
      { what: 'parsing and meaning', value: spread(whole), beside, ratio: `${times(theirs.median / whole.median)} faster`, goal: '' },
      {
        what: 'the first parse in a new worker',
        value: ms(ourFirst),
        beside: `Microsoft's ${ms(theirFirst)}`,
        ratio: `${times(theirFirst / ourFirst)} faster`,
        goal: '100 times',
      },
    ],
  };
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
