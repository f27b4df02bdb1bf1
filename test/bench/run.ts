import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Bench, type Figure, unmeasured } from './measure';

// npm run bench [-- name …] [--write]: every file here that exports `bench` gives its figures, each in a process of its own; `--write` makes docs/performance.md of them.
// Compare ratios within one run: machines differ and are noisy.
const ONE = '--one';
/** Minutes one file may take, and all of them together; what there is no time for is told as not measured. */
const PATIENCE = 4;
const WHOLE = 12;
/** Minutes that are kept for each file that follows. */
const SHORT = 0.2;
const PERFORMANCE = join(import.meta.dirname, '..', '..', 'docs', 'performance.md');

/** Prints what one file measures as JSON, in the last line. */
async function printOne(file: string): Promise<void> {
  const { bench } = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as { bench: () => Bench | Promise<Bench> };
  console.log(`\n${JSON.stringify(await bench())}`);
  process.exit(0);
}

const sourceOf = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

async function runAll(wanted: readonly string[]): Promise<void> {
  const names = wanted.filter((name) => !name.startsWith('--'));
  const files = readdirSync(import.meta.dirname)
    .filter(
      (name) =>
        name.endsWith('.ts') &&
        /^export (?:async )?function bench\(/m.test(sourceOf(name)) &&
        (names.length === 0 || names.some((part) => name.startsWith(part))),
    )
    .sort();
  const sections: string[] = [];
  if (files.some((file) => sourceOf(file).includes('await built()'))) {
    await (await import('./served')).built();
    process.env['BUILT'] = 'yes';
  }
  const end = performance.now() + WHOLE * 60_000;
  for (const [at, file] of files.entries()) {
    const start = performance.now();
    // Nobody's patience leaves the others no time at all.
    const minutes = Math.min(PATIENCE, (end - start) / 60_000 - (files.length - at - 1) * SHORT);
    const { title, figures } = await figuresOf(file, minutes);
    console.log(`\n${title}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
    for (const { what, value, beside, ratio, goal } of figures)
      console.log(
        `  ${what.padEnd(56)} ${value}${beside === '' ? '' : ` · ${beside}`}${ratio === '' ? '' : ` · ${ratio}`}${goal === '' ? '' : ` (goal: ${goal})`}`,
      );
    sections.push([`## ${title}`, '', '| what | measured | beside it | ratio | goal |', '|---|---|---|---|---|', ...figures.map(rowOf)].join('\n'));
  }
  if (wanted.includes('--write')) writeFileSync(PERFORMANCE, `${head()}\n\n${sections.join('\n\n')}\n`);
}

const rowOf = ({ what, value, beside, ratio, goal }: Figure): string =>
  `| ${[what, value, beside, ratio, goal].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const head = (): string => `# Performance

Written by \`npm run bench -- --write\`, all of it in one run. Machines differ and are noisy: a figure says little, its ratio to what was measured beside it in the same run says more. A rate under load is not the rate of a quiet machine; ratios hold on both.

The machine: ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, Node ${process.versions.node.split('.')[0]}, ${process.platform}; the browser is Chromium without a window or a graphics card. Each part runs in a process of its own. The load over its last quarter of an hour: ${loadavg()[2]!.toFixed(1)}; beyond the number of cores, times are longer than they would be alone.`;

/** What a file measures, in a new process that may take so many minutes. */
function figuresOf(file: string, minutes: number): Promise<Bench> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--max-old-space-size=4096', import.meta.filename, ONE, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
    }, minutes * 60_000);
    child.on('close', (code) => {
      clearTimeout(timer);
      const last = text.trimEnd().split('\n').at(-1) ?? '';
      if (code === 0) return resolve(JSON.parse(last) as Bench);
      const why = isLate ? `it took more than ${minutes.toFixed(1)} minutes` : `it ended with ${code}`;
      resolve({ title: file.replace(/\.ts$/, ''), figures: [unmeasured('all of it', why)] });
    });
  });
}

const [first, ...given] = process.argv.slice(2);
if (first === ONE) await printOne(given[0]!);
else await runAll(first === undefined ? [] : [first, ...given]);
