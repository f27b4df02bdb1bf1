import { familyWriting } from '../knowledge/families';
import { manyValuesIn } from '../knowledge/many-values';
import { conditionText } from '../logic/condition-text';
import { type Formula, formulaOf, joined } from '../logic/formula';
import { implies } from '../logic/implies';
import { comparedConditions, conditionsOf, looksFor } from '../logic/relate';
import type { MeaningChange, Report } from '../model';

/** A rule with the document it stands in. */
export interface Written {
  readonly text: string;
  readonly report: Report;
}

/** What one text of a rule asks of events. */
interface Side {
  readonly formula: Formula;
  /** Equal for what is asked alike; what is not read is alike where its words are. */
  readonly keyOf: (part: Formula) => string;
}

/** Fields as the author writes them: both texts are one draft's. */
const AS_WRITTEN = { canonical: (name: string): string => name };

/** More conditions than these, each side's times the other's, are not compared one by one. */
const MOST_PAIRS = 100_000;

/** The conditions, exclusions and thresholds that two texts of a rule do not ask alike. */
export function changedConditions(before: Written, after: Written): readonly MeaningChange[] {
  const [was, is] = [sideOf(before), sideOf(after)];
  const gone = partsBeside(conditionsOf(was.formula), was, conditionsOf(is.formula), is);
  const come = partsBeside(conditionsOf(is.formula), is, conditionsOf(was.formula), was);
  if (gone.length * come.length > MOST_PAIRS) return [{ what: 'conditions changed', before: counted(gone), after: counted(come), matches: 'not told' }];
  const rows = comparedConditions(joined('all', gone, was.formula.span), joined('all', come, is.formula.span));
  // What several others, or one that is in both, ask together is asked still.
  const removed = rows.flatMap(({ as, first }) => (as === 'only-first' && !implies(is.formula, first!) ? [first!] : []));
  const added = rows.flatMap(({ as, second }) => (as === 'only-second' && !implies(was.formula, second!) ? [second!] : []));
  const pairs = [
    ...rows.flatMap(({ as, first, second }) => (as === 'same' || first === null || second === null ? [] : [{ as, first, second }])),
    ...rewritten(removed, was, added, is),
  ];
  const paired = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  const nameOf = namesFor([before.report, after.report]);
  return [
    ...pairs.map(({ as, first, second }): MeaningChange => {
      const said = { before: textBeside(first, was, second, is), after: textBeside(second, is, first, was) };
      if (as === 'wider') return { what: `${nameOf(second)} widened`, ...said, matches: 'more events' };
      if (as === 'narrower') return { what: `${nameOf(second)} narrowed`, ...said, matches: 'fewer events' };
      return { what: `${nameOf(second)} changed`, ...said, matches: 'other events' };
    }),
    ...removed
      .filter((part) => !paired.has(part))
      .map((part): MeaningChange => ({
        what: `${nameOf(part)} removed`,
        before: conditionText(part),
        after: '',
        matches: holdsUnread(part) || holdsUnread(is.formula) ? 'not told' : 'more events',
      })),
    ...added
      .filter((part) => !paired.has(part))
      .map((part): MeaningChange => ({
        what: `${nameOf(part)} added`,
        before: '',
        after: conditionText(part),
        matches: holdsUnread(part) || holdsUnread(was.formula) ? 'not told' : 'fewer events',
      })),
  ];
}

function sideOf({ text, report: { rule } }: Written): Side {
  const keyOf = (part: Formula): string => {
    if (part.kind === 'literal') return part.key;
    if (part.kind === 'unread') return `unread ${text.slice(part.span.start, part.span.end)}`;
    return `${part.kind}(${part.of.map(keyOf).toSorted().join('|')})`;
  };
  return {
    formula: formulaOf(rule.analysis.predicate, AS_WRITTEN, { manyValues: manyValuesIn(familyWriting(rule.taxonomy), { language: rule.analysis.language }) }),
    keyOf,
  };
}

/** Those of `parts` that `others` has not. */
function partsBeside(parts: readonly Formula[], own: Side, others: readonly Formula[], side: Side): readonly Formula[] {
  const known = new Set(others.map(side.keyOf));
  return parts.filter((part) => !known.has(own.keyOf(part)));
}

const alternativesOf = (formula: Formula): readonly Formula[] => (formula.kind === 'any' ? formula.of : [formula]);

/** The alternatives, or values of a list, that one of two conditions has and the other has not, in words. */
function textBeside(one: Formula, own: Side, other: Formula, side: Side): string {
  const parts = partsBeside(alternativesOf(one), own, alternativesOf(other), side);
  return parts.length === 0 ? '' : conditionText(joined('any', parts, one.span));
}

/** Conditions that share an alternative are one, rewritten. */
function rewritten(removed: readonly Formula[], was: Side, added: readonly Formula[], is: Side) {
  const byPart = new Map(added.flatMap((second) => alternativesOf(second).map((part) => [is.keyOf(part), second] as const)));
  return removed.flatMap((first) => {
    const shared = alternativesOf(first).find((part) => byPart.has(was.keyOf(part)));
    return shared === undefined ? [] : [{ as: 'rewritten' as const, first, second: byPart.get(was.keyOf(shared))! }];
  });
}

/** What a condition is to its rule, in a word. */
function namesFor(reports: readonly Report[]): (condition: Formula) => string {
  const computed = new Set(reports.flatMap(({ leaves }) => leaves.flatMap(({ polarity, field }) => (polarity === 'threshold' ? [field] : []))));
  const isThreshold = (formula: Formula): boolean =>
    formula.kind === 'literal' ? computed.has(formula.field) : formula.kind !== 'unread' && formula.of.length > 0 && formula.of.every(isThreshold);
  return (condition) => (isThreshold(condition) ? 'threshold' : looksFor(condition) ? 'condition' : holdsUnread(condition) ? 'unread part' : 'exclusion');
}

const counted = (parts: readonly Formula[]): string => `${parts.length.toLocaleString('en')} that the other text has not`;

const holdsUnread = (formula: Formula): boolean => formula.kind === 'unread' || (formula.kind !== 'literal' && formula.of.some(holdsUnread));
