import type { Branch, Predicate, Span, Stage } from '../../../model';
import { allOf, isTrue, truthAt } from '../../../syntax/predicates';
import { writtenOf } from '../../../syntax/classify';
import { replaced } from '../../../syntax/walk';
import type { BoundQuery, Branching, Node } from './node';

/** A pipeline as it is shown, and what it demands. */
interface Finished {
  readonly stages: readonly Stage[];
  readonly predicate: Predicate;
  /** How deep pipelines nest in it. */
  readonly height: number;
}

/** A branch stands in its stage and in what the stage does: deeper ones would double with each level. */
const MOST_HEIGHT = 5;

/** Makes stages of nodes. A bound query is shown, and counted, where it is first demanded; where nothing demands it, where it must be absent. */
export function finisher(): { readonly finish: (nodes: readonly Node[], span: Span) => Finished; readonly stagesOf: (query: BoundQuery) => readonly Stage[] } {
  const made = new Map<BoundQuery, Finished>();
  const owners = new Map<BoundQuery, Node>();

  /** The first stage that refers to each query, demanded ones before absent ones. */
  const claim = (nodes: readonly Node[], isAbsent: boolean, later: (() => void)[]): void => {
    const lastAnti = nodes.findLastIndex((node) => node.isAbsentBefore === true);
    nodes.forEach((node, index) => {
      const isHidden = isAbsent || index < lastAnti;
      const visit = (): void => {
        if (node.refersTo !== undefined && !owners.has(node.refersTo)) {
          owners.set(node.refersTo, node);
          claim(node.refersTo.nodes, isHidden, later);
        }
      };
      if (isHidden && !isAbsent) later.push(visit);
      else visit();
      for (const branch of node.branches) {
        if (branch.bearing === 'absent' && !isHidden) later.push(() => claim(branch.nodes, true, later));
        else claim(branch.nodes, isHidden, later);
      }
    });
  };

  const finishQuery = (query: BoundQuery): Finished => {
    let finished = made.get(query);
    if (finished === undefined) made.set(query, (finished = finishNodes(query.nodes, query.span)));
    return finished;
  };

  const finishNodes = (nodes: readonly Node[], span: Span): Finished => {
    const lastAnti = nodes.findLastIndex((node) => node.isAbsentBefore === true);
    const stages: Stage[] = [];
    let parts: Predicate[] = [];
    let height = 0;
    nodes.forEach((node, index) => {
      const { stage, refersTo } = node;
      let { operations } = stage;
      const branches: { readonly shown: Branch; readonly bearing: Branching['bearing']; readonly predicate: Predicate }[] = [];
      if (refersTo !== undefined && owners.get(refersTo) === node) {
        const finished = finishQuery(refersTo);
        height = Math.max(height, finished.height);
        const shown: Branch = { name: refersTo.name, span: refersTo.span, stages: finished.stages };
        branches.push({ shown, bearing: 'demanded', predicate: finished.predicate });
      }
      const sides: Branch[] = [];
      let tallest = 0;
      for (const branch of node.branches) {
        const [only] = branch.nodes;
        // A branch that is nothing but a bound query shows the query's own stages.
        const isQuery = branch.nodes.length === 1 && only!.refersTo !== undefined && owners.get(only!.refersTo) === only;
        const finished = isQuery ? finishQuery(only!.refersTo!) : finishNodes(branch.nodes, branch.span);
        tallest = Math.max(tallest, finished.height);
        const hidden = branch.bearing === 'absent' && stage.role !== 'combine';
        const shown = hidden ? finished.stages.map((inner): Stage => ({ ...inner, evidence: 'absent' })) : finished.stages;
        const source = isQuery ? { source: { name: only!.refersTo!.name, span: branch.span } } : null;
        const side: Branch = { name: branch.name, span: branch.span, ...source, stages: shown };
        sides.push(side);
        branches.push({ shown: side, bearing: branch.bearing, predicate: finished.predicate });
      }
      if (node.operate !== undefined)
        operations = tallest < MOST_HEIGHT ? node.operate(sides) : [{ kind: 'unread', span: stage.span, reason: 'limit', note: 'deep nesting' }];
      height = Math.max(height, tallest);
      const isAbsent = index < lastAnti || (stage.role === 'combine' && branches.some(({ bearing }) => bearing === 'absent'));
      const shown: Stage = {
        ...stage,
        ...(operations === undefined ? null : { operations }),
        ...(branches.length === 0 ? null : { branches: branches.map((branch) => branch.shown) }),
      };
      stages.push(isAbsent ? { ...shown, evidence: 'absent' } : shown);

      const own = stage.predicate === undefined ? [] : [stage.predicate];
      const alternatives = branches.filter(({ bearing }) => bearing === 'alternative').map(({ predicate }) => predicate);
      if (stage.kind === 'union') parts = [...unionOf(parts, alternatives, stage.span)];
      else for (const one of [...own, ...sidesOf(alternatives, stage.span)]) parts.push(one);
      for (const { bearing, predicate } of branches) {
        if (bearing === 'alternative' || isTrue(predicate)) continue;
        parts.push(
          bearing === 'optional'
            ? { kind: 'any', span: predicate.span, of: [truthAt({ start: predicate.span.start, end: predicate.span.start }), predicate] }
            : predicate,
        );
      }
    });
    return { stages, predicate: allOf(parts, span), height: height + 1 };
  };

  return {
    finish(nodes, span) {
      const later: (() => void)[] = [];
      claim(nodes, false, later);
      for (let next = later.shift(); next !== undefined; next = later.shift()) next();
      const { stages, predicate } = finishNodes(nodes, span);
      return { stages, predicate: cut(predicate), height: 0 };
    },
    stagesOf: (query) => finishQuery(query).stages,
  };
}

/** One of several sides: equal sides (a function called for several tables) say the same thing once. */
function sidesOf(sides: readonly Predicate[], span: Span): readonly Predicate[] {
  const distinct: Predicate[] = [];
  const alike = new Map<string, Predicate[]>();
  for (const side of sides) {
    const key = likenessOf(side);
    const others = alike.get(key);
    if (others?.some((other) => isSame(side, other, 0)) === true) continue;
    if (others === undefined) alike.set(key, [side]);
    else others.push(side);
    distinct.push(side);
  }
  if (distinct.every(isTrue)) return [];
  return distinct.length === 1 ? distinct : [{ kind: 'any', span, of: distinct }];
}

/** How many sides are laid side by side, one union after the other. */
const MOST_SIDES = 64;

/** What came before a union is one of its sides; what came of another union directly before it is as many. */
function unionOf(before: readonly Predicate[], sides: readonly Predicate[], span: Span): readonly Predicate[] {
  const [only] = before;
  if (only?.kind === 'any' && before.length === 1 && only.of.length < MOST_SIDES) return sidesOf([...only.of, ...sides], span);
  return sidesOf(before.length === 0 ? sides : [allOf(before, span), ...sides], span);
}

const MOST_LEVELS = 300;

/** Equal predicates have equal likenesses: where the first comparison stands, and how many parts there are. */
function likenessOf(predicate: Predicate): string {
  let at = predicate;
  let parts = '';
  for (let level = 0; level < 32; level++) {
    if (at.kind === 'not') at = at.of;
    else if ((at.kind === 'all' || at.kind === 'any') && at.of.length > 0) {
      parts += ` ${at.of.length}`;
      at = at.of[0]!;
    } else break;
  }
  return at.kind === 'test' || at.kind === 'unread' ? `${at.span.start}${parts}` : parts;
}

/** Whether two predicates say the same in the same words: those of a function that was called twice. */
function isSame(a: Predicate, b: Predicate, level: number): boolean {
  if (level > MOST_LEVELS) return false;
  switch (a.kind) {
    case 'all':
    case 'any':
      return b.kind === a.kind && a.of.length === b.of.length && a.of.every((part, index) => isSame(part, b.of[index]!, level + 1));
    case 'not':
      return b.kind === 'not' && isSame(a.of, b.of, level + 1);
    case 'test':
      return (
        b.kind === 'test' &&
        a.span.start === b.span.start &&
        a.values.length === b.values.length &&
        a.values.every((value, index) => writtenOf(value) === writtenOf(b.values[index]!))
      );
    case 'unread':
      return b.kind === 'unread' && a.span.start === b.span.start;
    default:
      return a satisfies never;
  }
}

/** The predicate without what lies deeper than anyone follows it. */
function cut(predicate: Predicate, level = 0): Predicate {
  if (predicate.kind === 'test' || predicate.kind === 'unread') return predicate;
  const { span } = predicate;
  if (level > MOST_LEVELS) return { kind: 'unread', span, reason: 'unmodelled', note: 'deep nesting' };
  if (predicate.kind === 'not') {
    const inner = cut(predicate.of, level + 1);
    return inner === predicate.of ? predicate : { ...predicate, of: inner };
  }
  const of = replaced(predicate.of, (part) => cut(part, level + 1));
  return of === predicate.of ? predicate : { ...predicate, of };
}
