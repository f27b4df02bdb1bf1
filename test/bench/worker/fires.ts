import { expose } from 'comlink';
import { rulesOfFiles } from '../../support/rules-of-files';
import { firesFigures } from '../fires-figures';
import type { Figure } from '../measure';

const bytesAt = async (address: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(address)).arrayBuffer());

const api = {
  /** `events`, `sets`: an event a line; of the latter each file's apart. */
  async figures(catalog: string, events: readonly string[], sets: readonly (readonly string[])[]): Promise<readonly Figure[]> {
    const manifest = await bytesAt(`${catalog}/manifest.json`);
    const { files } = JSON.parse(new TextDecoder().decode(manifest)) as { readonly files: Readonly<Record<string, { readonly name: string }>> };
    const fetched = new Map([['manifest.json', manifest]]);
    for (const { name } of Object.values(files)) fetched.set(name, await bytesAt(`${catalog}/${name}`));
    return firesFigures(rulesOfFiles((name) => fetched.get(name)!).rules, events, sets);
  },
};

export type FiresBench = typeof api;

expose(api);
