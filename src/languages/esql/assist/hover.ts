import type { Context, Hover, Source } from '../../../model';
import { elasticSourceOf } from '../../../knowledge/elastic-indexes';
import { ecsFieldOf } from '../../../knowledge/ecs';
import { analyse } from '../lower/analyse';
import { lex } from '../parse/lexer';
import { nameAround } from '../../../syntax/dotted-name';
import { callHelp } from '../../../syntax/call';
import vocabulary from '../vocabulary.json';
import { functionOf } from '../vocabulary';

/** What stands at an offset: a field with its type, a column with what made it, or what a command, function, word or sign means. */
export function hover(text: string, offset: number, context: Context): Hover | null {
  const { tokens, stages, sources } = analyse(text, context);
  const at = tokens.findIndex(({ start, end }) => start <= offset && offset < end);
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.type === 'field') {
    const lexemes = lex(text);
    const index = lexemes.findIndex(({ start }) => start === token.start);
    if (index < 0) return null;
    const span = nameAround(lexemes, index);
    const name = text.slice(span.start, span.end).replaceAll('`', '');
    const made = stages.flatMap(({ derives }) => derives ?? []).findLast((field) => field.name === name && field.span.start <= offset);
    if (made !== undefined)
      return {
        span,
        text: `\`${name}\` is made by this query:\n\n\`${text.slice(made.expression.start, Math.min(made.expression.end, made.expression.start + 200))}\``,
      };
    const known = ecsFieldOf(name);
    return {
      span,
      text: known === undefined ? `\`${name}\` is no core field of the Elastic Common Schema.` : `\`${known.name}\` · ${known.type}\n\n${known.help}`,
    };
  }
  const index = aboutIndex(offset, sources);
  if (index !== null) return index;
  const span = { start: token.start, end: token.end };
  const source = text.slice(token.start, token.end).toLowerCase();
  if (token.type === 'key') {
    const stage = stages.find((candidate) => candidate.span.start <= token.start && token.end <= candidate.span.end);
    const known = vocabulary.commands.find(([name]) => name === (stage?.kind ?? source));
    return known === undefined ? null : { span, text: `\`${known[0]}\`\n\n${known[2]}` };
  }
  const called = token.type === 'function' ? functionOf(source) : undefined;
  if (called !== undefined) return { span, text: callHelp(called) };
  const known = [...vocabulary.keywords, ...vocabulary.operators].find(([name]) => name === source);
  return known === undefined ? null : { span, text: `\`${known[0]}\`\n\n${known[1]}` };
}

/** What an index pattern of the query holds, where that is known. */
function aboutIndex(offset: number, sources: readonly Source[]): Hover | null {
  const source = sources.find(({ span }) => span.start <= offset && offset < span.end);
  const known = source === undefined ? undefined : elasticSourceOf(source.name);
  if (source === undefined || known === undefined) return null;
  const facts = [
    known.providers.length === 0 ? '' : `Events of ${known.providers.join(', ')}.`,
    known.platforms.length === 0 ? '' : `Platform: ${known.platforms.join(', ')}.`,
    known.domains.length === 0 ? '' : `Domain: ${known.domains.join(', ')}.`,
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? null : { span: source.span, text: `\`${source.name}\`\n\n${facts.join(' ')}` };
}
