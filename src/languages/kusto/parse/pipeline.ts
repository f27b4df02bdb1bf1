import type { Span } from '../../../model';
import type { Expr, Op, Pipeline } from '../tree';
import { isQueryStart } from './lookahead';
import { readOperator } from './operators';
import { type OpenPipeline, type Reader, expected, isCommand, isMark, remark, skip, unexpected, want } from './reader';

/** Expressions that can stand before a pipe. */
function isTabular(expr: Expr): boolean {
  return (
    expr.kind === 'group' ||
    expr.kind === 'name' ||
    expr.kind === 'path' ||
    expr.kind === 'call' ||
    expr.kind === 'query' ||
    expr.kind === 'datatable' ||
    expr.kind === 'external' ||
    expr.kind === 'star'
  );
}

// Piped = ( Expression | Operator ) { '|' Operator }
/** Reads on from `source`, or from an operator when it is null; an expression that no pipe follows stays what it is. */
export function pipedFrom(reader: Reader, source: Expr | null): Expr {
  if (source !== null && (!isMark(reader, '|') || !isTabular(source))) return source;
  const pipeline = readOperators(reader, source, source === null);
  return { kind: 'query', span: pipeline.span, pipeline };
}

/** A sub-query that works on rows it is given and so begins with an operator, as in `mv-apply x on (where y)`. */
export function readSubPipeline(reader: Reader): Pipeline {
  return readOperators(reader, null, true);
}

/** Reads operators to the end of the pipeline. What cannot be read is skipped to the next pipe and stands as an unknown operator, so that those before it stay as they are. */
export function readOperators(reader: Reader, source: Expr | null, startsAtOnce: boolean): Pipeline {
  const { cursor } = reader;
  const start = source?.span.start ?? cursor.peek().start;
  const ops: Op[] = [];
  const open: OpenPipeline = { source, ops };
  reader.pipelines.push(open);
  let isFirst = startsAtOnce;
  for (;;) {
    if (isFirst || isMark(reader, '|')) {
      if (!isFirst) cursor.next();
      isFirst = false;
      const op = readOperator(reader);
      if (op !== null) ops.push(op);
      continue;
    }
    want(reader, 'pipe');
    if (cursor.isEnd() || isMark(reader, ';')) break;
    const token = cursor.peek();
    if (reader.depth === 0 && isQueryStart(reader)) break;
    if (isCommand(token)) {
      if (reader.failedAt !== token.start) {
        reader.failedAt = token.start;
        remark(reader, 'kusto/missing-pipe', { start: token.start, end: token.end }, `A pipe is missing before \`${token.text}\`.`, {
          title: 'Insert a pipe',
          edits: [{ span: { start: token.start, end: token.start }, text: '| ' }],
        });
      }
      const op = readOperator(reader);
      if (op !== null) ops.push(op);
      continue;
    }
    if (isMark(reader, ')') || isMark(reader, ']') || isMark(reader, '}')) {
      if (reader.depth > 0) break;
      unexpected(reader, `This \`${token.text}\` closes nothing.`);
      cursor.next();
      continue;
    }
    expected(reader, 'This does not belong to the step before it; a pipe, an operator or a comma may be missing.');
    const skipped = skip(reader) ?? takeOne(reader);
    ops.push({ kind: 'unknown', word: skipped, span: skipped, options: [], form: 'unknown', isLoose: true });
  }
  reader.pipelines.pop();
  return { span: { start, end: Math.max(start, cursor.last) }, source, ops };
}

function takeOne(reader: Reader): Span {
  const { start, end } = reader.cursor.next();
  return { start, end };
}
