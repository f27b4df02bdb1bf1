import type { Analysis, Branch, Operation, OutputField, Predicate, Span, Stage } from '../../../model';
import { MAX_DEPTH } from '../../../syntax/infix';
import { allOf, isTrue, placeOf, unread } from '../../../syntax/predicates';
import { ADDING, type Lowered, lowerCommand, type LowerNamed } from './commands';
import { isOwnFilter, isShaping } from './known-macros';
import { type Findings, type Flow, flowOf, showColumn } from './lowering-context';
import { lowerOtherCommand } from './other-commands';
import type { LowerBranch } from './search';
import type { Command, Pipeline, Segment } from '../tree';

interface LoweredPipeline {
  readonly stages: readonly Stage[];
  /** What all stages demand together. */
  readonly demands: readonly Predicate[];
  readonly flow: Flow;
}

/** Lowers a pipeline to stages, and everything they demand to one predicate. */
export function lower(pipeline: Pipeline, findings: Findings): Pick<Analysis, 'stages' | 'predicate' | 'outputs' | 'groupBy'> {
  const { stages, demands, flow } = lowerPipeline(pipeline, flowOf(findings, 0, null), true);
  const groups = stages.findLast(({ kind, groupBy }) => groupBy !== undefined && !ADDING.has(kind))?.groupBy ?? [];
  const outputs: readonly OutputField[] = flow.columns === null ? [] : [...flow.columns.values()];
  return { stages, predicate: allOf(demands, { start: 0, end: findings.text.length }), outputs, groupBy: [...new Set(groups.map((field) => field.name))] };
}

function lowerPipeline(pipeline: Pipeline, flow: Flow, isTop: boolean): LoweredPipeline {
  const stages: Stage[] = [];
  let demands: Predicate[] = [];
  let appended = 0;
  pipeline.segments.forEach((segment, index) => {
    if (isTop) flow.stage = index;
    const { stage, alternative, added } = lowerSegment(segment, flow);
    stages.push(stage);
    if (alternative !== null) {
      const { start, end } = segment;
      const present = allOf(demands, { start: pipeline.start, end: start });
      // Each lies around those before it: deeper than anything is read, no more is known of what all ask.
      if (appended++ === MAX_DEPTH) {
        demands = [unread({ start: pipeline.start, end }, 'limit', 'many appended searches')];
        appended = 0;
      } else
        demands =
          stages.length === 1 ? [alternative] : [{ kind: 'any', span: { start: Math.min(present.span.start, start), end }, of: [present, alternative] }];
    }
    for (const part of added) if (!isTrue(part)) demands.push(part);
  });
  return { stages, demands, flow };
}

interface LoweredSegment {
  readonly stage: Stage;
  /** What its commands demand of events, and the branches after them. */
  readonly added: readonly Predicate[];
  readonly alternative: Predicate | null;
}

function lowerSegment(segment: Segment, flow: Flow): LoweredSegment {
  const own: Predicate[] = [];
  const added: Predicate[] = [];
  let alternative: Predicate | null = null;
  let demands: Map<Branch, Predicate> | null = null;
  const lowerBranch: LowerBranch = (pipeline, name, isAbsent) => {
    const inner = flowOf(flow.findings, flow.stage, { isAbsent: isAbsent || flow.isAbsent, over: INHERITING.has(name) ? flow : null });
    const { stages, demands: parted } = lowerPipeline(pipeline, inner, false);
    const branch = { name, span: placeOf(pipeline), stages };
    const demand = allOf(parted, branch.span);
    (demands ??= new Map<Branch, Predicate>()).set(branch, demand);
    if (name === 'subsearch') added.push(demand);
    else if (inner.computed !== flow.computed) absorb(flow, inner);
    return branch;
  };
  const lowerNamed: LowerNamed = (command, body, role) => lowerOtherCommand(command, body, role, flow, lowerBranch, (branch) => demands!.get(branch)!);
  const parts = segment.commands.map((command) => {
    const part = lowerCommand(command, flow, lowerBranch, lowerNamed);
    if (part.predicate !== undefined && part.alternative === undefined) own.push(part.predicate);
    if (part.demand !== undefined) added.push(part.demand);
    if (part.alternative !== undefined) alternative = part.alternative;
    flow.isSource = false;
    return part;
  });
  return { stage: stageOf(segment, parts, flow), alternative, added: added.length === 0 ? own : [...own, ...added] };
}

/** What a branch made stands among the results of the pipeline it joins. */
function absorb(flow: Flow, branch: Flow): void {
  for (const name of branch.computed) flow.computed.add(name);
  for (const [name, source] of branch.expressions) flow.expressions.set(name, source);
  for (const [name, origin] of branch.origins) if (!flow.origins.has(name)) flow.origins.set(name, origin);
  if (flow.columns !== null && branch.columns !== null)
    for (const column of branch.columns.values()) if (!flow.columns.has(column.name)) showColumn(flow.columns, column);
}

/** Branches that run over the results so far. */
const INHERITING: ReadonlySet<string> = new Set(['appendpipe', 'foreach']);

function stageOf(segment: Segment, parts: readonly Lowered[], flow: Flow): Stage {
  const { kind, macro, start, end, commands } = segment;
  const all = parts.length === 1 ? parts[0]! : together(parts, segment);
  const role = macro === undefined ? all.role : macroRole(macro, all, commands[0]!);
  const stage: { -readonly [K in keyof Stage]: Stage[K] } = { kind, role, span: { start, end } };
  const label = macro === undefined ? all.label : macro.replaceAll('`', '').trim();
  if (label !== undefined && label !== '') stage.label = label;
  stage.operations = all.operations;
  if (all.predicate !== undefined) {
    stage.predicate = all.predicate;
    if (flow.isAbsent) stage.evidence = 'absent';
  }
  if (all.derives !== undefined && all.derives.length > 0) stage.derives = all.derives;
  if (all.groupBy !== undefined && all.groupBy.length > 0) stage.groupBy = all.groupBy;
  if (all.parameters !== undefined && all.parameters.length > 0) stage.parameters = all.parameters;
  if (all.branches !== undefined && all.branches.length > 0) stage.branches = all.branches;
  return stage;
}

/** The commands of a macro's definition as one: the stage as written is one. */
function together(parts: readonly Lowered[], span: Span): Lowered {
  const predicates = parts.flatMap((part) => part.predicate ?? []);
  const whole: Lowered = {
    ...parts[0]!,
    operations: parts.flatMap((part): readonly Operation[] => part.operations),
    derives: parts.flatMap((part) => part.derives ?? []),
    branches: parts.flatMap((part) => part.branches ?? []),
  };
  return predicates.length === 0 ? whole : { ...whole, predicate: allOf(predicates, span) };
}

function macroRole(macro: string, first: Lowered, command: Command): Stage['role'] {
  if (command.body.form !== 'macro') return first.role;
  if (isShaping(macro)) return 'shape';
  return isOwnFilter(macro) ? 'filter' : 'unread';
}
