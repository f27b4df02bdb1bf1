/** A search as it stands in a box and in the address: conditions, words, and the order as `sort:-modified`. Only the text is kept; all else is read from it. */
const TOKEN = /-?\w+:"(?:[^"\\]|\\.)*"?|"(?:[^"\\]|\\.)*"?|\S+/g;
const CONDITION = /^(\w+):(?:"((?:[^"\\]|\\.)*)"?|(\S*))$/;

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

/** The values that a query's conditions on these keys have, and its other parts as they are written; a condition without a value yet asks nothing. */
export function conditionsIn<Key extends string>(
  query: string,
  keys: readonly Key[],
): { readonly values: Readonly<Record<Key, readonly string[]>>; readonly words: readonly string[] } {
  const values = Object.fromEntries(keys.map((key): [Key, string[]] => [key, []])) as Record<Key, string[]>;
  const words = tokensOf(query).filter((token) => {
    const [, name, quoted, plain] = CONDITION.exec(token) ?? [];
    const key = keys.find((one) => one === name);
    const value = quoted?.replaceAll('\\"', '"') ?? plain ?? '';
    if (key !== undefined && value !== '') values[key].push(value);
    return key === undefined;
  });
  return { values, words };
}

const isOrder = (token: string): boolean => token.startsWith('sort:');

/** The query without its order. */
export const askedOf = (query: string): string =>
  tokensOf(query)
    .filter((token) => !isOrder(token))
    .join(' ');

/** What the query says of its order, as it is written; '' when it says nothing. */
export const orderTextIn = (query: string): string => tokensOf(query).findLast(isOrder)?.slice('sort:'.length) ?? '';

/** The order among these that the query names; null when it names none that there is. */
export function orderIn<By extends string>(query: string, names: readonly By[]): { readonly by: By; readonly descending: boolean } | null {
  const token = orderTextIn(query);
  const by = names.find((name) => name === token.replace(/^-/, ''));
  return by === undefined ? null : { by, descending: token.startsWith('-') };
}

/** The query with this order, or with none. */
export const ordered = (query: string, order: { readonly id: string; readonly desc: boolean } | null): string =>
  [...tokensOf(query).filter((token) => !isOrder(token)), ...(order === null ? [] : [`sort:${order.desc ? '-' : ''}${order.id}`])].join(' ');

/** The query with something else in place of a part of it; as it is where it has no such part any more. */
export const replaced = (query: string, part: string, instead: string): string => query.replace(part, () => instead);
