import type { FieldRef, Fix, OutputField, SearchTerm, Severity, Source, Span, TimeBound, Diagnostic } from '../../../model';
import { placeOf } from '../../../syntax/predicates';
import type { SplCode } from '../diagnostics';
import type { Word } from '../tree';
import datasets from '../datasets.json';

/** What all pipelines of one query write to while they are lowered. */
export interface Findings {
  readonly text: string;
  readonly terms: SearchTerm[];
  /** Stage and text of the terms found, so that each stands once per stage. */
  readonly knownTerms: Set<string>;
  readonly sources: Source[];
  readonly times: TimeBound[];
  readonly diagnostics: Diagnostic[];
  /** Prefixes of field names that name a data set, such as `Processes`; empty where the query reads no data model. */
  readonly prefixes: ReadonlySet<string>;
}

/** One pipeline while it is lowered, stage by stage: what its events carry at this place. */
export interface Flow {
  readonly findings: Findings;
  /** Index of the top-level stage that holds what is lowered. */
  stage: number;
  /** No command has passed yet: a search reads the index itself. */
  isSource: boolean;
  /** A subsearch, and one whose results must be missing. */
  readonly isBranch: boolean;
  readonly isAbsent: boolean;
  /** Fields that an earlier stage computed: comparisons on them are thresholds. */
  readonly computed: Set<string>;
  /** Fields that an earlier stage took apart into a list. */
  readonly lists: Set<string>;
  /** The event's own field that a renamed, copied or wrapped one comes from, by name. */
  readonly origins: Map<string, string>;
  /** The expressions of fields made so far, by name. */
  readonly expressions: Map<string, string>;
  /** What stands for a missing value of a field, by name: of every event, since `fillnull` or a data model put it there. */
  readonly fills: Map<string, string>;
  /** What parts several values of a field where they are written as one, by name: a line break where nothing is said. */
  readonly delimiters: Map<string, string>;
  /** The columns the results have, in order; null while all fields are there. */
  columns: Map<string, OutputField> | null;
}

/** `over`: the flow whose results a branch runs over and adds to; null where it reads events of its own. */
export const flowOf = (findings: Findings, stage: number, branch: { readonly isAbsent: boolean; readonly over: Flow | null } | null): Flow => ({
  findings,
  stage,
  isSource: branch === null || branch.over === null,
  isBranch: branch !== null,
  isAbsent: branch?.isAbsent === true,
  computed: branch?.over?.computed ?? new Set(),
  lists: branch?.over?.lists ?? new Set(),
  origins: branch?.over?.origins ?? new Map(),
  expressions: branch?.over?.expressions ?? new Map(),
  delimiters: branch?.over?.delimiters ?? new Map(),
  fills: branch?.over?.fills ?? new Map(),
  columns: null,
});

export function remark({ findings }: Flow, code: SplCode, severity: Severity, span: Span, message: string, fix?: Fix): void {
  findings.diagnostics.push({ code, severity, span: placeOf(span), message, ...(fix === undefined ? null : { fix }) });
}

/** Lowers what stands in quotes of the query: its remarks keep their place but lose their fixes, which would change the text between the quotes. */
export function withoutFixes<T>({ findings }: Flow, lowerPart: () => T): T {
  const { diagnostics } = findings;
  const from = diagnostics.length;
  const result = lowerPart();
  for (let at = from; at < diagnostics.length; at++) {
    const { code, severity, span, message } = diagnostics[at]!;
    diagnostics[at] = { code, severity, span, message };
  }
  return result;
}

/** A field's name without the data set it stands in: `Processes.process_name` is process_name. */
export function nameOf(name: string, prefixes: ReadonlySet<string>): string {
  let from = 0;
  for (let dot = name.indexOf('.'); dot > 0 && prefixes.has(name.slice(from, dot)); dot = name.indexOf('.', from)) from = dot + 1;
  return from === 0 || from === name.length ? name : name.slice(from);
}

/** A field as the events carry it at this place: computed or not, and the event's own field it comes from. */
export function fieldOf(flow: Flow, word: Word): FieldRef {
  const unquoted =
    word.quotes === undefined && word.text.length > 2 && word.text.startsWith("'") && word.text.endsWith("'") ? word.text.slice(1, -1) : word.text;
  const name = nameOf(unquoted, word.macro === undefined ? flow.findings.prefixes : DATASETS);
  const origin = flow.origins.get(name);
  const of = origin === name ? undefined : origin;
  const isDerived = flow.computed.has(name) || isPredicted(name);
  return {
    kind: 'field',
    name,
    span: placeOf(word),
    ...(isDerived ? { derived: true as const } : null),
    ...(of === undefined ? null : { of }),
    ...(!isDerived && origin === undefined && flow.expressions.has(name) ? { made: true as const } : null),
    ...(flow.lists.has(name) ? { member: true as const } : null),
  };
}

/** The field of the events themselves whose value a field has; undefined where a stage made it of something else. */
export const originOf = (flow: Flow, { name, derived }: FieldRef): string | undefined =>
  flow.origins.get(name) ?? (derived === true || flow.expressions.has(name) ? undefined : name);

/** What apply of the Machine Learning Toolkit adds is named so, after the model's own fields. */
const isPredicted = (name: string): boolean => /^(?:predicted[_(]|IsOutlier\()/.test(name);

/** Notes where a made field comes from, and shows it among the columns. `of`: the event's own field whose value it still is. */
export function make(flow: Flow, name: string, source: string, span: Span, isComputed: boolean, of?: string): void {
  if (name === '' || name.includes('*')) return;
  if (isComputed) flow.computed.add(name);
  else flow.computed.delete(name);
  if (isComputed || of === undefined) flow.origins.delete(name);
  else flow.origins.set(name, of);
  flow.expressions.set(name, source);
  flow.fills.delete(name);
  flow.lists.delete(name);
  showColumn(flow.columns, { name, source, span: placeOf(span) });
}

/** Columns that are kept: nobody reads more, and stages hand all of them on. */
const MOST_COLUMNS = 400;

/** Adds a column, or changes what it shows. */
export function showColumn(columns: Flow['columns'], column: OutputField): void {
  if (columns !== null && (columns.size < MOST_COLUMNS || columns.has(column.name))) columns.set(column.name, column);
}

/** Names of the data sets of the Common Information Model. */
const DATASETS: ReadonlySet<string> = new Set(datasets.names);

/** Every prefix a query's field names may have: the data sets it names, and those of the common model where it reads one. */
export function prefixesOf(text: string): ReadonlySet<string> {
  if (!/datamodel|drop_dm_object_name/i.test(text)) return NONE;
  let names: Set<string> | null = null;
  for (const [, path, dropped] of text.matchAll(/\bdatamodel(?:\s*[=:])?\s*"?([\w.]+)|\bdrop_dm_object_name\(\s*"?([\w.]+)/gi))
    for (const part of (path ?? dropped!).split('.')) if (!DATASETS.has(part)) (names ??= new Set(DATASETS)).add(part);
  return names ?? DATASETS;
}
const NONE: ReadonlySet<string> = new Set();
