import type { Context, Naming, Span } from '../../../model';
import { MACROS, macroMap } from '../../../knowledge/macros';
import { columnNamings, madeBy, type Said, starredName } from '../../../syntax/column-namings';
import { analyse } from '../analyse';
import { lex, type SplLexeme } from '../parse/lexer';
import { callOf, definitionOf } from '../parse/macros';
import { parse } from '../parse/parser';

const SHIPPED = macroMap(MACROS);

/** The macros a query calls, which get their names elsewhere, and the fields it makes. */
export function namings(text: string, context: Context): readonly Naming[] {
  const lexed = lex(text);
  parse(text, lexed);
  const functions = new Set(lexed.lexemes.flatMap(({ type, start }) => (type === 'function' ? [start] : [])));
  const { stages } = analyse(text, { languages: context.languages });
  return [
    ...macroNamings(text, lexed.lexemes),
    ...columnNamings(text, madeBy(stages), saidIn(text, lexed.lexemes, context.macros ?? SHIPPED), ({ start }) => !functions.has(start)),
  ];
}

function macroNamings(text: string, lexemes: readonly SplLexeme[]): readonly Naming[] {
  const calls = new Map<string, Span[]>();
  for (const { kind, start, end } of lexemes) {
    if (kind !== 'macro') continue;
    const { name } = callOf(text.slice(start, end));
    const at = text.indexOf(name, start);
    if (name === '' || at < start || at >= end) continue;
    const span = { start: at, end: at + name.length };
    if (calls.has(name)) calls.get(name)!.push(span);
    else calls.set(name, [span]);
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

/** Commands whose words are also columns of something else than the events. */
const SHARING: ReadonlyMap<string, string> = new Map([
  ['lookup', 'A lookup table may have a column of this name.'],
  ['foreach', 'foreach may make other names of this one.'],
]);
/** Options whose value is a field. */
const NAMING_OPTION = /field$|^(?:input|output)$/i;

const RESERVED = 'and or not xor in like by as where from over output outputnew with true false null'.split(' ');
const UNKNOWN_MACRO = 'A macro whose definition is not known may say it.';

/** What the words of a query are to the names of fields. */
function saidIn(text: string, lexemes: readonly SplLexeme[], macros: NonNullable<Context['macros']>): Said {
  const places = new Map<string, Span[]>();
  const doubts = new Map<string, string>();
  const patterns: RegExp[] = [];
  let unsure: string | null = null;
  let command = 'search';
  let depth = 0;
  lexemes.forEach((token, at) => {
    const { kind, type, start, end } = token;
    const written = text.slice(start, end);
    if (kind === '[') depth++;
    if (kind === ']') depth--;
    if (type === 'key') command = written.toLowerCase();
    else if (kind === 'macro') {
      const definition = definitionOf(callOf(written), macros);
      if (definition === null) unsure = UNKNOWN_MACRO;
      for (const [name] of `${written} ${definition ?? ''}`.matchAll(/[A-Za-z_]\w*/g)) doubts.set(name, 'A macro here has a word of this name.');
    } else if (kind === 'word' || kind === 'string' || kind === 'quoted') {
      const quote = kind === 'word' ? 0 : 1;
      const span = { start: start + quote, end: Math.max(start + quote, end - (token.open === true ? 0 : quote)) };
      const name = text.slice(span.start, span.end);
      const isAlias = lexemes[at - 1]?.type === 'keyword';
      if (type === 'field' || kind === 'quoted' || isAlias || isNamingOption(text, lexemes, at)) {
        const doubt = depth > 0 ? 'A subsearch says it too.' : isAlias ? undefined : SHARING.get(command);
        if (doubt !== undefined) doubts.set(name, doubt);
        if (name.includes('*')) patterns.push(starredName(name));
        else if (places.has(name)) places.get(name)!.push(span);
        else places.set(name, [span]);
      } else if (isUncertain(command, token)) doubts.set(name, 'It also stands where it may be a text.');
      if (kind === 'string') for (const [, inner] of name.matchAll(/\$(\w+)\$/g)) doubts.set(inner!, 'A text takes its value in.');
    }
  });
  return { places, doubts, patterns, unsure, reserved: RESERVED };
}

const isNamingOption = (text: string, lexemes: readonly SplLexeme[], at: number): boolean => {
  const option = lexemes[at - 2];
  return lexemes[at]!.type === 'constant' && option !== undefined && lexemes[at - 1]!.kind === '=' && NAMING_OPTION.test(text.slice(option.start, option.end));
};

/** Whether a word that is painted as no field may be one all the same. What is compared in a search, and a text in an expression, is a value. */
const isUncertain = (command: string, { kind, type }: SplLexeme): boolean =>
  type !== 'function' &&
  type !== 'keyword' &&
  type !== 'number' &&
  type !== 'modifier' &&
  type !== 'regex' &&
  command !== 'search' &&
  !((command === 'where' || command === 'eval') && kind === 'string');
