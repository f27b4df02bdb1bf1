import fc from 'fast-check';

/** Draws the same inputs every time, so that no verdict depends on chance; `LAWS_SEED` is another seed, or `random`. `npm run laws` draws fresh ones. */
const { LAWS_SEED: seed = '1' } = process.env;

if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
