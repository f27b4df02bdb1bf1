import { isInside, type Fix, type Predicate, type Span, type Stage, type TextEdit, type Use } from '../model';
import { cutOf, rejoined, TO_AND, TO_OR } from './spare-conditions';

/** What is found in a rule's conditions, by its two places. */
interface Found {
  readonly kind: 'never' | 'always' | 'idle' | 'covered';
  readonly span: Span;
  readonly by: Span;
}

/** How parts that a condition calls by their names are changed where it calls them. */
interface NamedParts {
  /** The ways of which one is chosen. `isMended`: whether what the rule then asks is free of what was found. */
  choicesFor(found: Found, isMended: (changed: Predicate) => boolean): readonly Fix[];
  /** All that a name stands for taken out with it, where that is this one condition; null where it is not, or is called again. */
  takeOut(span: Span): Fix | null;
}

export function namedParts(predicate: Predicate, stages: readonly Stage[], text: string): NamedParts {
  const uses = stages.flatMap((stage) => stage.uses ?? []);
  const usesAt = (place: Span): readonly Use[] => uses.filter(({ of }) => isInside(place, of.span));
  const nameOf = ({ among, at }: Use): string => text.slice(among[at]!.start, among[at]!.end);
  const stageOf = (use: Use): Stage | undefined => stages.find((stage) => stage.predicate === use.of && stage.uses === undefined);
  const removal = (use: Use, edits: readonly TextEdit[] | null): Fix | null => (edits === null ? null : { title: `Remove \`${nameOf(use)}\``, edits });
  const cut = (use: Use): readonly TextEdit[] | null => cutOf(use, text)?.edits ?? null;
  /** With the lines of what it stands for, where nothing else calls it. */
  const whole = (use: Use): Fix | null => {
    const stage = stageOf(use);
    const [named, lines] = [cut(use), stage === undefined ? null : linesOf(stage.span, text)];
    return removal(use, named === null || lines === null ? null : [...named, { span: lines, text: '' }]);
  };
  return {
    choicesFor({ kind, span, by }, isMended) {
      const [first, second] = [usesAt(by), usesAt(span)];
      if ([...first, ...second].some(({ among }) => among.length < 2)) return [];
      const [one, other] = first[0]?.of === second[0]?.of ? first : [first[0], second[0]];
      if (one === undefined || other === undefined || one.among !== other.among) return [];
      const isAlways = kind === 'always';
      // What is left of an exclusion without what it is an exclusion from asks for nearly everything.
      const removed = [one, other].filter((use) => isAlways || use.isNegated || one.isNegated === other.isNegated || one.among.length > 2);
      if (one.of === other.of) return first.length !== 2 ? [] : removed.flatMap((use) => removal(use, cut(use)) ?? []);
      if (first.length > 1 || second.length > 1) return [];
      const isMendedBy = (parts: readonly Predicate[], join: 'all' | 'any' | null): boolean => {
        const changed = rewritten(predicate, parts, join);
        return changed !== null && isMended(changed);
      };
      const joined = isAlways || !(one.isNegated || other.isNegated) ? rejoined(one, other, isAlways ? TO_AND : TO_OR, text) : null;
      return [
        ...(joined !== null && isMendedBy([one.of, other.of], isAlways ? 'all' : 'any')
          ? [{ title: isAlways ? 'Ask for both' : 'Make them alternatives', edits: joined }]
          : []),
        ...removed.flatMap((use) => (isMendedBy([use.of], null) ? (whole(use) ?? []) : [])),
      ];
    },
    takeOut(span) {
      const [use, again] = usesAt(span);
      return use === undefined || again !== undefined || use.among.length < 2 || use.of.kind !== 'test' ? null : whole(use);
    },
  };
}

/** Its lines with what ends them; null where something else stands on them. */
function linesOf({ start, end }: Span, text: string): Span | null {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const close = text.indexOf('\n', end);
  const to = close < 0 ? text.length : close + 1;
  return text.slice(from, start).trim() === '' && text.slice(end, to).trim() === '' ? { start: from, end: to } : null;
}

/** A predicate without some of its parts, or with those joined in another way; null: nothing is left. */
function rewritten(node: Predicate, parts: readonly Predicate[], join: 'all' | 'any' | null): Predicate | null {
  const isPart = (one: Predicate): boolean => parts.includes(one.kind === 'not' ? one.of : one);
  if (isPart(node)) return null;
  if (node.kind === 'not') {
    const of = rewritten(node.of, parts, join);
    return of === null ? null : { ...node, of };
  }
  if (node.kind !== 'all' && node.kind !== 'any') return node;
  const own = node.of.filter(isPart);
  const rest = node.of.flatMap((one) => (isPart(one) ? [] : (rewritten(one, parts, join) ?? [])));
  const of = join === null || own.length === 0 ? rest : [...rest, { kind: join, span: node.span, of: own }];
  return of.length === 0 ? null : { ...node, of };
}
