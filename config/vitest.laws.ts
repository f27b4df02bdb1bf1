import { defineConfig, mergeConfig } from 'vitest/config';
import unit from '../vite.config.ts';

/** The same tests, each that draws inputs with one seed after the other (`test/laws/run.ts`). */
export default mergeConfig(unit, defineConfig({ root: new URL('..', import.meta.url).pathname, test: { runner: 'test/laws/seeds.ts', isolate: false } }));
