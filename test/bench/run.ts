import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// npm run bench [name …]: every file here that exports `bench` prints its lines. Compare ratios within one run: machines differ and are noisy.
const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !['run.ts', 'browser.ts', 'measure.ts', 'corpus.ts'].includes(name))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)))
  .sort();

for (const file of files) {
  const module = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as { bench?: () => readonly string[] | Promise<readonly string[]> };
  if (module.bench === undefined) continue;
  console.log(`\n${file.replace(/\.ts$/, '')}`);
  for (const line of await module.bench()) console.log(`  ${line}`);
}
