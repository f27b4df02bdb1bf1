import type { Branch, Compare, FieldRef, Operand, Predicate, Span, Test } from '../../../model';
import { globParts, singleRuns } from '../../../syntax/glob';
import { saidBy } from '../../../syntax/orders';
import { allOf, anyOf, notOf, placeOf, truthAt, unread } from '../../../syntax/predicates';
import { isShaping, macroNote } from './known-macros';
import { fieldOf, type Flow, remark } from './lowering-context';
import type { Pipeline, SearchNode, SearchValue, Word } from '../tree';

/** Subsearches are lowered by whoever lowers pipelines; `isAbsent`: their results must be missing. */
export type LowerBranch = (pipeline: Pipeline, name: string, isAbsent: boolean) => Branch;

/** What a search demands of events: its comparisons and its words. `lowerBranch` null: a subsearch cannot stand here. */
export function lowerSearch(node: SearchNode, flow: Flow, lowerBranch: LowerBranch | null, isNegated = false): Predicate {
  const span = placeOf(node);
  switch (node.kind) {
    case 'and':
      return allOf(
        node.of.map((part) => lowerSearch(part, flow, lowerBranch, isNegated)),
        span,
      );
    case 'or':
      return anyOf(
        node.of.map((part) => lowerSearch(part, flow, lowerBranch, isNegated)),
        span,
      );
    case 'not':
      return notOf(lowerSearch(node.of, flow, lowerBranch, !isNegated), span);
    case 'compare':
      return lowerComparison(node, flow, isNegated);
    case 'in':
      return lowerMembership(node, flow);
    case 'term':
      return lowerTerm(node, flow, isNegated);
    case 'subsearch': {
      const branch = lowerBranch?.(node.pipeline, 'subsearch', isNegated);
      return unread(span, 'unmodelled', branch === undefined ? 'subsearch' : noteOf(branch));
    }
    case 'macro':
      return isShaping(node.name) ? truthAt(span) : unread(span, 'unknown', macroNote(node.name));
    case 'broken':
      return unread(span, 'syntax-error');
    default:
      return node satisfies never;
  }
}

const noteOf = ({ stages }: Branch): string => (stages[0]?.kind === 'inputlookup' ? `rows of ${stages[0].label ?? 'a lookup'}` : 'results of a subsearch');

/** Bounds of the time that is searched: said as comparisons, they are comparisons with the events' times. */
const BOUNDS: ReadonlyMap<string, { readonly compare: Compare; readonly of: string }> = new Map([
  ['earliest', { compare: 'at-least', of: '_time' }],
  ['starttime', { compare: 'at-least', of: '_time' }],
  ['latest', { compare: 'less', of: '_time' }],
  ['endtime', { compare: 'less', of: '_time' }],
  ['_index_earliest', { compare: 'at-least', of: '_indextime' }],
  ['_index_latest', { compare: 'less', of: '_indextime' }],
]);
/** Whether a field is a bound of the searched time, which stands for the events' times. */
export const isTimeBound = (name: string): boolean => BOUNDS.has(name);

/** Fields every event is indexed under. */
export const INDEXED_FIELDS: ReadonlySet<string> = new Set(['index', 'source', 'sourcetype', 'host']);

/** A test with the mark of the macro its comparison comes from. */
const marked = (test: Test, { macro }: SearchNode): Test => (macro === undefined ? test : { ...test, macro });

function lowerComparison(node: SearchNode & { kind: 'compare' }, flow: Flow, isNegated: boolean): Predicate {
  const span = placeOf(node);
  const { value, sign } = node;
  if ('unknown' in value) return unknownValue(node, value);
  const field = fieldOf(flow, node.field);
  const base = { kind: 'test', span, left: field, case: 'fold', missing: 'false', operator: node.operator } as const;
  const bound = sign === '=' && !flow.computed.has(field.name) ? BOUNDS.get(field.name) : undefined;
  if (bound !== undefined) {
    if (node.macro === undefined) noteContext(flow, node, value, isNegated);
    return marked({ ...base, left: { ...field, of: bound.of }, compare: bound.compare, values: [operandOf(value, true)], word: 'eq' }, node);
  }
  const isTime = value.isExpression === true || field.name === '_time';
  if (sign !== '=' && sign !== '!=') return marked({ ...base, ...saidBy(sign), values: [operandOf(value, isTime)] }, node);
  const fitting = isTime ? ({ compare: 'equals', values: [operandOf(value, true)], word: 'eq' } as const) : patternOf(value);
  if (node.macro === undefined) noteContext(flow, node, value, isNegated);
  if (sign === '=') return marked({ ...base, ...fitting }, node);
  return notOf(marked({ ...base, ...fitting, missing: 'true', over: 'all' }, node), span);
}

/** A comparison with what a macro or a subsearch gives. */
function unknownValue(node: SearchNode, value: Exclude<SearchValue, Word>): Predicate {
  return value.unknown === 'macro' ? unread(node, 'unknown', macroNote(value.name)) : unread(node, 'unmodelled', value.name);
}

/** What a comparison says besides: the index it reads, the time it looks back, and two slips Splunk does not tell of. */
function noteContext(flow: Flow, { field, sign, start, end }: SearchNode & { kind: 'compare' }, value: Word, isNegated: boolean): void {
  const span = placeOf(value);
  if (value.quotes === undefined && flow.expressions.has(value.text) && flow.expressions.has(field.text))
    remark(
      flow,
      'spl/field-as-text',
      'warning',
      value,
      `A search compares with the text ${value.text}, not with the field of that name; where compares two fields.`,
    );
  if (sign === '!=') {
    if (flow.computed.has(field.text) || isNegated || value.text === '') return;
    const edits = [
      { span: { start, end: start }, text: 'NOT ' },
      { span: { start: field.end, end: value.start }, text: '=' },
    ];
    remark(
      flow,
      'spl/negated-inequality',
      'info',
      { start, end },
      `${field.text}!=… keeps only events that have ${field.text}; NOT ${field.text}=… keeps those without it too.`,
      { title: 'Write NOT field=value', edits, isChoice: true },
    );
  } else if (field.text === 'index' && !isNegated) flow.findings.sources.push({ name: value.text, span });
  else if (field.text === 'earliest') flow.findings.times.push({ kind: flow.isBranch ? 'history' : 'look-back', text: lookBackOf(value.text), span });
  if (flow.isSource && INDEXED_FIELDS.has(field.text)) remarkLeadingStar(flow, value);
}

/** `-24h@h` looks back 24h. */
const lookBackOf = (text: string): string => /^-(\d+[a-z]+)(?:@\w+)?$/.exec(text)?.[1] ?? text;

function remarkLeadingStar(flow: Flow, word: Word): void {
  if (!/^\*+[^*]/.test(word.text)) return;
  remark(flow, 'spl/leading-wildcard', 'warning', word, 'A star at the start of an indexed term makes Splunk read every term of the index.');
}

const isNumber = (word: Word): boolean => word.quotes === undefined && /^-?\d+(?:\.\d+)?$/.test(word.text);

/** A value without wildcards. */
function operandOf(word: Word, isTime = false): Operand {
  const span = placeOf(word);
  if (word.isExpression) return unread(span, 'unmodelled', 'a function in a search', word.text);
  return isTime ? { kind: 'time', span, text: word.text } : { kind: 'literal', span, type: isNumber(word) ? 'number' : 'string', text: word.text };
}

/** A value with its stars: in a search every star stands for any text. */
function starred(word: Word): Operand {
  const stars = starsOf(word.text);
  if (stars.length === 0 || word.isExpression) return operandOf(word);
  const parts = singleRuns(globParts(word.text, stars));
  return { kind: 'glob', span: placeOf(word), parts };
}

function starsOf(text: string): readonly number[] {
  const stars: number[] = [];
  for (let at = text.indexOf('*'); at !== -1; at = text.indexOf('*', at + 1)) stars.push(at);
  return stars;
}

/** An equality by the places of its stars: outer ones give its kind, inner ones make a wildcard, nothing but stars asks only whether there is a value. */
function patternOf(word: Word): Pick<Test, 'compare' | 'values' | 'word'> {
  const value = starred(word);
  if (value.kind !== 'glob') return { compare: isNetwork(word) ? 'cidr' : 'equals', values: [value], word: 'eq' };
  const { parts } = value;
  if (parts.length === 1) return { compare: 'exists', values: [], word: 'is_not_null' };
  const [front, back] = [parts[0] === 'any-run', parts.at(-1) === 'any-run'];
  const hasInner = parts.slice(1, -1).includes('any-run');
  return { compare: 'equals', values: [value], word: hasInner ? 'wildcard' : front ? (back ? 'contains' : 'ends_with') : 'starts_with' };
}

/** A search takes a network in the place of an address: `ip="10.0.0.0/8"` finds those that lie in it. */
const isNetwork = ({ text }: Word): boolean => /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]*)\/\d{1,3}$/i.test(text);

function lowerMembership(node: SearchNode & { kind: 'in' }, flow: Flow): Predicate {
  const span = placeOf(node);
  const known = node.values.filter((value): value is Word => !('unknown' in value));
  const [first] = node.values;
  if (first === undefined) return unread(span, 'unmodelled', 'empty list');
  if (known.length === 0 && 'unknown' in first) return unknownValue(node, first);
  const values = node.values.map((value): Operand => {
    if (!('unknown' in value)) return starred(value);
    return value.unknown === 'macro' ? unread(value, 'unknown', macroNote(value.name), value.name) : unread(value, 'unmodelled', value.name, value.name);
  });
  const field = fieldOf(flow, node.field);
  if (field.name === 'index') for (const value of known) flow.findings.sources.push({ name: value.text, span: placeOf(value) });
  const test = (compare: 'equals' | 'cidr', of: readonly Operand[]): Test =>
    marked({ kind: 'test', span, left: field, compare, values: of, case: 'fold', missing: 'false', word: 'in', operator: node.operator }, node);
  const isIn = node.values.map((value) => !('unknown' in value) && isNetwork(value));
  if (!isIn.includes(true)) return test('equals', values);
  const networks = values.filter((_, index) => isIn[index]);
  const others = values.filter((_, index) => !isIn[index]);
  return others.length === 0 ? test('cidr', networks) : anyOf([test('equals', others), test('cidr', networks)], span);
}

/** A word to search for. TERM(field=value) is a comparison: it finds the pair as it stands in the event. */
function lowerTerm(node: SearchNode & { kind: 'term' }, flow: Flow, isNegated: boolean): Predicate {
  const { word, directive } = node;
  const span = placeOf(node);
  const isBare = directive === undefined && word.quotes === undefined;
  // `$field$` in a search that map runs stands for a value.
  if (isBare && /^\$.*\$$/.test(word.text)) return unread(span, 'unknown', `parameter ${word.text}`);
  if (directive === undefined && /^\*+$/.test(word.text)) return (noteTerm(node, flow, isNegated, false), truthAt(span));
  const equals = directive === 'TERM' ? word.text.indexOf('=') : -1;
  const isTest = equals > 0 && equals < word.text.length - 1;
  noteTerm(node, flow, isNegated, isTest);
  if (!isTest) return wordTest(node);
  const name = { start: word.start, end: word.start + equals, text: word.text.slice(0, equals), macro: node.macro };
  const left: FieldRef = fieldOf(flow, name);
  const value = { start: name.end + 1, end: word.end, text: word.text.slice(equals + 1) };
  const fitting = patternOf(value);
  return marked(
    {
      kind: 'test',
      span,
      left,
      ...fitting,
      compare: fitting.compare === 'exists' ? 'exists' : 'token',
      case: 'fold',
      missing: 'false',
      operator: directiveSpan(node),
    },
    node,
  );
}

/** TERM or CASE. */
const directiveSpan = ({ start, end }: SearchNode): Span => ({ start, end: Math.min(end, start + 'TERM'.length) });

/** A word, a phrase, or an indexed term of the whole event. */
function wordTest(node: SearchNode & { kind: 'term' }): Test {
  const { word, directive } = node;
  const value = starred(directive === undefined ? { ...word, quotes: 'text' } : word);
  return marked(
    {
      kind: 'test',
      span: placeOf(node),
      left: null,
      compare: 'token',
      values: [value.kind === 'literal' ? { ...value, type: 'string' } : value],
      case: directive === 'CASE' ? 'exact' : 'fold',
      missing: 'false',
      word: 'term',
      ...(directive === undefined ? null : { modifiers: [directive], operator: directiveSpan(node) }),
    },
    node,
  );
}

function noteTerm(node: SearchNode & { kind: 'term' }, flow: Flow, isNegated: boolean, isTest: boolean): void {
  const { word, directive } = node;
  if (node.macro !== undefined) return;
  const text = directive !== undefined || word.quotes === 'text' ? `"${word.text}"` : word.text;
  const { terms, knownTerms } = flow.findings;
  const key = `${flow.stage} ${isNegated ? '-' : '+'} ${text}`;
  if (!knownTerms.has(key)) terms.push({ stage: flow.stage, text, span: placeOf(node), negated: isNegated, ...(isTest ? { asTest: true as const } : null) });
  knownTerms.add(key);
  if (flow.isSource) remarkLeadingStar(flow, word);
  if (word.quotes === undefined && directive === undefined) remarkEscapedBlank(flow, node);
}

/** `path=*System\ Volume*`: the word before ended in a backslash that was to keep the blank. */
function remarkEscapedBlank(flow: Flow, { start, end }: SearchNode): void {
  const { text } = flow.findings;
  if (text[start - 1] !== ' ' || text[start - 2] !== '\\' || text[start - 3] === '\\') return;
  remark(
    flow,
    'spl/escaped-blank',
    'warning',
    { start: start - 2, end },
    'A backslash does not keep a blank in a value: this is a search word of its own. Put the whole value in double quotes.',
  );
}
