import { DOMAINS, PLATFORMS, type CatalogLeaf, type Leaf, type Report, type RuleKind, type SourceName, type Triple, type Vendor } from '../model';
import { timeLineOf } from '../analysis/window';
import { cutValue } from './cut';
import type { CatalogRule } from './encode';

/** Where a rule was found. */
export interface Origin {
  readonly source: SourceName;
  readonly vendor: Vendor;
  /** In its repository, with slashes. */
  readonly path: string;
  /** Its place among the rules of its file. */
  readonly ordinal: number;
  /** The source's licence, for rules that name none. */
  readonly license: string;
  /** Named as the author of rules that name none; '' for nobody. */
  readonly publisher: string;
  /** What every rule of this folder is, whatever it says. */
  readonly kind: RuleKind | null;
  /** The file's whole text, for a catalog with texts. */
  readonly text: string | null;
}

/** What the catalog keeps of a rule: facts, cut to size; no description, no false positives, no query. */
export function catalogRuleOf(report: Report, origin: Origin): CatalogRule {
  const { meta, analysis } = report.rule;
  return {
    id: cutValue(meta.id),
    title: cutValue(meta.title),
    vendor: origin.vendor,
    source: origin.source,
    kind: origin.kind ?? meta.kind,
    status: cutValue(meta.status),
    severity: cutValue(meta.severity),
    language: analysis.language,
    techniques: distinct(meta.techniques),
    tactics: distinct(meta.tactics),
    platforms: PLATFORMS.filter((platform) => report.platforms.includes(platform)),
    domains: DOMAINS.filter((domain) => report.domains.includes(domain)),
    created: cutValue(meta.created),
    modified: cutValue(meta.modified),
    path: origin.path,
    ordinal: origin.ordinal,
    license: cutValue(meta.license || origin.license),
    author: meta.author.length === 0 && origin.publisher !== '' ? [origin.publisher] : meta.author.map(cutValue),
    references: meta.references.filter((reference) => reference.length <= LONGEST_REFERENCE),
    logsource: cutValue(meta.logsource),
    timeWindow: cutValue(timeLineOf(report.rule)),
    groupBy: report.groupBy.map(cutValue),
    events: report.events.map(({ provider, id, title }) => ({ provider: cutValue(provider), id: cutValue(id), title: cutValue(title) })),
    stages: analysis.stages.map(({ kind, label }) => ({ kind, label: cutValue(label ?? '') })),
    leaves: report.leaves.map(leafOf),
    terms: analysis.terms.flatMap(({ stage, text, asTest }) => (asTest ? [] : [{ stage, text: cutValue(text) }])),
    outputs: analysis.outputs.map(({ name, source, used }) => ({ name: cutValue(name), source: cutValue(source), used: used === true })),
    text: origin.text,
  };
}

/** Longer ones are data in disguise, not addresses. */
const LONGEST_REFERENCE = 2000;

function leafOf(leaf: Leaf): CatalogLeaf {
  // An obfuscated literal is hidden by its author's wish: neither kept nor counted.
  const values = leaf.values.map(({ text, secret }) => (secret === true ? '***' : cutValue(text)));
  const count = Math.max(values.length, 1);
  return {
    field: leaf.field === null ? null : cutValue(leaf.field),
    op: leaf.op,
    values,
    triples: Array.from({ length: count }, (_, at) => (leaf.values[at]?.secret === true ? null : cutTriple(leaf.triples[at] ?? null))),
    negated: leaf.negated,
    polarity: leaf.polarity,
    stage: leaf.stage,
    composite: leaf.composite,
    macro: leaf.macro === null ? null : cutValue(leaf.macro),
  };
}

const cutTriple = (triple: Triple | null): Triple | null =>
  triple === null ? null : { field: cutValue(triple.field), kind: triple.kind, value: cutValue(triple.value) };

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
