import { MACROS, macroMap } from '../knowledge/macros';
import { callsIn, DEEPEST, macroOf } from '../languages/spl/parse/macros';
import type { Diagnostic, DiagnosticTable, Macro, MacrosRead, Span } from '../model';
import { readStanzas, type Stanza } from './savedsearches/stanzas';

/** Every remark on a macros.conf. */
export const MACROS_DIAGNOSTICS = {
  'macros/no-stanza': { severity: 'error', sentence: 'A line before the first stanza.', fixable: false },
  'macros/no-setting': { severity: 'error', sentence: 'A line that is no setting.', fixable: false },
  'macros/no-name': { severity: 'error', sentence: 'A stanza without a name.', fixable: false },
  'macros/no-definition': { severity: 'error', sentence: 'A macro without a definition.', fixable: false },
  'macros/computed': { severity: 'info', sentence: 'A macro whose text is computed when the search runs.', fixable: false },
  'macros/argument-count': { severity: 'error', sentence: 'The stanza and args speak of different numbers of arguments.', fixable: false },
  'macros/unknown-argument': { severity: 'warning', sentence: 'A definition names an argument that args does not.', fixable: false },
  'macros/cycle': { severity: 'error', sentence: 'A definition that leads back to itself.', fixable: false },
  'macros/twice': { severity: 'warning', sentence: 'A macro that is defined again further down.', fixable: false },
} as const satisfies DiagnosticTable;

type Code = keyof typeof MACROS_DIAGNOSTICS;

const SHIPPED = macroMap(MACROS);

/** The macros of a `macros.conf`: stanzas `[name]` or `[name(2)]` with `definition` and `args`, as Splunk's admin manual describes them. Total and linear; of two of one name the later counts. */
export function readMacrosConf(text: string): MacrosRead {
  const found = new Map<string, MacrosRead['macros'][number]>();
  const remarks: Diagnostic[] = [];
  const remark = (code: Code, span: Span, message: string): void => {
    remarks.push({ code, severity: MACROS_DIAGNOSTICS[code].severity, span: { start: span.start, end: span.end }, message });
  };
  const definitions = new Map<Macro, Span>();
  for (const stanza of readStanzas(text)) {
    const isHeadless = stanza.head.end === stanza.head.start;
    for (const line of stanza.loose) remark('macros/no-setting', line, 'A line is a [name], a setting such as definition = …, or a # comment.');
    for (const { span } of isHeadless ? stanza.settings.values() : [])
      remark('macros/no-stanza', span, 'This setting belongs to no macro: a macro begins with its [name].');
    const macro = isHeadless ? null : readMacro(stanza, remark);
    if (macro === null) continue;
    const key = keyOf(macro);
    const earlier = found.get(key);
    if (earlier !== undefined) remark('macros/twice', earlier.span, `${key} is defined again further down; that definition counts.`);
    definitions.set(macro, stanza.settings.get('definition')!.span);
    found.delete(key);
    found.set(key, { ...macro, span: stanza.span, replaces: SHIPPED.get(macro.name)?.arguments.length === macro.arguments.length });
  }
  for (const path of cyclesAmong([...definitions.keys()])) {
    const names = path.map(({ name }) => name);
    remark('macros/cycle', definitions.get(path.at(-1)!)!, `This definition leads back to itself: ${[...names, names[0]].join(' → ')}.`);
  }
  return { macros: [...found.values()], remarks: remarks.sort((a, b) => a.span.start - b.span.start) };
}

const keyOf = ({ name, arguments: args }: Macro): string => (args.length === 0 ? name : `${name}(${args.length})`);

function readMacro({ name: written, head, settings }: Stanza, remark: (code: Code, span: Span, message: string) => void): Macro | null {
  const [, name = '', count] = /^(.*?)\s*(?:\((\d+)\))?$/s.exec(written) ?? [];
  const definition = settings.get('definition');
  const computed = settings.get('iseval');
  const args = listOf(settings.get('args')?.text ?? '');
  if (name === '') return (remark('macros/no-name', head, 'A macro needs a name between its brackets.'), null);
  // `[default]` sets what holds for all stanzas of a file.
  if (definition === undefined && name === 'default') return null;
  if (definition === undefined || definition.text.trim() === '')
    return (remark('macros/no-definition', head, `${name} has no definition: what it stands for is missing.`), null);
  if (computed !== undefined && /^(?:1|t|true)$/i.test(computed.text.trim()))
    return (remark('macros/computed', computed.span, `${name} computes its text when the search runs; it stays as it is written.`), null);
  if (Number(count ?? 0) !== args.length)
    remark(
      'macros/argument-count',
      settings.get('args')?.span ?? head,
      `[${written}] takes ${count ?? 'no'} ${count === '1' ? 'argument' : 'arguments'}, and args names ${args.length}. Write [${name}${args.length === 0 ? '' : `(${args.length})`}], or name as many.`,
    );
  const unknown = args.length === 0 ? undefined : [...definition.text.matchAll(/\$(\w+)\$/g)].find(([, argument]) => !args.includes(argument!));
  if (unknown !== undefined) remark('macros/unknown-argument', definition.span, `${unknown[0]} is none of ${name}'s arguments and stays as it is written.`);
  return { name, arguments: args, definition: definition.text };
}

const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((argument) => argument.trim())
    .filter((argument) => argument !== '');

/** Chains of macros of which the last calls the first; each call is followed once. */
function cyclesAmong(macros: readonly Macro[]): readonly (readonly Macro[])[] {
  const known = macroMap(macros);
  const cycles: (readonly Macro[])[] = [];
  const done = new Set<Macro>();
  const follow = (macro: Macro, path: readonly Macro[]): void => {
    const at = path.indexOf(macro);
    if (at !== -1) cycles.push(path.slice(at));
    if (at !== -1 || done.has(macro) || path.length === DEEPEST) return;
    for (const call of callsIn(macro.definition)) {
      const called = macroOf(call, known);
      if (called !== null) follow(called, [...path, macro]);
    }
    done.add(macro);
  };
  for (const macro of macros) follow(macro, []);
  return cycles;
}
