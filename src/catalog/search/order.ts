import type { RuleOrder } from '../../model';
import { listAt } from '../store/columns';
import type { MetadataColumns } from '../store/metadata-columns';

/** Puts rules in an order; rules that are equal in it stand by title, those that have no value last. */
type Orderer = (rules: Int32Array, order: RuleOrder) => Int32Array;

const SEVERITIES: readonly string[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** Sorting is counting over columns made once: time is linear in the catalog's rules. */
export function ordererOf(list: MetadataColumns): Orderer {
  const keys = new Map<RuleOrder['by'], Int32Array>();
  const keysOf = (by: RuleOrder['by']): Int32Array => {
    let known = keys.get(by);
    if (known === undefined) keys.set(by, (known = keyColumn(list, by)));
    return known;
  };
  return (rules, { by, descending }) => {
    const byTitle = counted(rules, keysOf('title'), by === 'title' && descending);
    return by === 'title' ? byTitle : counted(byTitle, keysOf(by), descending);
  };
}

/** A number a rule, from 1 in ascending order; 0 where there is no value. */
function keyColumn(list: MetadataColumns, by: RuleOrder['by']): Int32Array {
  const words = (column: Int32Array): Int32Array => column.map((word) => (list.words[word] === '' ? 0 : word + 1));
  switch (by) {
    case 'title':
      return titleRanks(list.titles);
    case 'vendor':
      return list.vendors.map((vendor) => vendor + 1);
    case 'kind':
      return list.kinds.map((kind) => kind + 1);
    case 'severity':
      return list.severities.map((word) => SEVERITIES.indexOf(list.words[word]!) + 1);
    case 'status':
      return words(list.statuses);
    case 'language':
      return words(list.languages);
    case 'created':
      return words(list.created);
    case 'modified':
      return words(list.modified);
    case 'technique':
      return Int32Array.from({ length: list.count }, (_, rule) => (listAt(list.techniques, rule)[0] ?? -1) + 1);
    default:
      return by satisfies never;
  }
}

/** Places of the titles in order, letters' case aside; equal titles share one. */
function titleRanks(titles: readonly string[]): Int32Array {
  const lower = titles.map((title) => title.toLowerCase());
  const order = [...lower.keys()].sort((a, b) => (lower[a]! < lower[b]! ? -1 : lower[a]! > lower[b]! ? 1 : a - b));
  const ranks = new Int32Array(titles.length);
  let rank = 0;
  order.forEach((rule, at) => {
    if (at === 0 || lower[rule] !== lower[order[at - 1]!]) rank++;
    ranks[rule] = rank;
  });
  return ranks;
}

/** Rules by their keys, keeping the order of equal ones; 0 comes last either way. */
function counted(rules: Int32Array, keys: Int32Array, descending: boolean): Int32Array {
  let highest = 0;
  for (const rule of rules) highest = Math.max(highest, keys[rule]!);
  const bucketOf = (rule: number): number => (keys[rule] === 0 ? highest : descending ? highest - keys[rule]! : keys[rule]! - 1);
  const starts = new Int32Array(highest + 2);
  for (const rule of rules) starts[bucketOf(rule) + 1]!++;
  for (let bucket = 0; bucket <= highest; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const sorted = new Int32Array(rules.length);
  for (const rule of rules) sorted[starts[bucketOf(rule)]!++] = rule;
  return sorted;
}
