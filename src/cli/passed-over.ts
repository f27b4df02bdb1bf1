/** Files that are no rules, by what they are instead. */
export interface PassedOver {
  add(path: string, what: string): void;
  /** One line on standard error; before it, where `isListed`, a line a file. Nothing where nothing was passed over. */
  tell(isListed: boolean): void;
}

/** Counts what a command passes over, and tells it at the end. */
export function passedOver(): PassedOver {
  const files = new Map<string, string[]>();
  return {
    add(path, what) {
      const known = files.get(what);
      if (known === undefined) files.set(what, [path]);
      else known.push(path);
    },
    tell(isListed) {
      const kinds = [...files].sort(([a, pathsA], [b, pathsB]) => pathsB.length - pathsA.length || (a < b ? -1 : 1));
      if (kinds.length === 0) return;
      if (isListed) for (const [what, paths] of kinds) for (const path of paths) process.stderr.write(`${path}: ${what}\n`);
      const total = kinds.reduce((sum, [, paths]) => sum + paths.length, 0);
      const named = isListed ? '' : '; --list-skipped names them';
      process.stderr.write(
        `${counted(total)} ${total === 1 ? 'file' : 'files'} passed over: ${kinds.map(([what, paths]) => `${counted(paths.length)} ${what}`).join(', ')}${named}\n`,
      );
    },
  };
}

const counted = (count: number): string => count.toLocaleString('en-US');
