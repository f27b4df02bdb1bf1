import { conditionsOf } from '../../logic/relate';
import type { Formula } from '../../logic/formula';
import { familyOf } from '../../knowledge/families';
import { isOwnSource, SOURCE_NAMES } from '../../knowledge/sources';
import type { RuleCopy } from '../../model';
import { storedFormula } from '../stored-formula';
import type { CatalogRule } from './encode';
import { byText } from '../../syntax/by-text';

/** A rule that is left out because another says the same. */
export interface LeftOut {
  readonly rule: CatalogRule;
  readonly kept: CatalogRule;
  readonly by: RuleCopy['by'];
}

/**
 * The rules, each once, with the other places where it stands. Two are one where a vendor's rules have the same ID and not quite different contents,
 * or mean the same over the same events. Of several the one of the first source stays, of one source's the one that is in use and was changed last.
 * Rules that are only listed give way to those that have a text. A reader's own rules stay as they are.
 */
export function withoutCopies(rules: readonly CatalogRule[]): { readonly rules: readonly CatalogRule[]; readonly leftOut: readonly LeftOut[] } {
  const ordered = [...rules].sort(compareRank);
  const byId = new Map<string, CatalogRule[]>();
  const byMeaning = new Map<string, CatalogRule>();
  const copies = new Map<CatalogRule, RuleCopy[]>();
  const leftOut: LeftOut[] = [];
  const kept: CatalogRule[] = [];
  for (const rule of ordered) {
    if (isOwnSource(rule.source)) {
      kept.push(rule);
      continue;
    }
    const idKey = rule.id === '' ? null : `${rule.vendor} ${rule.id.toLowerCase()}`;
    const meaning = rule.kind === LISTED ? null : meaningKeyOf(rule);
    const sameId = idKey === null ? undefined : byId.get(idKey)?.find((one) => isSameById(one, rule));
    const same = sameId ?? (rule.kind === LISTED ? listedAs(byId, rule) : meaning === null ? undefined : byMeaning.get(meaning));
    if (same === undefined) {
      kept.push(rule);
      if (idKey !== null) byId.set(idKey, [...(byId.get(idKey) ?? []), rule]);
      byId.set(fileKeyOf(rule), [...(byId.get(fileKeyOf(rule)) ?? []), rule]);
      if (meaning !== null) byMeaning.set(meaning, rule);
      continue;
    }
    const by = sameId === undefined && rule.kind !== LISTED ? 'meaning' : 'id';
    leftOut.push({ rule, kept: same, by });
    // What is only listed is no place where a rule stands.
    if (rule.kind !== LISTED) copies.set(same, [...(copies.get(same) ?? []), { source: rule.source, path: rule.path, by }, ...rule.copies]);
    // A third that means what a copy means is a copy too.
    if (meaning !== null && !byMeaning.has(meaning)) byMeaning.set(meaning, same);
  }
  return { rules: kept.map((rule) => (copies.has(rule) ? { ...rule, copies: distinct([...rule.copies, ...copies.get(rule)!], rule) } : rule)), leftOut };
}

const LISTED = 'no query text';

/** The order of sources; inside one, rules in use before those that are not, the last changed first. */
const compareRank = (a: CatalogRule, b: CatalogRule): number =>
  Number(a.kind === LISTED) - Number(b.kind === LISTED) ||
  SOURCE_NAMES.indexOf(a.source) - SOURCE_NAMES.indexOf(b.source) ||
  Number(a.status === 'deprecated') - Number(b.status === 'deprecated') ||
  byText(b.modified || b.created, a.modified || a.created) ||
  byText(a.path, b.path) ||
  a.ordinal - b.ordinal ||
  byText(a.title, b.title) ||
  byText(a.vendor, b.vendor);

/** Authors also copy an ID into quite another rule by mistake: such rules share neither a title, nor a file's name, nor most of what they compare. */
function isSameById(a: CatalogRule, b: CatalogRule): boolean {
  if (a.source === b.source && a.path === b.path) return false;
  if (b.kind === LISTED || wordsOf(a.title) === wordsOf(b.title)) return a.ordinal === b.ordinal || b.kind === LISTED;
  if (a.ordinal !== b.ordinal) return false;
  if (fileNameOf(a.path) === fileNameOf(b.path)) return true;
  if (a.source === b.source) return false;
  const [own, others] = [valuesOf(a), valuesOf(b)];
  const shared = [...own].filter((value) => others.has(value)).length;
  return shared * 2 >= Math.max(own.size, others.size) && shared > 0;
}

/** A listed rule that has no ID is found by the name of its file and its title. */
const listedAs = (known: ReadonlyMap<string, readonly CatalogRule[]>, rule: CatalogRule): CatalogRule | undefined => known.get(fileKeyOf(rule))?.[0];

const fileKeyOf = (rule: CatalogRule): string => `file ${rule.vendor} ${fileNameOf(rule.path)} ${wordsOf(rule.title)}`;
const fileNameOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.\w+$/, '')
    .toLowerCase();
const wordsOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const valuesOf = (rule: CatalogRule): Set<string> =>
  new Set(rule.leaves.flatMap(({ triples }) => triples.flatMap((triple) => (triple === null ? [] : `${triple.field} ${triple.kind} ${triple.value}`))));

/** Equal for rules of a vendor that fire on the same events; null where one event does not decide, something is not read, or there is one condition only. */
function meaningKeyOf({ vendor, meaning, platforms, events, logsource }: CatalogRule): string | null {
  if (meaning === null || !meaning.isWhole) return null;
  const formula = storedFormula(meaning, familyOf(vendor));
  if (conditionsOf(formula).length < 2) return null;
  const key = keyOf(formula);
  if (key === null) return null;
  const read =
    events.length === 0
      ? logsource
      : events
          .map(({ provider, id }) => `${provider} ${id}`)
          .sort()
          .join();
  return `${vendor} ${platforms.join()} ${read} ${key}`;
}

/** The formula with its parts in one order, each once; null where a part is not read. */
function keyOf(formula: Formula): string | null {
  switch (formula.kind) {
    case 'literal':
      return formula.key;
    case 'unread':
      return null;
    case 'all':
    case 'any': {
      const parts = new Set<string>();
      for (const part of formula.of) {
        const key = keyOf(part);
        if (key === null) return null;
        parts.add(key);
      }
      return parts.size === 1 ? [...parts][0]! : `${formula.kind}(${[...parts].sort().join('\u0000')})`;
    }
    default:
      return formula satisfies never;
  }
}

/** Each place once, but for the rule's own. */
function distinct(copies: readonly RuleCopy[], { source, path }: CatalogRule): RuleCopy[] {
  const seen = new Set([`${source} ${path}`]);
  return copies.filter((copy) => !seen.has(`${copy.source} ${copy.path}`) && seen.add(`${copy.source} ${copy.path}`));
}
