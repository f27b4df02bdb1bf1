import { type QueryRemark, RULE_ORDERS, type RuleOrder } from '../../model';
import { orderIn, orderTextIn } from '../../syntax/search-query';

/** The order of rules that the query names; null when it names none that there is. */
export const orderOf = (query: string): RuleOrder | null => orderIn(query, RULE_ORDERS);

/** That there is no order of the name that the query asks for; nothing where there is, or where none is asked for. */
export function orderRemark(query: string): readonly QueryRemark[] {
  const token = orderTextIn(query);
  return token === '' || orderOf(query) !== null
    ? []
    : [{ part: `sort:${token}`, says: `names no order there is: rules can be ordered by ${RULE_ORDERS.join(', ')}.`, instead: null }];
}
