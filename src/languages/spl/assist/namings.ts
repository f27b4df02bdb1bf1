import type { Context, Naming, Span } from '../../../model';
import { lex } from '../parse/lexer';
import { callOf } from '../parse/macros';

/** The macros a query calls, with their calls: they get their names elsewhere. */
export function namings(text: string, _context: Context): readonly Naming[] {
  const calls = new Map<string, Span[]>();
  for (const { kind, start, end } of lex(text).lexemes) {
    if (kind !== 'macro') continue;
    const { name } = callOf(text.slice(start, end));
    const at = text.indexOf(name, start);
    if (name !== '' && at >= start && at < end) calls.set(name, [...(calls.get(name) ?? []), { start: at, end: at + name.length }]);
  }
  return [...calls].map(([name, uses]) => ({
    name,
    kind: 'macro',
    definition: null,
    uses,
    fixed: 'A macro is defined outside this text: there it gets its name.',
    form: '\\w+',
  }));
}
