import type { Branch, Predicate, Span, Stage } from '../../model';
import { allOf, anyOf, cut, isTrue, unionOf } from './conjunction';
import type { BoundQuery, Branching, Node } from './node';

/** A pipeline as it is shown, and what it demands. */
interface Finished {
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
    nodes.forEach((node, index) => {
      const { stage, refersTo } = node;
      const branches: { readonly shown: Branch; readonly bearing: Branching['bearing']; readonly predicate: Predicate }[] = [];
      if (refersTo !== undefined && owners.get(refersTo) === node) {
        const finished = finishQuery(refersTo);
        branches.push({ shown: { name: refersTo.name, span: refersTo.span, stages: finished.stages }, bearing: 'demanded', predicate: finished.predicate });
      }
      for (const branch of node.branches) {
        const [only] = branch.nodes;
        // A branch that is nothing but a bound query shows the query's own stages.
        const isQuery = branch.nodes.length === 1 && only!.refersTo !== undefined && owners.get(only!.refersTo) === only;
        const finished = isQuery ? finishQuery(only!.refersTo!) : finishNodes(branch.nodes, branch.span);
        const hidden = branch.bearing === 'absent' && stage.role !== 'combine';
        const shown = hidden ? finished.stages.map((inner): Stage => ({ ...inner, evidence: 'absent' })) : finished.stages;
        branches.push({ shown: { name: branch.name, span: branch.span, stages: shown }, bearing: branch.bearing, predicate: finished.predicate });
      }
      const isAbsent = index < lastAnti || (stage.role === 'combine' && branches.some(({ bearing }) => bearing === 'absent'));
      const shown = branches.length === 0 ? stage : { ...stage, branches: branches.map((branch) => branch.shown) };
      stages.push(isAbsent ? { ...shown, evidence: 'absent' } : shown);

      const own = stage.predicate === undefined ? [] : [stage.predicate];
      const alternatives = branches.filter(({ bearing }) => bearing === 'alternative').map(({ predicate }) => predicate);
      if (stage.kind === 'union') parts = [...unionOf(parts, alternatives, stage.span)];
      else parts.push(...own, ...anyOf(alternatives, stage.span));
      for (const { bearing, predicate } of branches) {
        if (bearing === 'alternative' || isTrue(predicate)) continue;
        parts.push(bearing === 'optional' ? { kind: 'any', span: predicate.span, of: [{ kind: 'all', span: predicate.span, of: [] }, predicate] } : predicate);
      }
    });
    return { stages, predicate: allOf(parts, span) };
  };

  return {
    finish(nodes, span) {
      const later: (() => void)[] = [];
      claim(nodes, false, later);
      for (let next = later.shift(); next !== undefined; next = later.shift()) next();
      const { stages, predicate } = finishNodes(nodes, span);
      return { stages, predicate: cut(predicate) };
    },
    stagesOf: (query) => finishQuery(query).stages,
  };
}
