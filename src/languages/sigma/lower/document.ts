import type { Analysis, OutputField, Span, Stage } from '../../../model';
import type { Remarks } from '../diagnostics';
import { lowerCorrelation } from './correlation';
import { gather, placeOf } from './detection';
import { checkEnvelope, checkLogsource } from '../lint/envelope';
import { checkFilter } from './filter';
import { entryOf, headOf, type SigmaEntry, type SigmaMap, type SigmaNode, type SigmaScalar, scalarsOf } from '../parse/yaml-node';
import { lintConditions } from '../lint/quantifiers';
import { lintEnvelope } from '../lint/conventions';
import { lintLogsource } from '../lint/logsource';
import { lintSelection } from '../lint/selection';
import { unread } from '../../../syntax/predicates';
import { dialectOf, remarkDialect } from '../lint/dialect';
import { orderStages } from './stage-order';
import { lowerSection, type Section, withBlanks, type WrittenCondition } from './section';

/** One document of a Sigma text, read; its colours come later, for the whole text at once. */
export interface SigmaDocument {
  readonly kind: 'rule' | 'correlation' | 'filter';
  /** Its place in the text; what a global document adds to it stands elsewhere. */
  readonly span: Span;
  readonly root: SigmaMap;
  readonly analysis: Analysis;
  /** The search identifiers and conditions of a rule or filter. */
  readonly section: Section | null;
  /** Its conditions that are written as expressions. */
  readonly conditions: readonly WrittenCondition[];
  /** The rules a correlation combines or a filter applies to, as written. */
  readonly references: readonly SigmaScalar[];
}

/** What reading a document has found out so far. */
interface Reading {
  readonly root: SigmaMap;
  readonly span: Span;
  readonly text: string;
  readonly remarks: Remarks;
}

/** Not search identifiers, though they stand among them. */
const RESERVED = { rule: new Set(['condition', 'timeframe']), filter: new Set(['condition', 'rules']) } as const;

/** Reads one document: a correlation or a filter when it has that key, else a rule. */
export function openDocument(node: SigmaNode, span: Span, text: string, remarks: Remarks): SigmaDocument {
  if (node.kind !== 'map') {
    remarks.remark('sigma/not-a-map', node.span, 'A Sigma document is a mapping with `title`, `logsource` and `detection`.');
    const root: SigmaMap = { kind: 'map', entries: [], span: node.span };
    return documentOf('rule', { root, span, text, remarks }, { stages: [{ kind: 'unknown', role: 'unread', span: node.span }] });
  }
  const reading: Reading = { root: node, span, text, remarks };
  const dialect = dialectOf(node);
  if (dialect !== null && remarkDialect(dialect, remarks)) {
    const lost = unread(node.span, 'unmodelled', `${dialect.tool} rule`);
    return documentOf('rule', reading, {
      stages: [{ kind: 'unknown', role: 'unread', span: node.span, operations: [lost], predicate: lost }],
      predicate: lost,
    });
  }
  const filter = entryOf(node, 'filter');
  checkEnvelope(node, remarks);
  lintEnvelope(node, filter !== undefined, remarks);
  const correlation = entryOf(node, 'correlation');
  const detection = entryOf(node, 'detection');
  // A note of that name beside a detection is no correlation.
  const isNote = correlation?.value.kind === 'scalar' && detection?.value.kind === 'map';
  if (isNote)
    remarks.remark(
      'sigma/wrong-type',
      correlation.value.span,
      '`correlation` is a mapping with type, rules, timespan and condition; as a note it needs another name.',
    );
  if (correlation !== undefined && !isNote) return besideDetection(openCorrelation(correlation, reading), detection, reading);
  checkLogsource(node, remarks);
  if (filter !== undefined) return besideDetection(openSection('filter', filter, reading), detection, reading);
  if (detection !== undefined) return openSection('rule', detection, reading);
  remarks.remark('sigma/missing-key', headOf(node), 'A `detection` is missing: search identifiers and a condition.');
  return documentOf('rule', reading, {});
}

/** What is looked at once a section is read; each remarks kinds of its own. */
const LINTS: readonly ((root: SigmaMap, section: Section, remarks: Remarks) => void)[] = [
  (_, { searches }, remarks) => searches.forEach(({ entry }) => lintSelection(entry.value, remarks)),
  (_, section, remarks) => lintConditions(section, remarks),
  lintLogsource,
];

function openSection(kind: 'rule' | 'filter', entry: SigmaEntry, reading: Reading): SigmaDocument {
  const { root, text, remarks } = reading;
  if (entry.value.kind !== 'map') {
    remarks.remark('sigma/wrong-type', placeOf(entry.value.span, entry.keySpan), `\`${entry.key}\` is a mapping of search identifiers and a condition.`);
    return documentOf(kind, reading, {});
  }
  const section = lowerSection(entry.value, RESERVED[kind], text, remarks);
  checkSection(entry, entry.value, section, remarks);
  for (const lint of LINTS) lint(root, section, remarks);
  const { predicate, times, groupBy, conditions } = section;
  if (kind === 'rule') return documentOf(kind, reading, { stages: section.stages, predicate, times, groupBy, section, conditions });
  const references = checkFilter(entry.value, section, remarks);
  const rules = references.map((rule): Stage => ({
    kind: 'rule',
    role: 'source',
    span: rule.span,
    label: rule.text,
    operations: [{ kind: 'read', span: rule.span, sources: [{ name: rule.text, span: rule.span }] }],
  }));
  return documentOf(kind, reading, { stages: [...rules, ...section.stages], predicate, times, groupBy, section, conditions, references });
}

function openCorrelation(entry: SigmaEntry, reading: Reading): SigmaDocument {
  if (entry.value.kind === 'map') return documentOf('correlation', reading, lowerCorrelation(entry.value, reading.text, reading.remarks));
  reading.remarks.remark('sigma/wrong-type', placeOf(entry.value.span, entry.keySpan), '`correlation` is a mapping with type, rules, timespan and condition.');
  return documentOf('correlation', reading, {});
}

/** A correlation or filter with a `detection` of its own, mostly two documents whose dividing line is damaged: its stages are shown too. */
function besideDetection(document: SigmaDocument, detection: SigmaEntry | undefined, reading: Reading): SigmaDocument {
  const { text, remarks } = reading;
  if (detection?.value.kind !== 'map') return document;
  remarks.remark(
    'sigma/mixed-document',
    detection.keySpan,
    `This document is a ${document.kind}, so its \`detection\` is not used. Is a line with \`---\` missing between two documents?`,
  );
  const section = lowerSection(detection.value, RESERVED.rule, text, remarks);
  checkSection(detection, detection.value, section, remarks);
  const { stages, predicate } = document.analysis;
  const analysis: Analysis = {
    ...document.analysis,
    stages: orderStages([...section.stages, ...stages], extentOf(reading)),
    predicate: gather('any', [section.predicate, predicate], detection.span),
  };
  return { ...document, analysis, section: document.section ?? section, conditions: [...section.conditions, ...document.conditions] };
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
  if (section.conditions.length === 0 || section.resolver.isCut || section.conditions.some(({ isBroken }) => isBroken)) return;
  const used = new Set<string>();
  for (const search of section.searches) if (search.uses > 0) used.add(search.name);
  for (const search of section.searches) {
    if (!used.has(search.name)) remarks.remark('sigma/unused-identifier', search.entry.keySpan, `No condition uses \`${search.name}\`, so it has no effect.`);
  }
}

/** From the first key to the blanks at the end. */
const extentOf = ({ root, span, text }: Reading): Span => withBlanks({ start: root.span.start, end: Math.max(root.span.end, span.end) }, text);

/** What was found, as a document; what was not is broken, and a remark has said so. */
function documentOf(
  kind: SigmaDocument['kind'],
  reading: Reading,
  found: Partial<Pick<Analysis, 'stages' | 'predicate' | 'times' | 'groupBy'> & SigmaDocument>,
): SigmaDocument {
  const { root, span, remarks } = reading;
  const analysis: Analysis = {
    language: 'sigma',
    tokens: [],
    sources: [],
    stages: orderStages(found.stages ?? [], extentOf(reading)),
    predicate: found.predicate ?? { kind: 'unread', span: root.span, reason: remarks.lost(), note: 'nothing to read' },
    terms: [],
    bindings: [],
    outputs: outputsOf(root),
    groupBy: found.groupBy ?? [],
    times: found.times ?? [],
    diagnostics: remarks.diagnostics,
  };
  return { kind, span, root, analysis, section: found.section ?? null, conditions: found.conditions ?? [], references: found.references ?? [] };
}

function outputsOf(root: SigmaMap): readonly OutputField[] {
  const entry = entryOf(root, 'fields');
  return entry === undefined
    ? []
    : scalarsOf(entry.value).flatMap((field) => (field.text === '' ? [] : [{ name: field.text, source: field.text, span: field.span }]));
}
