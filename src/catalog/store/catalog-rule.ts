import { DOMAINS, PLATFORMS, type CatalogLeaf, type Leaf, type Report, type RuleKind, type SourceName, type Triple, type Vendor } from '../../model';
import { meaningOf } from '../../analysis/compare';
import { timeLineOf } from '../../analysis/time-window';
import { truncateValue } from './truncate';
import type { CatalogRule } from './encode';

/** Where a rule was found. */
interface Origin {
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
  /** The status of every rule of this folder, whatever it says. */
  readonly status: string | null;
  /** What a rule is called that has no title: the name of its file. */
  readonly name: string;
  /** The file's whole text, for a catalog with texts. */
  readonly text: string | null;
}

/** What the catalog keeps of a rule: facts, cut to size; no description, no false positives, no query. */
export function catalogRuleOf(report: Report, origin: Origin): CatalogRule {
  const { meta, analysis } = report.rule;
  return {
    id: truncateValue(meta.id),
    title: truncateValue(meta.title || origin.name),
    vendor: origin.vendor,
    source: origin.source,
    kind: origin.kind ?? meta.kind,
    status: truncateValue(origin.status ?? meta.status),
    severity: truncateValue(meta.severity),
    language: analysis.language,
    techniques: distinct(meta.techniques),
    tactics: distinct(meta.tactics),
    platforms: PLATFORMS.filter((platform) => report.platforms.includes(platform)),
    domains: DOMAINS.filter((domain) => report.domains.includes(domain)),
    created: truncateValue(meta.created),
    modified: truncateValue(meta.modified),
    path: origin.path,
    copies: [],
    ordinal: origin.ordinal,
    license: truncateValue(meta.license || origin.license),
    author: meta.author.length === 0 && origin.publisher !== '' ? [origin.publisher] : meta.author.map(truncateValue),
    references: meta.references.filter((reference) => reference.length <= LONGEST_REFERENCE),
    logsource: truncateValue(meta.logsource),
    timeWindow: truncateValue(timeLineOf(report.rule)),
    groupBy: report.groupBy.map(truncateValue),
    events: report.events.map(({ provider, id, title }) => ({ provider: truncateValue(provider), id: truncateValue(id), title: truncateValue(title) })),
    stages: analysis.stages.map(({ kind, label }) => ({ kind, label: truncateValue(label ?? '') })),
    leaves: report.leaves.map(leafOf),
    terms: analysis.terms.flatMap(({ stage, text, asTest }) => (asTest ? [] : [{ stage, text: truncateValue(text) }])),
    outputs: analysis.outputs.map(({ name, source, used }) => ({ name: truncateValue(name), source: truncateValue(source), used: used === true })),
    meaning: meaningOf(report),
    text: origin.text,
  };
}

/** Longer ones are data in disguise, not addresses. */
const LONGEST_REFERENCE = 2000;

function leafOf(leaf: Leaf): CatalogLeaf {
  // An obfuscated literal is hidden by its author's wish: neither kept nor counted.
  const values = leaf.values.map(({ text, secret }) => (secret === true ? '***' : truncateValue(text)));
  const count = Math.max(values.length, 1);
  return {
    field: leaf.field === null ? null : truncateValue(leaf.of ?? leaf.field),
    op: leaf.op,
    values,
    triples: Array.from({ length: count }, (_, at) => (leaf.values[at]?.secret === true ? null : cutTriple(leaf.triples[at] ?? null))),
    negated: leaf.negated,
    polarity: leaf.polarity,
    stage: leaf.stage,
    composite: leaf.composite,
    macro: leaf.macro === null ? null : truncateValue(leaf.macro),
  };
}

const cutTriple = (triple: Triple | null): Triple | null =>
  triple === null ? null : { field: truncateValue(triple.field), kind: triple.kind, value: truncateValue(triple.value) };

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
