import type { Analysis, OutputField, Predicate, Span, Stage } from '../../model';
import type { Remarks } from './codes';
import { lowerCorrelation } from './correlation';
import { checkEnvelope, checkLogsource } from './envelope';
import { checkFilter } from './filter';
import { entryOf, headOf, type SigmaEntry, type SigmaMap, type SigmaNode, type SigmaScalar, scalarsOf } from './node';
import { lowerSection, type Section } from './section';

/** One document of a Sigma text, read. */
export interface SigmaDocument {
  readonly kind: 'rule' | 'correlation' | 'filter';
  /** Its place in the text; what a global document adds to it stands elsewhere. */
  readonly span: Span;
  readonly root: SigmaMap;
  readonly analysis: Analysis;
  /** The search identifiers and conditions of a rule or filter. */
  readonly section: Section | null;
  /** The rules a correlation combines or a filter applies to, as written. */
  readonly references: readonly SigmaScalar[];
}

/** Not search identifiers, though they stand among them. */
const RESERVED = { rule: new Set(['condition', 'timeframe']), filter: new Set(['condition', 'rules']) } as const;

/** Reads one document: a correlation or a filter when it has that key, else a rule. */
export function openDocument(node: SigmaNode, span: Span, text: string, remarks: Remarks): SigmaDocument {
  if (node.kind !== 'map') {
    remarks.remark('sigma/not-a-map', node.span, 'A Sigma document is a mapping with `title`, `logsource` and `detection`.');
    const root: SigmaMap = { kind: 'map', entries: [], span: node.span };
    return {
      ...unread('rule', root, span, remarks),
      analysis: analysisOf(root, [{ kind: 'unknown', role: 'opaque', span: node.span }], brokenAt(node.span), remarks),
    };
  }
  checkEnvelope(node, remarks);
  const correlation = entryOf(node, 'correlation');
  if (correlation !== undefined) return openCorrelation(correlation, node, span, text, remarks);
  checkLogsource(node, remarks);
  const filter = entryOf(node, 'filter');
  if (filter !== undefined) return openSection('filter', filter, node, span, text, remarks);
  const detection = entryOf(node, 'detection');
  if (detection !== undefined) return openSection('rule', detection, node, span, text, remarks);
  remarks.remark('sigma/missing-key', headOf(node), 'A `detection` is missing: search identifiers and a condition.');
  return unread('rule', node, span, remarks);
}

function openSection(kind: 'rule' | 'filter', entry: SigmaEntry, root: SigmaMap, span: Span, text: string, remarks: Remarks): SigmaDocument {
  if (entry.value.kind !== 'map') {
    remarks.remark('sigma/wrong-type', placeOf(entry), `\`${entry.key}\` is a mapping of search identifiers and a condition.`);
    return unread(kind, root, span, remarks);
  }
  const section = lowerSection(entry.value, RESERVED[kind], text, remarks);
  checkSection(entry, entry.value, section, remarks);
  const references = kind === 'filter' ? checkFilter(entry.value, section, remarks) : [];
  const rules = references.map((rule): Stage => ({ kind: 'rule', role: 'source', span: rule.span, label: rule.text }));
  const analysis = { ...analysisOf(root, [...rules, ...section.stages], section.predicate, remarks), times: section.times, groupBy: section.groupBy };
  return { kind, span, root, analysis, section, references };
}

function openCorrelation(entry: SigmaEntry, root: SigmaMap, span: Span, text: string, remarks: Remarks): SigmaDocument {
  if (entry.value.kind !== 'map') {
    remarks.remark('sigma/wrong-type', placeOf(entry), '`correlation` is a mapping with type, rules, timespan and condition.');
    return unread('correlation', root, span, remarks);
  }
  const { stages, predicate, times, groupBy, references } = lowerCorrelation(entry.value, text, remarks);
  return { kind: 'correlation', span, root, analysis: { ...analysisOf(root, stages, predicate, remarks), times, groupBy }, section: null, references };
}

/** What every section must have, and identifiers that no condition uses. */
function checkSection(entry: SigmaEntry, map: SigmaMap, section: Section, remarks: Remarks): void {
  const condition = entryOf(map, 'condition');
  const isMissing = condition === undefined || (condition.value.kind === 'seq' && condition.value.items.length === 0);
  if (isMissing)
    remarks.remark(
      'sigma/no-condition',
      condition?.span ?? entry.keySpan,
      'A `condition` is missing: which search identifiers must match, such as `selection and not filter`.',
    );
  else if (section.searches.length === 0)
    remarks.remark('sigma/missing-key', entry.keySpan, 'No search identifier is defined; at least one, such as `selection`, is expected.');
  if (section.conditions.length === 0 || section.conditions.some(({ isBroken }) => isBroken)) return;
  for (const search of section.searches) {
    if (search.uses === 0) remarks.remark('sigma/unused-identifier', search.entry.keySpan, `No condition uses \`${search.name}\`, so it has no effect.`);
  }
}

const unread = (kind: SigmaDocument['kind'], root: SigmaMap, span: Span, remarks: Remarks): SigmaDocument => ({
  kind,
  span,
  root,
  analysis: analysisOf(root, [], brokenAt(root.span), remarks),
  section: null,
  references: [],
});

const brokenAt = (span: Span): Predicate => ({ kind: 'opaque', span, reason: 'syntax-error', note: 'nothing to read' });

/** An empty value has no place of its own to underline. */
const placeOf = ({ keySpan, value }: SigmaEntry): Span => (value.span.end > value.span.start ? value.span : keySpan);

function analysisOf(root: SigmaMap, stages: readonly Stage[], predicate: Predicate, remarks: Remarks): Analysis {
  return {
    language: 'sigma',
    tokens: [],
    sources: [],
    stages: inOrder(stages),
    predicate,
    terms: [],
    bindings: [],
    outputs: outputsOf(root),
    groupBy: [],
    times: [],
    diagnostics: remarks.diagnostics,
  };
}

/** By place, `condition` first. What an alias or a global document puts elsewhere may overlap: it then has no width of its own. */
function inOrder(stages: readonly Stage[]): readonly Stage[] {
  let end = 0;
  let isOrdered = true;
  for (const { kind, span } of stages) {
    if (kind === 'condition') continue;
    if (span.start < end) isOrdered = false;
    end = span.end;
  }
  if (isOrdered) return stages;
  end = 0;
  return [...stages]
    .sort((a, b) => Number(b.kind === 'condition') - Number(a.kind === 'condition') || a.span.start - b.span.start)
    .map((stage) => {
      if (stage.kind === 'condition') return stage;
      const start = Math.max(stage.span.start, end);
      end = Math.max(stage.span.end, end);
      return start === stage.span.start ? stage : { ...stage, span: { start, end } };
    });
}

function outputsOf(root: SigmaMap): readonly OutputField[] {
  const entry = entryOf(root, 'fields');
  return entry === undefined
    ? []
    : scalarsOf(entry.value).flatMap((field) => (field.text === '' ? [] : [{ name: field.text, source: field.text, span: field.span }]));
}
