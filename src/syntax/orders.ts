import type { Compare, Operator } from '../model';

/** How most languages write each comparison of order. */
export const ORDER_SIGNS = { less: '<', 'at-most': '<=', greater: '>', 'at-least': '>=' } as const;
/** The word that each is listed under. */
export const ORDER_WORDS = { less: 'lt', 'at-most': 'le', greater: 'gt', 'at-least': 'ge' } as const;

export type Order = keyof typeof ORDER_SIGNS;
export type OrderSign = (typeof ORDER_SIGNS)[Order];
export type OrderWord = (typeof ORDER_WORDS)[Order];

const ALL = Object.keys(ORDER_SIGNS) as readonly Order[];

/** The comparisons by their words. */
export const ORDERS = Object.fromEntries(ALL.map((order) => [ORDER_WORDS[order], order])) as Readonly<Record<OrderWord, Order>>;

export const isOrder = (compare: Compare): compare is Order => compare in ORDER_SIGNS;

/** What a sign of order between two values says. */
export const orderOf = (sign: OrderSign): Order => ALL.find((order) => ORDER_SIGNS[order] === sign)!;

const isOrderSign = (sign: string): sign is OrderSign => ALL.some((order) => ORDER_SIGNS[order] === sign);

/** What a sign between two values says: their order, or that they are equal, as its negation does too. */
export function saidBy(sign: string): { readonly compare: Compare; readonly word: Operator } {
  if (!isOrderSign(sign)) return { compare: 'equals', word: 'eq' };
  const compare = orderOf(sign);
  return { compare, word: ORDER_WORDS[compare] };
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** The sign that says the same of the two values the other way round. */
export const flipped = <Sign extends string>(sign: Sign): Sign => (FLIPPED[sign] ?? sign) as Sign;
