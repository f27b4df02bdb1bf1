import type { Context, Hover } from '../../../model';
import { isShipped, MACROS, macroMap } from '../../../knowledge/macros';
import { lex, type SplLexeme } from '../parse/lexer';
import { callOf, definitionOf, macroOf } from '../parse/macros';
import { parse } from '../parse/parser';
import { lowerBound } from '../../../syntax/binary-search';
import { callHelp } from '../../../syntax/call';
import { analyse } from '../analyse';
import { nameOf, prefixesOf } from '../lower/lowering-context';
import { functionOf, COMMANDS } from '../vocabulary';
import { modelOf, setsWithField } from './columns';
import { placeAt } from './place-at';

const SHIPPED = macroMap(MACROS);

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    and: 'Both sides must hold. In a search it is the same as a blank and binds loosest; in `where` and `eval` it binds tighter than OR.',
    or: 'One of the sides must hold. In a search OR binds tighter than AND; in `where` and `eval` looser.',
    not: 'What follows must not hold. In a search `NOT field=x` also keeps events without the field; `field!=x` does not.',
    xor: 'Exactly one of the sides must hold.',
    in: 'One of the values in parentheses. In a search they may have stars; in `where` and `eval` they are exact.',
    like: "Fits a pattern in which `%` is any text and `_` one character; letters' case counts.",
    by: 'The fields to group by: one row, or one running count, for each combination of their values.',
    where: 'A search over indexed fields, before anything is counted.',
    from: 'The data model to read.',
    as: 'The name the result gets.',
    output: 'The columns to take from the table; they overwrite fields of the same name.',
    outputnew: 'The columns to take from the table; they only fill fields that have no value.',
  }),
);

/** What a word of SPL means: commands, functions, operators, macros; null elsewhere. */
export function hover(text: string, offset: number, context: Context): Hover | null {
  const lexed = lex(text);
  const token = tokenAt(lexed.lexemes, offset);
  if (token === null) return null;
  parse(text, lexed);
  const word = text.slice(token.start, token.end);
  const explained = token.type === 'field' ? aboutField(text, token, context) : explanationOf(text, token, word, context.macros ?? SHIPPED);
  return explained === null ? null : { span: { start: token.start, end: token.end }, text: explained };
}

function tokenAt(lexemes: readonly SplLexeme[], offset: number): SplLexeme | null {
  const token = lexemes[lowerBound(0, lexemes.length - 1, (at) => lexemes[at]!.end > offset)]!;
  return token.kind !== 'end' && token.start <= offset ? token : null;
}

function explanationOf(text: string, token: SplLexeme, word: string, macros: NonNullable<Context['macros']>): string | null {
  const name = word.toLowerCase();
  switch (token.type) {
    case 'key':
      return COMMANDS.has(name) ? `\`${name}\`\n\n${COMMANDS.get(name)!.help}` : null;
    case 'function': {
      if (name === 'term')
        return '`TERM(x)`\n\nFinds x as one term of the index, its dots, slashes and equals signs included; `TERM(field=value)` finds the pair as it stands in the event.';
      if (name === 'case' && word === 'CASE') return "`CASE(x)`\n\nFinds x with its letters' case.";
      const entry = functionOf(name, isInSummary(text, token));
      return entry === undefined ? null : callHelp({ ...entry, name });
    }
    case 'keyword':
      return WORDS.has(name) ? `\`${word}\`\n\n${WORDS.get(name)}` : null;
    case 'macro': {
      const call = callOf(word);
      const macro = macroOf(call, macros);
      if (macro !== null) return `Macro \`${call.name}\`, ${isShipped(macro) ? 'shipped (ESCU)' : 'your own'}\n\n\`${definitionOf(call, macros)}\``;
      return `Macro \`${call.name}\`\n\nNo definition is known, so what it adds is not part of the analysis.`;
    }
    default:
      return aboutModel(word);
  }
}

/** A data set of a data model, and what its events carry. */
function aboutModel(word: string): string | null {
  const model = modelOf(word);
  if (model === null) return null;
  return `\`${word}\`\n\nA data set of the Common Information Model. Its fields stand behind \`${model.set}.\` in tstats: ${model.fields.slice(0, SHOWN).join(', ')}${model.fields.length > SHOWN ? ' …' : ''}.`;
}

/** Fields of a data set that are named. */
const SHOWN = 12;

/** Whether a function's name stands in the arguments of a summary. */
function isInSummary(text: string, token: SplLexeme): boolean {
  const place = placeAt(text, token.start);
  const [command] = place.before;
  return command !== undefined && COMMANDS.get(place.textOf(command).toLowerCase())?.form === 'stats';
}

/** A field: what made it, or which data models carry it. */
function aboutField(text: string, { start, end }: SplLexeme, context: Context): string | null {
  const name = nameOf(text.slice(start, end).replace(/^["']|["']$/g, ''), prefixesOf(text));
  const made = analyse(text, context)
    .stages.flatMap(({ kind, derives }) => (derives ?? []).map((field) => ({ kind, ...field })))
    .findLast((field) => field.name === name && field.span.start <= start);
  if (made !== undefined) {
    const written = text.slice(made.expression.start, Math.min(made.expression.end, made.expression.start + LONGEST)).trim();
    return `\`${name}\` is made by \`${made.kind}\`${written === name || written === '' ? '.' : `:\n\n\`${written}\``}`;
  }
  const sets = setsWithField(name);
  if (sets.length === 0) return null;
  return `\`${name}\`\n\nA field of the Common Information Model: ${sets.map((set) => set.replaceAll('_', ' ')).join(', ')}.`;
}

/** Characters of an expression that are shown. */
const LONGEST = 200;
