import { isInside, type Diagnostic, type Leaf, type Report, type Span, type Taxonomy, type Value } from '../model';
import { currentOf, isKnownTechnique, isWithdrawn } from '../knowledge/attack';
import { familyWriting } from '../knowledge/families';
import { regexFaults, type RegexFault } from './regex';

/** Everything remarked on a rule whatever its language. */
export const LINT_CODES = [
  'rule/only-presence',
  'rule/matches-anything',
  'rule/never-matches',
  'rule/short-value',
  'rule/invalid-regex',
  'rule/explosive-regex',
  'rule/unknown-technique',
  'rule/withdrawn-technique',
] as const satisfies readonly Diagnostic['code'][];

const SHORT = 2;

const FAULTS: Readonly<Record<Exclude<RegexFault['kind'], 'explosive'>, string>> = {
  'unclosed-group': 'this group is not closed: expected `)`',
  'unopened-group': '`)` closes no group',
  'unclosed-class': 'this character class is not closed: expected `]`',
  'trailing-backslash': 'a backslash at the end escapes nothing',
  'nothing-to-repeat': 'there is nothing before this to repeat',
  'reversed-count': 'the smaller count comes first',
};

/** Remarks on what a rule says, by place; spans are the document's. A value its language has remarked on is left alone. */
export function lintOf(report: Report): readonly Diagnostic[] {
  const remarks = [...presence(report), ...values(report), ...contradictions(report), ...techniques(report)];
  return remarks.sort((a, b) => a.span.start - b.span.start);
}

const remarkOf = (code: (typeof LINT_CODES)[number], severity: Diagnostic['severity'], span: Span, message: string): Diagnostic => ({
  code,
  severity,
  span: { start: span.start, end: span.end },
  message,
});

/** A rule whose every demand is that a field is there. */
function presence({ rule, leaves }: Report): readonly Diagnostic[] {
  const { analysis, meta } = rule;
  if (meta.kind === 'filter' || meta.kind === 'correlation' || analysis.terms.length > 0) return [];
  const demands = leaves.filter((leaf) => leaf.polarity !== 'context' && leaf.polarity !== 'exclusion');
  const isBare = demands.length > 0 && demands.every((leaf) => leaf.polarity === 'indicator' && leaf.op === 'is_not_null');
  // What we could not read may demand more, and so may a count or a list of threats.
  const isWhole =
    analysis.stages.every((stage) => (stage.role === 'filter' && stage.parameters === undefined) || stage.role === 'source') &&
    !holdsOpaque(analysis.predicate) &&
    meta.groupBy.length === 0;
  if (!isBare || !isWhole || leaves.some((leaf) => leaf.polarity === 'exclusion')) return [];
  const message = 'The rule only asks whether fields are there: it matches nearly every event that has them. Expected a comparison with a value.';
  return [remarkOf('rule/only-presence', 'warning', demands[0]!.span, message)];
}

function holdsOpaque(predicate: Report['rule']['analysis']['predicate']): boolean {
  switch (predicate.kind) {
    case 'unread':
      return true;
    case 'not':
      return holdsOpaque(predicate.of);
    case 'all':
    case 'any':
      return predicate.of.some(holdsOpaque);
    case 'test':
      return false;
    default:
      return predicate satisfies never;
  }
}

function values({ rule, leaves }: Report): readonly Diagnostic[] {
  const remarks: Diagnostic[] = [];
  const known = new Set(rule.analysis.diagnostics.map(({ span }) => `${span.start} ${span.end}`));
  for (const leaf of leaves) {
    if (leaf.macro !== null) continue;
    leaf.values.forEach((value, index) => {
      if (value.origin === undefined && !known.has(`${value.span.start} ${value.span.end}`)) remarks.push(...valueRemarks(leaf, value, index, rule.taxonomy));
    });
  }
  return remarks;
}

function valueRemarks(leaf: Leaf, value: Value, index: number, taxonomy: Taxonomy): readonly Diagnostic[] {
  if (leaf.op === 'regex_match' || leaf.op === 'match') return value.type === 'expression' || value.type === 'field' ? [] : regexRemarks(value, taxonomy);
  if (value.type !== 'string') return [];
  const isOpen = leaf.op === 'contains' || leaf.op === 'starts_with' || leaf.op === 'ends_with';
  if (isOpen && value.text === '') {
    return [remarkOf('rule/matches-anything', 'warning', value.span, `An empty ${leaf.op} matches every event that has ${leaf.field ?? 'any text'}.`)];
  }
  // `like "*"` is EQL's way to ask whether a field is there.
  if (isOpen && leaf.triples[index]?.kind === 'is_not_null') {
    return [remarkOf('rule/matches-anything', 'warning', value.span, `Nothing but wildcards: this matches every event that has ${leaf.field ?? 'any text'}.`)];
  }
  // Beside other demands on the same field a short value is one of several marks.
  const isLoose = leaf.op === 'contains' && leaf.polarity === 'indicator' && !leaf.negated && !leaf.every && !leaf.token;
  if (isLoose && value.text.length <= SHORT && /^[a-z0-9]+$/i.test(value.text)) {
    const message = `${leaf.field ?? 'Any text'} holds \`${value.text}\` very often: expected a longer value, or anchors around it.`;
    return [remarkOf('rule/short-value', 'info', value.span, message)];
  }
  return [];
}

function regexRemarks(value: Value, taxonomy: Taxonomy): readonly Diagnostic[] {
  for (const { kind, offset } of regexFaults(value.text)) {
    if (kind !== 'explosive')
      return [remarkOf('rule/invalid-regex', 'warning', value.span, `The regex is not valid, at character ${offset + 1}: ${FAULTS[kind]}.`)];
    // Other engines take time in proportion to the text.
    if (familyWriting(taxonomy)?.backtracks === true) {
      const message = `The group at character ${offset + 1} repeats what already repeats: on some texts a backtracking engine takes exponential time. Expected one repetition.`;
      return [remarkOf('rule/explosive-regex', 'warning', value.span, message)];
    }
  }
  return [];
}

/** Values that are demanded and excluded at once; a sequence's or a join's stages speak of different events. */
function contradictions({ rule, leaves }: Report): readonly Diagnostic[] {
  const isOneEvent = rule.analysis.stages.every((stage) => stage.role === 'filter' || stage.role === 'source' || stage.role === 'shape');
  const excluded = new Map<string, Leaf>();
  for (const leaf of leaves)
    if (leaf.polarity === 'exclusion' && leaf.composite === null && !leaf.every) for (const value of leaf.values) excluded.set(keyOf(leaf, value), leaf);
  if (excluded.size === 0) return [];
  const remarks: Diagnostic[] = [];
  for (const leaf of leaves) {
    if (leaf.polarity !== 'indicator') continue;
    for (const value of leaf.values) {
      const other = excluded.get(keyOf(leaf, value));
      if (other === undefined || (!isOneEvent && other.stage !== leaf.stage)) continue;
      const message = `${leaf.field ?? 'A keyword'} ${leaf.op} \`${value.text}\` is demanded here and excluded elsewhere: this value never matches.`;
      remarks.push(remarkOf('rule/never-matches', 'warning', value.span, message));
    }
  }
  return remarks;
}

const keyOf = ({ field, op, modifiers, caseSensitive }: Leaf, { text, type }: Value): string =>
  `${op} ${caseSensitive} ${modifiers.join('|')} ${type} ${field ?? ''} ${text}`;

function techniques({ rule }: Report): readonly Diagnostic[] {
  const { meta, span } = rule;
  const place = meta.places['techniques'] ?? meta.places['tags'] ?? { start: span.start, end: span.start };
  // A language that reads tags itself has said so at the tag.
  const isRemarked = rule.analysis.diagnostics.some((remark) => remark.span.end > remark.span.start && isInside(remark.span, place));
  return meta.techniques.flatMap((id) => {
    if (!isKnownTechnique(id)) {
      const message = `${id} is in neither generation of ATT&CK bundled here: it is newer, or a slip of the pen. It is kept.`;
      return isRemarked ? [] : [remarkOf('rule/unknown-technique', 'info', place, message)];
    }
    if (!isWithdrawn(id)) return [];
    const current = currentOf(id);
    return [remarkOf('rule/withdrawn-technique', 'info', place, `ATT&CK has withdrawn ${id}${current === id ? '' : `: it is ${current} today`}.`)];
  });
}
