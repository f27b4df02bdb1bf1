import { close, expected, isMark, type Reader, readName, remark, skip, takeMark, want } from './reader';
import type { Column } from './tree';

const TYPES: ReadonlySet<string> = new Set(
  'string long int real double float bool boolean datetime date timespan time guid uuid uniqueid decimal dynamic int8 int16 int32 int64 uint8 uint16 uint uint32 uint64 ulong byte char'.split(
    ' ',
  ),
);

// Columns = '(' [ Column { ',' Column } ] ')'     Column = name ':' type
export function readColumns(reader: Reader): readonly Column[] {
  if (takeMark(reader, '(') === null) {
    expected(reader, 'The columns are missing here: `(name: type, …)`.');
    return [];
  }
  const columns: Column[] = [];
  while (!isMark(reader, ')') && !reader.cursor.isEnd()) {
    const name = readName(reader, 'The name of a column');
    if (name === null) {
      skip(reader);
      break;
    }
    if (takeMark(reader, ':') === null) expected(reader, 'A colon and the type of the column are missing here.');
    columns.push({ ...name, type: readTypeName(reader) });
    if (takeMark(reader, ',') === null) break;
  }
  if (!isMark(reader, ')') && !reader.cursor.isEnd()) {
    expected(reader, 'A comma or the closing bracket is missing here.');
    skip(reader);
  }
  close(reader, ')');
  return columns;
}

/** The name of a type, '' with a remark when there is none. */
export function readTypeName(reader: Reader): string {
  want(reader, 'type');
  const token = reader.cursor.peek();
  if (token.kind === 'name') {
    if (!TYPES.has(token.text))
      remark(
        reader,
        'kusto/unknown-type',
        token,
        `\`${token.text}\` is no type; types are string, long, int, real, bool, datetime, timespan, guid, decimal and dynamic.`,
      );
    return readName(reader, 'A type', 'constant')!.name;
  }
  expected(reader, 'A type is missing here, such as `string` or `long`.');
  return '';
}
