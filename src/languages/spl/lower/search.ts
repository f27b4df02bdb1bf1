import type { Branch, Predicate, Test, Value } from '../../../model';
import { exactTest, type WrittenTest } from '../../../syntax/written-test';
import { allOf, truthAt } from './conjunction';
import { fieldOf, type Flow, remark } from './lowering-context';
import type { ComparisonSign, Pipeline, SearchNode, SearchValue, Word } from '../tree';

/** Subsearches are lowered by whoever lowers pipelines; `isAbsent`: their results must be missing. */
export type LowerBranch = (pipeline: Pipeline, name: string, isAbsent: boolean) => Branch;

/** What a search demands of fields; null where it demands nothing of any: words alone, or macros. Words go to the terms. */
export function lowerSearch(node: SearchNode, flow: Flow, lowerBranch: LowerBranch, isNegated = false): Predicate | null {
  const span = { start: node.start, end: node.end };
  switch (node.kind) {
    case 'and': {
      const of = node.of.map((part) => lowerSearch(part, flow, lowerBranch, isNegated)).filter((part) => part !== null);
      return of.length === 0 ? null : allOf(of, span);
    }
    case 'or': {
      const parts = node.of.map((part) => lowerSearch(part, flow, lowerBranch, isNegated) ?? truthAt(part));
      const free = parts.find(isUnconditional);
      const of = parts.filter((part) => part === free || !isUnconditional(part));
      return of.length === 1 && free !== undefined ? null : { kind: 'any', span, of };
    }
    case 'not': {
      const of = lowerSearch(node.of, flow, lowerBranch, !isNegated);
      return of === null ? null : { kind: 'not', span, of };
    }
    case 'compare':
      return lowerComparison(node, flow, isNegated);
    case 'in':
      return lowerMembership(node, flow);
    case 'term':
      return lowerTerm(node, flow);
    case 'subsearch': {
      const branch = lowerBranch(node.pipeline, 'subsearch', isNegated);
      return { kind: 'unread', span, reason: 'unmodelled', note: noteOf(branch) };
    }
    case 'macro':
      return null;
    case 'broken':
      return { kind: 'unread', span, reason: 'syntax-error' };
    default:
      return node satisfies never;
  }
}

/** A branch of an OR that no field decides. */
const isUnconditional = (predicate: Predicate): boolean => predicate.kind === 'all' && predicate.of.length === 0;

const noteOf = ({ stages }: Branch): string => (stages[0]?.kind === 'inputlookup' ? `rows of ${stages[0].label ?? 'a lookup'}` : 'results of a subsearch');

const ORDERED: Readonly<Record<Exclude<ComparisonSign, '=' | '!='>, 'gt' | 'ge' | 'lt' | 'le'>> = { '>': 'gt', '>=': 'ge', '<': 'lt', '<=': 'le' };
const TIME_FIELDS: ReadonlySet<string> = new Set(['earliest', 'latest', '_index_earliest', '_index_latest', 'starttime', 'endtime', '_time']);
/** Fields every event is indexed under. */
const INDEXED_FIELDS: ReadonlySet<string> = new Set(['index', 'source', 'sourcetype', 'host']);

function lowerComparison(node: SearchNode & { kind: 'compare' }, flow: Flow, isNegated: boolean): Predicate {
  const span = { start: node.start, end: node.end };
  const { value } = node;
  if ('unknown' in value) return { kind: 'unread', span, reason: 'unmodelled', note: value.name };
  const field = fieldOf(flow, node.field);
  const isTime = TIME_FIELDS.has(field.name) || value.isExpression === true;
  if (node.sign !== '=' && node.sign !== '!=') {
    return marked(exactTest({ kind: 'test', span, field, op: ORDERED[node.sign], values: [valueOf(value, isTime)], caseSensitive: false }), node);
  }
  const { op, values } = isTime ? { op: 'eq' as const, values: [valueOf(value, true)] } : patternOf(value);
  const test = marked(exactTest({ kind: 'test', span, field, op, values, caseSensitive: false }), node);
  if (node.macro === undefined) noteContext(flow, node, value, isNegated);
  return node.sign === '=' ? test : { kind: 'not', span, of: test };
}

/** A test with the mark of the macro its comparison comes from. */
const marked = (test: Test, { macro }: SearchNode): Test => (macro === undefined ? test : { ...test, macro });

/** What a comparison says besides: the index it reads, the time it looks back, and two slips Splunk does not tell of. */
function noteContext(flow: Flow, { field, sign, start, end }: SearchNode & { kind: 'compare' }, value: Word, isNegated: boolean): void {
  const span = { start: value.start, end: value.end };
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
      {
        title: 'Write NOT field=value',
        edits,
      },
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

function valueOf(word: Word, isTime = false): Value {
  const span = { start: word.start, end: word.end };
  if (word.isExpression) return { text: word.text, span, type: 'expression' };
  return { text: word.text, span, type: isTime ? 'time' : isNumber(word) ? 'number' : 'string' };
}

/** An equality by the places of its stars: outer ones give the operator and go, inner ones make a wildcard, nothing but stars asks only whether there is a value. */
function patternOf(word: Word): Pick<WrittenTest, 'op' | 'values'> {
  const { text } = word;
  const value = valueOf(word);
  if (!text.includes('*')) return { op: 'eq', values: [value] };
  let from = 0;
  let to = text.length;
  while (from < to && text[from] === '*') from++;
  while (to > from && text[to - 1] === '*') to--;
  if (from === to) return { op: 'is_not_null', values: [] };
  const inner = text.slice(from, to);
  if (inner.includes('*')) return { op: 'wildcard', values: [{ ...value, wild: starsOf(text) }] };
  const op = from > 0 ? (to < text.length ? 'contains' : 'ends_with') : 'starts_with';
  return { op, values: [{ ...value, text: inner }] };
}

function starsOf(text: string): readonly number[] {
  const stars: number[] = [];
  for (let at = text.indexOf('*'); at !== -1; at = text.indexOf('*', at + 1)) stars.push(at);
  return stars;
}

function lowerMembership(node: SearchNode & { kind: 'in' }, flow: Flow): Predicate {
  const span = { start: node.start, end: node.end };
  const known = node.values.filter((value): value is Word => !('unknown' in value));
  if (known.length === 0) return { kind: 'unread', span, reason: 'unmodelled', note: node.values.length === 0 ? 'empty list' : nameOfUnknown(node.values[0]!) };
  const values = node.values.map((value): Value => {
    if ('unknown' in value) return { text: value.name, span: { start: value.start, end: value.end }, type: 'expression' };
    const plain = valueOf(value);
    return value.text.includes('*') ? { ...plain, wild: starsOf(value.text) } : plain;
  });
  const field = fieldOf(flow, node.field);
  if (field.name === 'index') for (const value of known) flow.findings.sources.push({ name: value.text, span: { start: value.start, end: value.end } });
  return marked(exactTest({ kind: 'test', span, field, op: 'in', values, caseSensitive: false }), node);
}

const nameOfUnknown = (value: SearchValue): string => ('unknown' in value ? value.name : value.text);

/** A word to search for. TERM(field=value) is a comparison too: it finds the pair as it stands in the event. */
function lowerTerm(node: SearchNode & { kind: 'term' }, flow: Flow): Predicate | null {
  const { word, directive } = node;
  const span = { start: node.start, end: node.end };
  // `$field$` in a search that map runs stands for a value.
  if (directive === undefined && word.quotes === undefined && /^\$.*\$$/.test(word.text)) return null;
  const equals = directive === 'TERM' ? word.text.indexOf('=') : -1;
  const isTest = equals > 0 && equals < word.text.length - 1;
  if (node.macro === undefined) {
    const text = directive !== undefined || word.quotes === 'text' ? `"${word.text}"` : word.text;
    const { terms, knownTerms } = flow.findings;
    const key = `${flow.stage} ${text}`;
    if (!knownTerms.has(key))
      terms.push(isTest ? { stage: flow.stage, text, span, negated: false, asTest: true } : { stage: flow.stage, text, span, negated: false });
    knownTerms.add(key);
    if (flow.isSource) remarkLeadingStar(flow, word);
    if (word.quotes === undefined && directive === undefined) remarkEscapedBlank(flow, node);
  }
  if (!isTest) return null;
  const name = { start: word.start, end: word.start + equals, text: word.text.slice(0, equals), macro: node.macro };
  const value = { start: name.end + 1, end: word.end, text: word.text.slice(equals + 1) };
  return marked(exactTest({ kind: 'test', span, field: fieldOf(flow, name), ...patternOf(value), caseSensitive: false, token: true }), node);
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
