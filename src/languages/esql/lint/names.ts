import { counterpartOf } from '../../../knowledge/counterparts';
import type { Diagnostic, Severity, Span } from '../../../model';
import { countFault } from '../../../syntax/call';
import { nearest } from '../../../syntax/nearest';
import type { EsqlCode } from '../diagnostics';
import type { Body, Command, Node, Pipeline } from '../tree';
import { FUNCTION_NAMES, functionOf } from '../vocabulary';
import vocabulary from '../vocabulary.json';

const SOURCES: ReadonlySet<string> = new Set(vocabulary.commands.flatMap(([name, role]) => (role === 'source' ? [name!] : [])));

type Remark = (code: EsqlCode, severity: Severity, span: Span, message: string) => void;

/** Remarks on names: a query begins with a source, and its functions are known. */
export function checkNames(pipeline: Pipeline): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const remark: Remark = (code, severity, { start, end }, message) => void found.push({ code, severity, span: { start, end }, message });
  const sources = pipeline.commands.filter(({ name }) => name !== 'set');
  const [first] = sources;
  if (first === undefined) remark('esql/no-source', 'error', { start: pipeline.start, end: pipeline.start }, 'Expected a source: `from`, `row` or `show`.');
  else if (!SOURCES.has(first.name) && first.name !== 'unknown')
    remark('esql/no-source', 'error', first.word, 'A query begins with a source: `from`, `row` or `show`.');
  for (const { name, word } of sources.slice(1)) if (SOURCES.has(name)) remark('esql/syntax', 'error', word, `\`${name}\` can only stand first.`);
  for (const { body } of commandsIn(pipeline))
    for (const node of nodesIn(body)) if (node.kind === 'call' && !node.name.text.startsWith('?')) checkCall(node, remark);
  return found;
}

/** A call of a function that there is, with as many arguments as it takes. */
function checkCall({ name: { text, start, end }, of }: Extract<Node, { kind: 'call' }>, remark: Remark): void {
  const known = functionOf(text);
  if (known !== undefined) {
    const fault = of.some(isBroken) ? null : countFault(known, of.length);
    return fault === null ? undefined : remark('esql/arguments', 'warning', { start, end }, fault);
  }
  const name = text.slice(0, 40);
  const meant = counterpartOf('esql', name, 'functions', 'aggregates') ?? nearest(name, FUNCTION_NAMES);
  remark('esql/unknown-function', 'warning', { start, end }, `No function \`${name}\` is known.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`);
}

/** What could not be read says nothing of how many arguments are meant. */
const isBroken = (node: Node): boolean => node.kind === 'lost' || (node.kind === 'arithmetic' && node.of.some(({ kind }) => kind === 'lost'));

/** Every command of a pipeline and of those inside it. */
export function commandsIn(pipeline: Pipeline): readonly Command[] {
  return pipeline.commands.flatMap((command) => {
    const { body } = command;
    const branches =
      body.kind === 'from' || body.kind === 'fork' ? body.branches : nodesIn(body).flatMap((node) => (node.kind === 'subquery' ? [node.pipeline] : []));
    return [command, ...branches.flatMap(commandsIn)];
  });
}

/** Every node of a command's expressions, outer ones first. */
function nodesIn(body: Body): readonly Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    found.push(node);
    switch (node.kind) {
      case 'and':
      case 'or':
      case 'arithmetic':
      case 'call':
      case 'list':
      case 'tuple':
        return node.of.forEach(visit);
      case 'not':
      case 'cast':
      case 'null-test':
      case 'lambda':
        return visit(node.of);
      case 'compare':
        visit(node.left);
        return visit(node.right);
      case 'match':
        visit(node.left);
        return node.of.forEach(visit);
      case 'map':
        return node.entries.forEach(({ value }) => visit(value));
      case 'field':
      case 'text':
      case 'number':
      case 'timespan':
      case 'parameter':
      case 'star':
      case 'constant':
      case 'subquery':
      case 'lost':
        return;
      default:
        node satisfies never;
    }
  };
  rootsOf(body).forEach(visit);
  return found;
}

function rootsOf(body: Body): readonly Node[] {
  switch (body.kind) {
    case 'where':
      return [body.condition];
    case 'assign':
      return body.of.map(({ value }) => value);
    case 'stats':
      return [...body.of.flatMap(({ value, condition }) => (condition === null ? [value] : [value, condition])), ...body.by.map(({ value }) => value)];
    case 'extract':
      return [body.input];
    case 'parts':
      return [body.input];
    case 'completion':
      return [body.prompt, ...body.clauses];
    case 'rerank':
      return [body.prompt, ...body.on.map(({ value }) => value), ...body.clauses];
    case 'change-point':
      return [body.value, ...body.clauses];
    case 'sort':
      return body.of.map(({ of }) => of);
    case 'limit':
      return [body.count, ...body.by];
    case 'join':
      return body.on;
    case 'from':
    case 'columns':
    case 'rename':
    case 'enrich':
    case 'fork':
    case 'plain':
      return [];
    default:
      return body satisfies never;
  }
}
