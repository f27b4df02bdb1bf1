import type { Assignment as Made, Literal, Measure, Operand, Operation, SortKey, Source, Span } from '../../../model';
import { placeOf, unread } from '../../../syntax/predicates';
import type { Assignment, Body, Command, Node, Pattern } from '../tree';
import { lower, operandOf, type Lowering } from './condition';
import { withAssigned } from './made';
import { nameOf, partsOf } from './names';

const sourceOf = (pattern: Pattern): Source => ({ name: pattern.text, span: placeOf(pattern) });
const column = (work: Lowering, pattern: Pattern): Extract<Operand, { kind: 'field' }> => {
  const operand = operandOf(work, { kind: 'field', name: pattern.text, start: pattern.start, end: pattern.end });
  return operand.kind === 'field' ? operand : { kind: 'field', name: pattern.text, span: placeOf(pattern) };
};

/** What a command does to rows, exactly; one unread operation where that is not modelled. */
export function operationsOf(work: Lowering, { name, word, body, start, end }: Command): readonly Operation[] {
  const span = { start, end };
  const operand = (node: Node): Operand => operandOf(work, node);
  const unmodelled = unread(span, name === 'unknown' ? 'syntax-error' : 'unmodelled', name === 'unknown' ? undefined : `command ${name.slice(0, 40)}`);
  switch (body.kind) {
    case 'from':
      // Subqueries are branches of their own beside the indices.
      return [{ kind: 'read', span, sources: body.sources.map(sourceOf) }];
    case 'where':
      return [{ kind: 'filter', span, predicate: lower(work, body.condition) }];
    case 'assign': {
      const assign: Operation = { kind: 'assign', span, of: inOrder(work, body.of), inOrder: true };
      return name === 'row' ? [{ kind: 'rows', span, columns: [], rows: [[]] }, assign] : [assign];
    }
    case 'stats':
      return [
        {
          kind: 'aggregate',
          span,
          how: name === 'stats' ? 'group' : 'beside',
          measures: body.of.map((item) => measureOf(work, item)),
          by: body.by.map((item) => assignmentOf(work, item)),
        },
      ];
    case 'columns': {
      if (name === 'mv_expand') return [{ kind: 'expand', span, of: body.of.map((pattern) => ({ ...sourceOf(pattern), value: column(work, pattern) })) }];
      return [{ kind: name === 'drop' ? 'drop' : 'keep', span, names: body.of.map(({ text }) => text) }];
    }
    case 'rename':
      return [
        {
          kind: 'rename',
          span,
          of: body.of.map(({ from, to }) => ({
            from: from.text,
            to: to.text,
            span: { start: Math.min(from.start, to.start), end: Math.max(from.end, to.end) },
          })),
        },
      ];
    case 'extract': {
      const patterns = body.patterns.map(operand);
      const [first = null] = patterns;
      const pattern: Operand | null =
        patterns.length < 2 ? first : { kind: 'list', span: { start: patterns[0]!.span.start, end: patterns.at(-1)!.span.end }, of: patterns };
      return [
        {
          kind: 'extract',
          span,
          how: name,
          from: operand(body.input),
          pattern,
          makes: body.made.map(sourceOf),
          ...(body.options.length === 0
            ? null
            : { options: body.options.map((option) => ({ name: option.name, value: option.value.kind === 'text' ? option.value.value.text : '' })) }),
        },
        ...body.options.filter(({ value }) => value.kind !== 'text').map(({ value }) => unread(value, 'unmodelled', 'setting')),
      ];
    }
    case 'parts': {
      const makes = partsOf(name).map((part) => ({ name: `${body.target.text}.${part}`, span: placeOf(body.target) }));
      const extract: Operation = { kind: 'extract', span, how: name, from: operand(body.input), pattern: null, makes };
      return body.options === null ? [extract] : [extract, unread(body.options, 'unmodelled', `settings of ${name}`)];
    }
    case 'enrich': {
      if (body.policy === null) return [unmodelled];
      const key = body.on === null ? null : column(work, body.on);
      return [
        {
          kind: 'lookup',
          span,
          table: body.policy.text,
          on: key === null ? [] : [{ left: key, right: key }],
          makes: body.made.map(({ from, text, ...place }) => ({ from, to: text, span: placeOf(place) })),
        },
      ];
    }
    case 'join': {
      const { index, alias, on } = body;
      if (index === null || alias !== null || name !== 'lookup join') return [unmodelled];
      const keys = on.map((node) => equalityOf(work, node));
      if (keys.some((key) => key === null)) return [unread(span, 'unmodelled', 'a join by conditions')];
      return [{ kind: 'lookup', span, table: index.text, on: keys.filter((key) => key !== null), makes: [] }];
    }
    case 'fork':
      return [unread(span, 'unmodelled', 'command fork')];
    case 'completion':
      return [
        { kind: 'assign', span, of: [answerOf(work, span, body)] },
        ...body.clauses.map((clause) => unread(clause, 'unmodelled', 'settings of completion')),
      ];
    case 'rerank':
    case 'change-point':
    case 'plain':
      return name === 'dedup' && end === word.end ? [{ kind: 'distinct', span, by: [] }] : [unmodelled];
    case 'sort':
      return [{ kind: 'sort', span, by: body.of.map((key) => sortKeyOf(work, key)) }];
    case 'limit':
      if (name === 'sample') return [unread(span, 'unknown', 'a random sample')];
      return [{ kind: 'limit', span, count: operand(body.count), ...(body.by.length === 0 ? null : { by: body.by.map(operand) }) }];
    default:
      return body satisfies never;
  }
}

/** Assignments of which each sees the columns made before it. */
function inOrder(work: Lowering, items: readonly Assignment[]): readonly Made[] {
  let { columns } = work;
  return items.map((item) => {
    const made = assignmentOf({ ...work, columns }, item);
    columns = withAssigned({ ...work, columns }, item);
    return made;
  });
}

const assignmentOf = (work: Lowering, item: Assignment): Made => ({
  name: nameOf(work.text, item),
  span: placeOf(item.name ?? item.value),
  value: operandOf(work, item.value),
});

/** A measure's place is its name and the function's. A measure that computes with several functions is an expression over them. */
function measureOf(work: Lowering, item: Assignment): Measure {
  const { value, condition } = item;
  const where = condition === null ? null : { where: lower(work, condition) };
  const name = nameOf(work.text, item);
  if (value.kind !== 'call') return { name, span: placeOf(item.name ?? value), fn: 'expression', args: [operandOf(work, value)], ...where };
  const args = value.of.flatMap((argument) => (argument.kind === 'star' ? [] : [operandOf(work, argument)]));
  return { name, span: { start: (item.name ?? value).start, end: value.name.end }, fn: value.name.text.toLowerCase(), args, ...where };
}

/** Nulls count as greater than any value. */
const sortKeyOf = (work: Lowering, { of, isDescending, nulls }: Extract<Body, { kind: 'sort' }>['of'][number]): SortKey => ({
  of: operandOf(work, of),
  descending: isDescending,
  nulls: nulls ?? (isDescending ? 'first' : 'last'),
});

/** `on a`, or `on a == b`; null for any other condition. */
function equalityOf(work: Lowering, node: Node): Extract<Operation, { kind: 'lookup' }>['on'][number] | null {
  if (node.kind === 'field') {
    const key = column(work, { text: node.name, start: node.start, end: node.end });
    return { left: key, right: key };
  }
  if (node.kind !== 'compare' || node.op !== '==' || node.left.kind !== 'field' || node.right.kind !== 'field') return null;
  const { left, right } = node;
  return {
    left: column(work, { text: left.name, start: left.start, end: left.end }),
    right: { kind: 'field', name: right.name, span: placeOf(right) },
  };
}

/** A language model's answer is in no text. */
function answerOf(work: Lowering, span: Span, { target, prompt }: Extract<Body, { kind: 'completion' }>): Made {
  const note: Literal = { kind: 'literal', span: placeOf(prompt), type: 'string', text: 'completion' };
  return {
    name: target?.text ?? note.text,
    span: placeOf(target ?? prompt),
    value: unread(prompt, 'unknown', 'a language model’s answer', work.text.slice(span.start, span.end)),
  };
}
