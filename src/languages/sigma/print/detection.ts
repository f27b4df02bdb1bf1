import type { Predicate, Printed, Refusal, Test } from '../../../model';
import { byPlace } from '../../../syntax/by-place';
import { type Item, isRefusal, itemOf } from './item';
import { keyText } from './scalar';
import { simplified } from './simple';

/** A search identifier's content: fields with their values, a choice of such, or keywords. */
type Body = { readonly kind: 'maps'; readonly maps: readonly Fields[] } | { readonly kind: 'keywords'; readonly values: readonly string[] };

/** Values by key, in order. */
type Fields = ReadonlyMap<string, readonly string[]>;

/** A condition before its identifiers have names. */
type Expression =
  | { readonly kind: 'name'; readonly body: string; readonly negated: boolean }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression };

/**
 * A predicate as a `detection`: one search identifier for each group of fields that must hold together, negated ones called filters, and the condition.
 * Reading it gives the same predicate; what comes of another language is said in Sigma's way (a list of values as one comparison each).
 */
export function printDetection(predicate: Predicate): Printed {
  const refused: Refusal[] = [];
  const whole = simplified(predicate, false, refused);
  const printer = printerOf(refused);
  const expression = printer(whole, false);
  if (refused.length > 0) return { refused: inOrder(refused) };
  const names = namesOf(expression);
  const lines = [...names].map(([body, name]) => `    ${name}:\n${body}\n`);
  return { text: `detection:\n${lines.join('')}    condition: ${expressionText(expression, names)}\n` };
}

function inOrder(refused: readonly Refusal[]): readonly Refusal[] {
  const seen = new Set<string>();
  return refused
    .filter(({ span, why }) => {
      const key = `${span.start} ${span.end} ${why}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .toSorted(byPlace);
}

/** Writes simplified predicates; each test once. */
function printerOf(refused: Refusal[]): (predicate: Predicate, negated: boolean) => Expression {
  const items = new Map<Test, Item | null>();
  const itemFor = (test: Test): Item | null => {
    let item = items.get(test);
    if (item === undefined) {
      const result = itemOf(test);
      item = isRefusal(result) ? null : result;
      if (isRefusal(result)) refused.push(result);
      items.set(test, item);
    }
    return item;
  };

  /** Adds a part of a conjunction to a mapping; false where the mapping cannot hold it. */
  const put = (fields: Map<string, readonly string[]>, part: Predicate): boolean => {
    if (part.kind === 'test') {
      const item = itemFor(part);
      if (item === null) return false;
      const before = fields.get(item.key);
      if (item.key === '' || (before !== undefined && !(part.every === true && isLast(fields, item.key)))) return false;
      fields.set(item.key, [...(before ?? []), item.value]);
      return true;
    }
    const choice = part.kind === 'any' ? choiceOf(part.of) : null;
    if (choice === null || choice.key === '' || fields.has(choice.key)) return false;
    fields.set(choice.key, choice.values);
    return true;
  };

  /** Tests that differ in their value only, as a list of values. */
  const choiceOf = (parts: readonly Predicate[]): { readonly key: string; readonly values: readonly string[] } | null => {
    const found: Item[] = [];
    for (const part of parts) {
      if (part.kind !== 'test' || part.every === true) return null;
      const item = itemFor(part);
      if (item === null || (found.length > 0 && found[0]!.key !== item.key)) return null;
      found.push(item);
    }
    return found.length === 0 ? null : { key: found[0]!.key, values: found.map(({ value }) => value) };
  };

  /** A part of a choice as a mapping of its own. */
  const mapOf = (part: Predicate): Fields | null => {
    const fields = new Map<string, readonly string[]>();
    return (part.kind === 'all' ? part.of : [part]).every((one) => put(fields, one)) && fields.size > 0 ? fields : null;
  };

  const keywordOf = (part: Predicate): string | null => {
    const item = part.kind === 'test' && part.every !== true ? itemFor(part) : null;
    return item?.key === '' ? item.value : null;
  };

  const named = (body: Body, negated: boolean): Expression => ({ kind: 'name', body: bodyText(body), negated });

  const conjunction = (parts: readonly Predicate[], negated: boolean): Expression => {
    const of: Expression[] = [];
    let fields = new Map<string, readonly string[]>();
    const flush = (): void => {
      if (fields.size > 0) of.push(named({ kind: 'maps', maps: [fields] }, negated));
      fields = new Map();
    };
    for (const part of parts) {
      if (put(fields, part)) continue;
      flush();
      if (!put(fields, part)) of.push(expressionOf(part, negated));
    }
    flush();
    return of.length === 1 ? of[0]! : { kind: 'and', of };
  };

  const disjunction = (parts: readonly Predicate[], negated: boolean): Expression => {
    const of: Expression[] = [];
    let maps: Fields[] = [];
    let keywords: string[] = [];
    const flush = (): void => {
      if (maps.length > 0) of.push(named({ kind: 'maps', maps }, negated));
      if (keywords.length > 0) of.push(named({ kind: 'keywords', values: keywords }, negated));
      maps = [];
      keywords = [];
    };
    for (let at = 0; at < parts.length; at++) {
      const keyword = keywordOf(parts[at]!);
      if (keyword !== null) {
        if (maps.length > 0) flush();
        keywords.push(keyword);
        continue;
      }
      let run = at + 1;
      const first = choiceOf([parts[at]!]);
      while (first !== null && run < parts.length && choiceOf([parts[run]!])?.key === first.key) run++;
      const map = first === null ? mapOf(parts[at]!) : new Map([[first.key, parts.slice(at, run).map((part) => itemFor(part as Test)!.value)]]);
      if (first !== null) at = run - 1;
      if (keywords.length > 0) flush();
      if (map === null) {
        flush();
        of.push(expressionOf(parts[at]!, negated));
      } else maps.push(map);
    }
    flush();
    return of.length === 1 ? of[0]! : { kind: 'or', of };
  };

  const expressionOf = (predicate: Predicate, negated: boolean): Expression => {
    switch (predicate.kind) {
      case 'all':
      case 'any':
        if (predicate.of.length === 0)
          refused.push({
            span: { start: predicate.span.start, end: predicate.span.end },
            why: `Sigma has no condition that ${predicate.kind === 'all' ? 'always' : 'never'} holds`,
          });
        return predicate.kind === 'all' ? conjunction(predicate.of, negated) : disjunction(predicate.of, negated);
      case 'not':
        return { kind: 'not', of: expressionOf(predicate.of, !negated) };
      case 'test':
        return keywordOf(predicate) === null ? conjunctionOfOne(predicate, negated) : disjunction([predicate], negated);
      case 'unread':
        return { kind: 'and', of: [] };
      default:
        return predicate satisfies never;
    }
  };
  const conjunctionOfOne = (test: Test, negated: boolean): Expression => {
    const fields = new Map<string, readonly string[]>();
    return put(fields, test) ? named({ kind: 'maps', maps: [fields] }, negated) : { kind: 'and', of: [] };
  };
  return expressionOf;
}

const isLast = (fields: Fields, key: string): boolean => [...fields.keys()].at(-1) === key;

const STEP = '    ';

/** The lines of an identifier's content, below its name. */
function bodyText(body: Body): string {
  const indent = STEP.repeat(2);
  if (body.kind === 'keywords') return body.values.map((value) => `${indent}- ${value}`).join('\n');
  const [only] = body.maps;
  if (body.maps.length === 1) return fieldLines(only!, indent).join('\n');
  return body.maps.map((fields) => fieldLines(fields, `${indent}  `).join('\n').replace(`${indent}  `, `${indent}- `)).join('\n');
}

const fieldLines = (fields: Fields, indent: string): readonly string[] =>
  [...fields].flatMap(([key, values]) =>
    values.length === 1 ? [`${indent}${keyText(key)}: ${values[0]!}`] : [`${indent}${keyText(key)}:`, ...values.map((value) => `${indent}${STEP}- ${value}`)],
  );

/** Names by content, in the order of the condition: filters are those under a `not` alone. */
function namesOf(expression: Expression): ReadonlyMap<string, string> {
  const filters = new Map<string, boolean>();
  const visit = (one: Expression): void => {
    if (one.kind === 'name') filters.set(one.body, one.negated && filters.get(one.body) !== false);
    else if (one.kind === 'not') visit(one.of);
    else one.of.forEach(visit);
  };
  visit(expression);
  const counts = { selection: 0, filter: 0 };
  for (const isFilter of filters.values()) counts[isFilter ? 'filter' : 'selection']++;
  const used = { selection: 0, filter: 0 };
  return new Map(
    [...filters].map(([body, isFilter]) => {
      const prefix = isFilter ? 'filter' : 'selection';
      return [body, counts[prefix] === 1 ? prefix : `${prefix}_${++used[prefix]}`];
    }),
  );
}

function expressionText(expression: Expression, names: ReadonlyMap<string, string>): string {
  const inner = (part: Expression, kind: 'and' | 'or' | 'not'): string => {
    const text = expressionText(part, names);
    return part.kind === 'or' || (part.kind === 'and' && kind === 'not') ? `(${text})` : text;
  };
  switch (expression.kind) {
    case 'name':
      return names.get(expression.body)!;
    case 'and':
    case 'or':
      return expression.of.map((part) => inner(part, expression.kind)).join(` ${expression.kind} `);
    case 'not':
      return `not ${inner(expression.of, 'not')}`;
    default:
      return expression satisfies never;
  }
}
