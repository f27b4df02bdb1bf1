import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** The exports of a file beside this one, built as the application is: what tsx compiles while it loads gives every function its name each time one is made. */
export async function moduleBuilt<T>(file: string): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rulewright-bench-'));
  try {
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: { ssr: join(import.meta.dirname, file), outDir: folder, target: 'es2023', rollupOptions: { output: { entryFileNames: 'built.mjs' } } },
    });
    return (await import(pathToFileURL(join(folder, 'built.mjs')).href)) as T;
  } finally {
    await rm(folder, { recursive: true });
  }
}
