import { counterpartOf } from '../../../knowledge/counterparts';
import type { Diagnostic, Fix, Severity, Span } from '../../../model';
import { countFault, countText, typeAt } from '../../../syntax/call';
import { nearest } from '../../../syntax/nearest';
import type { EqlCode } from '../diagnostics';
import type { CallNode, CompareNode, EventNode, ItemNode, MatchNode, Node, PipeNode, QueryNode, SeriesNode } from '../tree';
import { functionOf } from '../vocabulary';
import vocabulary from '../vocabulary.json';

/** The type of a value; any: not known. A function may also want an address (a text or field), or a literal text. */
type Type = 'text' | 'number' | 'condition' | 'null' | 'any';
const NAMES: Readonly<Record<string, string>> = {
  text: 'a text',
  number: 'a number',
  condition: 'a condition',
  null: 'null',
  address: 'an address',
  literal: 'a text in quotes',
};

type Remark = (code: EqlCode, severity: Severity, span: Span, message: string, fix?: Fix) => void;

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
  const [, takes, least, bound] = known as [string, string, number, number | null, string];
  const most = bound ?? Infinity;
  if (vocabulary.oldPipes.some((row) => row[0] === name))
    remark('eql/unknown-pipe', 'warning', pipe.name, `\`${name}\` is a pipe of an older dialect; Elasticsearch has \`head\` and \`tail\`.`);
  if (pipe.of.length < least || pipe.of.length > most) remark('eql/arguments', 'error', pipe.name, `\`${name}\` takes ${countText(least, most)}.`);
  for (const node of pipe.of) {
    const type = typeOf(node, remark);
    if (takes === 'n' && (node.kind !== 'number' || !/^\d+$/.test(node.source))) remark('eql/wrong-type', 'error', node, `\`${name}\` takes a whole number.`);
    if (takes === 'f' && (node.kind === 'number' || node.kind === 'text')) remark('eql/wrong-type', 'error', node, `\`${name}\` takes fields.`);
    if (takes === 'b' && type !== 'any' && type !== 'condition') remark('eql/wrong-type', 'error', node, 'Expected a condition.');
  }
}

/** A condition must be true or false. A whole condition that is a lone value selects nothing, which is no fault of its form. */
function checkCondition(node: Node, remark: Remark, severity: Severity = 'error'): void {
  const type = typeOf(node, remark);
  if (type === 'text' || type === 'number') remark('eql/wrong-type', severity, node, `Expected a condition; this is ${NAMES[type]}.`);
}

function typeOf(node: Node, remark: Remark): Type {
  switch (node.kind) {
    case 'and':
    case 'or':
      for (const part of node.of) checkCondition(part, remark);
      return 'condition';
    case 'not':
      checkCondition(node.of, remark);
      return 'condition';
    case 'compare':
      return compareType(node, remark);
    case 'match':
      return matchType(node, remark);
    case 'call':
      return callType(node, remark);
    case 'arithmetic':
      for (const part of node.of) {
        const type = typeOf(part, remark);
        if (type === 'text' || type === 'condition') remark('eql/wrong-type', 'error', part, `Expected a number; this is ${NAMES[type]}.`);
      }
      return 'number';
    case 'text':
      return 'text';
    case 'number':
      return 'number';
    case 'constant':
      return node.source === 'null' ? 'null' : 'condition';
    case 'relation':
      if (node.condition !== null) checkCondition(node.condition, remark);
      return 'condition';
    case 'field':
    case 'variable':
    case 'lost':
      return 'any';
    default:
      return node satisfies never;
  }
}

function compareType(node: CompareNode, remark: Remark): Type {
  const [left, right] = [typeOf(node.left, remark), typeOf(node.right, remark)];
  const isOrder = node.op !== '==' && node.op !== '!=';
  if (isOrder && (left === 'condition' || right === 'condition'))
    remark('eql/wrong-type', 'error', node, `Conditions have no order to compare by \`${node.op}\`.`);
  else if (left !== right && left !== 'any' && right !== 'any' && left !== 'null' && right !== 'null')
    remark('eql/wrong-type', 'error', node, `${capital(NAMES[left])} is never equal to ${NAMES[right]}.`);
  return 'condition';
}

const capital = (text = ''): string => text.charAt(0).toUpperCase() + text.slice(1);

function matchType(node: MatchNode, remark: Remark): Type {
  const left = typeOf(node.left, remark);
  const isPattern = node.op === 'like' || node.op === ':';
  if (node.op !== 'in' && left !== 'any' && left !== 'text' && !(isPattern && left === 'number'))
    remark('eql/wrong-type', 'error', node.left, `\`${node.op}\` compares texts; this is ${NAMES[left]}.`);
  for (const value of node.of) {
    const type = typeOf(value, remark);
    if (node.op === 'in') {
      if (type !== left && type !== 'any' && left !== 'any' && type !== 'null' && left !== 'null')
        remark('eql/wrong-type', 'error', value, `Expected ${NAMES[left]}; this is ${NAMES[type]}.`);
    } else if (type !== 'text' && !(isPattern && value.kind === 'number')) {
      remark('eql/wrong-type', 'error', value, `\`${node.op}\` takes texts in quotes${isPattern ? ' or numbers' : ''}.`);
    }
  }
  return 'condition';
}

function callType(node: CallNode, remark: Remark): Type {
  const known = functionOf(node.name.text);
  const types = node.of.map((argument) => typeOf(argument, remark));
  if (known === undefined) {
    const meant = counterpartOf('eql', node.name.text, 'functions');
    const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
    remark('eql/unknown-function', 'warning', node.name, `No function \`${node.name.text.slice(0, 40)}\` is known.${hint}`);
    return 'any';
  }
  const gives = known.gives as Type;
  const fault = countFault(known, node.of.length);
  if (fault !== null) {
    remark('eql/arguments', 'error', node.name, fault);
    return gives;
  }
  node.of.forEach((argument, index) => {
    const wanted = typeAt(known, index);
    if (!fits(wanted, types[index]!, argument)) remark('eql/wrong-type', 'error', argument, `\`${known.name}\` takes ${NAMES[wanted]} here.`);
  });
  return gives;
}

function fits(wanted: string, type: Type, argument: Node): boolean {
  if (argument.kind === 'lost' || wanted === 'any') return true;
  if (wanted === 'literal') return argument.kind === 'text';
  return type === 'any' || type === 'null' || type === (wanted === 'address' ? 'text' : wanted);
}
