import type { Diagnostic, Macro, Span } from '../../../model';
import { type Lexed, lex, type Mode, type SplLexeme } from './lexer';

/** A macro as it is used: "`name(a, b)`". */
interface MacroCall {
  readonly name: string;
  readonly arguments: readonly string[];
}

/** The call a macro's text, with its backticks, makes. Arguments lose the quotes around them. */
export function callOf(text: string): MacroCall {
  const inner = text.slice(1, text.length > 1 && text.endsWith('`') ? -1 : undefined).trim();
  const open = inner.indexOf('(');
  if (open === -1) return { name: inner, arguments: [] };
  const list = inner.slice(open + 1, inner.endsWith(')') ? -1 : undefined);
  return { name: inner.slice(0, open).trim(), arguments: argumentsOf(list) };
}

/** The macros that a text of SPL calls, in order. */
export const callsIn = (text: string): readonly MacroCall[] =>
  lex(text).lexemes.flatMap(({ kind, start, end, open }) => (kind === 'macro' && !open ? [callOf(text.slice(start, end))] : []));

/** Splits at commas that stand in no quotes and no parentheses. */
function argumentsOf(list: string): readonly string[] {
  const found: string[] = [];
  let from = 0;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at <= list.length; at++) {
    const character = list[at];
    if (character === '\\') at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '(') depth++;
    else if (!isQuoted && character === ')') depth--;
    else if (character === undefined || (character === ',' && depth === 0 && !isQuoted)) {
      found.push(
        list
          .slice(from, at)
          .trim()
          .replace(/^"(.*)"$/s, '$1'),
      );
      from = at + 1;
    }
  }
  return found.length === 1 && found[0] === '' ? [] : found;
}

/** The macro a call means; null when none of this name takes so many arguments. */
export function macroOf({ name, arguments: values }: MacroCall, macros: ReadonlyMap<string, Macro>): Macro | null {
  const macro = macros.get(`${name}(${values.length})`) ?? macros.get(name);
  return macro?.arguments.length === values.length ? macro : null;
}

/** The text a call stands for, arguments put in; null when no such macro is known. */
export function definitionOf(call: MacroCall, macros: ReadonlyMap<string, Macro>): string | null {
  const macro = macroOf(call, macros);
  if (macro === null) return null;
  const { arguments: values } = call;
  if (values.length === 0) return macro.definition;
  return macro.definition.replace(/\$(\w+)\$/g, (written, argument: string) => values[macro.arguments.indexOf(argument)] ?? written);
}

/** Definitions inside definitions that are followed; Splunk follows no more (limits.conf, max_macro_depth). */
export const DEEPEST = 100;

/** Tokens that definitions may add to one query. */
const MOST_ADDED = 20_000;

/** A query's tokens with those of its macros' definitions put in, each placed at the macro that brought it; and what cannot be expanded. */
export function expandTokens(
  text: string,
  { lexemes, comments }: Lexed,
  macros: ReadonlyMap<string, Macro>,
): { readonly lexed: Lexed; readonly remarks: readonly Diagnostic[] } {
  const whole: SplLexeme[] = [];
  const remarks: Diagnostic[] = [];
  const unknown = new Map<string, Span>();
  let added = 0;
  let isFull = false;
  let isTooDeep = false;

  const expand = (written: string, mode: Mode, at: SplLexeme, path: readonly string[]): SplLexeme[] | null => {
    if (isFull) return [];
    const call = callOf(written);
    const definition = definitionOf(call, macros);
    const span = { start: at.start, end: at.end };
    if (definition === null) {
      if (!unknown.has(call.name)) unknown.set(call.name, span);
      return null;
    }
    if (path.includes(call.name)) {
      remarks.push({
        code: 'spl/macro-cycle',
        severity: 'error',
        span,
        message: `The definition of ${call.name} leads back to itself: ${[...path, call.name].join(' → ')}.`,
      });
      return null;
    }
    if (path.length === DEEPEST) {
      if (!isTooDeep)
        remarks.push({
          code: 'spl/macro-limit',
          severity: 'error',
          span,
          message: `Macros are used in each other's definitions more than ${DEEPEST} deep here.`,
        });
      isTooDeep = true;
      return null;
    }
    const inner: SplLexeme[] = [];
    for (const token of lex(definition, mode).lexemes) {
      if (token.kind === 'end' || token.kind === 'stray') continue;
      if (++added > MOST_ADDED) {
        if (!isFull)
          remarks.push({
            code: 'spl/macro-limit',
            severity: 'error',
            span,
            message: `Macros expand to more than ${MOST_ADDED.toLocaleString('en')} words here; the rest is not read.`,
          });
        isFull = true;
        return inner;
      }
      const nested = token.kind === 'macro' ? expand(definition.slice(token.start, token.end), token.mode ?? mode, at, [...path, call.name]) : null;
      if (nested !== null) for (const one of nested) inner.push(one);
      else {
        const { kind, glued, type } = token;
        const own = definition.slice(token.start, token.end);
        inner.push({ kind: kind === '|' ? 'inner |' : kind, start: at.start, end: at.end, glued, type, text: own, macro: call.name });
      }
    }
    return inner;
  };

  for (const lexeme of lexemes) {
    const tokens =
      lexeme.kind === 'macro' && lexeme.open === undefined ? expand(text.slice(lexeme.start, lexeme.end), lexeme.mode ?? 'broad', lexeme, []) : null;
    if (tokens === null) whole.push(lexeme);
    else if (lexeme.mode === 'command') whole.push({ ...lexeme, expanded: true }, ...tokens);
    else for (const one of tokens) whole.push(one);
  }
  const [first] = unknown;
  if (first !== undefined) remarks.push(unknownRemark([...unknown.keys()], first[1]));
  return { lexed: { lexemes: whole, comments }, remarks };
}

/** One remark for all macros nobody knows: what they add is not in the analysis. */
function unknownRemark(names: readonly string[], span: Span): Diagnostic {
  const others =
    names.length === 1
      ? ''
      : names.length === 2
        ? ` and ${names[1]}`
        : ` and ${names.length - 1} more (${names.slice(1, 5).join(', ')}${names.length > 5 ? ' …' : ''})`;
  return {
    code: 'spl/unknown-macro',
    severity: 'info',
    span,
    message: `No definition is known for ${names[0]}${others}: what ${names.length === 1 ? 'it adds' : 'they add'} is not part of the analysis.`,
  };
}
