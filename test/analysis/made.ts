import { NO_METADATA } from '../../src/formats/metadata';
import type { All, Analysis, AnyOf, Metadata, Not, Operator, Predicate, Rule, Stage, Taxonomy, Test, Value } from '../../src/model';
import { exactTest, type WrittenTest } from '../support/written-test';

const SPAN = { start: 0, end: 0 };

/** A value; `wild` says that its stars and question marks are wildcards. */
export const valueOf = (text: string, type: Value['type'] = 'string', wild = false): Value => ({
  text,
  span: SPAN,
  type,
  ...(wild ? { wild: [...text].flatMap((char, at) => (char === '*' || char === '?' ? [at] : [])) } : null),
});

/** Values given as texts have places of their own, one after the other. */
export const testOf = (field: string | null, op: Operator, values: readonly (string | Value)[] = [], more: Partial<WrittenTest> = {}): Test =>
  exactTest({
    kind: 'test',
    span: SPAN,
    field: field === null ? null : { name: field, span: SPAN },
    op,
    values: values.map((value, at) =>
      typeof value === 'string' ? { ...valueOf(value, op === 'regex_match' || op === 'match' ? 'regex' : 'string'), span: { start: at, end: at + 1 } } : value,
    ),
    caseSensitive: false,
    ...more,
  });

export const all = (...of: readonly Predicate[]): All => ({ kind: 'all', span: SPAN, of });
export const any = (...of: readonly Predicate[]): AnyOf => ({ kind: 'any', span: SPAN, of });
export const not = (of: Predicate): Not => ({ kind: 'not', span: SPAN, of });

export const analysisOf = (predicate: Predicate, more: Partial<Analysis> = {}): Analysis => ({
  language: 'made',
  tokens: [],
  sources: [],
  stages: [{ kind: 'query', role: 'filter', span: SPAN, predicate }],
  predicate,
  terms: [],
  bindings: [],
  outputs: [],
  groupBy: [],
  times: [],
  diagnostics: [],
  ...more,
});

export const stageOf = (predicate: Predicate, more: Partial<Stage> = {}): Stage => ({ kind: 'where', role: 'filter', span: SPAN, predicate, ...more });

export const ruleOf = (predicate: Predicate, taxonomy: Taxonomy = 'sigma', meta: Partial<Metadata> = {}, analysis: Partial<Analysis> = {}): Rule => ({
  span: SPAN,
  meta: { ...NO_METADATA, ...meta },
  analysis: analysisOf(predicate, analysis),
  taxonomy,
});
