import type { Operand, Predicate, Span } from '../../model';
import { allOf, notOf, placeOf, unread } from '../../syntax/predicates';
import { existsTest, fieldOperand } from '../../syntax/value-test';
import { entryTest, wildcardOperand } from './filters';
import { at, itemsAt, textAt, type DocumentNode, type TableNode } from './tree';

/*
 * Exceptions of Kibana's rules: a rule names lists (`exceptions_list`), a list has items, an item leaves out the events for which all its entries hold.
 * Kibana exports lists and items as lines of their own beside the rules.
 */

/** The items of an export by the name of their list. */
export type Exceptions = ReadonlyMap<string, readonly TableNode[]>;

/** Whether an object of an export is an exception list, or one of its items: no rule. */
export const isExceptionPart = (node: TableNode): boolean =>
  at(node, 'list_id') !== undefined && at(node, 'query') === undefined && at(node, 'rule_id') === undefined && at(node, 'risk_score') === undefined;

export function exceptionsIn(nodes: readonly TableNode[]): Exceptions {
  const lists = new Map<string, TableNode[]>();
  for (const node of nodes) {
    const list = textAt(node, 'list_id');
    const items = lists.get(list) ?? [];
    if (at(node, 'entries') !== undefined) items.push(node);
    lists.set(list, items);
  }
  return lists;
}

/** What a rule's exceptions demand: that no item holds. A list that is not in the document is unread. */
export function exceptionsOf(rule: TableNode, lists: Exceptions): readonly Predicate[] {
  return itemsAt(rule, 'exceptions_list').flatMap((named) => {
    const name = textAt(named, 'list_id') || textAt(named);
    if (name === '') return [];
    const items = lists.get(name);
    return items === undefined ? [notOf(unread(named, 'unknown', `exception list ${name}`), named)] : items.map((item) => notOf(itemHolds(item), item));
  });
}

const itemHolds = (item: TableNode): Predicate =>
  allOf(
    itemsAt(item, 'entries').map((entry) => entryHolds(entry, '')),
    item,
  );

function entryHolds(entry: DocumentNode, prefix: string): Predicate {
  const field = at(entry, 'field');
  if (field?.kind !== 'text') return unread(entry, 'unmodelled', 'exception entry');
  const name = prefix + field.value;
  const holds = withoutOperator(entry, name, field);
  return textAt(entry, 'operator') === 'excluded' ? notOf(holds, entry) : holds;
}

function withoutOperator(entry: DocumentNode, name: string, field: Span): Predicate {
  const span = placeOf(entry);
  const value = at(entry, 'value');
  const texts = itemsAt(value).flatMap((node): readonly Operand[] =>
    node.kind === 'text' ? [{ kind: 'literal', span: placeOf(node), type: 'string', text: node.value }] : [],
  );
  switch (textAt(entry, 'type')) {
    case 'match':
    case 'match_any':
      return texts.length === 0 ? unread(span, 'unmodelled', 'exception entry') : entryTest(span, name, field, texts);
    case 'wildcard':
      return value?.kind === 'text' ? entryTest(span, name, field, [wildcardOperand(value.value, value)]) : unread(span, 'unmodelled', 'exception entry');
    case 'exists':
      return existsTest({ span, operator: field }, fieldOperand(name, field));
    case 'nested': {
      const inner = allOf(
        itemsAt(entry, 'entries').map((one) => entryHolds(one, `${name}.`)),
        span,
      );
      return { kind: 'all', span, of: inner.kind === 'all' && inner.same === undefined ? inner.of : [inner], same: fieldOperand(name, field) };
    }
    case 'list':
      return unread(span, 'unknown', `value list ${textAt(entry, 'list', 'id')}`);
    default:
      return unread(span, 'unmodelled', 'exception entry');
  }
}
