import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '..');

/** One file of a build as its service worker keeps it; a name that holds the content's hash needs no revision. */
interface Kept {
  readonly url: string;
  readonly revision: string | null;
  readonly integrity: string;
}

interface Precache {
  readonly build: string;
  readonly files: readonly Kept[];
}

/** What stands before the worker's own code. */
const HEAD = 'self.RULEWRIGHT_FILES=';

const shortHash = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

interface StoredManifest {
  readonly files: Readonly<Record<string, { readonly name: string; readonly sha256: string }>>;
}

/** The catalog's manifest with each file named by its hash, so that two builds never share an address; and what each is called before. */
function namedByHash(manifest: string): { readonly text: string; readonly names: ReadonlyMap<string, string> } {
  const stored = JSON.parse(manifest) as StoredManifest;
  const names = new Map<string, string>();
  const files = Object.fromEntries(
    Object.entries(stored.files).map(([part, file]) => {
      const name = file.name.replace(/(?=\.\w+$)/, `-${file.sha256.slice(0, 12)}`);
      names.set(file.name, name);
      return [part, { ...file, name }];
    }),
  );
  return { text: `${JSON.stringify({ ...stored, files }, null, 2)}\n`, names };
}

const manifestName = (text: string): string => `manifest-${shortHash(text)}.json`;

/** The files below a folder, by their paths in it, in order. */
function filesBelow(folder: string, base = folder): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path, base) : [relative(base, path).split(sep).join('/')];
    });
}

/** Everything a build consists of, but the worker that keeps it. */
function precacheOf(dist: string): Precache {
  const files = filesBelow(dist)
    // The manifest under its plain name is for those who ask for the catalog by its folder.
    .filter((url) => !/^(?:sw\.js|catalog\/manifest\.json|_headers|\.htaccess)$|\.map$/.test(url))
    .map((url) => {
      const bytes = readFileSync(join(dist, url));
      const isNamedByHash = /^assets\/|^catalog\/.*-[\da-f]{12}\.\w+$/.test(url);
      return { url, revision: isNamedByHash ? null : shortHash(bytes), integrity: `sha256-${createHash('sha256').update(bytes).digest('base64')}` };
    });
  return { build: shortHash(JSON.stringify(files)), files };
}

/** Writes into `sw.js` which files its folder holds now. */
export function writePrecache(dist: string): void {
  const path = join(dist, 'sw.js');
  const code = readFileSync(path, 'utf8').replace(/^self\.RULEWRIGHT_FILES=.*\n/, '');
  writeFileSync(path, `${HEAD}${JSON.stringify(precacheOf(dist))};\n${code}`);
}

/** Makes a build one that works without a network: catalog files named by their hash, a service worker that knows every file. */
export function offline(): Plugin {
  let dist = '';
  return {
    name: 'offline',
    apply: 'build',
    config() {
      const manifest = join(ROOT, 'public', 'catalog', 'manifest.json');
      if (!existsSync(manifest)) return {};
      const { text } = namedByHash(readFileSync(manifest, 'utf8'));
      return { define: { 'import.meta.env.CATALOG_MANIFEST': JSON.stringify(manifestName(text)) } };
    },
    configResolved({ root, build: { outDir } }) {
      dist = resolve(root, outDir);
    },
    async closeBundle() {
      const catalog = join(dist, 'catalog');
      const manifest = join(catalog, 'manifest.json');
      if (existsSync(manifest)) {
        const { text, names } = namedByHash(readFileSync(manifest, 'utf8'));
        for (const [before, after] of names) renameSync(join(catalog, before), join(catalog, after));
        for (const name of ['manifest.json', manifestName(text)]) writeFileSync(join(catalog, name), text);
      }
      await build({
        configFile: false,
        root: ROOT,
        logLevel: 'warn',
        publicDir: false,
        build: {
          outDir: dist,
          emptyOutDir: false,
          target: 'es2023',
          rollupOptions: { input: join(ROOT, 'workers', 'service-worker.ts'), output: { entryFileNames: 'sw.js', format: 'iife' } },
        },
      });
      writePrecache(dist);
    },
  };
}
