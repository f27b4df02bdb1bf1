import { ecsFieldOf } from '../../../knowledge/ecs';
import type { Hover } from '../../../model';
import { lex, tokensOf } from '../parse/lexer';
import vocabulary from '../vocabulary.json';

/** What stands at an offset: a field with its type, or what a word or sign means. */
export function hover(text: string, offset: number): Hover | null {
  const token = tokensOf(text, lex(text)).find(({ start, end }) => start <= offset && offset < end);
  if (token === undefined) return null;
  const span = { start: token.start, end: token.end };
  const source = text.slice(token.start, token.end);
  if (token.type === 'field') {
    const known = ecsFieldOf(source.replace(/^"|"$/g, ''));
    return known === undefined
      ? { span, text: `\`${source}\` is no core field of the Elastic Common Schema.` }
      : { span, text: `\`${known.name}\` · ${known.type}\n\n${known.help}` };
  }
  const known = [...vocabulary.keywords, ...vocabulary.operators].find(([name]) => name === source.toLowerCase());
  return known === undefined ? null : { span, text: `\`${known[0]}\`\n\n${known[1]}` };
}
