import type { Analysis, Completion, FieldRef, Predicate, Span, Stage, Test, Value } from '../../src/model';

/** An analysis as the plain text that case files expect: one line a fact, the tree by indentation. */
export function renderAnalysis(text: string, analysis: Analysis): string {
  const lines: string[] = [];
  for (const stage of analysis.stages) renderStage(text, stage, '', lines);
  renderPredicate(analysis.predicate, 0, lines);
  for (const source of analysis.sources) lines.push(`from ${source.name}`);
  for (const { stage, text: term } of analysis.terms) lines.push(`term ${stage + 1} ${term}`);
  for (const binding of analysis.bindings) {
    lines.push(`let ${binding.name} ${binding.kind}${binding.value === '' ? '' : ` = ${oneLine(binding.value)}`}`);
    for (const stage of binding.stages ?? []) renderStage(text, stage, '  ', lines);
  }
  for (const output of analysis.outputs)
    lines.push(`output ${output.name}${output.source === output.name ? '' : ` = ${oneLine(output.source)}`}${output.used ? ' (used)' : ''}`);
  if (analysis.groupBy.length > 0) lines.push(`group by ${analysis.groupBy.join(', ')}`);
  for (const time of analysis.times) lines.push(`${time.kind} ${time.text}`);
  for (const { code, severity, span, message, fix } of analysis.diagnostics)
    lines.push(`${severity} ${code} ${quoted(text, span)}: ${message}${fix === undefined ? '' : ` [${fix.title}]`}`);
  return lines.join('\n');
}

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
    stage.role === 'opaque' ? ' [opaque]' : '',
    stage.derives === undefined || stage.derives.length === 0 ? '' : ` derives ${stage.derives.map(({ name }) => name).join(', ')}`,
    stage.groupBy === undefined || stage.groupBy.length === 0 ? '' : ` by ${stage.groupBy.map(({ name }) => name).join(', ')}`,
    (stage.parameters ?? []).map(({ name, value }) => ` {${name}: ${oneLine(value)}}`).join(''),
  ].join('');
  lines.push(`${indent}| ${stage.kind}${notes}  ‹${oneLine(text.slice(stage.span.start, stage.span.end))}›`);
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
      lines.push(indent + predicate.kind);
      for (const part of predicate.of) renderPredicate(part, depth + 1, lines);
      return;
    case 'not':
      lines.push(`${indent}not`);
      renderPredicate(predicate.of, depth + 1, lines);
      return;
    case 'opaque':
      lines.push(`${indent}opaque ${predicate.reason}${predicate.note === undefined ? '' : ` (${predicate.note})`}`);
      return;
    case 'test':
      lines.push(indent + renderTest(predicate));
      return;
    default:
      predicate satisfies never;
  }
}

function renderTest({ field, op, values, caseSensitive, every, token, modifiers, macro }: Test): string {
  const notes = [
    caseSensitive ? 'case' : '',
    every ? 'every' : '',
    token ? 'token' : '',
    ...(modifiers ?? []),
    macro === undefined ? '' : `from \`${macro}\``,
  ].filter((note) => note !== '');
  return [fieldText(field), op, values.map(valueText).join(', '), notes.length > 0 ? `(${notes.join(', ')})` : ''].filter((part) => part !== '').join(' ');
}

const fieldText = (field: FieldRef | null): string =>
  field === null ? '·' : `${(field.transforms ?? []).map((name) => `${name}:`).join('')}${field.name}${field.derived ? '′' : ''}`;

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
