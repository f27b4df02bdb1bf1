import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Kilobytes (1,000 bytes) of gzip that a build may have: more fails it. */
const BUDGETS = {
  /** What the page needs before it asks for the editor: its first script and all that this imports at once. */
  start: 120,
  /** The largest thread: every language, format and check. */
  worker: 720,
  /** Any part that is fetched when it is first needed, the editor's own code aside. */
  part: 120,
  editor: 900,
} as const;

const kilobytesOf = (code: string | Uint8Array): number => gzipSync(code, { level: 9 }).length / 1_000;

/** Fails a build whose scripts have outgrown what a first visit may cost; prints what they weigh. */
export const budgets = (): Plugin => ({
  name: 'budgets',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    const chunks = new Map(Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one] as const] : [])));
    const weights = new Map([...chunks].map(([name, { code }]) => [name, kilobytesOf(code)]));
    const start = new Set<string>();
    const follow = (name: string): void => {
      if (start.has(name)) return;
      start.add(name);
      chunks.get(name)?.imports.forEach(follow);
    };
    for (const [name, { isEntry }] of chunks) if (isEntry) follow(name);
    const told: { readonly what: string; readonly weight: number; readonly most: number }[] = [
      { what: 'the first scripts', weight: [...start].reduce((sum, name) => sum + (weights.get(name) ?? 0), 0), most: BUDGETS.start },
    ];
    for (const [name, weight] of weights)
      if (!start.has(name)) told.push({ what: name, weight, most: /(?:^|\/)editor-/.test(name) ? BUDGETS.editor : BUDGETS.part });
    for (const one of Object.values(bundle))
      if (one.type === 'asset' && one.fileName.endsWith('.js')) told.push({ what: one.fileName, weight: kilobytesOf(one.source), most: BUDGETS.worker });
    this.info(`the first scripts weigh ${told[0]!.weight.toFixed(1)} KB of gzip, of ${BUDGETS.start}`);
    const over = told.filter(({ weight, most }) => weight > most);
    if (over.length > 0)
      this.error(
        `The build has outgrown its budgets (config/budgets.ts): ${over.map(({ what, weight, most }) => `${what} ${weight.toFixed(1)} KB of ${most}`).join('; ')}.`,
      );
  },
});
