import type { Span } from '../../model';
import type { SourceMap } from '../../syntax/relocate';

/** A text of a TOML or JSON document: decoded, with the way back to the document. */
export interface TextNode extends Span {
  readonly kind: 'text';
  readonly value: string;
  /** What stands between the quotes. */
  readonly content: Span;
  /** Stands in double quotes, where what is inserted must be escaped. */
  readonly isEscaped: boolean;
  /** Maps an offset of `value` to the document. */
  readonly map: SourceMap;
}
/** A number, a truth value, a date or null, as written. */
interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly source: string;
}
interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: DocumentNode[];
}
/** `end` grows while the document is read. */
export interface TableNode {
  readonly kind: 'table';
  readonly start: number;
  end: number;
  readonly entries: Map<string, Entry>;
}
interface Entry {
  readonly key: Span;
  readonly value: DocumentNode;
}
export type DocumentNode = TextNode | ScalarNode | ListNode | TableNode;

export const tableAt = (start: number, end = start): TableNode => ({ kind: 'table', start, end, entries: new Map() });

/** The value below a path of keys; undefined when something on the way is missing or no table. */
export function at(node: DocumentNode | undefined, ...path: readonly string[]): DocumentNode | undefined {
  for (const key of path) node = node?.kind === 'table' ? node.entries.get(key)?.value : undefined;
  return node;
}

export const textAt = (node: DocumentNode | undefined, ...path: readonly string[]): string => {
  const found = at(node, ...path);
  return found?.kind === 'text' ? found.value : found?.kind === 'scalar' ? found.source : '';
};

/** The members of a list; a lone value is a list of one, a missing one is empty. */
export function itemsAt(node: DocumentNode | undefined, ...path: readonly string[]): readonly DocumentNode[] {
  const found = at(node, ...path);
  return found === undefined ? [] : found.kind === 'list' ? found.items : [found];
}

export const textsAt = (node: DocumentNode | undefined, ...path: readonly string[]): readonly string[] =>
  itemsAt(node, ...path).flatMap((item) => (item.kind === 'text' ? [item.value] : item.kind === 'scalar' ? [item.source] : []));
