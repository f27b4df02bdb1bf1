import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit a clone stands at: from git, or from a `.commit` file in the folder; '' when neither tells. */
export async function commitOf(folder: string): Promise<string> {
  const hash = (await fromGit(folder)) ?? (await readFile(join(folder, '.commit'), 'utf8').catch(() => ''));
  return /^[0-9a-f]{7,64}$/.test(hash.trim()) ? hash.trim() : '';
}

/** Only of a folder that is itself a clone: the commit of a repository around it says nothing. */
async function fromGit(folder: string): Promise<string | null> {
  try {
    const { stdout: top } = await run('git', ['-C', folder, 'rev-parse', '--show-toplevel']);
    if ((await realpath(top.trim())) !== (await realpath(folder))) return null;
    return (await run('git', ['-C', folder, 'rev-parse', 'HEAD'])).stdout;
  } catch {
    return null;
  }
}
