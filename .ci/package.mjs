// npm run package [-- --out DIR]: the command line as a package of its own, a tarball that needs nothing else: one folder of bundled scripts, the catalog, the licences.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'test-results', 'package') } } });
const out = resolve(values.out);
const folder = join(out, 'rulewright');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** The packages whose code is bundled: their licences go with it. */
const bundled = new Set();
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  plugins: [
    {
      name: 'bundled-packages',
      generateBundle(_, chunks) {
        for (const chunk of Object.values(chunks))
          for (const id of Object.keys(chunk.modules ?? {})) {
            const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
            if (name !== undefined) bundled.add(name);
          }
      },
    },
  ],
  build: {
    ssr: 'src/cli/main.ts',
    // Two folders deep, as in the sources: the catalog and the version are found from there.
    outDir: join(folder, 'lib', 'cli'),
    emptyOutDir: true,
    target: 'node20',
    minify: true,
    rollupOptions: { output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
});

const bin = join(folder, 'lib', 'cli', 'bin.mjs');
writeFileSync(bin, "#!/usr/bin/env node\nimport { main } from './main.mjs';\n\nprocess.exitCode = await main(process.argv.slice(2));\n");
chmodSync(bin, 0o755);
cpSync(join(root, 'public', 'catalog'), join(folder, 'public', 'catalog'), { recursive: true });
for (const name of ['LICENSE', 'NOTICE']) cpSync(join(root, name), join(folder, name));

const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { name, version, license, type, engines } = own;
const description = 'Reads, checks, runs and compares detection rules: the command line of Rulewright';
writeFileSync(
  join(folder, 'package.json'),
  `${JSON.stringify({ name, version, description, license, type, engines, bin: { rulewright: 'lib/cli/bin.mjs' }, files: ['lib', 'public', 'LICENSE', 'NOTICE', 'THIRD-PARTY'] }, null, 2)}\n`,
);
writeFileSync(
  join(folder, 'README.md'),
  '# Rulewright\n\nThe command line: `npx rulewright help`, `npx rulewright lint PATH…`. It reads files and prints; it asks nothing of any network.\n',
);
writeFileSync(join(folder, 'THIRD-PARTY'), [...bundled].sort().map(licenceOf).join('\n\n'));

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const { status } = spawnSync(npm, ['pack', '--silent', '--pack-destination', out], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
process.exit(status ?? 1);

/** A package's name, version and the text of its licence. */
function licenceOf(packageName) {
  const at = join(root, 'node_modules', packageName, 'package.json');
  const about = JSON.parse(readFileSync(at, 'utf8'));
  const texts = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'License.md', 'license.md', 'license.txt'].flatMap((file) => {
    try {
      return [readFileSync(join(dirname(at), file), 'utf8')];
    } catch {
      return [];
    }
  });
  return `${packageName} ${about.version}: ${about.license}\n\n${texts[0] ?? ''}`;
}
