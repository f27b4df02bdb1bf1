import type { Expr } from '../tree';
import { COMPARISONS } from '../vocabulary';
import type { KustoLexeme } from './lexer';
import { isCommand, nested, type Reader, readAs, readName, remark, takeAs } from './reader';

/* What other languages write otherwise: told where it stands, with what is written here, and read as that. */

/** Comments as SQL and C write them, where a statement begins: each is told and passed over. */
export function takeForeignComments(reader: Reader): void {
  const { cursor, text } = reader;
  for (;;) {
    const { start } = cursor.peek();
    const opener = text.slice(start, start + 2);
    if (opener !== '--' && opener !== '/*') return;
    remark(reader, 'kusto/foreign-comment', { start, end: start + 2 }, `\`${opener}\` begins no comment here: write \`//\` before each of its lines.`);
    const close = opener === '/*' ? text.indexOf('*/', start + 2) : text.indexOf('\n', start);
    const end = close < 0 ? text.length : close + (opener === '/*' ? 2 : 0);
    while (!cursor.isEnd() && cursor.peek().start < end) takeAs(reader, 'comment');
  }
}

/** Whether what follows a word on its line can be asked of. */
export const isOperand = ({ kind, text, breaks }: KustoLexeme): boolean =>
  breaks === 0 && (kind === 'string' || (kind === 'name' && !COMPARISONS.has(text) && text !== 'and' && text !== 'or'));

/** `not a == b`, `!(a == b)`: read as `not(a == b)`, and told. */
export function readBareNot(reader: Reader): Expr {
  const { start, end } = takeAs(reader, 'keyword');
  const nameSpan = { start, end };
  const isSign = end - start === 1;
  const of = nested(reader, () => (isSign ? reader.grammar.unary(reader) : reader.grammar.comparison(reader)));
  if (of === null) return { kind: 'error', span: nameSpan };
  if (isSign)
    remark(reader, 'kusto/foreign-word', nameSpan, '`!` stands before no bracket here: write `not( … )`.', {
      title: 'Write not( … )',
      edits: [{ span: nameSpan, text: 'not' }],
    });
  else
    remark(reader, 'kusto/foreign-word', nameSpan, '`not` is a function: its condition stands in brackets, `not( … )`.', {
      title: 'Write not( … )',
      edits: [
        { span: { start: end, end: of.span.start }, text: '(' },
        { span: { start: of.span.end, end: of.span.end }, text: ')' },
      ],
    });
  return { kind: 'call', span: { start, end: of.span.end }, name: 'not', nameSpan, args: [of] };
}

/** Operators of other languages that are no words, by what they are here. */
const FOREIGN_SIGNS: ReadonlyMap<string, string> = new Map([
  ['&&', 'and'],
  ['||', 'or'],
  ['=>', '>='],
  [':', '=='],
]);

/** `&&`, `=>`: a sign of another language is remarked, and read as the operator that is meant. */
export function readForeignSign(reader: Reader, token: KustoLexeme): boolean {
  const { cursor } = reader;
  if (token.text === ')' || token.text === ',') return false;
  const written = token.text === '=>' || token.text === ':' ? token.text : reader.text.slice(token.start, token.start + 2);
  const meant = FOREIGN_SIGNS.get(written);
  if (meant === undefined || (written === '||' && isCommand(cursor.peek(2)))) return false;
  const span = { start: token.start, end: token.start + written.length };
  remark(reader, 'kusto/foreign-word', span, `\`${written}\` is no operator here: write \`${meant}\`.`, {
    title: `Write ${meant}`,
    edits: [{ span, text: meant }],
  });
  if (token.end < span.end) cursor.next();
  return readAs(cursor.peek(), meant);
}

/** `x is null`, `x is not null`: read as the call that is meant, and told. */
export function readIsNull(reader: Reader, left: Expr): Expr | null {
  const { cursor } = reader;
  const isNegated = cursor.peek(1).text.toLowerCase() === 'not';
  if (cursor.peek(isNegated ? 2 : 1).text.toLowerCase() !== 'null') return null;
  const start = cursor.peek().start;
  for (let taken = isNegated ? 3 : 2; taken > 0; taken--) takeAs(reader, 'operator');
  const nameSpan = { start, end: cursor.last };
  const name = isNegated ? 'isnotempty' : 'isempty';
  const text = reader.text.slice(left.span.start, left.span.end);
  remark(reader, 'kusto/foreign-word', nameSpan, `\`${reader.text.slice(start, cursor.last)}\` is SQL: write \`${name}(${text})\`.`, {
    title: `Write ${name}( … )`,
    edits: [{ span: { start: left.span.start, end: cursor.last }, text: `${name}(${text})` }],
  });
  return { kind: 'call', span: { start: left.span.start, end: cursor.last }, name, nameSpan, args: [left] };
}

/** `count() as c`, as SQL names a column: told, and read as `c = count()`. */
export function readNameBehind(reader: Reader, value: Expr): Expr {
  const { cursor } = reader;
  const [as, name] = [cursor.peek(), cursor.peek(1)];
  if (value.kind !== 'call' || as.text !== 'as' || as.breaks > 0 || name.kind !== 'name') return value;
  takeAs(reader, 'keyword');
  const target = readName(reader, 'A name')!;
  const written = reader.text.slice(value.span.start, value.span.end);
  remark(reader, 'kusto/foreign-word', { start: as.start, end: name.end }, `A column’s name stands before it: \`${target.name} = …\`.`, {
    title: `Write ${target.name} = …`,
    edits: [{ span: { start: value.span.start, end: name.end }, text: `${target.name} = ${written}` }],
  });
  return { kind: 'assign', span: { start: value.span.start, end: name.end }, names: [target], value };
}
