import { readOptions } from './clauses';
import { readExpression } from './expression';
import { expected, isMark, type Reader, readName, takeAs, takeMark, takeWord } from './reader';
import { readTypeName } from './schema';
import type { Column, OpPart } from './tree';

// ( 'parse' | 'parse-where' ) Options Expression 'with' { '*' | string | name [ ':' type ] }
export function readParse(reader: Reader): OpPart {
  const { cursor } = reader;
  const options = readOptions(reader, ['kind', 'flags', 'hint']);
  const of = readExpression(reader);
  if (takeWord(reader, 'with') === null) expected(reader, 'The word `with` and a pattern are missing here.');
  const captures: Column[] = [];
  for (;;) {
    const token = cursor.peek();
    if (token.kind === 'string') takeAs(reader, 'string');
    else if (isMark(reader, '*')) takeAs(reader, 'operator');
    else if (token.kind === 'name' || isMark(reader, '[')) {
      const name = readName(reader, 'The name of a column');
      if (name === null) break;
      captures.push({ ...name, type: takeMark(reader, ':') === null ? 'string' : readTypeName(reader) });
    } else break;
  }
  return { form: 'parse', of, captures, options };
}
