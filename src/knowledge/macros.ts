import type { Macro } from '../model';
import table from './macros.json';

/** The search macros that ship with the app: those of Splunk Security Content. */
export const MACROS: readonly Macro[] = (table.macros as unknown as readonly (readonly [string, readonly string[], string])[]).map(
  ([name, args, definition]) => ({
    name,
    arguments: args,
    definition,
  }),
);

const SHIPPED: ReadonlySet<Macro> = new Set(MACROS);

const USED: ReadonlyMap<string, number> = new Map(table.used.split(' ').map((name, at) => [name, at]));

/** Orders macros for a list: the reader's own first, then those that many public rules call, then by name. */
export const byUse = (a: Macro, b: Macro): number =>
  Number(SHIPPED.has(a)) - Number(SHIPPED.has(b)) || (USED.get(a.name) ?? USED.size) - (USED.get(b.name) ?? USED.size) || (a.name < b.name ? -1 : 1);

/** Whether a macro is one of ours, not one that was given. */
export const isShipped = (macro: Macro): boolean => SHIPPED.has(macro);

/** Macros as an analysis takes them: by name, and by `name(2)` where they have arguments; of two with one name the later one counts. */
export function macroMap(macros: readonly Macro[]): ReadonlyMap<string, Macro> {
  const map = new Map<string, Macro>();
  for (const macro of macros) {
    const count = macro.arguments.length;
    if (count > 0) map.set(`${macro.name}(${count})`, macro);
    if (count === 0 || (map.get(macro.name)?.arguments.length ?? 1) > 0) map.set(macro.name, macro);
  }
  return map;
}
