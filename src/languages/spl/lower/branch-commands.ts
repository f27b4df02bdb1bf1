import type { Branch, Equality, Operation, Predicate } from '../../../model';
import { allOf, anyOf, isTrue, placeOf, unread } from '../../../syntax/predicates';
import { type Lowered, namesOf, optionsOf } from './commands';
import { lowerExpression } from './expressions';
import { make, remark, withoutFixes } from './lowering-context';
import { lowerSearch } from './search';
import { parseWithin, pipelineWithin } from '../parse/parse-within';
import { type Part, type Asked, notHeld, isWord, isOn } from './command-words';

/** Rows of a lookup table: instead of events, or with `append=t` beside them. */
export function lowerInput({ command, body, flow, span, optionOf, lowerBranch }: Asked): Part {
  const [table] = body.words;
  const source = table === undefined ? [] : [{ name: table.text, span: placeOf(table) }];
  for (const one of source) flow.findings.sources.push(one);
  const predicate = body.where === null ? null : lowerSearch(body.where, flow, lowerBranch);
  const reading: readonly Operation[] = [
    { kind: 'read', span, sources: source },
    ...(predicate === null ? [] : [{ kind: 'filter', span, predicate } as const]),
  ];
  const label = table === undefined ? {} : { label: table.text };
  const demand = predicate === null ? {} : { predicate };
  if (!isOn(optionOf('append'))) return { ...label, ...demand, operations: reading };
  const branch: Branch = { name: command.name, span, stages: [{ kind: command.name, role: 'source', span, operations: reading }] };
  return { ...label, ...demand, ...(predicate === null ? {} : { alternative: predicate }), operations: [{ kind: 'union', span, branches: [branch] }] };
}

/** A transaction's limits are conditions on its first and last event; its rows hold the values of all of them. */
export function lowerTransaction({ command, body, flow, span, lowerBranch }: Asked): Part {
  for (const { name, value } of body.options) if (name === 'maxspan') flow.findings.times.push({ kind: 'maxspan', text: value.text, span: placeOf(value) });
  const quoted = body.options
    .filter(({ name }) => name === 'startswith' || name === 'endswith')
    .flatMap(({ name, value }) => {
      const search = parseWithin(value, flow.findings.diagnostics);
      return search === null ? [] : [{ name, predicate: withoutFixes(flow, () => lowerSearch(search, flow, lowerBranch)) }];
    });
  const written = body.bounds.map(({ name, of }) => ({
    name,
    predicate: of.kind === 'eval' ? lowerExpression(of.expression, flow) : withoutFixes(flow, () => lowerSearch(of.search, flow, lowerBranch)),
  }));
  const tests = [...written, ...quoted];
  const of = namesOf(body.words, flow);
  for (const made of ['duration', 'eventcount']) make(flow, made, 'transaction', command.nameSpan, true);
  return {
    groupBy: of,
    ...(tests.length === 0
      ? null
      : {
          predicate: anyOf(
            tests.map(({ predicate }) => predicate),
            span,
          ),
        }),
    operations: [{ kind: 'own', span, word: command.name, of, tests, ...optionsOf(body.options) }],
  };
}

const OUTER: ReadonlySet<string> = new Set(['outer', 'left']);

/** Subsearches beside or under the present results. What only adds to them demands nothing of events. */
export function lowerBranches(asked: Asked): Part {
  const { command, body, flow, span, lowerBranch, demandOf, optionOf } = asked;
  const { name } = command;
  const mapped = name === 'map' ? pipelineWithin(optionOf('search'), flow.findings.diagnostics) : null;
  const isFresh = flow.isSource;
  const branches = [...body.subsearches, ...(mapped === null ? [] : [mapped])].map((pipeline) =>
    pipeline === mapped ? withoutFixes(flow, () => lowerBranch(pipeline, name, false)) : lowerBranch(pipeline, name, false),
  );
  const demands = branches.map(demandOf);
  const all = allOf(demands, span);
  const stage = branches.length > 0 ? { branches } : {};
  const beside: Partial<Lowered> =
    demands.length === 0 || demands.some(isTrue) ? {} : { alternative: demands.length === 1 ? demands[0]! : { kind: 'any', span, of: demands } };
  switch (name) {
    case 'join':
      return { ...stage, ...lowerJoin(asked, branches[0], all) };
    case 'append':
      return { ...stage, ...beside, operations: [{ kind: 'union', span, branches }] };
    case 'union':
    case 'multisearch': {
      // Names of data sets among the subsearches are read too.
      const others = body.words.filter((word) => word.text !== '');
      const named = others.length === 0 ? [] : [notHeld({ start: others[0]!.start, end: others.at(-1)!.end }, 'data sets of union')];
      return {
        ...stage,
        ...beside,
        operations: [{ kind: 'union', span, branches, ...(isFresh || name === 'multisearch' ? { fresh: true as const } : null) }, ...named],
      };
    }
    case 'set':
      return { ...stage, ...beside, operations: [notHeld(span, `set ${body.words[0]?.text ?? ''}`.trim())] };
    case 'appendcols':
    case 'appendpipe':
    case 'foreach': {
      const [branch] = branches;
      const of = namesOf(body.words, flow);
      return {
        ...stage,
        operations: [branch === undefined ? unread(span, 'syntax-error') : { kind: 'own', span, word: name, of, branch, ...optionsOf(body.options) }],
      };
    }
    case 'selfjoin':
      return { ...stage, operations: [notHeld(span, `command ${name}`)] };
    default:
      return { ...stage, ...(branches.length === 0 ? null : { demand: all }), operations: [notHeld(span, `command ${name}`)] };
  }
}

function lowerJoin({ command, body, flow, span, optionOf }: Asked, branch: Branch | undefined, all: Predicate): Part {
  const isWhere = isWord(body.words[0], 'where');
  const fields = namesOf(isWhere ? [] : body.words, flow);
  if (fields.length === 0 && optionOf('left') === undefined && optionOf('right') === undefined)
    remark(flow, 'spl/join-without-fields', 'warning', command.nameSpan, 'Without fields, join takes all that both sides share; name them.');
  const isOuter = OUTER.has(optionOf('type')?.text.toLowerCase() ?? 'inner');
  const label = fields.map((field) => field.name).join(', ');
  const demand = isOuter || branch === undefined ? {} : { demand: all };
  if (branch === undefined || isWhere)
    return { label, ...demand, operations: [branch === undefined ? unread(span, 'syntax-error') : notHeld(span, 'join with a condition')] };
  const on = fields.map((field): Equality => ({ left: field, right: { kind: 'field', name: field.name, span: field.span } }));
  return { label, ...demand, operations: [{ kind: 'join', span, how: isOuter ? 'left' : 'inner', with: branch, on, ...optionsOf(body.options) }] };
}
