import type { Analysis, Completion, Diagnostic, Operand, Operation, Predicate, Printed, Span, Stage, Test, Value } from '../../src/model';
import { subjectOf, valuesOf } from '../../src/syntax/classify';
import { globText } from '../../src/syntax/glob';

/** An analysis as the plain text that case files expect: one line a fact, the tree by indentation. */
export function renderAnalysis(text: string, analysis: Analysis): string {
  const lines: string[] = [];
  for (const stage of analysis.stages) renderStage(text, stage, '', lines);
  renderPredicate(analysis.predicate, 0, lines);
  for (const source of analysis.sources) lines.push(`from ${source.name}`);
  for (const { stage, text: term, negated } of analysis.terms) lines.push(`term ${stage + 1} ${negated ? 'not ' : ''}${term}`);
  for (const binding of analysis.bindings) {
    lines.push(`let ${binding.name} ${binding.kind}${binding.value === '' ? '' : ` = ${oneLine(binding.value)}`}`);
    for (const stage of binding.stages ?? []) renderStage(text, stage, '  ', lines);
  }
  for (const output of analysis.outputs)
    lines.push(`output ${output.name}${output.source === output.name ? '' : ` = ${oneLine(output.source)}`}${output.used ? ' (used)' : ''}`);
  if (analysis.groupBy.length > 0) lines.push(`group by ${analysis.groupBy.join(', ')}`);
  for (const time of analysis.times) lines.push(`${time.kind} ${time.text}`);
  return [...lines, ...renderDiagnostics(text, analysis.diagnostics)].join('\n');
}

/** Remarks, one a line: severity, code, place, what it covers, what is said, the fix. */
export const renderDiagnostics = (text: string, diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(
    ({ code, severity, span, message, fix }) => `${severity} ${code} ${quoted(text, span)}: ${message}${fix === undefined ? '' : ` [${fix.title}]`}`,
  );

/** What a language gives for a predicate: its condition, or a line for each refusal. */
export const renderPrinted = (text: string, printed: Printed): string =>
  'text' in printed ? printed.text : printed.refused.map(({ span, why }) => `refused: ${quoted(text, span)}: ${why}`).join('\n');

export function renderCompletion(completion: Completion): string {
  const lines = completion.items.slice(0, 12).map(({ label, kind }) => `${kind} ${label}`);
  if (completion.fields) lines.push('fields');
  if (completion.valuesOf !== undefined) lines.push(`valuesOf ${completion.valuesOf}`);
  return lines.length > 0 ? lines.join('\n') : 'nothing';
}

function renderStage(text: string, stage: Stage, indent: string, lines: string[]): void {
  const notes = [
    stage.label === undefined ? '' : ` (${stage.label})`,
    stage.evidence === undefined ? '' : ` [${stage.evidence}]`,
    stage.role === 'unread' ? ' [unread]' : '',
    stage.derives === undefined || stage.derives.length === 0 ? '' : ` derives ${stage.derives.map(({ name }) => name).join(', ')}`,
    stage.groupBy === undefined || stage.groupBy.length === 0 ? '' : ` by ${stage.groupBy.map(({ name }) => name).join(', ')}`,
    (stage.parameters ?? []).map(({ name, value }) => ` {${name}: ${oneLine(value)}}`).join(''),
  ].join('');
  lines.push(`${indent}| ${stage.kind}${notes}  ‹${oneLine(text.slice(stage.span.start, stage.span.end))}›`);
  for (const operation of stage.operations ?? []) lines.push(`${indent}  > ${operationText(operation)}`);
  for (const branch of stage.branches ?? []) {
    lines.push(`${indent}  [${branch.name}`);
    for (const inner of branch.stages) renderStage(text, inner, `${indent}    `, lines);
    lines.push(`${indent}  ]`);
  }
}

function renderPredicate(predicate: Predicate, depth: number, lines: string[]): void {
  const indent = '  '.repeat(depth);
  switch (predicate.kind) {
    case 'all':
    case 'any':
      if (depth === 0 && predicate.kind === 'all' && predicate.of.length === 0) return;
      lines.push(`${indent}${predicate.kind}${predicate.kind === 'all' && predicate.same !== undefined ? ` of one ${predicate.same.name}` : ''}`);
      for (const part of predicate.of) renderPredicate(part, depth + 1, lines);
      return;
    case 'not':
      lines.push(`${indent}not`);
      renderPredicate(predicate.of, depth + 1, lines);
      return;
    case 'unread':
      lines.push(`${indent}unread ${predicate.reason}${predicate.note === undefined ? '' : ` (${predicate.note})`}`);
      return;
    case 'test':
      lines.push(indent + renderTest(predicate));
      return;
    default:
      predicate satisfies never;
  }
}

function renderTest(test: Test): string {
  const { left, compare, word, every, over, modifiers, macro, missing } = test;
  const subject = subjectOf(left);
  const notes = [
    test.case === 'exact' ? 'case' : '',
    every ? 'every' : '',
    over === undefined ? '' : 'all values',
    compare === 'token' && left !== null ? 'token' : '',
    compare === 'filled' || compare === 'empty' ? compare : '',
    ...(modifiers ?? []),
    missing === 'false' ? '' : `absent: ${missing}`,
    macro === undefined ? '' : `from \`${macro}\``,
  ].filter((note) => note !== '');
  const name =
    subject === null
      ? '·'
      : `${subject.written ?? subject.name}${subject.derived ? '′' : ''}${subject.of === undefined || subject.of === subject.name ? '' : ` of ${subject.of}`}`;
  return [name, word, valuesOf(test).map(valueText).join(', '), notes.length > 0 ? `(${notes.join(', ')})` : ''].filter((part) => part !== '').join(' ');
}

function valueText({ text, type, wild, origin, secret }: Value): string {
  const shown = JSON.stringify(text);
  const marks = [
    type === 'string' ? '' : type,
    wild === undefined || wild.length === 0 ? '' : `wild ${wild.join(' ')}`,
    origin === undefined ? '' : `from ${origin}`,
    secret ? 'secret' : '',
  ].filter((mark) => mark !== '');
  return marks.length > 0 ? `${shown}<${marks.join(', ')}>` : shown;
}

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 60)} … ${line.slice(-36)}` : line;
};
const quoted = (text: string, { start, end }: Span): string => `${start}-${end} ‹${oneLine(text.slice(start, end))}›`;

/** An operand as exactly as it is held: functions by their table name, texts quoted, unread parts told. */
function operandText(operand: Operand): string {
  switch (operand.kind) {
    case 'field':
      return `${operand.name}${operand.derived ? '′' : ''}`;
    case 'literal':
      return operand.type === 'string' ? JSON.stringify(operand.text) : operand.text;
    case 'glob':
      return `glob ${JSON.stringify(globText(operand.parts, operand.letters).text)}`;
    case 'regex':
      return `/${operand.text}/${operand.flags}`;
    case 'time':
      return `time ${operand.text}`;
    case 'call':
      return `${operand.fn}(${operand.args.map(operandText).join(', ')})`;
    case 'list':
      return `[${operand.of.map(operandText).join(', ')}]`;
    case 'condition':
      return `{${conditionText(operand.of)}}`;
    case 'unread':
      return `unread ${operand.reason}${operand.note === undefined ? '' : ` (${operand.note})`}`;
    default:
      return operand satisfies never;
  }
}

function conditionText(predicate: Predicate): string {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.length === 0
        ? predicate.kind === 'all'
          ? 'true'
          : 'false'
        : `(${predicate.of.map(conditionText).join(predicate.kind === 'all' ? ' and ' : ' or ')})${predicate.kind === 'all' && predicate.same !== undefined ? ` of one ${predicate.same.name}` : ''}`;
    case 'not':
      return `not ${conditionText(predicate.of)}`;
    case 'test':
      return renderTest(predicate);
    case 'unread':
      return operandText(predicate);
    default:
      return predicate satisfies never;
  }
}

/** One step: its kind, then all it holds, in the order of the model; places are left out. */
function operationText(operation: Operation): string {
  if (operation.kind === 'unread') return operandText(operation);
  const { kind, span: _, ...held } = operation;
  return [kind, ...Object.entries(held).map(([name, value]) => `${name} ${heldText(value)}`)].join(' · ');
}

function heldText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(heldText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : JSON.stringify(value);
  const node = value as { readonly kind?: string; readonly stages?: unknown; readonly name?: string };
  if (node.stages !== undefined) return `‹${node.name ?? ''}›`;
  if (node.kind !== undefined && ['all', 'any', 'not', 'test'].includes(node.kind)) return `{${conditionText(node as Predicate)}}`;
  if (node.kind !== undefined) return operandText(node as Operand);
  return Object.entries(value)
    .filter(([name]) => name !== 'span' && name !== 'operator')
    .map(([name, inner]) => (name === 'name' || name === 'value' ? heldText(inner) : `${name} ${heldText(inner)}`))
    .join(' ');
}
