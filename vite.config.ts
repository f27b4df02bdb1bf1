import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { budgets } from './config/budgets.ts';
import { offline } from './config/offline.ts';
import about from './package.json' with { type: 'json' };

// Everything is our own origin; Monaco needs inline styles and nothing else that is unusual.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "worker-src 'self'",
  // The one other host: a catalog rule's text is read from its public source when the reader asks for it.
  "connect-src 'self' https://raw.githubusercontent.com",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  // Our own policy, and those that the editor makes its lines with.
  'trusted-types default defaultWorkerFactory diffEditorWidget diffReview domLineBreaksComputer dompurify editorGhostText editorViewLayer richScreenReaderContent standaloneColorizer stickyScrollViewLayer tokenizeToString',
].join('; ');

export default defineConfig({
  base: './',
  define: { 'import.meta.env.VERSION': JSON.stringify(about.version) },
  plugins: [
    react(),
    budgets(),
    offline(),
    {
      name: 'content-security-policy',
      apply: 'build',
      transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' }],
    },
  ],
  worker: { format: 'es' },
  build: { target: 'es2023', reportCompressedSize: false, chunkSizeWarningLimit: 4000, assetsInlineLimit: 0 },
  preview: { headers: { 'Content-Security-Policy': policy } },
  test: { environment: 'node', include: ['test/**/*.test.ts'], setupFiles: ['test/support/seed.ts'], exclude: ['test/conformance/**'], testTimeout: 60_000 },
});
