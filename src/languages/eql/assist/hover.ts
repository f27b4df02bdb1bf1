import type { Hover } from '../../../model';
import { ecsFieldOf } from '../../../knowledge/ecs';
import { lex, tokensOf } from '../parse/lexer';
import { nameAround } from '../../../syntax/dotted-name';
import { callHelp } from '../../../syntax/call';
import vocabulary from '../vocabulary.json';
import { functionOf } from '../vocabulary';

/** What stands at an offset: a field with its type, or what a function, word or sign means. */
export function hover(text: string, offset: number): Hover | null {
  const lexemes = lex(text);
  const tokens = tokensOf(text, lexemes);
  const at = tokens.findIndex(({ start, end }) => start <= offset && offset < end);
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.type === 'field') {
    const index = lexemes.findIndex(({ start }) => start === token.start);
    if (index < 0) return null;
    const span = nameAround(lexemes, index);
    const name = text.slice(span.start, span.end).replaceAll('`', '');
    const known = ecsFieldOf(name);
    return {
      span,
      text: known === undefined ? `\`${name}\` is no core field of the Elastic Common Schema.` : `\`${known.name}\` · ${known.type}\n\n${known.help}`,
    };
  }
  const span = { start: token.start, end: token.end };
  const source = text.slice(token.start, token.end).toLowerCase();
  if (token.type === 'function') {
    const known = functionOf(source);
    return known === undefined ? null : { span, text: callHelp(known) };
  }
  const rows: readonly (readonly (string | number | null)[])[] = [...vocabulary.keywords, ...vocabulary.operators, ...vocabulary.pipes, ...vocabulary.oldPipes];
  const known = rows.find((row) => row[0] === source);
  return known === undefined ? null : { span, text: `\`${source}\`\n\n${String(known.at(-1))}` };
}
