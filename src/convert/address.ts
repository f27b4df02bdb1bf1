import type { GlobPart, Literal, Predicate, Span } from '../model';
import { problemOfNetwork } from '../syntax/network';
import { placeOf } from '../syntax/predicates';
import { type Side, single } from './side';

/** Some numbers of an IPv4 address, and any after them. */
const BEGINNING = /^(?:\d{1,3}\.){1,3}$/;

/** A text or pattern of an address where the target's field holds nothing else: the address, or the network of all that begin so; any other is refused. */
export function addressIn(parts: readonly GlobPart[], span: Span, side: Side): readonly Predicate[] {
  const { work, field } = side;
  const [first, second, ...others] = parts;
  const text = typeof first === 'object' && 'text' in first && others.length === 0 ? first.text : null;
  const literal = (written: string): Literal => ({ kind: 'literal', span: placeOf(span), type: 'string', text: written });
  if (text !== null && second === undefined && !text.includes('/') && problemOfNetwork(text) === null) return [single(side, literal(text), 'eq', 'exact')];
  if (text !== null && second === 'any-run' && work.manner.cidr !== null && BEGINNING.test(text)) {
    const numbers = text.slice(0, -1).split('.');
    const network = `${[...numbers, '0', '0', '0'].slice(0, 4).join('.')}/${numbers.length * 8}`;
    if (problemOfNetwork(network) === null)
      return [
        single({ ...side, test: { ...side.test, compare: 'cidr' } }, literal(network), work.manner.cidr, work.manner.letters === 'exact' ? 'exact' : 'fold'),
      ];
  }
  work.refuse(
    span,
    `\`${field!.name}\` holds addresses in ${work.label}, and this is ${second === undefined && text !== null ? 'none' : 'a pattern, which none fits'}`,
  );
  return [];
}
