// npm run release [-- --tag v0.1.0 --out DIR]: what is published: the built site as a zip, the command line as a package, and their hashes. `--tag` must name the version of package.json.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePackages, root, run } from './setup.mjs';

const { values } = parseArgs({ options: { tag: { type: 'string' }, out: { type: 'string', default: join(root, 'test-results', 'release') } } });
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const changed = /^## (.*)$/m.exec(readFileSync(join(root, 'docs', 'changelog.md'), 'utf8'))?.[1];
if ((values.tag ?? `v${version}`) !== `v${version}` || changed !== version) {
  console.error(`The version of package.json is ${version}; the tag is ${values.tag ?? 'not given'}, the changelog begins with ${changed ?? 'none'}.`);
  process.exit(2);
}
ensurePackages();
const { zipSync } = await import('fflate');
const out = resolve(values.out);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

run('npx', ['vite', 'build', '--logLevel', 'warn']);
const dist = join(root, 'dist');
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .map((path) => join(dist, path))
  .filter((path) => statSync(path).isFile())
  .sort();
// The same build gives the same archive: no times of this machine.
const entries = files.map((path) => [`rulewright-${version}/${relative(dist, path).split(sep).join('/')}`, readFileSync(path)]);
writeFileSync(join(out, `rulewright-${version}-site.zip`), zipSync(Object.fromEntries(entries), { mtime: '1980-01-01T00:00:00' }));

const scratch = join(out, 'package');
run('node', [join(root, '.ci', 'package.mjs'), '--out', scratch]);
for (const name of readdirSync(scratch).filter((file) => file.endsWith('.tgz'))) writeFileSync(join(out, name), readFileSync(join(scratch, name)));
rmSync(scratch, { recursive: true });

const published = readdirSync(out).sort();
const sums = published.map(
  (name) =>
    `${createHash('sha256')
      .update(readFileSync(join(out, name)))
      .digest('hex')}  ${name}`,
);
writeFileSync(join(out, 'SHA256SUMS'), `${sums.join('\n')}\n`);
console.log(sums.join('\n'));
