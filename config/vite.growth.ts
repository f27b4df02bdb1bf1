import { defineConfig } from 'vite';

/** What measures growth, compiled as the application is: run from its sources each function is wrapped, and its memory measured with it. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  publicDir: false,
  logLevel: 'warn',
  build: { ssr: 'test/growth/run.ts', outDir: 'test-results/growth', target: 'node20' },
});
