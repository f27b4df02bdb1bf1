import type { Check, Operand, Operation, Predicate, Span, Stage, Test } from '../../../model';
import { fits } from '../../../syntax/glob';
import type { Finding } from '../../../syntax/query-check';
import { fixOf } from '../parse/reader';
import { oddCharacters, textWithoutQuotes, unknownField } from './names';
import { check, visit } from './visit';

/** A comparison of an expression: it knows letters' case and no stars. */
const isExpression = (test: Test): boolean => test.left !== null && test.case === 'exact';

const starredText = check('spl/star-in-expression', (text, { stages }) => {
  const found: Finding[] = [];
  const test = (one: Test): void => {
    if (!isExpression(one) || one.compare !== 'equals' || one.macro !== undefined) return;
    for (const value of one.values) {
      const written = text.slice(value.span.start, value.span.end);
      if (value.kind === 'literal' && value.type === 'string' && value.text.includes('*')) {
        if (/^\*+$/.test(value.text) || !/^\*|\*$/.test(value.text)) continue;
        found.push({
          span: value.span,
          message: `${one.word === 'in' ? 'IN' : '='} takes a star as it stands here: only search knows wildcards. Write like( ) with %, or match( ).`,
        });
      } else if (value.kind === 'glob' && value.letters === 'percent' && !value.parts.includes('any-run') && /^"\*|\*"$/.test(written))
        found.push({
          span: value.span,
          message: 'like( ) takes % for any text and _ for one character; a star is only a star.',
          fix: fixOf('Write %', value.span, written.replaceAll('*', '%')),
        });
    }
  };
  visit(stages, { test });
  return found;
});

const dottedName = check('spl/dotted-field', (text, { stages }) => {
  const found: Finding[] = [];
  const told = new Set<number>();
  const test = (one: Test): void => {
    for (const side of [one.left, ...(one.word === 'field_eq' || one.compare !== 'equals' ? [] : one.values)]) {
      if (side?.kind !== 'call' || (side.fn !== '.' && side.fn !== '-') || told.has(side.span.start)) continue;
      const written = text.slice(side.span.start, side.span.end);
      const isName =
        side.args.length > 1 && side.args.every((arg) => arg.kind === 'field' || arg.kind === 'call') && /^[A-Za-z_][\w@:]*(?:[.-][\w@:]+)+$/.test(written);
      const isText =
        one.compare === 'regex' ||
        (one.compare === 'equals' && one.values.some((value) => value.kind === 'glob' || (value.kind === 'literal' && value.type === 'string')));
      if (!isName || (side.fn === '-' && !isText)) continue;
      told.add(side.span.start);
      found.push({
        span: side.span,
        message: `${written} is no name in an expression: ${side.fn === '.' ? 'the dot joins two fields' : 'the minus subtracts'}. Write '${written}' in single quotes.`,
        fix: fixOf('Write single quotes', side.span, `'${written}'`),
      });
    }
  };
  visit(stages, { test });
  return found;
});

const bracedName = check('spl/braces-in-name', (text, { stages }) => {
  const found: Finding[] = [];
  const told = new Set<number>();
  const operand = (one: Operand, { kind }: Stage): void => {
    if (one.kind !== 'field' || (kind !== 'where' && kind !== 'eval')) return;
    const written = text.slice(one.span.start, one.span.end);
    const [whole] = /^[\w.{}@:-]*/.exec(text.slice(one.span.start, one.span.start + 300))!;
    if (!/^\w+\{\}/.test(written) || told.has(one.span.start)) return;
    told.add(one.span.start);
    const span = { start: one.span.start, end: one.span.start + whole.length };
    found.push({ span, message: `A name with braces needs single quotes here: '${whole}'.`, fix: fixOf('Write single quotes', span, `'${whole}'`) });
  };
  visit(stages, { operand });
  return found;
});

const wrongCase = check('spl/wrong-case', (text, { stages }) => {
  const found: Finding[] = [];
  const test = (one: Test): void => {
    const { left } = one;
    if (left?.kind !== 'call' || (left.fn !== 'lower' && left.fn !== 'upper') || one.compare !== 'equals' || one.macro !== undefined) return;
    for (const { kind, span } of one.values) {
      const written = text.slice(span.start, span.end);
      const right = left.fn === 'lower' ? written.toLowerCase() : written.toUpperCase();
      if ((kind !== 'literal' && kind !== 'glob') || !written.startsWith('"') || right === written) continue;
      found.push({
        span,
        message: `${left.fn}( ) gives ${left.fn === 'lower' ? 'small' : 'capital'} letters only: this never fits.`,
        fix: fixOf(`Write ${right}`, span, right),
      });
    }
  };
  visit(stages, { test });
  return found;
});

/** The name and the value of a comparison of one field with one text. */
function plainOf(part: Predicate): { readonly name: string; readonly value: string; readonly test: Test } | null {
  if (part.kind !== 'test' || part.compare !== 'equals' || part.left?.kind !== 'field' || part.values.length !== 1 || part.left.derived === true) return null;
  const [value] = part.values;
  return value?.kind === 'literal' ? { name: part.left.name, value: part.case === 'exact' ? value.text : value.text.toLowerCase(), test: part } : null;
}

const contradiction = check('spl/two-values', (_, { stages }) => {
  const found: Finding[] = [];
  const predicate = (part: Predicate, stage: Stage): void => {
    if (part.kind !== 'all' || stage.kind !== 'where') return;
    const known = new Map<string, string>();
    for (const { name, value, test } of part.of.flatMap((one) => plainOf(one) ?? [])) {
      const before = known.get(name);
      if (before !== undefined && before !== value)
        found.push({
          span: test.span,
          message: `${name} is to equal ${before} and ${value} at once: only a field with several values can. OR is most likely meant.`,
        });
      known.set(name, before ?? value);
    }
  };
  visit(stages, { predicate });
  return found;
});

const alwaysTrue = check('spl/always-true', (_, { stages }) => {
  const found: Finding[] = [];
  const predicate = (part: Predicate): void => {
    if (part.kind !== 'any') return;
    const known = new Map<string, string>();
    for (const one of part.of) {
      const plain = one.kind === 'not' ? plainOf(one.of) : null;
      if (plain === null) continue;
      const before = known.get(plain.name);
      if (before !== undefined && before !== plain.value)
        found.push({
          span: part.span,
          message: `Unequal to ${before} or unequal to ${plain.value} is true of every value of ${plain.name}: AND is most likely meant.`,
        });
      known.set(plain.name, before ?? plain.value);
    }
  };
  visit(stages, { predicate });
  return found;
});

const nullComparison = check('spl/null-comparison', (text, { stages }) => {
  const found: Finding[] = [];
  const test = (one: Test): void => {
    const [value] = one.values;
    if (one.compare !== 'equals' || value?.kind !== 'literal' || value.type !== 'null' || one.left === null || one.macro !== undefined) return;
    const isNegated = text.slice(one.span.start, one.span.end).includes('!=');
    const right = `${isNegated ? 'isnotnull' : 'isnull'}(${text.slice(one.left.span.start, one.left.span.end)})`;
    found.push({ span: one.span, message: `Nothing equals null, and nothing differs from it: write ${right}.`, fix: fixOf(`Write ${right}`, one.span, right) });
  };
  visit(stages, { test });
  return found;
});

const joinType = check('spl/join-type', (_, { stages }) =>
  stages.flatMap((stage): readonly Finding[] => {
    const join = stage.operations?.find((operation) => operation.kind === 'join');
    if (join?.kind !== 'join' || stage.parameters?.some(({ name }) => name === 'type')) return [];
    const start = stage.span.start;
    return [
      {
        span: { start, end: Math.min(stage.span.end, join.span.start + 'join'.length) },
        message: 'Without type= this join is inner: events without a match in the subsearch are dropped.',
      },
    ];
  }),
);

/** The columns rows have after a step, added to those before where these stay; null while they are not known. */
function columnsAfter(before: Set<string> | null, operation: Operation): Set<string> | null {
  const and = (names: readonly string[]): Set<string> | null => {
    for (const name of names) before?.add(name);
    return before;
  };
  const known = (names: readonly string[]): Set<string> | null => (names.some((name) => name.includes('*')) ? null : new Set(names));
  switch (operation.kind) {
    case 'aggregate': {
      const measures = operation.measures.map(({ name }) => name);
      if (operation.how !== 'group') return and(measures);
      return known([...measures, ...operation.by.map(({ name }) => name)]);
    }
    case 'project':
      return known(operation.of.map(({ name }) => name));
    case 'keep':
      return known(operation.names);
    case 'drop':
      return before === null ? null : new Set([...before].filter((name) => !operation.names.some((gone) => fits(name, gone.split('*')))));
    // Of another language's steps nothing is known.
    case 'series':
    case 'nested':
    case 'scan':
    case 'schema':
    case 'plugin':
    case 'partition':
    case 'unpack':
      return null;
    case 'assign':
    case 'expand':
      return and(operation.of.map(({ name }) => name));
    case 'rename': {
      if (before === null || operation.of.some(({ from, to }) => from.includes('*') || to.includes('*')))
        return before === null ? null : operation.of.every(({ to }) => to === '*') ? before : null;
      const names = new Map(operation.of.map(({ from, to }) => [from, to]));
      return new Set([...before].map((name) => names.get(name) ?? name));
    }
    case 'extract':
      return operation.makes.length === 0 ? null : and(operation.makes.map(({ name }) => name));
    case 'lookup':
      return operation.makes.length === 0 ? null : and(operation.makes.map(({ to }) => to));
    case 'filter':
    case 'sort':
    case 'limit':
    case 'distinct':
    case 'fill':
    case 'show':
      return before;
    case 'read':
    case 'rows':
    case 'range':
    case 'reorder':
    case 'join':
    case 'union':
    case 'fork':
    case 'sequence':
    case 'correlate':
    case 'own':
    case 'unread':
      return null;
    default:
      return operation satisfies never;
  }
}

/** Steps that decide which columns there are: what is asked behind one but not in it is lost. */
const CHOOSING: ReadonlySet<Operation['kind']> = new Set(['aggregate', 'project', 'keep', 'drop']);

const lostColumn = check('spl/lost-column', (text, { stages }) => {
  const found: Finding[] = [];
  let columns: Set<string> | null = null;
  let by = '';
  /** Columns taken away one by one, where the others are not known, each with the command that did. */
  const gone = new Map<string, string>();
  for (const stage of stages)
    for (const operation of stage.operations ?? []) {
      if (operation.kind === 'filter' && (columns !== null || gone.size > 0)) {
        const names = columns;
        const told = new Set<string>();
        const operand = (part: Operand): void => {
          if (
            part.kind !== 'field' ||
            isPartOfName(text, part.span) ||
            (names === null ? !gone.has(part.name) : names.has(part.name)) ||
            told.has(part.name) ||
            part.name.includes('*') ||
            part.name.startsWith('<<')
          )
            return;
          told.add(part.name);
          const how = names === null ? `${gone.get(part.name)} took it away` : `${by} keeps only ${listed(names)}`;
          found.push({ span: part.span, message: `No column ${part.name} is left here: ${how}.` });
        };
        visit([{ ...stage, operations: [operation], branches: [] }], { operand });
      }
      const next = columnsAfter(columns, operation);
      if (CHOOSING.has(operation.kind) && next !== null) by = stage.kind;
      columns = next;
      const made = gone.size === 0 ? [] : columnsAfter(new Set(), operation);
      if (made === null) gone.clear();
      else for (const name of made) gone.delete(name);
      if (operation.kind === 'drop') for (const name of operation.names) gone.set(name, stage.kind);
    }
  return found;
});

/** Dots around it: the author means it as a part of a longer name, and is told of that. */
const isPartOfName = (text: string, { start, end }: Span): boolean => text[start - 1] === '.' || text[end] === '.';

const listed = (names: ReadonlySet<string>): string => {
  const shown = [...names].slice(0, 5).join(', ');
  return names.size > 5 ? `${shown} …` : shown === '' ? 'nothing' : shown;
};

const grouping = check('spl/and-or-grouping', (text, { stages, tokens }) => {
  const found: Finding[] = [];
  const words = tokens.filter(({ type, start, end }) => type === 'keyword' && end - start === 3 && text.slice(start, end) === 'AND').map(({ start }) => start);
  const predicate = (part: Predicate, stage: Stage): void => {
    if (part.kind !== 'all' || stage.kind !== 'search' || words.length === 0) return;
    part.of.forEach((choice, index) => {
      if (choice.kind !== 'any' || choice.of.length < 2 || isEnclosed(text, choice.span)) return;
      const [before, after] = [part.of[index - 1]?.span.end, part.of[index + 1]?.span.start];
      const isBeside = words.some(
        (at) => (before !== undefined && before <= at && at < choice.span.start) || (after !== undefined && choice.span.end <= at && at < after),
      );
      if (!isBeside) return;
      const written = text.slice(choice.span.start, choice.span.end);
      found.push({
        span: choice.span,
        message: 'In a search OR binds tighter than AND: this is read as if it stood in parentheses.',
        fix: fixOf('Write the parentheses', choice.span, `(${written})`),
      });
    });
  };
  visit(stages, { predicate });
  return found;
});

/** Whether parentheses stand right around a place. */
function isEnclosed(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 40), start).trimEnd();
  return before.endsWith('(') && /^\s*\)/.test(text.slice(end, end + 40));
}

/** What SPL checks of a query beyond reading it, in the order of its list. */
export const CHECKS: readonly Check[] = [
  starredText,
  dottedName,
  bracedName,
  wrongCase,
  contradiction,
  alwaysTrue,
  nullComparison,
  lostColumn,
  joinType,
  grouping,
  unknownField,
  textWithoutQuotes,
  oddCharacters,
];
