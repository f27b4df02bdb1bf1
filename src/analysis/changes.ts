import { conditionText } from '../logic/condition-text';
import { formulaOf, type Formula } from '../logic/formula';
import { comparedConditions, looksFor } from '../logic/relate';
import { familyWriting } from '../knowledge/families';
import type { MeaningChange, Report } from '../model';

/** Fields as the author writes them: both texts are one draft's. */
const AS_WRITTEN = { canonical: (name: string): string => name };

/** A rule with the document it stands in. */
interface Written {
  readonly text: string;
  readonly report: Report;
}

/** What one text of a rule means beside another: told of what both mean, and where that is not known, said so. The order of conditions and their wording are no change. */
export const changesBetween = ({ report: before, text }: Written, { report: after, text: newText }: Written): readonly MeaningChange[] => [
  ...saidChange('event source', sourceOf(before), sourceOf(after), 'other events'),
  ...conditionChanges(before, after),
  ...saidChange('grouping', before.groupBy.join(', '), after.groupBy.join(', '), 'other rows'),
  ...saidChange('time window', before.timeWindow, after.timeWindow, 'other rows'),
  ...stepChanges(stepsOf(before, text), stepsOf(after, newText)),
  ...saidChange('severity', before.rule.meta.severity, after.rule.meta.severity, ''),
  ...saidChange('techniques', before.rule.meta.techniques.join(', '), after.rule.meta.techniques.join(', '), ''),
];

const sourceOf = ({ rule }: Report): string => rule.meta.logsource || rule.analysis.sources.map(({ name }) => name).join(', ');

function saidChange(what: string, before: string, after: string, matches: MeaningChange['matches']): readonly MeaningChange[] {
  if (before === after) return [];
  const change = before === '' ? 'added' : after === '' ? 'removed' : 'changed';
  return [{ what: `${what} ${change}`, before, after, matches }];
}

/** Steps that are no filters: what filters ask is told by condition. Where the event source is told, it is no step. */
const stepsOf = ({ rule }: Report, text: string): readonly string[] =>
  rule.analysis.stages
    .filter(({ role, predicate }) => role !== 'source' && predicate === undefined)
    .map(({ span, text: own }) => clipped((own ?? text.slice(span.start, span.end)).trim().replaceAll(/\s+/g, ' ')));

const STEP_LENGTH = 200;
const clipped = (text: string): string => (text.length > STEP_LENGTH ? `${text.slice(0, STEP_LENGTH)}…` : text);

/** Steps that only one of the texts has: what they do to the rows is not told. */
function stepChanges(before: readonly string[], after: readonly string[]): readonly MeaningChange[] {
  const [gone, come] = [without(before, after), without(after, before)];
  const count = Math.max(gone.length, come.length);
  return Array.from({ length: count }, (_, at) => saidChange('step', gone[at] ?? '', come[at] ?? '', 'not told')[0]!);
}

/** Those of `all` that `others` has not, as often as they stand there more. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const one of others) left.set(one, (left.get(one) ?? 0) + 1);
  return all.filter((one) => {
    const known = left.get(one) ?? 0;
    if (known > 0) left.set(one, known - 1);
    return known === 0;
  });
}

/** An alternative, or the value of a list, that one of two conditions has and the other has not. */
function alternativesBeside(one: Formula, other: Formula): Formula {
  const known = new Set(partsOf(other).map(keyOf));
  const own = partsOf(one).filter((part) => !known.has(keyOf(part)));
  return own.length === 0 || own.length === partsOf(one).length ? one : own.length === 1 ? own[0]! : { kind: 'any', of: own, span: one.span };
}

const partsOf = (formula: Formula): readonly Formula[] => (formula.kind === 'any' ? formula.of : [formula]);

/** Equal for what is written alike; two parts that are not read are never known to be alike. */
const keyOf = (formula: Formula): string =>
  formula.kind === 'literal'
    ? formula.key
    : formula.kind === 'unread'
      ? `unread ${formula.span.start}`
      : `${formula.kind}(${formula.of.map(keyOf).toSorted().join('|')})`;

function conditionChanges(before: Report, after: Report): readonly MeaningChange[] {
  const [was, is] = [before, after].map(({ rule }) =>
    formulaOf(rule.analysis.predicate, AS_WRITTEN, { manyValues: familyWriting(rule.taxonomy)?.manyValues === true }),
  );
  const computed = new Set(
    [before, after].flatMap(({ leaves }) => leaves.flatMap(({ polarity, field }) => (polarity === 'threshold' && field !== null ? [field] : []))),
  );
  const nameOf = (formula: Formula): string =>
    isOf(computed, formula) ? 'threshold' : looksFor(formula) ? 'condition' : holdsUnread(formula) ? 'unread part' : 'exclusion';
  const rows = comparedConditions(was!, is!).filter(({ as }) => as !== 'same');
  const gone = rows.filter(({ as }) => as === 'only-first').map(({ first }) => first!);
  const come = rows.filter(({ as }) => as === 'only-second').map(({ second }) => second!);
  const changed = rows.flatMap(({ as, first, second }) => (first === null || second === null ? [] : [{ as, first, second }]));
  // Conditions that share an alternative are one, rewritten.
  const rewritten = gone.flatMap((first) => {
    const second = come.find((other) => partsOf(first).some((part) => partsOf(other).some((one) => keyOf(one) === keyOf(part))));
    return second === undefined ? [] : [{ first, second }];
  });
  const paired = new Set(rewritten.flatMap(({ first, second }) => [first, second]));
  return [
    ...[...changed, ...rewritten.map((pair) => ({ as: 'changed' as const, ...pair }))].map(({ as, first, second }): MeaningChange => {
      const [narrow, wide] = [`${nameOf(second)} narrowed`, `${nameOf(second)} widened`];
      const said = { before: conditionText(alternativesBeside(first, second)), after: conditionText(alternativesBeside(second, first)) };
      const isWithin = (one: Formula, other: Formula): boolean => partsOf(one).every((part) => partsOf(other).some((known) => keyOf(known) === keyOf(part)));
      if (as === 'wider') return { what: wide, ...said, before: isWithin(first, second) ? '' : said.before, matches: 'more events' };
      if (as === 'narrower') return { what: narrow, ...said, after: isWithin(second, first) ? '' : said.after, matches: 'fewer events' };
      return { what: `${nameOf(second)} changed`, ...said, matches: 'other events' };
    }),
    ...gone
      .filter((one) => !paired.has(one))
      .map((one): MeaningChange => ({
        what: `${nameOf(one)} removed`,
        before: conditionText(one),
        after: '',
        matches: holdsUnread(one) ? 'not told' : 'more events',
      })),
    ...come
      .filter((one) => !paired.has(one))
      .map((one): MeaningChange => ({
        what: `${nameOf(one)} added`,
        before: '',
        after: conditionText(one),
        matches: holdsUnread(one) ? 'not told' : 'fewer events',
      })),
  ];
}

const isOf = (fields: ReadonlySet<string>, formula: Formula): boolean =>
  formula.kind === 'literal' ? fields.has(formula.field) : formula.kind !== 'unread' && formula.of.length > 0 && formula.of.every((part) => isOf(fields, part));

const holdsUnread = (formula: Formula): boolean => formula.kind === 'unread' || (formula.kind !== 'literal' && formula.of.some(holdsUnread));
