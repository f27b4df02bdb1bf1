import type { Diagnostic, Fix, Severity, Span } from '../../../model';
import { nearest } from '../../../syntax/nearest';
import type { EqlCode } from '../diagnostics';
import type { CallNode, CompareNode, EventNode, ItemNode, MatchNode, Node, PipeNode, QueryNode, SeriesNode } from '../tree';
import vocabulary from '../vocabulary.json';

/** s text, n number, b truth value, z null; a: not known. In a signature also i address (a text or field), l a literal text, `.` repeats the letter before. */
type Type = 's' | 'n' | 'b' | 'z' | 'a';
const NAMES: Readonly<Record<string, string>> = { s: 'a text', n: 'a number', b: 'a condition', z: 'null', i: 'an address', l: 'a text in quotes' };

type Remark = (code: EqlCode, severity: Severity, span: Span, message: string, fix?: Fix) => void;

const FUNCTIONS = new Map(
  vocabulary.functions.map(([name, signature, least, most, returns]) => [
    (name as string).toLowerCase(),
    { name: name as string, signature: signature as string, least: least as number, most: most as number, returns: returns as Type },
  ]),
);

/** What Elasticsearch refuses of a query that is well formed: types, arguments, series, pipes. */
export function typeErrors(query: QueryNode): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const remark: Remark = (code, severity, { start, end }, message, fix) =>
    found.push({ code, severity, span: { start, end }, message, ...(fix === undefined ? null : { fix }) });
  if (query.body?.kind === 'event') {
    checkCategory(query.body.event, remark);
    checkCondition(query.body.event.condition, remark, 'warning');
  } else if (query.body !== null) checkSeries(query.body, remark);
  for (const pipe of query.pipes) checkPipe(pipe, remark);
  return found;
}

/** Any word may be a category; a longer one that is a slip away from one there is was probably meant to be it. */
function checkCategory({ category }: EventNode, remark: Remark): void {
  const written = category.text;
  const known: readonly string[] = vocabulary.categories;
  const meant = known.includes(written) || written.length < 4 ? undefined : nearest(written, known);
  if (meant === undefined) return;
  const at = { start: category.start, end: category.end };
  remark('eql/unknown-category', 'warning', at, `ECS has no category \`${written}\`; \`${meant}\` was probably meant.`, {
    title: `Write ${meant}`,
    edits: [{ span: at, text: meant }],
  });
}

function checkSeries(series: SeriesNode, remark: Remark): void {
  const items = series.items.filter(({ role }) => role === 'item');
  for (const node of series.by) typeOf(node, remark);
  for (const item of series.items) {
    checkCategory(item.event, remark);
    checkCondition(item.event.condition, remark);
    for (const node of item.by) typeOf(node, remark);
    checkItem(series, item, item === items.at(-1), remark);
  }
  const first = items[0];
  if (items.length === 1 && first!.runs === null && series.kind !== 'join')
    remark(
      'eql/short-sequence',
      'error',
      { start: series.start, end: series.start + series.kind.length },
      `A ${series.kind} needs two items at least; of one event write \`${first!.event.category.text} where …\` alone.`,
    );
  for (const item of series.items) {
    if (first === undefined || item.isMissing || item.by.length === first.by.length) continue;
    remark('eql/by-count', 'error', item, `This item is joined by ${item.by.length} fields, the first one by ${first.by.length}.`);
  }
}

function checkItem(series: SeriesNode, item: ItemNode, isLast: boolean, remark: Remark): void {
  if (!item.isMissing) return;
  const bang = { start: item.start, end: item.start + 1 };
  if (series.kind !== 'sequence') remark('eql/missing-event', 'error', bang, 'Only a sequence may ask that an event is missing.');
  else if (isLast && series.maxspan === null) remark('eql/missing-event', 'error', bang, 'A sequence that ends with a missing event needs `with maxspan=…`.');
}

function checkPipe(pipe: PipeNode, remark: Remark): void {
  const name = pipe.name.text.toLowerCase();
  const known = [...vocabulary.pipes, ...vocabulary.oldPipes].find((row) => row[0] === name);
  if (name === '') return;
  if (known === undefined) return remark('eql/unknown-pipe', 'error', pipe.name, 'No such pipe: expected `head` or `tail`.');
  const [, takes, least, most] = known as [string, string, number, number, string];
  if (vocabulary.oldPipes.some((row) => row[0] === name))
    remark('eql/unknown-pipe', 'warning', pipe.name, `\`${name}\` is a pipe of an older dialect; Elasticsearch has \`head\` and \`tail\`.`);
  if (pipe.of.length < least || pipe.of.length > most) remark('eql/arguments', 'error', pipe.name, `\`${name}\` takes ${countText(least, most)}.`);
  for (const node of pipe.of) {
    const type = typeOf(node, remark);
    if (takes === 'n' && (node.kind !== 'number' || !/^\d+$/.test(node.source))) remark('eql/wrong-type', 'error', node, `\`${name}\` takes a whole number.`);
    if (takes === 'f' && (node.kind === 'number' || node.kind === 'text')) remark('eql/wrong-type', 'error', node, `\`${name}\` takes fields.`);
    if (takes === 'b' && type !== 'a' && type !== 'b') remark('eql/wrong-type', 'error', node, 'Expected a condition.');
  }
}

const countText = (least: number, most: number): string =>
  most === 99
    ? `at least ${least} argument${least === 1 ? '' : 's'}`
    : least === most
      ? `${least} argument${least === 1 ? '' : 's'}`
      : `${least} to ${most} arguments`;

/** A condition must be true or false. A whole condition that is a lone value selects nothing, which is no fault of its form. */
function checkCondition(node: Node, remark: Remark, severity: Severity = 'error'): void {
  const type = typeOf(node, remark);
  if (type === 's' || type === 'n') remark('eql/wrong-type', severity, node, `Expected a condition; this is ${NAMES[type]}.`);
}

function typeOf(node: Node, remark: Remark): Type {
  switch (node.kind) {
    case 'and':
    case 'or':
      for (const part of node.of) checkCondition(part, remark);
      return 'b';
    case 'not':
      checkCondition(node.of, remark);
      return 'b';
    case 'compare':
      return compareType(node, remark);
    case 'match':
      return matchType(node, remark);
    case 'call':
      return callType(node, remark);
    case 'arithmetic':
      for (const part of node.of) {
        const type = typeOf(part, remark);
        if (type === 's' || type === 'b') remark('eql/wrong-type', 'error', part, `Expected a number; this is ${NAMES[type]}.`);
      }
      return 'n';
    case 'text':
      return 's';
    case 'number':
      return 'n';
    case 'constant':
      return node.source === 'null' ? 'z' : 'b';
    case 'relation':
      if (node.condition !== null) checkCondition(node.condition, remark);
      return 'b';
    case 'field':
    case 'variable':
    case 'lost':
      return 'a';
    default:
      return node satisfies never;
  }
}

function compareType(node: CompareNode, remark: Remark): Type {
  const [left, right] = [typeOf(node.left, remark), typeOf(node.right, remark)];
  const isOrder = node.op !== '==' && node.op !== '!=';
  if (isOrder && (left === 'b' || right === 'b')) remark('eql/wrong-type', 'error', node, `Conditions have no order to compare by \`${node.op}\`.`);
  else if (left !== right && left !== 'a' && right !== 'a' && left !== 'z' && right !== 'z')
    remark('eql/wrong-type', 'error', node, `${capital(NAMES[left])} is never equal to ${NAMES[right]}.`);
  return 'b';
}

const capital = (text = ''): string => text.charAt(0).toUpperCase() + text.slice(1);

function matchType(node: MatchNode, remark: Remark): Type {
  const left = typeOf(node.left, remark);
  const isPattern = node.op === 'like' || node.op === ':';
  if (node.op !== 'in' && left !== 'a' && left !== 's' && !(isPattern && left === 'n'))
    remark('eql/wrong-type', 'error', node.left, `\`${node.op}\` compares texts; this is ${NAMES[left]}.`);
  for (const value of node.of) {
    const type = typeOf(value, remark);
    if (node.op === 'in') {
      if (type !== left && type !== 'a' && left !== 'a' && type !== 'z' && left !== 'z')
        remark('eql/wrong-type', 'error', value, `Expected ${NAMES[left]}; this is ${NAMES[type]}.`);
    } else if (type !== 's' && !(isPattern && value.kind === 'number')) {
      remark('eql/wrong-type', 'error', value, `\`${node.op}\` takes texts in quotes${isPattern ? ' or numbers' : ''}.`);
    }
  }
  return 'b';
}

function callType(node: CallNode, remark: Remark): Type {
  const known = FUNCTIONS.get(node.name.text.toLowerCase());
  const types = node.of.map((argument) => typeOf(argument, remark));
  if (known === undefined) {
    remark('eql/unknown-function', 'warning', node.name, `No function \`${node.name.text.slice(0, 40)}\` is known.`);
    return 'a';
  }
  if (node.of.length < known.least || node.of.length > known.most) {
    remark('eql/arguments', 'error', node.name, `\`${known.name}\` takes ${countText(known.least, known.most)}.`);
    return known.returns;
  }
  node.of.forEach((argument, index) => {
    const wanted = letterAt(known.signature, index);
    if (!fits(wanted, types[index]!, argument)) remark('eql/wrong-type', 'error', argument, `\`${known.name}\` takes ${NAMES[wanted]} here.`);
  });
  return known.returns;
}

const letterAt = (signature: string, index: number): string => {
  const letter = signature[Math.min(index, signature.length - 1)]!;
  return letter === '.' ? signature.at(-2)! : letter;
};

function fits(wanted: string, type: Type, argument: Node): boolean {
  if (argument.kind === 'lost' || wanted === 'a') return true;
  if (wanted === 'l') return argument.kind === 'text';
  return type === 'a' || type === 'z' || type === (wanted === 'i' ? 's' : wanted);
}
