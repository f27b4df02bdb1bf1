import { columnsOfTable, sourceOfTable } from '../../../knowledge/tables';
import type { Hover } from '../../../model';
import { boundIn } from '../lower/environment';
import { columnIn } from '../lower/scope';
import type { KustoLexeme } from '../parse/lexer';
import { parse } from '../parse/parser';
import type { Statement } from '../tree';
import { callHelp } from '../../../syntax/call';
import { ALIASES, COMPARISONS, functionOf, OPERATORS, PLUGINS } from '../vocabulary';
import { placeAt } from './place';
import { shortened } from '../../../syntax/written';

/** Characters that are shown of what a name stands for. */
const LONGEST_LET = 300;

/** Help on the word at a place: an operator, a function, a comparison, a table, a column, a let. */
export function hover(text: string, offset: number): Hover | null {
  const { lexed, statements } = parse(text);
  const at = lexed.lexemes.findIndex(({ start, end }) => start <= offset && offset < end);
  const lexeme = lexed.lexemes[at];
  if (lexeme === undefined || lexeme.kind === 'string' || lexeme.kind === 'number') return null;
  const help = helpOn(text, lexeme, lexed.lexemes[at - 1], lexed.lexemes[at + 1], statements);
  return help === null ? null : { span: { start: lexeme.start, end: lexeme.end }, text: help };
}

function helpOn(
  text: string,
  lexeme: KustoLexeme,
  before: KustoLexeme | undefined,
  after: KustoLexeme | undefined,
  statements: readonly Statement[],
): string | null {
  const word = lexeme.text;
  switch (lexeme.colour) {
    case 'key': {
      const meant = ALIASES.get(word) ?? word;
      const help = OPERATORS.get(meant);
      return help === undefined ? null : `\`${word}\`\n\n${help}`;
    }
    case 'operator':
    case 'keyword': {
      const op = word === 'matches' || (word === 'regex' && before?.text === 'matches') ? 'matches regex' : word;
      const help = COMPARISONS.get(op);
      return help === undefined ? helpOnFunction(word) : `\`${op}\`\n\n${help}`;
    }
    case 'function':
      return helpOnFunction(word) ?? helpOnLet(text, word, statements);
    case 'macro':
      return helpOnLet(text, word, statements);
    case 'constant':
      return helpOnTable(word);
    case 'field':
      return word === '' || after?.text === '(' ? null : helpOnColumn(text, lexeme);
    default:
      return null;
  }
}

function helpOnFunction(word: string): string | null {
  const known = functionOf(word);
  if (known !== undefined) return callHelp(known);
  const help = PLUGINS.get(word) ?? OPERATORS.get(word);
  return help === undefined ? null : `\`${word}\`\n\n${help}`;
}

function helpOnLet(text: string, word: string, statements: readonly Statement[]): string | null {
  const statement = statements.findLast((candidate) => candidate.kind === 'let' && candidate.name.name === word);
  if (statement?.kind !== 'let') return null;
  return `\`${shortened(text.slice(statement.span.start, statement.span.end), LONGEST_LET)}\``;
}

function helpOnTable(word: string): string | null {
  const columns = columnsOfTable(word);
  const source = sourceOfTable(word);
  if (columns === null && source === null) return null;
  const facts = [
    columns === null ? 'A table whose columns are not listed here.' : `A table of ${columns.size} columns.`,
    source === null || source.platforms.length === 0 ? '' : `Platform: ${source.platforms.join(', ')}.`,
    source === null || source.domains.length === 0 ? '' : `Domain: ${source.domains.join(', ')}.`,
    source === null || source.event === '' ? '' : `Events are named by \`${source.event}\`.`,
    source?.isAlert === true ? 'Its rows are alerts of another product.' : '',
  ].filter((fact) => fact !== '');
  return `\`${word}\`\n\n${facts.join(' ')}`;
}

function helpOnColumn(text: string, { start, text: word }: KustoLexeme): string | null {
  const place = placeAt(text, start + 1);
  if (place === null) return null;
  const known = columnIn(place.scope, word);
  if (known === null) return boundIn(place.environment, word) === null ? null : helpOnLet(text, word, place.parsed.openStatements);
  const type = known.type === 'any' ? 'column' : `column, ${known.type}`;
  const made = known.of === undefined ? (place.scope.own.has(word) ? ', made by this query' : '') : `, a copy of \`${known.of}\``;
  return `\`${word}\`\n\n${type[0]!.toUpperCase()}${type.slice(1)}${made}.`;
}
