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

/** The macros of a `macros.conf`: stanzas `[name]` or `[name(2)]` with `definition` and `args`; `iseval` macros compute their text and are left out. Never throws. */
export function macrosOfConf(text: string): readonly Macro[] {
  const macros: Macro[] = [];
  let name: string | null = null;
  let values = new Map<string, string>();
  const close = (): void => {
    const definition = values.get('definition');
    const isComputed = /^(?:1|t|true)$/i.test(values.get('iseval') ?? '');
    if (name !== null && definition !== undefined && !isComputed) {
      const args = (values.get('args') ?? '').split(',').map((argument) => argument.trim());
      macros.push({ name, arguments: args.filter((argument) => argument !== ''), definition });
    }
    values = new Map();
  };
  for (const line of logicalLines(text)) {
    const stanza = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (stanza !== undefined) {
      close();
      name = stanza.replace(/\(\d+\)\s*$/, '').trim();
      continue;
    }
    const equals = line.indexOf('=');
    if (equals > 0 && !/^\s*#/.test(line)) values.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
  }
  close();
  return macros;
}

/** Lines, with those that end in a backslash joined to the next. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    const isOpen = line.endsWith('\\');
    (open ??= []).push(isOpen ? line.slice(0, -1) : line);
    if (isOpen) continue;
    lines.push(open.join('\n'));
    open = null;
  }
  if (open !== null) lines.push(open.join('\n'));
  return lines;
}
