import type { Call, Context, Diagnostic, GlobPart, Literal, Operand, Operator, Predicate, Span, Test, Token } from '../../../model';
import { globParts, openParts, singleRuns } from '../../../syntax/glob';
import { MAX_DEPTH } from '../../../syntax/infix';
import { calculationOf, nullTest, trueTest, withLostValues } from '../../../syntax/null-logic';
import { flipped, saidBy } from '../../../syntax/orders';
import { anyOf, notOf, placeOf, truthAt, unread } from '../../../syntax/predicates';
import { relocate } from '../../../syntax/relocate';
import { patternOf } from '../parse/literal';
import type { CallNode, CastNode, CompareNode, MatchNode, Node, TextNode } from '../tree';
import { fieldRef, takenBy, type Columns } from './columns';
import { writtenAt } from '../../../syntax/written';

/** What lowering leans on, and what it finds besides. */
export interface Lowering {
  readonly text: string;
  readonly context: Context;
  readonly columns: Columns;
  /** A column that holds a condition stands for the condition: what a query demands of its events, not of its rows. */
  readonly isOfEvents: boolean;
  /** Tokens and remarks of embedded queries, in the outer text, and columns that are not there any more. */
  readonly found: {
    readonly tokens: Token[];
    readonly diagnostics: Diagnostic[];
    readonly taken: { readonly span: Span; readonly name: string; readonly by: string }[];
  };
}

/** What a condition demands of a row. A comparison with no value is null: neither true nor false, and so is its negation. */
export function lower(work: Lowering, node: Node): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind === 'and' ? 'all' : 'any', span: placeOf(node), of: node.of.map((part) => lower(work, part)) };
    case 'not':
      return notOf(lower(work, node.of), node);
    case 'compare':
      return lowerCompare(work, node);
    case 'match':
      return lowerMatch(work, node);
    case 'null-test':
      if (node.of.kind === 'lost') return unread(node, 'syntax-error');
      return node.isNegated
        ? nullTest(node, operandOf(work, node.of), 'exists', 'is_not_null', [], 'fold', node.sign, 'false')
        : nullTest(node, operandOf(work, node.of), 'absent', 'is_null', [], 'fold', node.sign, 'true');
    case 'call':
      return lowerCall(work, node);
    case 'field': {
      const condition = conditionOf(work, node.name, node);
      return condition ?? trueTest(node, operandOf(work, node));
    }
    case 'cast':
      return trueTest(node, operandOf(work, node));
    case 'constant':
      return node.source === 'null' ? trueTest(node, operandOf(work, node)) : truthAt(node, node.source === 'true');
    case 'parameter':
      return unread(node, 'unknown', `parameter ${node.source}`);
    case 'text':
    case 'number':
    case 'timespan':
    case 'star':
    case 'arithmetic':
    case 'list':
    case 'tuple':
    case 'map':
    case 'lambda':
    case 'subquery':
      return unread(node, 'unmodelled', 'a value as a condition');
    case 'lost':
      return unread(node, 'syntax-error');
    default:
      return node satisfies never;
  }
}

/** The condition that a column holds, at the place where the column is named. */
function conditionOf({ columns, isOfEvents }: Lowering, name: string, place: Span): Predicate | null {
  const condition = isOfEvents ? columns.made.get(name)?.condition : undefined;
  if (condition === undefined) return null;
  const moved = (predicate: Predicate): Predicate => {
    switch (predicate.kind) {
      case 'all':
      case 'any':
        return { ...predicate, span: placeOf(place), of: predicate.of.map(moved) };
      case 'not':
        return notOf(moved(predicate.of), place);
      case 'test':
      case 'unread':
        return { ...predicate, span: placeOf(place) };
      default:
        return predicate satisfies never;
    }
  };
  return moved(condition);
}

/** Functions that give a form of their first argument, or a part of it, which can be compared as text. All others compute something new. */
const FORMS: ReadonlySet<string> = new Set(
  `to_lower to_upper to_string to_str to_text to_ip to_integer to_int to_long to_double to_dbl to_boolean to_bool to_datetime to_dt to_date_nanos
   to_unsigned_long to_ulong to_ul to_version to_ver trim ltrim rtrim coalesce left right substring replace reverse concat repeat split url_decode url_encode
   from_base64 to_base64 md5 sha1 sha256 hash ip_prefix case json_extract field_extract
   mv_first mv_last mv_dedupe mv_sort mv_concat mv_append mv_slice mv_min mv_max mv_zip mv_union values first last max min top`.split(/\s+/),
);

/** What a value is made of. */
export function operandOf(work: Lowering, node: Node): Operand {
  const span = placeOf(node);
  switch (node.kind) {
    case 'field': {
      if (node.name.startsWith('?')) return unread(span, 'unknown', `parameter ${node.name}`, node.name);
      const by = takenBy(work.columns, node.name);
      if (by !== null) work.found.taken.push({ span, name: node.name, by });
      return fieldRef(work.columns, node.name, span);
    }
    case 'text':
      return { kind: 'literal', span, type: 'string', text: node.value.text };
    case 'number':
      return { kind: 'literal', span, type: 'number', text: node.source };
    case 'constant':
      return { kind: 'literal', span, type: node.source === 'null' ? 'null' : 'boolean', text: node.source };
    case 'timespan':
      return { kind: 'time', span, text: node.source };
    case 'parameter':
      return unread(span, 'unknown', `parameter ${node.source}`, node.source);
    case 'list':
      return { kind: 'list', span, of: node.of.map((item) => operandOf(work, item)) };
    case 'call': {
      const args = node.of.map((argument) => (argument.kind === 'star' ? null : operandOf(work, argument)));
      const given = args.filter((argument) => argument !== null);
      return callOf(work, node, node.name.text.toLowerCase(), node.name, given);
    }
    case 'cast':
      return castOf(work, node);
    case 'arithmetic':
      return calculationOf(work.text, node, (part) => operandOf(work, part));
    case 'and':
    case 'or':
    case 'not':
    case 'compare':
    case 'match':
    case 'null-test':
      return { kind: 'condition', span, of: lower(work, node) };
    case 'map':
      return {
        kind: 'call',
        span,
        fn: 'map',
        name: { start: span.start, end: span.start + 1 },
        args: entriesOf(work, node),
        written: writtenAt(work.text, node),
        derived: true,
      };
    case 'star':
    case 'tuple':
    case 'lambda':
    case 'subquery':
      return unread(span, 'unmodelled', node.kind, writtenAt(work.text, node));
    case 'lost':
      return unread(span, 'syntax-error', undefined, writtenAt(work.text, node));
    default:
      return node satisfies never;
  }
}

/** A map's keys and values, one after the other. */
const entriesOf = (work: Lowering, node: Extract<Node, { kind: 'map' }>): readonly Operand[] =>
  node.entries.flatMap(({ key, value }): Operand[] => [
    { kind: 'literal', span: { start: node.start, end: value.start }, type: 'string', text: key },
    operandOf(work, value),
  ]);

const callOf = (work: Lowering, place: Span, fn: string, name: Span, args: readonly Operand[]): Call => ({
  kind: 'call',
  span: placeOf(place),
  fn,
  name: placeOf(name),
  args,
  written: writtenAt(work.text, place),
  ...(FORMS.has(fn) ? null : { derived: true as const }),
});

/** Types that their function calls by another name. */
const CONVERTED: Readonly<Record<string, string>> = { keyword: 'string', text: 'string', date: 'datetime' };

/** `x::long` is `to_long(x)`. */
function castOf(work: Lowering, node: CastNode): Operand {
  if (node.types.length > MAX_DEPTH) return unread(node, 'limit', 'many casts', writtenAt(work.text, node));
  return node.types.reduce<Operand>(
    (inner, type) => {
      const name = type.text.toLowerCase();
      const converted = Object.hasOwn(CONVERTED, name) ? CONVERTED[name]! : name;
      return callOf(work, { start: node.start, end: type.end }, `to_${converted}`, type, [inner]);
    },
    operandOf(work, node.of),
  );
}

const isPlain = ({ kind }: Node): boolean =>
  kind === 'text' || kind === 'number' || kind === 'constant' || kind === 'timespan' || kind === 'parameter' || kind === 'list';
/** Values where the case of letters means nothing. */
const isCaseless = ({ kind }: Node): boolean => kind === 'number' || kind === 'constant' || kind === 'timespan';

const isCondition = ({ kind }: Node): boolean =>
  kind === 'and' || kind === 'or' || kind === 'not' || kind === 'compare' || kind === 'match' || kind === 'null-test';

function lowerCompare(work: Lowering, node: CompareNode): Predicate {
  const isFlipped = isPlain(node.left) && !isPlain(node.right);
  const [left, right] = isFlipped ? [node.right, node.left] : [node.left, node.right];
  if (left.kind === 'lost' || right.kind === 'lost') return unread(node, 'syntax-error');
  const parameter = [left, right].find(({ kind }) => kind === 'parameter');
  if (isPlain(left))
    return parameter?.kind === 'parameter' ? unread(node, 'unknown', `parameter ${parameter.source}`) : unread(node, 'unmodelled', 'two values');
  const op = isFlipped ? flipped(node.op) : node.op;
  const said = saidBy(op);
  const isEqual = said.compare === 'equals';
  // `(a or b) == true` compares a condition.
  if (isEqual && right.kind === 'constant' && right.source !== 'null') {
    const inner = isCondition(left)
      ? lower(work, left)
      : left.kind === 'field'
        ? conditionOf(work, left.name, node)
        : left.kind === 'call'
          ? heldBy(work, left)
          : null;
    // The truth value it is compared with is a condition too, which always holds.
    if (inner !== null) return truthOf(inner, node, right, (right.source === 'true') === (op !== '!='));
  }
  const word = isEqual && left.kind === 'field' && right.kind === 'field' ? 'field_eq' : said.word;
  const letters = op === '=~' || isCaseless(right) ? 'fold' : 'exact';
  const found = nullTest(node, operandOf(work, left), said.compare, word, [operandOf(work, right)], letters, node.sign);
  return op === '!=' ? notOf(found, node) : found;
}

/** What a function says that is true or false; null: it gives a value, or what it says is not read. */
function heldBy(work: Lowering, call: CallNode): Predicate | null {
  const held = lowerCall(work, call);
  return held.kind === 'unread' ? null : held;
}

function truthOf(inner: Predicate, node: CompareNode, truth: Node, holds: boolean): Predicate {
  const both: Predicate = { kind: 'all', span: placeOf(node), of: [inner, truthAt(truth)] };
  return holds ? both : notOf(both, node);
}

function lowerMatch(work: Lowering, node: MatchNode): Predicate {
  const { left, of, sign } = node;
  if (left.kind === 'lost' || of.length === 0) return unread(node, 'syntax-error');
  const lost = withLostValues(node, of, (rest) => lowerMatch(work, { ...node, isNegated: false, of: rest }));
  if (lost !== null) return lost.kind === 'unread' ? lost : withSign(lost, node);
  // What rows of another query give is in no text.
  if (left.kind === 'tuple' || of.some(({ kind }) => kind === 'subquery')) return unread(node, 'unmodelled', 'values of a subquery');
  if (isPlain(left)) {
    if (of.every(isPlain)) return unread(node, 'unmodelled', 'two values');
    // `true in (…)`: one of these conditions holds.
    if (left.kind === 'constant' && left.source !== 'null')
      return withSign(
        anyOf(
          of.map((other) => lowerCompare(work, { kind: 'compare', start: other.start, end: other.end, op: '==', left: other, right: left, sign })),
          node,
        ),
        node,
      );
    // `"x" in (a, b)`: each field against the value.
    const value = operandOf(work, left);
    const letters = isCaseless(left) ? 'fold' : 'exact';
    return withSign(
      anyOf(
        of.map((other) =>
          isPlain(other) ? unread(other, 'unmodelled', 'two values') : nullTest(node, operandOf(work, other), 'equals', 'eq', [value], letters, sign),
        ),
        node,
      ),
      node,
    );
  }
  const field = operandOf(work, left);
  switch (node.op) {
    case 'in': {
      const values = of.map((value) => operandOf(work, value));
      return withSign(nullTest(node, field, 'equals', 'in', values, of.every(isCaseless) ? 'fold' : 'exact', sign), node);
    }
    case 'like': {
      const values = of.map((value) => likeOf(work, value));
      return withSign(nullTest(node, field, 'equals', 'wildcard', values, 'exact', sign), node);
    }
    case 'rlike': {
      const values = of.map((value) => regexOf(work, value));
      return withSign(nullTest(node, field, 'regex', 'regex_match', values, 'exact', sign), node);
    }
    case ':':
      return anyOf(
        of.map((value) => words(node, field, operandOf(work, value), sign, true)),
        node,
      );
    default:
      return node.op satisfies never;
  }
}

const withSign = (predicate: Predicate, node: MatchNode): Predicate => (node.isNegated ? notOf(predicate, node) : predicate);

/** The parts of a LIKE pattern; stars side by side are one. */
function likeParts(pattern: string): readonly GlobPart[] {
  const { text, wild } = patternOf(pattern);
  return singleRuns(globParts(text, wild));
}

const likeOf = (work: Lowering, node: Node): Operand =>
  node.kind === 'text'
    ? { kind: 'glob', span: placeOf(node), parts: likeParts(node.value.text), ...(node.value.text.includes('**') ? { written: node.value.text } : null) }
    : operandOf(work, node);

const regexOf = (work: Lowering, node: Node): Operand =>
  node.kind === 'text' ? { kind: 'regex', span: placeOf(node), text: node.value.text, dialect: 'lucene', flags: '', whole: true } : operandOf(work, node);

/** Full-text search: words of the field, whatever the case of letters. `any`: one of several words will do, in any order; else they follow each other. */
function words(place: Span, field: Operand, value: Operand, operator: Span, any: boolean): Test {
  const isSeveral = any && value.kind === 'literal' && value.type === 'string' && /\S\s+\S/.test(value.text);
  const sought: Operand = isSeveral ? ({ ...value, words: true } satisfies Literal) : value;
  return nullTest(place, field, 'token', 'contains', [sought], 'fold', operator);
}

/** Functions that are a comparison of their first argument with the second: kind as written, and whether the value may go on before and after. */
const COMPARING = new Map<string, { readonly word: Operator; readonly before: boolean; readonly after: boolean }>([
  ['starts_with', { word: 'starts_with', before: false, after: true }],
  ['ends_with', { word: 'ends_with', before: true, after: false }],
  ['contains', { word: 'contains', before: true, after: true }],
]);
/** Functions that hold a query of another language. */
const EMBEDDING = new Map([
  ['kql', 'kuery'],
  ['qstr', 'lucene'],
]);

function lowerCall(work: Lowering, node: CallNode): Predicate {
  const name = node.name.text.toLowerCase();
  const [first, second, ...rest] = node.of;
  if (node.of.some(({ kind }) => kind === 'lost')) return unread(node, 'syntax-error');
  const embedded = EMBEDDING.get(name);
  if (embedded !== undefined && first?.kind === 'text' && second === undefined) return embed(work, node, embedded, first);
  const unmodelled = unread(node, 'unmodelled', `function ${node.name.text.slice(0, 60)}`);
  if (first === undefined || second === undefined || isPlain(first)) return unmodelled;
  const open = COMPARING.get(name);
  if (open !== undefined && rest.length === 0) {
    const parts: readonly GlobPart[] = second.kind === 'text' ? globParts(second.value.text, []) : [{ of: operandOf(work, second) }];
    const value: Operand = { kind: 'glob', span: placeOf(second), parts: openParts(parts, open.before, open.after) };
    return nullTest(node, operandOf(work, first), 'equals', open.word, [value], 'exact', node.name);
  }
  switch (name) {
    case 'cidr_match':
      return nullTest(
        node,
        operandOf(work, first),
        'cidr',
        'cidr_match',
        [second, ...rest].map((value) => operandOf(work, value)),
        'fold',
        node.name,
      );
    case 'match':
    case 'match_phrase': {
      const found = words(node, operandOf(work, first), operandOf(work, second), node.name, name === 'match');
      // Settings may ask for all words, or for nearly equal ones.
      return rest.length === 0
        ? found
        : { kind: 'all', span: placeOf(node), of: [found, ...rest.map((setting) => unread(setting, 'unmodelled', `settings of ${name}`))] };
    }
    case 'mv_contains':
      return second.kind === 'list' || rest.length > 0
        ? unmodelled
        : nullTest(node, operandOf(work, first), 'equals', 'eq', [operandOf(work, second)], isCaseless(second) ? 'fold' : 'exact', node.name);
    default:
      return unmodelled;
  }
}

/** A query of another language in a text: read by that language, its places moved to where the text stands. */
function embed(work: Lowering, node: CallNode, id: string, { value }: TextNode): Predicate {
  const language = work.context.languages.get(id);
  if (language === undefined) return unread(node, 'unmodelled', 'embedded query');
  const { predicate, tokens, diagnostics } = relocate(language.analyse(value.text, work.context), value.map, value.map);
  for (const one of tokens) work.found.tokens.push(one);
  for (const one of diagnostics) work.found.diagnostics.push(one);
  return predicate.kind === 'all' && predicate.of.length === 0 ? truthAt(node) : predicate;
}
