import type { Catalog } from '../../src/catalog/catalog';
import { relatedIn, type RelationIndex, type Subject } from '../../src/catalog/relation-index';
import { FAMILIES, VENDORS } from '../../src/knowledge/families';
import { SOURCE_NAMES, sourceLabel } from '../../src/knowledge/sources';
import { asked } from '../../src/logic/condition-text';

interface Pair {
  readonly first: number;
  readonly second: number;
  /** Both read some of the same events, or the same kind of thing from other sources. */
  readonly isSure: boolean;
}

/** Pairs of rules that are proved to ask the same: looked for among those that share the rarest thing a rule looks for. */
function samePairs(index: RelationIndex): readonly Pair[] {
  const found: Pair[] = [];
  for (const [first, subject] of index.subjects.entries()) {
    if (subject === null || subject.fires === 'more') continue;
    for (const { rule: second, relation, reads } of relatedIn(index, subject, sharingRarest(index, subject)))
      if (relation === 'same' && second > first) found.push({ first, second, isSure: reads === 'same' || reads === 'kind' });
  }
  return found;
}

function sharingRarest(index: RelationIndex, subject: Subject): readonly number[] {
  let rarest: readonly number[] = [];
  for (const { key } of asked(subject.formula)) {
    const rules = index.sought.get(key)?.rules ?? [];
    if (rarest.length === 0 || (rules.length > 0 && rules.length < rarest.length)) rarest = rules;
  }
  return rarest;
}

const row = (cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)).join(' | ')} |`;

/** `docs/relations.md`: how many rules of the bundled catalog say the same as another, by vendor and by source, and which do so across vendors. */
export function duplicatesTable({ list, about }: Catalog, index: RelationIndex): string {
  const pairs = samePairs(index);
  const sure = pairs.filter(({ isSure }) => isSure);
  const among = (column: Int32Array, a: number, b: number): number =>
    sure.filter(({ first, second }) => (column[first] === a && column[second] === b) || (column[first] === b && column[second] === a)).length;
  const rulesIn = new Set(sure.flatMap(({ first, second }) => [first, second]));
  const across = sure.filter(({ first, second }) => list.vendors[first] !== list.vendors[second]);
  const acrossSources = sure.filter(({ first, second }) => list.sources[first] !== list.sources[second]);
  const names = FAMILIES.map(({ name }) => name);
  const sources = SOURCE_NAMES.flatMap((source, at) => {
    const own = among(list.sources, at, at);
    const others = acrossSources.filter(({ first, second }) => list.sources[first] === at || list.sources[second] === at).length;
    return own + others === 0 ? [] : [row([sourceLabel(source), own, others])];
  });
  const named = (rule: number): string => `${list.titles[rule]!.replaceAll('|', '\\|')} (${sourceLabel(SOURCE_NAMES[list.sources[rule]!]!)})`;
  const decided = index.subjects.filter((subject) => subject !== null && subject.fires !== 'more').length;
  return `# Rules that say the same

Made from the bundled catalog (${about.rules.toLocaleString('en')} rules) by \`test/catalog/relations.test.ts\` (\`UPDATE=1\`). Rules that a source has twice, or that stand in another source under the
same ID, are one in the catalog already and are not counted here.

Compared: ${index.compared.toLocaleString('en')} rules of which something is known; of ${decided.toLocaleString('en')} one event decides. Two are the same where each is proved to fire on whatever fires the other,
letters' case aside, over the same events or the same kind of event told by other sources. A pair more than this is left out where a part is not read
or too much would have to be compared: the figures are a lower bound.

- pairs that say the same: ${sure.length.toLocaleString('en')}, in which ${rulesIn.size.toLocaleString('en')} rules stand
- of these pairs, across vendors: ${across.length.toLocaleString('en')}; across sources: ${acrossSources.length.toLocaleString('en')}
- pairs that ask the same where it is not known which events one of the two reads, not counted above: ${(pairs.length - sure.length).toLocaleString('en')}

## Pairs by vendor

${row(['', ...names])}
${row(['---', ...names.map(() => '---:')])}
${names.map((name, a) => row([name, ...VENDORS.map((_, b) => (b < a ? '' : among(list.vendors, a, b)))])).join('\n')}

## Across vendors

${row(['one says', 'the other says'])}
${row(['---', '---'])}
${across.map(({ first, second }) => row([named(first), named(second)])).join('\n')}

## Pairs by source

${row(['source', 'among its own rules', 'with another source'])}
${row(['---', '---:', '---:'])}
${sources.join('\n')}
`;
}
