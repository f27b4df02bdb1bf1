import type { Compare, FieldRef, Operand, Predicate, Test } from '../model';
import { allOf, anyOf, conjunctsOf } from '../syntax/predicates';
import type { Manner } from './manner';
import { gone, loseAt, type Side, there } from './side';

/** The fields that a conjunct of the whole asks for. */
export function presentIn(predicate: Predicate): ReadonlySet<string> {
  return new Set(conjunctsOf(predicate).flatMap((part) => askedBy(part) ?? []));
}

function askedBy(part: Predicate): string | null {
  if (part.kind === 'any') {
    const [first, ...rest] = part.of.map(askedBy);
    return first !== undefined && rest.every((name) => name === first) ? first : null;
  }
  if (part.kind !== 'test' || part.missing === 'true' || part.compare === 'absent' || part.compare === 'empty') return null;
  return part.left?.kind === 'field' && part.left.derived !== true ? (part.left.of ?? part.left.name) : null;
}

/** The comparisons of one field together; guarded as one where they all give the same of an event without it. */
export function joinedGuarded(parts: readonly Predicate[], isEvery: boolean, side: Side): Predicate {
  const { span } = side.test;
  const join = (of: readonly Predicate[]): Predicate => (isEvery ? allOf(of, span) : anyOf(of, span));
  const given = new Set(parts.map((part) => givenOf(part, side)));
  if (given.size === 1) return guarded(join(parts), side, [...given][0]);
  return unguarded(guardedOnce(join(parts.map((part) => guarded(part, side)))), side.sign, side.work.manner);
}

/** What a comparison that was made gives of an event without its field; where absence is asked for there is nothing to guard. */
export const givenOf = (part: Predicate, side: Side): Test['missing'] | null =>
  part.kind !== 'test' || part.compare === 'absent' || part.compare === 'empty' ? null : (side.given ?? part.missing);

/** What an event without the field gives must stay what it was. */
export function guarded(predicate: Predicate, side: Side, given: Test['missing'] | null = givenOf(predicate, side)): Predicate {
  const { test, sign, work, field } = side;
  const wanted = test.missing;
  if (given === null || wanted === given || field === null) return predicate;
  if (wanted !== 'true' && given !== 'true' && (sign || (side.source !== null && work.present.has(side.source)))) return predicate;
  // Neither lets the whole hold.
  if (wanted === 'true' && given === 'unknown' && !sign) return predicate;
  if (given === 'true') {
    loseAt(work, sign, test.span, 'absent', `A field that is not there is an empty text in ${work.label}`, true);
    return predicate;
  }
  // Of events that never have the field, none would be left.
  if (wanted === 'unknown' && side.named?.isForeign === true) {
    const why = `Events without \`${field.name}\` do not fit the original, and are let through here, where most likely none has it`;
    if (!work.told.has(why)) loseAt(work, sign, test.span, 'absent', why, false);
    work.told.add(why);
    return predicate;
  }
  return wanted === 'false' ? allOf([there(side), predicate], test.span) : anyOf([gone(side), predicate], test.span);
}

/** A conjunction, or a choice, that asks once whether each field is there, where it first does. */
export function guardedOnce(predicate: Predicate): Predicate {
  if (predicate.kind !== 'all' && predicate.kind !== 'any') return predicate;
  const asked = new Set<string>();
  const parts = predicate.of.filter((part) => {
    const key = presenceIn(part);
    if (key === null) return true;
    return asked.has(key) ? false : asked.add(key);
  });
  const of = predicate.kind === 'any' ? guardedTogether(parts) : parts;
  return of.length === predicate.of.length ? predicate : predicate.kind === 'any' ? anyOf(of, predicate.span) : { ...predicate, of };
}

/** Parts of a choice that begin by asking for the same field to be there, as one part in the place of the first. */
function guardedTogether(parts: readonly Predicate[]): readonly Predicate[] {
  const groups = new Map<string | Predicate, Predicate[]>();
  for (const part of parts) {
    const key = part.kind === 'all' && part.of.length > 1 ? (presenceIn(part.of[0]!) ?? part) : part;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (group.length === 1 || first?.kind !== 'all') return first!;
    const rests = group.flatMap((part) => (part.kind === 'all' ? [allOf(part.of.slice(1), part.span)] : []));
    return allOf([first.of[0]!, anyOf(rests, first.span)], first.span);
  });
}

/**
 * A choice of which one part asks for a field not to be there: the others need not ask for it to be there. Under an odd number of negations that part says
 * nothing beside a comparison that gives nothing of an event without the field, for neither lets the whole hold.
 */
export function unguarded(choice: Predicate, sign: boolean, { lower }: Manner): Predicate {
  if (choice.kind !== 'any') return choice;
  const denied = new Set(choice.of.flatMap((part) => deniedIn(part) ?? []));
  if (denied.size === 0) return choice;
  const { of } = anyOf(
    choice.of.map((part) => (deniedIn(part) === null ? withPresent(part, denied) : part)),
    choice.span,
  ) as typeof choice;
  const unknown = new Set(of.flatMap((part) => (part.kind === 'test' && part.missing === 'unknown' ? (fieldOf(part.left, lower) ?? []) : [])));
  const isIdle = (part: Predicate): boolean => !sign && deniedIn(part) !== null && unknown.has(fieldOf(part.kind === 'test' ? part.left : null, lower) ?? '');
  return anyOf(
    of.filter((part) => !isIdle(part)),
    choice.span,
  );
}

/**
 * A conjunction that asks for fields to be there: within it none is missing, and under an odd number of negations a field need not be asked for beside a
 * comparison that fails without it.
 */
export function presentOnce(conjunction: Predicate, sign: boolean): Predicate {
  if (conjunction.kind !== 'all' || conjunction.same !== undefined) return conjunction;
  const asked = new Set(conjunction.of.flatMap((part) => presencesOf(part, sign)));
  if (asked.size === 0) return conjunction;
  const of = conjunction.of.map((part) => withPresent(part, asked));
  const isIdle = (part: Predicate): boolean => {
    const key = sign || part.kind !== 'test' || part.left?.kind !== 'field' || !asked.has(presenceIn(part) ?? '') ? null : part.left.name;
    return key !== null && of.some((other) => other !== part && needs(other, key));
  };
  return allOf(
    of.filter((part) => !isIdle(part)),
    conjunction.span,
  );
}

/** The presences without which a conjunct does not hold, as far as one can see them in it. */
function presencesOf(part: Predicate, sign: boolean): readonly string[] {
  if (part.kind === 'any') {
    const [first, ...rest] = part.of.map((one) => (one.kind === 'test' && presenceIn(one) === null ? presencesOf(one, sign) : []));
    return (first ?? []).filter((name) => rest.every((names) => names.includes(name)));
  }
  if (part.kind !== 'test' || part.left?.kind !== 'field') return [];
  const presence = presenceIn(part);
  if (presence !== null) return [presence];
  // However it is asked: for a value, or for the field alone.
  return part.missing === 'false' || (sign && part.missing === 'unknown') ? [0, 1].map((values) => `exists ${values} ${(part.left as FieldRef).name}`) : [];
}

/** A condition where these fields are there: neither that nor the other is asked any more. */
function withPresent(node: Predicate, asked: ReadonlySet<string>): Predicate {
  if (node.kind === 'not') return { ...node, of: withPresent(node.of, asked) };
  if (node.kind === 'any')
    return anyOf(
      node.of.filter((part) => !asked.has(deniedIn(part) ?? '')).map((part) => withPresent(part, asked)),
      node.span,
    );
  if (node.kind !== 'all' || node.same !== undefined) return node;
  const of = node.of.filter((part) => part.kind === 'not' || !asked.has(presenceIn(part) ?? ''));
  return allOf(
    (of.length === 0 ? node.of : of).map((part) => withPresent(part, asked)),
    node.span,
  );
}

/** Whether a condition fails of every event without the field. */
function needs(node: Predicate, field: string): boolean {
  if (node.kind === 'all') return node.of.some((part) => needs(part, field));
  if (node.kind === 'any') return node.of.length > 0 && node.of.every((part) => needs(part, field));
  return node.kind === 'test' && !PRESENCE.has(node.compare) && node.missing === 'false' && node.left?.kind === 'field' && node.left.name === field;
}

const fieldOf = (left: Operand | null, lower: string | undefined): string | null =>
  left?.kind === 'field' ? left.name : left?.kind === 'call' && left.fn === lower ? fieldOf(left.args[0] ?? null, lower) : null;

/** The presence that a part denies, in the word of {@link presenceIn}; null: it denies none, or more. */
function deniedIn(part: Predicate): string | null {
  if (part.kind === 'not') return presenceIn(part.of);
  if (part.kind !== 'test' || (part.compare !== 'absent' && part.compare !== 'empty')) return null;
  return presenceIn({ ...part, compare: part.compare === 'absent' ? 'exists' : 'filled' });
}

const PRESENCE: ReadonlySet<Compare> = new Set(['exists', 'filled', 'absent', 'empty']);

/** What a part that asks for a field's presence alone asks, in a word; null: it asks for more. */
function presenceIn(part: Predicate): string | null {
  if (part.kind === 'not') {
    const denied = presenceIn(part.of);
    return denied === null ? null : `not ${denied}`;
  }
  if (part.kind !== 'test' || part.left?.kind !== 'field' || !PRESENCE.has(part.compare)) return null;
  return `${part.compare} ${part.values.length} ${part.left.name}`;
}
