import type { Branch, Predicate, Span, Stage } from '../../model';
import type { BoundQuery } from './environment';
import type { Branching, Node } from './node';

/** A pipeline as it is shown, and what it demands. */
export interface Finished {
  readonly stages: readonly Stage[];
  readonly predicate: Predicate;
}

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
      for (const branch of node.branches ?? []) {
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
    nodes.forEach((node, index) => {
      const { branches: _, refersTo, isAbsentBefore: __, ...plain } = node;
      const branches: { readonly shown: Branch; readonly branching: Branching['bearing']; readonly predicate: Predicate }[] = [];
      if (refersTo !== undefined && owners.get(refersTo) === node) {
        const finished = finishQuery(refersTo);
        branches.push({ shown: { name: refersTo.name, span: refersTo.span, stages: finished.stages }, branching: 'demanded', predicate: finished.predicate });
      }
      for (const branch of node.branches ?? []) {
        const [only] = branch.nodes;
        // A branch that is nothing but a bound query shows the query's own stages.
        const isQuery = branch.nodes.length === 1 && only!.refersTo !== undefined && owners.get(only!.refersTo) === only;
        const finished = isQuery ? finishQuery(only!.refersTo!) : finishNodes(branch.nodes, branch.span);
        const hidden = branch.bearing === 'absent' && !(node.role === 'combine');
        const shown = hidden ? finished.stages.map((stage): Stage => ({ ...stage, evidence: 'absent' })) : finished.stages;
        branches.push({ shown: { name: branch.name, span: branch.span, stages: shown }, branching: branch.bearing, predicate: finished.predicate });
      }
      const isAbsent = index < lastAnti || (node.role === 'combine' && branches.some(({ branching }) => branching === 'absent'));
      stages.push({
        ...plain,
        ...(isAbsent ? { evidence: 'absent' as const } : null),
        ...(branches.length === 0 ? null : { branches: branches.map(({ shown }) => shown) }),
      });

      const own = node.predicate === undefined ? [] : [node.predicate];
      const alternatives = branches.filter(({ branching }) => branching === 'alternative').map(({ predicate }) => predicate);
      if (node.kind === 'union') parts = unionParts(parts, alternatives, node.span);
      else parts.push(...own, ...anyOf(alternatives, node.span));
      for (const { branching, predicate } of branches) {
        if (branching === 'alternative' || isTrue(predicate)) continue;
        parts.push(
          branching === 'optional' ? { kind: 'any', span: predicate.span, of: [{ kind: 'all', span: predicate.span, of: [] }, predicate] } : predicate,
        );
      }
    });
    return { stages, predicate: allOf(parts, span) };
  };

  return {
    finish(nodes, span) {
      const later: (() => void)[] = [];
      claim(nodes, false, later);
      for (let next = later.shift(); next !== undefined; next = later.shift()) next();
      return finishNodes(nodes, span);
    },
    stagesOf: (query) => finishQuery(query).stages,
  };
}

const isTrue = (predicate: Predicate): boolean => predicate.kind === 'all' && predicate.of.length === 0;

/** Conjuncts side by side, those of inner conjunctions among them. */
function allOf(parts: readonly Predicate[], span: Span): Predicate {
  const flat = parts.flatMap((part) => (part.kind === 'all' ? part.of : [part]));
  return flat.length === 1 ? flat[0]! : { kind: 'all', span, of: flat };
}

/** One of several sides: equal sides (a function called for several tables) say the same thing once. */
function anyOf(sides: readonly Predicate[], span: Span): readonly Predicate[] {
  const distinct = [...new Map(sides.map((side) => [JSON.stringify(side), side])).values()];
  if (distinct.length === 0) return [];
  if (distinct.length === 1) return isTrue(distinct[0]!) ? [] : distinct;
  return distinct.every(isTrue) ? [] : [{ kind: 'any', span, of: distinct }];
}

/** What came before a union is one of its sides. */
const unionParts = (before: readonly Predicate[], sides: readonly Predicate[], span: Span): Predicate[] => [
  ...anyOf(before.length === 0 ? sides : [allOf(before, span), ...sides], span),
];
