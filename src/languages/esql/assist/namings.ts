import type { Context, Naming, Span } from '../../../model';
import { columnNamings, madeBy, type Said, starredName } from '../../../syntax/column-namings';
import { isNamePart, nameAround } from '../../../syntax/dotted-name';
import { placeOf } from '../../../syntax/predicates';
import { commandsIn } from '../lint/names';
import { analyse } from '../lower/analyse';
import { type EsqlLexeme, lex } from '../parse/lexer';
import { parse } from '../parse/parser';
import vocabulary from '../vocabulary.json';

/** The columns a query makes; a renamed one is made where it gets the other name. */
export function namings(text: string, context: Context): readonly Naming[] {
  const lexemes = lex(text);
  const renamed = commandsIn(parse(text, lexemes).pipeline).flatMap(({ body, start, end }) =>
    body.kind === 'rename' ? body.of.map(({ to }) => ({ name: to.text, span: placeOf(to), reads: { start, end } })) : [],
  );
  return columnNamings(
    text,
    [...madeBy(analyse(text, context).stages), ...renamed],
    saidIn(
      text,
      lexemes.filter(({ kind }) => kind !== 'comment'),
    ),
    () => true,
  );
}

/** Commands whose words are also columns of another table. */
const SHARING: ReadonlySet<string> = new Set(['lookup', 'join', 'enrich', 'left', 'right']);

const RESERVED: readonly string[] = vocabulary.keywords.flatMap(([word]) => word!.split(' '));

/** What the words of a query are to the names of columns. */
function saidIn(text: string, lexemes: readonly EsqlLexeme[]): Said {
  const places = new Map<string, Span[]>();
  const doubts = new Map<string, string>();
  const patterns: RegExp[] = [];
  let unsure: string | null = null;
  let command = '';
  const isStar = (lexeme: EsqlLexeme | undefined): boolean => lexeme !== undefined && text.slice(lexeme.start, lexeme.end) === '*';
  for (let at = 0; at < lexemes.length; at++) {
    const lexeme = lexemes[at]!;
    const before = lexemes[at - 1];
    // A text is a value, but the first argument of a function may be a query with names in it.
    if ((lexeme.kind === 'string' || lexeme.kind === 'raw') && before?.kind === '(')
      for (const [name] of text.slice(lexeme.start, lexeme.end).matchAll(/[A-Za-z_][\w.]*/g)) doubts.set(name, 'A text that may be a query says it too.');
    if (!isNamePart(lexeme)) continue;
    if (before === undefined || before.kind === '|') command = text.slice(lexeme.start, lexeme.end).toLowerCase();
    if (command === 'fork') unsure = 'A fork leads rows several ways.';
    const span = nameAround(lexemes, at);
    while (lexemes[at + 1] !== undefined && lexemes[at + 1]!.end <= span.end && lexemes[at + 1]!.kind !== 'end') at++;
    const after = lexemes[at + 1];
    if (after?.kind === '(') continue;
    const name = text.slice(span.start, span.end).replaceAll('`', '');
    const [opens, goesOn] = [isStar(before) && before!.end === span.start, isStar(after) && after!.start === span.end];
    if (opens || goesOn) patterns.push(starredName(`${opens ? '*' : ''}${name}${goesOn ? '*' : ''}`));
    else {
      const isQuoted = lexeme.kind === 'quoted-name' && name.length === span.end - span.start - 2;
      const place = isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
      if (places.has(name)) places.get(name)!.push(place);
      else places.set(name, [place]);
    }
    if (SHARING.has(command)) doubts.set(name, 'Another table may have a column of this name.');
  }
  return { places, doubts, patterns, unsure, reserved: RESERVED };
}
