import type { Diagnostic, Severity, Span } from '../../../model';
import { canHold, ecsFieldOf } from '../../../knowledge/ecs';
import type { EsqlRemark } from '../diagnostics';
import type { Assignment, Body, Node, Pipeline } from '../tree';
import vocabulary from '../vocabulary.json';

const FUNCTIONS: ReadonlySet<string> = new Set(vocabulary.functions.map(([name]) => name!));
const SOURCES: ReadonlySet<string> = new Set(vocabulary.commands.flatMap(([name, role]) => (role === 'source' ? [name!] : [])));

type Remark = (code: EsqlRemark, severity: Severity, span: Span, message: string) => void;

/** Remarks on a query that is well formed: its first command, functions, and what may not mean what it seems to. */
export function check(pipeline: Pipeline): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const remark: Remark = (code, severity, { start, end }, message) => found.push({ code, severity, span: { start, end }, message });
  const first = pipeline.commands[0];
  if (first === undefined) remark('esql/no-source', 'error', { start: pipeline.start, end: pipeline.start }, 'Expected a source: `from`, `row` or `show`.');
  else if (!SOURCES.has(first.name) && first.name !== 'unknown')
    remark('esql/no-source', 'error', first.word, 'A query begins with a source: `from`, `row` or `show`.');
  checkPipeline(pipeline, remark);
  return found;
}

function checkPipeline(pipeline: Pipeline, remark: Remark): void {
  pipeline.commands.forEach(({ name, word, body }, index) => {
    if (index > 0 && SOURCES.has(name)) remark('esql/syntax', 'error', word, `\`${name}\` can only stand first.`);
    checkBody(body, remark);
  });
}

function checkBody(body: Body, remark: Remark): void {
  const assignments = (items: readonly Assignment[]): void => {
    for (const { value, condition } of items) {
      visit(value, remark);
      if (condition !== null) visit(condition, remark);
    }
  };
  switch (body.kind) {
    case 'where':
      return visit(body.condition, remark);
    case 'assign':
      return assignments(body.of);
    case 'stats':
      return assignments([...body.of, ...body.by]);
    case 'from':
    case 'fork':
      for (const branch of body.branches) checkPipeline(branch, remark);
      return;
    case 'extract':
      return visit(body.input, remark);
    case 'join':
    case 'columns':
    case 'rename':
    case 'enrich':
    case 'completion':
    case 'plain':
      return;
    default:
      body satisfies never;
  }
}

function visit(node: Node, remark: Remark): void {
  switch (node.kind) {
    case 'and':
    case 'or':
      if (node.kind === 'or') checkNot(node.of, remark);
      return node.of.forEach((part) => visit(part, remark));
    case 'arithmetic':
    case 'list':
      return node.of.forEach((part) => visit(part, remark));
    case 'not':
    case 'cast':
    case 'null-test':
      return visit(node.of, remark);
    case 'call':
      if (!FUNCTIONS.has(node.name.text.toLowerCase()))
        remark('esql/unknown-function', 'warning', node.name, `No function \`${node.name.text.slice(0, 40)}\` is known.`);
      return node.of.forEach((part) => visit(part, remark));
    case 'compare':
      visit(node.left, remark);
      visit(node.right, remark);
      if (/^(?:==|!=)$/.test(node.sign)) {
        checkKinds(node.left, [node.right], remark);
        checkStar(node.right, node.sign, remark);
      }
      return;
    case 'match':
      visit(node.left, remark);
      for (const value of node.of) {
        visit(value, remark);
        if (node.op === 'like' && value.kind === 'text' && value.value.text.length > 1 && value.value.text.startsWith('*')) {
          remark('esql/leading-wildcard', 'info', value, 'A pattern that starts with a star makes the search read every term of the field.');
        }
      }
      if (node.op === 'in') checkKinds(node.left, node.of, remark);
      return;
    case 'field':
    case 'text':
    case 'number':
    case 'timespan':
    case 'parameter':
    case 'star':
    case 'constant':
    case 'map':
    case 'lost':
      return;
    default:
      node satisfies never;
  }
}

function checkStar(node: Node, sign: string, remark: Remark): void {
  if (node.kind !== 'text' || node.value.text.length < 2 || !/^\*|\*$/.test(node.value.text)) return;
  remark('esql/plain-star', 'info', node, `A star after \`${sign}\` is a plain character; \`like\` reads it as a wildcard.`);
}

/** `not f == a or f == b` excludes the first value only. */
function checkNot(parts: readonly Node[], remark: Remark): void {
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    if (part.kind !== 'not' || part.closed || part.of.closed || next === undefined) return;
    const field = nameOf(part.of);
    if (field === null || field !== nameOf(next)) return;
    remark(
      'esql/not-covers-one',
      'warning',
      { start: part.start, end: part.start + 3 },
      '`not` covers only the first comparison: for both write `not (… or …)`.',
    );
  });
}

const nameOf = (node: Node): string | null => ((node.kind === 'compare' || node.kind === 'match') && node.left.kind === 'field' ? node.left.name : null);

function checkKinds(left: Node, values: readonly Node[], remark: Remark): void {
  const known = left.kind === 'field' ? ecsFieldOf(left.name) : undefined;
  if (known === undefined) return;
  const isText = known.type === 'keyword' || known.type === 'wildcard' || known.type === 'text';
  for (const value of values) {
    const text = value.kind === 'text' ? value.value.text : value.kind === 'number' ? value.source : null;
    if (text === null || (canHold(known.type, text) && !(isText && value.kind === 'number'))) continue;
    const hint = isText ? `\`${known.name}\` holds texts: write "${text}".` : `\`${known.name}\` holds ${known.type} values; "${text.slice(0, 60)}" is none.`;
    remark('esql/wrong-kind', 'warning', value, hint);
  }
}
