import { readOptions, readSortKey } from './clauses';
import { readExpression, readNamed } from './expression';
import { readList } from './list';
import { close, expected, isMark, type Reader, readName, skip, takeAs, takeMark, takeWord } from './reader';
import { readColumns } from './schema';
import type { Expr, OpPart, ScanStep } from './tree';

// 'scan' Options [ 'order' 'by' … ] [ 'partition' 'by' … ] [ 'declare' Columns ] 'with' '(' { Step } ')'
export function readScan(reader: Reader): OpPart {
  const options = readOptions(reader, ['with_match_id', 'with_step_name', 'hint']);
  for (const word of ['order', 'partition']) {
    if (takeWord(reader, word) === null) continue;
    if (takeWord(reader, 'by') === null) expected(reader, 'The word `by` is missing here.');
    readList(reader, () => readSortKey(reader, readNamed), ['with', 'declare', 'partition']);
  }
  const declared = takeWord(reader, 'declare') === null ? [] : readColumns(reader);
  if (takeWord(reader, 'with') === null || takeMark(reader, '(') === null) {
    expected(reader, 'The steps are missing here: `with (step s: condition;)`.');
    return { form: 'scan', declared, steps: [], options };
  }
  const steps: ScanStep[] = [];
  while (takeWord(reader, 'step') !== null) {
    const step = readStep(reader);
    if (step !== null) steps.push(step);
    if (takeMark(reader, ';') !== null) continue;
    expected(reader, 'A semicolon is missing after the step.');
    skip(reader);
    if (takeMark(reader, ';') === null) break;
  }
  close(reader, ')');
  return { form: 'scan', declared, steps, options };
}

// Step = 'step' name [ 'optional' ] [ 'output' '=' name ] ':' Expression [ '=>' Named { ',' Named } ] ';'
function readStep(reader: Reader): ScanStep | null {
  const name = readName(reader, 'The name of the step', 'macro');
  if (name === null) return null;
  takeWord(reader, 'optional');
  if (takeWord(reader, 'output') !== null && takeMark(reader, '=') !== null) takeAs(reader, 'modifier');
  if (takeMark(reader, ':') === null) expected(reader, 'A colon is missing between the name of the step and its condition.');
  const condition = readExpression(reader);
  const set: readonly Expr[] = isMark(reader, '=>') ? (reader.cursor.next(), readList(reader, () => readNamed(reader))) : [];
  return { name, condition, set };
}
