import type { Addition, Context, Span, Test, TextEdit } from '../../../model';
import { holdsPlace } from '../../../syntax/conjuncts';
import { ignoresCase } from '../../../syntax/regex';
import { rowTest } from '../../../syntax/row-test';
import { regexText } from '../lower/expressions';
import { searchText } from './search';
import { searchValue } from './values';
import { whereText } from './where';
import { expand } from '../assist/expand';
import { nameOf, prefixesOf } from '../lower/lowering-context';
import { lex } from '../parse/lexer';
import { parse } from '../parse/parser';
import type { Command, ComparisonSign, Expression, Pipeline, SearchNode, Segment, Word } from '../tree';

/** A comparison of the wanted field that is there already, and how another value joins it. */
interface Found {
  readonly field: Word;
  readonly start: number;
  readonly end: number;
  /** `list`: into its parentheses; `or`: one more branch of the OR it is in; `group`: an OR in parentheses of its own; `after`: a NOT behind an inequality. */
  readonly join: 'list' | 'or' | 'group' | 'after';
  readonly isExpression: boolean;
}

/** Edits that write a row where it belongs: beside the same field as OR or into its list, an exclusion as NOT; else at the end of the first search, or as a stage of its own. */
export function add(text: string, addition: Addition, context: Context): readonly TextEdit[] | null {
  // A backslash at its end guards nothing: no regular expression, and no text.
  if ((addition.op === 'regex_match' || addition.op === 'match') && /(?<!\\)(?:\\\\)*\\$/.test(addition.value)) return null;
  const { pipeline } = parse(text, lex(text));
  const prefixes = prefixesOf(text);
  const found = isPattern(addition)
    ? findField(segmentsAt(pipeline, addition.at), nameOf(addition.field, prefixes), addition.polarity === 'exclusion', prefixes)
    : null;
  return found === null ? addNew(text, pipeline, addition, prefixes, context) : joinFound(text, found, addition);
}

function joinFound(text: string, found: Found, addition: Addition): readonly TextEdit[] | null {
  const value = valueText(addition);
  if (found.join === 'list') return value === null ? null : [insertion(closing(text, found), `, ${value}`)];
  const comparison = found.isExpression
    ? expressionOf(addition, found.field.text)
    : value === null
      ? null
      : `${text.slice(found.field.start, found.field.end)}=${value}`;
  if (comparison === null) return null;
  if (found.join === 'after') return [insertion(found.end, `${found.isExpression ? ' AND' : ''} NOT ${comparison}`)];
  if (found.join === 'or') return [insertion(found.end, ` OR ${comparison}`)];
  return [insertion(found.start, '('), insertion(found.end, ` OR ${comparison})`)];
}

const insertion = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });

/** Before the parenthesis that closes a list, or at its end where that is missing. */
const closing = (text: string, { end }: Found): number => (text[end - 1] === ')' ? end - 1 : end);

const isPattern = ({ op }: Addition): boolean => ['eq', 'in', 'contains', 'starts_with', 'ends_with', 'wildcard'].includes(op);

/** A row as the comparison it is: a like knows letters' case, and so does a regular expression that does not say otherwise. */
function testOf(addition: Addition, field = addition.field): Test {
  const test = rowTest({ ...addition, field }, 'pcre');
  const [value] = test.values;
  if (value?.kind === 'regex') {
    const written = value.text.replace(/\\[^]|"/g, (part) => (part === '"' ? '\\"' : part));
    return { ...test, word: 'match', values: [{ ...value, text: regexText(written), written }], case: ignoresCase(written) ? 'fold' : 'exact' };
  }
  return addition.op === 'like' || addition.op === 'field_eq' ? { ...test, case: 'exact' } : test;
}

/** The value as a search writes it, stars where the comparison leaves the rest open; null where a search cannot say it. */
function valueText(addition: Addition): string | null {
  const [value] = testOf(addition).values;
  return value === undefined ? null : searchValue(value.kind === 'literal' ? { ...value, type: 'string' } : value, []);
}

/** The comparison as a search says it; null where only an expression can. */
function searchOf(addition: Addition, field: string): string | null {
  const test = testOf(addition, field);
  const isOrder = test.compare !== 'equals';
  return searchText({ ...test, values: test.values.map((value) => (value.kind === 'literal' && !isOrder ? { ...value, type: 'string' } : value)) }, []);
}

/** The comparison as an expression says it: a pattern by like( ), or where it holds signs of its own as a search inside the expression. */
function expressionOf(addition: Addition, field: string): string | null {
  const test = testOf(addition, field);
  const [value] = test.values;
  const isPlain = value?.kind === 'literal' && value.type === 'string';
  if (isPlain) return whereText({ ...test, case: 'exact' }, []);
  if (value?.kind !== 'glob' || value.letters !== undefined) return whereText(test, []);
  const like: Test = { ...test, values: [{ ...value, letters: 'percent' }], word: 'like', case: 'exact' };
  const isSayable = !value.parts.some((part) => part === 'any-char' || (typeof part === 'object' && 'text' in part && /[%_]/.test(part.text)));
  return (isSayable ? whereText(like, []) : null) ?? whereText(test, []);
}

const segmentsAt = ({ segments }: Pipeline, at: number | undefined): readonly Segment[] => segments.filter((segment) => holdsPlace(segment, at));

/** Behind one of the searches and filters that a query begins with; null where the place is in none, or in the first stage, which `addNew` knows. */
function addBehind({ segments }: Pipeline, at: number, addition: Addition): readonly TextEdit[] | null {
  const here = segments.find((segment) => holdsPlace(segment, at));
  if (here === undefined || isCounted(segments[0]!.commands[0]) || here.end > afterSearches(segments)) return null;
  const not = addition.polarity === 'exclusion' ? 'NOT ' : '';
  const search = searchOf(addition, addition.field);
  if (search !== null) return [insertion(here.end, `${here.commands[0]?.body.form === 'search' ? '' : ' | search'} ${not}${search}`)];
  const expression = expressionOf(addition, addition.field);
  return expression === null ? null : [insertion(here.end, ` | where ${not}${expression}`)];
}

const isCounted = (command: Command | undefined): boolean => command?.body.form === 'stats' && (command.name === 'tstats' || command.name === 'mstats');

/** A comparison that nothing is there to join: into the first search or the where of tstats, else as a stage after the first. */
function addNew(text: string, pipeline: Pipeline, addition: Addition, prefixes: ReadonlySet<string>, context: Context): readonly TextEdit[] | null {
  const [first] = pipeline.segments;
  if (addition.at !== undefined && first !== undefined && !holdsPlace(first, addition.at)) return addBehind(pipeline, addition.at, addition);
  const command = first?.commands[0];
  const not = addition.polarity === 'exclusion' ? 'NOT ' : '';
  const prefix = command?.body.form === 'stats' ? prefixOf(command.body.where, prefixes, command.body.from) : '';
  const search = searchOf(addition, prefix + addition.field);
  if (search !== null && command?.body.form === 'search' && !holdsPipe(text.slice(first!.start, first!.end), context))
    return [insertion(first!.end, `${first!.end > 0 ? ' ' : ''}${not}${search}`)];
  if (search !== null && first === undefined) return [insertion(text.length, `${not}${search}`)];
  if (search !== null && command?.body.form === 'stats' && isCounted(command)) return [intoStats(command, `${not}${search}`)];
  const plain = searchOf(addition, addition.field);
  if (plain !== null) return first === undefined ? null : [insertion(first.end, ` | search ${not}${plain}`)];
  const place = first === undefined ? null : expressionPlace(pipeline.segments, addition.field, prefix);
  const expression = place === null ? null : expressionOf(addition, place.name);
  return expression === null ? null : [insertion(place!.at, ` | where ${not}${expression}`)];
}

/** Where an expression can ask for a field, and what it is called there. Behind tstats only its columns are left, with their prefix until that is dropped; null where the field is none of them. */
function expressionPlace(segments: readonly Segment[], field: string, prefix: string): { readonly at: number; readonly name: string } | null {
  const command = segments[0]!.commands[0];
  if (command === undefined || !isCounted(command)) return { at: afterSearches(segments), name: field };
  const { aggregates, by } = command.body as Command['body'] & { form: 'stats' };
  if (aggregates.some(({ alias }) => alias?.text === field)) return { at: segments[0]!.end, name: field };
  if (!by.some(({ text }) => text === prefix + field)) return null;
  const dropped = segments.find(({ macro }) => macro !== undefined && /^`\s*drop_dm_object_name\b/.test(macro));
  return dropped === undefined ? { at: segments[0]!.end, name: prefix + field } : { at: dropped.end, name: field };
}

/** Whether a macro of a segment brings commands of its own: what is written behind it belongs to the last of them. */
function holdsPipe(segment: string, context: Context): boolean {
  const whole = segment.includes('`') ? expand(segment, context).text : segment;
  return whole !== segment && lex(whole).lexemes.some(({ kind }) => kind === '|');
}

/** An expression goes after the searches and filters a query begins with. */
function afterSearches(segments: readonly Segment[]): number {
  let end = segments[0]!.end;
  for (const { commands, end: next } of segments.slice(1)) {
    if (!['search', 'where', 'regex'].includes(commands[0]?.body.form ?? '')) break;
    end = next;
  }
  return end;
}

/** The end of the where of tstats, or the place for one before `by`. */
function intoStats(command: Command, condition: string): TextEdit {
  const body = command.body as Command['body'] & { form: 'stats' };
  if (body.where !== null) return insertion(body.whereEnd, ` ${condition}`);
  const end = Math.max(body.from?.end ?? 0, ...body.aggregates.map((aggregate) => aggregate.end), command.nameSpan.end);
  return insertion(end, ` where ${condition}`);
}

/** The data set the fields of a where carry in front, or the last part of the model's name. */
function prefixOf(where: SearchNode | null, prefixes: ReadonlySet<string>, from: Word | null): string {
  let prefix: string | null = null;
  const visit = (node: SearchNode): void => {
    if (prefix !== null) return;
    if (node.kind === 'and' || node.kind === 'or') node.of.forEach(visit);
    else if (node.kind === 'not') visit(node.of);
    else if (node.kind === 'compare' || node.kind === 'in')
      prefix = node.field.text.slice(0, node.field.text.length - nameOf(node.field.text, prefixes).length);
  };
  if (where !== null) visit(where);
  return prefix ?? (from === null ? '' : `${from.text.split('.').at(-1)!}.`);
}

/** The last comparison with this field of the wanted sign, a list before all others. */
function findField(segments: readonly Segment[], field: string, wantsNegated: boolean, prefixes: ReadonlySet<string>): Found | null {
  let best: Found | null = null;
  const meet = (word: Word, { start, end }: Span, isNegated: boolean, join: Found['join'], isExpression: boolean): void => {
    if (word.macro !== undefined || nameOf(word.text, prefixes) !== field || isNegated !== wantsNegated) return;
    if (best?.join !== 'list' || join === 'list') best = { field: word, start, end, join, isExpression };
  };
  const joinOf = (sign: ComparisonSign, parent: 'or' | null): Found['join'] => (sign === '!=' ? 'after' : (parent ?? 'group'));
  /** What is negated together with something else excludes only in its company: no value joins it. */
  const visitSearch = (node: SearchNode, isNegated: boolean, parent: 'or' | null): void => {
    if (node.kind === 'or') for (const part of node.of) visitSearch(part, isNegated, 'or');
    else if (node.kind === 'and' && !isNegated) for (const part of node.of) visitSearch(part, false, null);
    else if (node.kind === 'not') visitSearch(node.of, !isNegated, null);
    else if (node.kind === 'in') meet(node.field, node, isNegated, 'list', false);
    else if (node.kind === 'compare' && (node.sign === '=' || node.sign === '!='))
      meet(node.field, node, isNegated !== (node.sign === '!='), joinOf(node.sign, parent), false);
  };
  const visitExpression = (node: Expression, isNegated: boolean, parent: 'or' | null): void => {
    if (node.kind === 'or') for (const part of node.of) visitExpression(part, isNegated, 'or');
    else if (node.kind === 'and' && !isNegated) for (const part of node.of) visitExpression(part, false, null);
    else if (node.kind === 'not') visitExpression(node.of, !isNegated, null);
    else if (node.kind === 'compare' && node.left.kind === 'field' && (node.sign === '=' || node.sign === '!='))
      meet(node.left.word, node, isNegated !== (node.sign === '!='), joinOf(node.sign, parent), true);
    else if (node.kind === 'call' && (node.name === 'match' || node.name === 'like') && node.of[0]?.kind === 'field')
      meet(node.of[0].word, node, isNegated, parent ?? 'group', true);
  };
  for (const { commands } of segments)
    for (const { body } of commands) {
      if (body.form === 'search' && body.search !== null) visitSearch(body.search, false, null);
      if (body.form === 'stats' && body.where !== null) visitSearch(body.where, false, null);
      if (body.form === 'where' && body.expression !== null) visitExpression(body.expression, false, null);
    }
  return best;
}
