import { type QueryRemark, RULE_ORDERS, type RuleOrder } from '../../model';

/** A search as it stands in the box and in the address: conditions, words, and the order as `sort:-modified`. Only the text is kept; all else is read from it. */
const TOKEN = /-?\w+:"(?:[^"\\]|\\.)*"?|"(?:[^"\\]|\\.)*"?|\S+/g;

const tokensOf = (query: string): readonly string[] => query.match(TOKEN) ?? [];

/** A condition as it is written; a value with anything but word characters stands in quotes. */
const written = (key: string, value: string): string => `${key}:${/^[\w.-]+$/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`}`;

export const hasCondition = (query: string, key: string, value: string): boolean => tokensOf(query).includes(written(key, value));

/** The query with the condition, or without it where it had it. A rule has one vendor, but several tactics: `isSingle` replaces another value of the key. */
export function toggled(query: string, key: string, value: string, isSingle: boolean): string {
  const condition = written(key, value);
  const tokens = tokensOf(query);
  if (tokens.includes(condition)) return tokens.filter((token) => token !== condition).join(' ');
  return [...(isSingle ? tokens.filter((token) => !token.startsWith(`${key}:`)) : tokens), condition].join(' ');
}

const isOrder = (token: string): boolean => token.startsWith('sort:');

/** The query as the catalog is asked it. */
export const askedOf = (query: string): string =>
  tokensOf(query)
    .filter((token) => !isOrder(token))
    .join(' ');

const orderIn = (query: string): string => tokensOf(query).findLast(isOrder)?.slice('sort:'.length) ?? '';

/** The order the query names; null when it names none that there is. */
export function orderOf(query: string): RuleOrder | null {
  const token = orderIn(query);
  const by = RULE_ORDERS.find((name) => name === token.replace(/^-/, ''));
  return by === undefined ? null : { by, descending: token.startsWith('-') };
}

/** The query with this order, or with none. */
export const ordered = (query: string, order: { readonly id: string; readonly desc: boolean } | null): string =>
  [...tokensOf(query).filter((token) => !isOrder(token)), ...(order === null ? [] : [`sort:${order.desc ? '-' : ''}${order.id}`])].join(' ');

/** That there is no order of the name that the query asks for; nothing where there is, or where none is asked for. */
export function orderRemark(query: string): readonly QueryRemark[] {
  const token = orderIn(query);
  return token === '' || orderOf(query) !== null
    ? []
    : [{ part: `sort:${token}`, says: `names no order there is: rules can be ordered by ${RULE_ORDERS.join(', ')}.`, instead: null }];
}

/** The query with something else in place of a part of it; as it is where it has no such part any more. */
export const replaced = (query: string, part: string, instead: string): string => query.replace(part, () => instead);
