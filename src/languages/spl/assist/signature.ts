import type { Signature } from '../../../model';
import { signatureAt } from '../../../syntax/call';
import { lex } from '../parse/lexer';
import { COMMANDS, functionOf } from '../vocabulary';

/** What the function around a place takes; in a summary of this name the aggregate is meant. */
export function signature(text: string, offset: number): Signature | null {
  const { lexemes } = lex(text);
  const before = lexemes.filter(({ end, kind }) => end <= offset && kind !== 'end');
  const pipe = before.findLastIndex(({ kind }) => kind === '|' || kind === '[');
  const command = before[pipe + 1];
  const name = command === undefined ? '' : text.slice(command.start, command.end).toLowerCase();
  return signatureAt(text, lexemes, offset, (called) => functionOf(called, COMMANDS.get(name)?.form === 'stats'));
}
