import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { environment: 'node', include: ['test/conformance/**/*.test.ts'], setupFiles: ['test/support/seed.ts'], testTimeout: 600_000 },
});
