import type { Hover } from '../../../model';
import { ecsFieldOf } from '../../../knowledge/ecs';
import { lex, tokensOf } from '../parse/lexer';
import { callHelp } from '../../../syntax/call';
import vocabulary from '../vocabulary.json';
import { functionOf } from '../vocabulary';

/** What stands at an offset: a field with its type, or what a function, word or sign means. */
export function hover(text: string, offset: number): Hover | null {
  const tokens = tokensOf(text, lex(text));
  const at = tokens.findIndex(({ start, end }) => start <= offset && offset < end);
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.type === 'field') {
    let [first, last] = [at, at];
    while (tokens[first - 1]?.type === 'field' && tokens[first - 1]!.end === tokens[first]!.start) first--;
    while (tokens[last + 1]?.type === 'field' && tokens[last + 1]!.start === tokens[last]!.end) last++;
    const span = { start: tokens[first]!.start, end: tokens[last]!.end };
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
