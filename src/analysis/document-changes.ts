import type { MeaningChange, RuleChanges } from '../model';
import type { Written } from './changed-conditions';
import { changesBetween } from './changes';

/** By what a rule is known again in another text of its document, the surest first; '' tells none. */
const KNOWN_BY: readonly ((rule: Written) => string)[] = [
  ({ report: { rule } }) => rule.meta.id,
  ({ report: { rule } }) => rule.meta.title,
  ({ text, report: { rule } }) => text.slice(rule.span.start, rule.span.end),
];

/** What every rule of a document means beside what it meant in an earlier text: in the later text's order, those that are gone last. */
export function documentChanges(was: readonly Written[], is: readonly Written[]): readonly RuleChanges[] {
  const known = pairs(was, is);
  const before = new Set(known.values());
  return [
    ...is.map((rule, at): RuleChanges => {
      const name = nameOf(rule, at);
      const old = known.get(rule);
      return {
        name,
        changes: old === undefined ? [{ what: 'rule added', before: '', after: name, matches: matchesOf(rule, 'more events') }] : changesBetween(old, rule),
      };
    }),
    ...was.flatMap((rule, at): readonly RuleChanges[] => {
      const name = nameOf(rule, at);
      return before.has(rule) ? [] : [{ name, changes: [{ what: 'rule removed', before: name, after: '', matches: matchesOf(rule, 'fewer events') }] }];
    }),
  ];
}

/** Later rules with what each was. */
function pairs(was: readonly Written[], is: readonly Written[]): ReadonlyMap<Written, Written> {
  const known = new Map<Written, Written>();
  let [olds, news] = [was, is];
  for (const keyOf of KNOWN_BY) {
    const old = onlyOnes(olds, keyOf);
    for (const [key, rule] of onlyOnes(news, keyOf)) if (old.has(key)) known.set(rule, old.get(key)!);
    const before = new Set(known.values());
    [olds, news] = [olds.filter((rule) => !before.has(rule)), news.filter((rule) => !known.has(rule))];
  }
  // What is left is the same rule rewritten, unless each says that it is another.
  const isOther = (old: Written, rule: Written): boolean => was.length + is.length > 2 && [old, rule].every(({ report }) => report.rule.meta.id !== '');
  if (olds.length === news.length) news.forEach((rule, at) => (isOther(olds[at]!, rule) ? undefined : known.set(rule, olds[at]!)));
  return known;
}

/** Rules by a key that no second one has. */
function onlyOnes(rules: readonly Written[], keyOf: (rule: Written) => string): ReadonlyMap<string, Written> {
  const counts = new Map<string, number>();
  for (const rule of rules) counts.set(keyOf(rule), (counts.get(keyOf(rule)) ?? 0) + 1);
  return new Map(rules.flatMap((rule) => (keyOf(rule) !== '' && counts.get(keyOf(rule)) === 1 ? [[keyOf(rule), rule]] : [])));
}

const nameOf = ({ report: { rule } }: Written, at: number): string => rule.meta.title || `rule ${at + 1}`;

/** A filter narrows other rules, a correlation counts what they find. */
const matchesOf = ({ report: { rule } }: Written, matches: MeaningChange['matches']): MeaningChange['matches'] =>
  rule.meta.kind === 'filter' || rule.meta.kind === 'correlation' ? 'not told' : matches;
