import type { Analysis, Context, Language, Operand, Predicate, Span, Stage, Token } from '../../src/model';
import { TOKEN_TYPES } from '../../src/model';

/** What an analysis of `text` breaks of the laws that one text alone can show (1 to 5); [] when it keeps them. */
export function brokenLaws(language: Language, text: string, context: Context): readonly string[] {
  const broken: string[] = [];
  let analysis: Analysis;
  try {
    analysis = language.analyse(text, context);
  } catch (error) {
    return [`1 analyse returns: ${String(error)}`];
  }
  const whole: Span = { start: 0, end: text.length };
  const inside = (what: string, span: Span, outer: Span): void => {
    if (!(Number.isInteger(span.start) && Number.isInteger(span.end) && span.start <= span.end && span.start >= outer.start && span.end <= outer.end))
      broken.push(`2 spans nest: ${what} ${span.start}-${span.end} outside ${outer.start}-${outer.end}`);
  };

  let last = 0;
  for (const token of analysis.tokens) {
    inside('token', token, whole);
    if (token.start < last) broken.push(`2 tokens in order: ${token.start} before ${last}`);
    if (token.end === token.start) broken.push(`2 tokens are not empty: ${token.start}`);
    if (!TOKEN_TYPES.includes(token.type)) broken.push(`2 tokens have a type: ${token.type}`);
    last = token.end;
  }

  let hasError = false;
  const checkOperand = (operand: Operand): void => {
    inside(operand.kind, operand.span, whole);
    if (operand.kind === 'call') operand.args.forEach(checkOperand);
    else if (operand.kind === 'list') operand.of.forEach(checkOperand);
    else if (operand.kind === 'condition') checkPredicate(operand.of);
  };
  const checkPredicate = (predicate: Predicate): void => {
    inside(predicate.kind, predicate.span, whole);
    switch (predicate.kind) {
      case 'all':
      case 'any':
        predicate.of.forEach(checkPredicate);
        return;
      case 'not':
        return checkPredicate(predicate.of);
      case 'unread':
        if (predicate.reason === 'syntax-error') hasError = true;
        return;
      case 'test':
        if (predicate.left !== null) checkOperand(predicate.left);
        predicate.values.forEach(checkOperand);
        return;
      default:
        predicate satisfies never;
    }
  };
  const checkStages = (stages: readonly Stage[], outer: Span): void => {
    let end = -1;
    for (const stage of stages) {
      inside(`stage ${stage.kind}`, stage.span, outer);
      if (stage.kind !== 'condition') {
        if (stage.span.start < end) broken.push(`2 stages in order: ${stage.kind} at ${stage.span.start} before ${end}`);
        end = stage.span.end;
      }
      if (stage.predicate !== undefined) checkPredicate(stage.predicate);
      for (const branch of stage.branches ?? []) {
        inside(`branch ${branch.name}`, branch.span, whole);
        checkStages(branch.stages, whole);
      }
    }
  };
  checkStages(analysis.stages, whole);
  checkPredicate(analysis.predicate);
  for (const binding of analysis.bindings) {
    inside('binding', binding.span, whole);
    checkStages(binding.stages ?? [], whole);
  }
  for (const [what, spans] of Object.entries({
    diagnostic: analysis.diagnostics.map(({ span }) => span),
    term: analysis.terms.map(({ span }) => span),
    source: analysis.sources.map(({ span }) => span),
    output: analysis.outputs.map(({ span }) => span),
    time: analysis.times.map(({ span }) => span),
  }))
    for (const span of spans) inside(what, span, whole);
  for (const { fix } of analysis.diagnostics) for (const edit of fix?.edits ?? []) inside('fix', edit.span, whole);

  const covers: Span[] = [];
  const cover = (predicate: Predicate): void => {
    // The field whose one element is meant stands outside of the tests on it.
    if (predicate.kind === 'all' && predicate.same !== undefined) covers.push(predicate.same.span);
    if (predicate.kind === 'test' || predicate.kind === 'unread') covers.push(predicate.span);
    else if (predicate.kind === 'not') cover(predicate.of);
    else predicate.of.forEach(cover);
  };
  for (const stage of analysis.stages) if (stage.role === 'filter' && stage.predicate !== undefined && stage.branches === undefined) cover(stage.predicate);
  // What only orders what is found demands nothing; what is not read is said.
  for (const stage of analysis.stages) for (const { kind, span } of stage.operations ?? []) if (kind === 'show' || kind === 'unread') covers.push(span);
  covers.sort((a, b) => a.start - b.start);
  for (const stage of analysis.stages) {
    if (stage.role !== 'filter' || stage.predicate === undefined || stage.branches !== undefined) continue;
    for (const token of analysis.tokens)
      if (
        token.type === 'field' &&
        token.start >= stage.span.start &&
        token.end <= stage.span.end &&
        // A group's terms may all name fields of their own.
        !/^\s*:\s*\(/.test(text.slice(token.end, token.end + 20)) &&
        !covers.some(({ start, end }) => start <= token.start && token.end <= end)
      )
        broken.push(`7 no compared field is dropped: ${text.slice(token.start, token.end)} at ${token.start}`);
  }

  if (hasError && !analysis.diagnostics.some(({ severity }) => severity === 'error')) broken.push('3 an error node implies a diagnostic');
  const once = JSON.stringify(analysis);
  try {
    structuredClone(analysis);
  } catch {
    broken.push('4 the answer is plain data');
  }
  if (JSON.stringify(language.analyse(text, context)) !== once) broken.push('5 the same text gives the same answer');
  return broken;
}

/** Tokens that mean something by themselves; brackets, commas, joining words and comments are trivia. */
const MEANING: ReadonlySet<Token['type']> = new Set(['field', 'string', 'number', 'regex', 'function', 'macro', 'constant']);

/** The coverage law (meaning.md, section 5): the tokens that lie in no modelled leaf, no name a step makes, and no unread part. */
export function uncovered(text: string, analysis: Analysis): readonly string[] {
  const covers: Span[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) return value.forEach(walk);
    const node = value as { readonly kind?: string; readonly role?: string; readonly span?: Span; readonly name?: unknown; readonly operator?: Span };
    // A stage's kind is a command's name, which may be any word.
    const kind = node.role === undefined ? node.kind : undefined;
    // `true` and `false` are conditions without parts.
    const isTruth = (kind === 'all' || kind === 'any') && (value as { readonly of?: readonly unknown[] }).of?.length === 0;
    if (isTruth && node.span !== undefined) covers.push(node.span);
    const isContainer = node.role !== undefined || 'stages' in node || (node.kind !== undefined && CONTAINERS.has(node.kind)) || 'predicate' in node;
    if (node.span !== undefined && !isContainer) covers.push(node.span);
    if (node.operator !== undefined) covers.push(node.operator);
    if (kind === 'call') covers.push(node.name as Span);
    for (const [key, inner] of Object.entries(value)) if (key !== 'span' && key !== 'derives') walk(inner);
  };
  const { stages, predicate, bindings, sources, terms } = analysis;
  walk([stages, predicate, sources, terms, bindings.map(({ of, stages: inner }) => [of, inner])]);
  for (const { head } of bindings) if (head !== undefined) covers.push(head);
  covers.sort((a, b) => a.start - b.start);
  const missed: string[] = [];
  let next = 0;
  let reach = -1;
  for (const token of analysis.tokens) {
    while (next < covers.length && covers[next]!.start <= token.start) {
      reach = Math.max(reach, covers[next++]!.end);
    }
    if (!MEANING.has(token.type) || token.end <= reach) continue;
    missed.push(`coverage: ${token.type} ${text.slice(token.start, token.end)} at ${token.start}`);
  }
  return missed;
}

/** Nodes whose place holds others: only their leaves cover tokens. Steps that hold nothing but names (keep, drop, reorder, lookup) cover them. */
const CONTAINERS: ReadonlySet<string> = new Set(
  'all any not test call list condition read rows range filter assign project rename aggregate sort limit distinct expand extract join union fork sequence correlate'.split(
    ' ',
  ),
);

/** Blanks, half of what begins a comment, or a part of the first word that no stage took: what is damaged after it stands right beside the stage. */
const BESIDE = /^\s*(?:\/?|\w+)$/;

/** Law 6: stages that ended before the damage at `at`, with more than blanks between, are still there, unchanged in kind and place. */
export function lostStages(language: Language, text: string, at: number, changed: string, context: Context): readonly string[] {
  const key = ({ kind, span }: Stage): string => `${kind} ${span.start}-${span.end}`;
  const after = new Set(language.analyse(changed, context).stages.map(key));
  return language
    .analyse(text, context)
    .stages.filter((stage) => stage.kind !== 'condition' && stage.span.end < at - 1 && !BESIDE.test(text.slice(stage.span.end, at)))
    .map(key)
    .filter((stage) => !after.has(stage))
    .map((stage) => `6 damage stays local: lost ${stage} to damage at ${at}`);
}

/** Prefixes, one-unit deletions and insertions of a text; all of them for a short one, spread evenly over a long one. */
export function* damaged(text: string, most: number): Generator<{ readonly at: number; readonly changed: string }> {
  const step = Math.max(1, Math.floor((text.length * 3) / most));
  const inserted = ['"', "'", '(', ')', '[', '|', '\\', '\n', ' ', '*', ':', '`', '{', '\u{1F600}'];
  for (let at = 0; at <= text.length; at += step) {
    yield { at, changed: text.slice(0, at) };
    yield { at, changed: text.slice(0, at) + text.slice(at + 1) };
    yield { at, changed: text.slice(0, at) + inserted[at % inserted.length]! + text.slice(at) };
  }
}
