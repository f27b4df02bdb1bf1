// npm run fuzz [-- --seed N --minutes M --inputs N --only WORD]: draws inputs until the time is over; says how many, and every find with the seed that makes it again.
import { toolOptions } from '../support/tool-options';
import { SLOW } from './target';
import { TARGETS } from './targets';

const USAGE = `Use: npm run fuzz -- [--seed N] [--minutes M] [--inputs N] [--only WORD]. Targets: ${TARGETS.map(({ name }) => name).join(', ')}.`;
const values = toolOptions(USAGE, { seed: String(Math.floor(Math.random() * 2 ** 31)), minutes: '1', inputs: 'Infinity', only: '' });
const seed = Number(values.seed);
const until = Date.now() + Number(values.minutes) * 60_000;
const most = Number(values.inputs);
const targets = TARGETS.filter(({ name }) => name.includes(values.only));
if (targets.length === 0 || !Number.isFinite(seed) || Number.isNaN(until) || Number.isNaN(most)) {
  console.error(USAGE);
  process.exit(2);
}

/** Finds of one kind are told this often. */
const TOLD = 3;
const counts = new Map(targets.map(({ name }) => [name, 0]));
const finds = new Map<string, number>();
let inputs = 0;
let slowest = 0;

// What fails where nobody waits for it ends a worker, or a whole run of the command line.
let unhandled: unknown = null;
process.on('unhandledRejection', (error) => {
  unhandled = error;
});

console.log(`seed ${seed}, ${targets.length} targets`);
for (let round = 0; inputs < most && Date.now() < until; round++) {
  for (const [at, target] of targets.entries()) {
    const drawn = (seed + round * 7_919 + at * 104_729) >>> 0;
    const { broken, ms, shown } = await target.run(drawn);
    inputs++;
    counts.set(target.name, counts.get(target.name)! + 1);
    slowest = Math.max(slowest, ms);
    if (inputs % 50 === 0) await new Promise((done) => setImmediate(done));
    const leaked = unhandled === null ? [] : [`fails behind its answer: ${String(unhandled)}`];
    unhandled = null;
    for (const what of [...broken.slice(0, 1), ...leaked, ...(ms > SLOW ? [`takes ${ms.toFixed(0)} ms`] : [])]) {
      const kind = `${target.name}: ${what.replace(/\d+|"(?:[^"\\]|\\.)*"/g, '·').slice(0, 60)}`;
      const known = finds.get(kind) ?? 0;
      finds.set(kind, known + 1);
      if (known < TOLD) console.log(`\n${target.name}: ${what}\n  drawn with ${drawn}: ${JSON.stringify(shown().slice(0, 2_000))}`);
    }
  }
}
console.log(`\n${[...counts].map(([name, count]) => `${count.toLocaleString('en').padStart(9)}  ${name}`).join('\n')}`);
console.log(`${inputs.toLocaleString('en')} inputs with seed ${seed}; the slowest took ${slowest.toFixed(0)} ms; ${finds.size} kinds of finds`);
for (const [kind, count] of finds) console.log(`  ${count} × ${kind}`);
process.exit(finds.size === 0 ? 0 : 1);
