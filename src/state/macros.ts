import type { Macro } from '../model';
import { askAnalysis } from './analysis';
import { notify } from './notices';
import { getState, setState } from './store';

const KEY = 'rulewright.macros';

/** Adds the macros of a `macros.conf` to those the reader gave before, in this browser. */
export async function giveMacros(conf: string, path: string): Promise<void> {
  const found = await askAnalysis((api) => api.macrosOf(conf)).catch(() => []);
  if (found.length === 0) {
    notify('error', `“${path}” holds no macros.`);
    return;
  }
  const nameOf = ({ name, arguments: args }: Macro): string => `${name}(${args.length})`;
  const fresh = new Set(found.map(nameOf));
  keep([...(getState().macros ?? []).filter((macro) => !fresh.has(nameOf(macro))), ...found]);
  notify('info', `${found.length} ${found.length === 1 ? 'macro' : 'macros'} of “${path}” are now expanded.`, {
    action: { label: 'Forget my macros', run: () => keep(null) },
  });
}

/** Reads the macros that were given earlier. */
export function loadMacros(): void {
  try {
    const macros: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (Array.isArray(macros) && macros.every(isMacro)) setState({ macros });
  } catch {
    // Macros that cannot be read are given again; until then they stay as written.
  }
}

function keep(macros: readonly Macro[] | null): void {
  setState({ macros });
  try {
    if (macros === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(macros));
  } catch {
    notify('error', 'The macros are used in this tab, but this browser did not store them.');
  }
}

function isMacro(value: unknown): value is Macro {
  if (typeof value !== 'object' || value === null) return false;
  const { name, arguments: args, definition } = value as Readonly<Record<keyof Macro, unknown>>;
  return typeof name === 'string' && typeof definition === 'string' && Array.isArray(args) && args.every((argument) => typeof argument === 'string');
}
