import type { Diagnostic } from './diagnostic';
import type { ColumnRef, Equality, Operand, Predicate, Unread } from './predicate';
import type { Span } from './span';
import type { Token } from './token';

/** What a stage does to events; the eight that all languages share. Panels use the role, people read the kind. */
export type Role = 'source' | 'filter' | 'derive' | 'aggregate' | 'sequence' | 'combine' | 'shape' | 'unread';

/** A named setting of a stage or a query, such as "New terms" or "maxspan"; `value` as people read it. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** A field a stage makes: its name and the expression it comes from. */
export interface DerivedField {
  readonly name: string;
  readonly span: Span;
  readonly expression: Span;
}

/** A setting that changes what a step gives, as written (`window=5`, `current=f`). */
export interface Option {
  readonly name: string;
  readonly value: string;
}

/** A column made: `name = value`. */
export interface Assignment {
  readonly name: string;
  /** The name's place; the value's where it has no name of its own. */
  readonly span: Span;
  readonly value: Operand;
}

/** A column that sums up rows: `fn` over the rows that meet `where`. */
export interface Measure {
  readonly name: string;
  readonly span: Span;
  readonly fn: string;
  /** Where the function stands. */
  readonly operator?: Span;
  readonly args: readonly Operand[];
  /** What its further columns are called, of one that makes several. */
  readonly others?: readonly { readonly name: string; readonly span: Span }[];
  /** Only these rows count (`countif`, `STATS … WHERE`, `count(eval(…))`). */
  readonly where?: Predicate;
}

export interface SortKey {
  readonly of: Operand;
  readonly descending: boolean;
  readonly nulls?: 'first' | 'last';
  /** How texts are ordered where the language can say it (SPL `num`, `str`, `ip`). */
  readonly as?: string;
}

/** One event of a sequence. */
export interface SequenceStep {
  readonly span: Span;
  readonly name?: string;
  /** EQL's event category; absent or `any`: every event. */
  readonly category?: string;
  readonly predicate: Predicate;
  readonly by: readonly Operand[];
  /** No such event may come here. */
  readonly absent?: true;
  /** This many in a row. */
  readonly runs?: number;
}

/** One step of a scan; a row that meets it gets what `set` says, and the values of the steps before stand in `name.column`. */
interface ScanStep {
  readonly name: string;
  readonly predicate: Predicate;
  readonly set: readonly Assignment[];
  /** Which of the rows that meet it are given: of several in a row all or the last, or none. */
  readonly output: 'all' | 'last' | 'none';
}

/** One level of nested groups: the groups of most, or least, by a measure; all of them without `count`. */
export interface NestedLevel {
  readonly of: Assignment;
  readonly count?: Operand;
  readonly by: Measure;
  readonly ascending?: true;
  /** What stands for all groups that are not kept. */
  readonly others?: Operand;
}

/** How rows of two sides meet. Kusto's default is `innerunique`. */
export type JoinKind = 'inner' | 'innerunique' | 'left' | 'right' | 'full' | 'leftanti' | 'rightanti' | 'leftsemi' | 'rightsemi';

/**
 * One exact step of a pipeline: what runs, in order. A stage as people read it is one or several
 * (`top 5 by x` sorts and limits; a macro's definition may hold a whole pipeline).
 */
export type Operation =
  /** Reads events or rows: tables, indexes, data models; none named: whatever is given. A name that one of the stage's branches bears is that branch, one that is bound is what its binding holds. */
  | { readonly kind: 'read'; readonly span: Span; readonly sources: readonly Source[] }
  /** Rows that stand in the query: `datatable`, `ROW`, `print`, `makeresults`. */
  | {
      readonly kind: 'rows';
      readonly span: Span;
      readonly columns: readonly { readonly name: string; readonly type: string; readonly span?: Span }[];
      readonly rows: readonly (readonly Operand[])[];
    }
  /** `range x from a to b step c`. */
  | {
      readonly kind: 'range';
      readonly span: Span;
      readonly name: string;
      readonly at?: { readonly span: Span };
      readonly from: Operand;
      readonly to: Operand;
      readonly step: Operand;
    }
  | { readonly kind: 'filter'; readonly span: Span; readonly predicate: Predicate }
  /** Each sees the columns made before it only where `inOrder` (SPL `eval a=1, b=a`). */
  | { readonly kind: 'assign'; readonly span: Span; readonly of: readonly Assignment[]; readonly inOrder?: true }
  /** Exactly these columns, in this order; `of` may make some. */
  | { readonly kind: 'project'; readonly span: Span; readonly of: readonly Assignment[] }
  /** Names may hold stars. */
  | { readonly kind: 'keep' | 'drop' | 'reorder'; readonly span: Span; readonly names: readonly string[] }
  | { readonly kind: 'rename'; readonly span: Span; readonly of: readonly { readonly from: string; readonly to: string; readonly span: Span }[] }
  /**
   * `group`: one row a group. `beside`: every row keeps its columns and gets its group's (eventstats, INLINESTATS). `running`: those of the rows so far (streamstats).
   */
  | {
      readonly kind: 'aggregate';
      readonly span: Span;
      readonly how: 'group' | 'beside' | 'running';
      readonly measures: readonly Measure[];
      readonly by: readonly Assignment[];
      readonly options?: readonly Option[];
    }
  | { readonly kind: 'sort'; readonly span: Span; readonly by: readonly SortKey[] }
  /** From the front, or the end; `by`: so many of each group. */
  | { readonly kind: 'limit'; readonly span: Span; readonly count: Operand; readonly end?: 'tail'; readonly by?: readonly Operand[] }
  /** One row of each combination; no columns: of all columns. `keep`: the row's other columns stay (SPL dedup, with `count` of each). */
  | {
      readonly kind: 'distinct';
      readonly span: Span;
      readonly by: readonly Operand[];
      readonly keep?: true;
      readonly count?: number;
      readonly options?: readonly Option[];
    }
  /**
   * One row for each of several values of a column. `types`: what the values of each column are turned into, '' for nothing; `index`: a column with the value's place, from 0;
   * `pairs`: members of an object as pairs of name and value; `branch`: what is done with the rows of each row, before all come together (Kusto's `mv-apply`).
   */
  | {
      readonly kind: 'expand';
      readonly span: Span;
      readonly of: readonly Assignment[];
      readonly types?: readonly string[];
      readonly limit?: Operand;
      readonly index?: string;
      readonly pairs?: true;
      readonly branch?: Branch;
    }
  /**
   * Measures of the rows in each step of an axis, as lists beside a list of the steps, one row a group (Kusto's `make-series`). The axis ends before `to`;
   * without its ends it goes from the first step that has rows to the last. `otherwise`, one a measure: its value in a step without rows.
   */
  | {
      readonly kind: 'series';
      readonly span: Span;
      readonly measures: readonly Measure[];
      readonly otherwise: readonly (Operand | null)[];
      readonly axis: Assignment;
      readonly from?: Operand;
      readonly to?: Operand;
      readonly step: Operand;
      /** It holds its end, and begins at the multiple of its step that `from` lies in. */
      readonly inclusive?: true;
      readonly by: readonly Assignment[];
      readonly options?: readonly Option[];
    }
  /** What is done with the rows of each value apart, before they come together. */
  | { readonly kind: 'partition'; readonly span: Span; readonly by: Operand; readonly branch: Branch }
  /** Groups inside groups, a level's key and measure as two columns (Kusto's `top-nested`). */
  | { readonly kind: 'nested'; readonly span: Span; readonly levels: readonly NestedLevel[] }
  /** Rows in order against steps that follow each other; `declared` columns have a value of their own where no step sets one. `number`: a column with the match's number, from 0. */
  | {
      readonly kind: 'scan';
      readonly span: Span;
      readonly declared: readonly { readonly name: string; readonly type: string; readonly otherwise?: Operand }[];
      readonly steps: readonly ScanStep[];
      readonly number?: string;
      readonly options?: readonly Option[];
    }
  /** The names and types of the columns, one row each. */
  | { readonly kind: 'schema'; readonly span: Span }
  /** A function of the rows so far, and of a table where `branch` is one (Kusto's plugins). `makes`: the columns the query says it gives. */
  | {
      readonly kind: 'plugin';
      readonly span: Span;
      readonly fn: string;
      readonly args: readonly { readonly name?: string; readonly value: Operand }[];
      readonly branch?: Branch;
      readonly makes?: readonly { readonly name: string; readonly type: string }[];
    }
  /** Members of an object as columns in its place; `makes`: exactly these beside the others, with their types, and without the others where `alone`. */
  | {
      readonly kind: 'unpack';
      readonly span: Span;
      readonly of: Operand;
      readonly prefix: string;
      /** Where a member's name is a column's already: nothing is given, the column stays, the member takes its place. */
      readonly conflict: 'error' | 'keep' | 'replace';
      readonly without: readonly string[];
      readonly makes?: readonly { readonly name: string; readonly type: string }[];
      readonly alone?: true;
    }
  /** Columns cut out of a text. `how` is the language's word (rex, grok, dissect, parse, spath, kv, xpath); `makes` the columns in the pattern's order. */
  | {
      readonly kind: 'extract';
      readonly span: Span;
      readonly how: string;
      readonly from: Operand;
      readonly pattern: Operand | null;
      readonly makes: readonly { readonly name: string; readonly span: Span; readonly type?: string }[];
      readonly options?: readonly Option[];
    }
  | {
      readonly kind: 'join';
      readonly span: Span;
      readonly how: JoinKind;
      readonly with: Branch;
      readonly on: readonly Equality[];
      readonly options?: readonly Option[];
    }
  /** Rows of the pipeline so far (unless `fresh`) and of the branches, one after another. */
  | {
      readonly kind: 'union';
      readonly span: Span;
      readonly branches: readonly Branch[];
      readonly fresh?: true;
      /** A column that says which branch a row comes from. */
      readonly source?: string;
      /** Only columns that all sides have. */
      readonly common?: true;
    }
  /** Each branch works on all the rows so far; what they give, one after another (ES|QL's FORK, which says in `_fork` where a row comes from). */
  | { readonly kind: 'fork'; readonly span: Span; readonly branches: readonly Branch[] }
  /** Columns of a table that is not here: lookups, watchlists, enrich policies. `makes` none: all of the table's. */
  | {
      readonly kind: 'lookup';
      readonly span: Span;
      readonly table: string;
      readonly on: readonly Equality[];
      readonly makes: readonly { readonly from: string; readonly to: string; readonly span: Span }[];
      readonly onlyMatching?: true;
      readonly options?: readonly Option[];
    }
  | {
      readonly kind: 'sequence';
      readonly span: Span;
      /** In order; `sample`: in any. */
      readonly how: 'sequence' | 'sample';
      readonly steps: readonly SequenceStep[];
      readonly by: readonly Operand[];
      readonly maxspan?: string;
      readonly until?: SequenceStep;
    }
  /** A Sigma correlation over rules. */
  | {
      readonly kind: 'correlate';
      readonly span: Span;
      readonly type: string;
      readonly rules: readonly { readonly name: string; readonly span: Span }[];
      readonly by: readonly ColumnRef[];
      readonly timespan: string;
      /** Compared with the count, the number of distinct values, the sum …: a test over the derived field `count`, or rule names in an extended condition. */
      readonly condition: Predicate;
      /** What is counted, summed: a field; several for value_count over tuples. */
      readonly of: readonly ColumnRef[];
      /** Of value_percentile: which, 0 to 100. */
      readonly percentile?: number;
      readonly aliases: readonly { readonly alias: string; readonly rule: string; readonly field: string }[];
    }
  /** Every column that has a value in some row gets this one in the rows without (SPL's `fillnull` that names none). */
  | { readonly kind: 'fill'; readonly span: Span; readonly value: Operand }
  /**
   * A step that one language alone has, run by its dialect: its `word`, the columns and values it is given, how it is set, what it tests by name, and what it runs.
   * It makes rows of rows; which of the events before it are found is another step's matter.
   */
  | {
      readonly kind: 'own';
      readonly span: Span;
      readonly word: string;
      readonly of: readonly Operand[];
      readonly options?: readonly Option[];
      readonly tests?: readonly { readonly name: string; readonly predicate: Predicate }[];
      readonly branch?: Branch;
    }
  /** Changes how rows are shown, never which or what they say (`render`, `convert ctime`, `fieldformat`). */
  | { readonly kind: 'show'; readonly span: Span; /** What the rows are called from here on (Kusto's `as`). */ readonly name?: string }
  /** A step whose effect on rows is not modelled. */
  | Unread;

/** A pipeline inside a stage: a join's or union's side, a subsearch, a let-bound query. */
export interface Branch {
  readonly name: string;
  readonly span: Span;
  /** The bound name that stands there, where the stages are those of what it is bound to. */
  readonly source?: Source;
  readonly stages: readonly Stage[];
}

export interface Stage {
  /** The language's word, aliases folded as the language's page says (`bin` is shown as `bucket`). */
  readonly kind: string;
  readonly role: Role;
  /** Its text is `text.slice(span.start, span.end)`. Stages of one pipeline stand in order and do not overlap, but for Sigma's `condition`, which comes first. */
  readonly span: Span;
  /** Its text where the container writes it in another way (folded lines, doubled quotes); absent: the slice of its span. */
  readonly text?: string;
  /** Shown beside the kind: a search identifier's name, an EQL item's `by` fields. */
  readonly label?: string;
  /** What it does, exactly and in order. Absent where the stage does nothing of its own (Sigma's selections, which the condition names). */
  readonly operations?: readonly Operation[];
  /** What the stage demands of events: all its filters together. The same test objects stand in `Analysis.predicate`: a test's stage is found by identity. */
  readonly predicate?: Predicate;
  /** Of a condition that calls other stages by their names: where it does. */
  readonly uses?: readonly Use[];
  /** `absent`: the stage demands that no such event exists (EQL `![…]`, `until`, an anti join). Its tests are negative evidence. */
  readonly evidence?: 'absent';
  readonly derives?: readonly DerivedField[];
  readonly groupBy?: readonly ColumnRef[];
  readonly parameters?: readonly Parameter[];
  readonly branches?: readonly Branch[];
}

/** A place where a condition calls another stage by its name. */
export interface Use {
  /** The stage's own predicate: the same object as the stage has, and as stands in the condition's. */
  readonly of: Predicate;
  /** The parts it stands between, each with the word that negates it, itself the one `at` this place; none: its name is one of several that a pattern fits. */
  readonly among: readonly Span[];
  readonly at: number;
  readonly isNegated: boolean;
}

/** A word of a search. `text` as people read it: with quotes where the source has quotes. */
export interface SearchTerm {
  /** Index in `Analysis.stages`. */
  readonly stage: number;
  readonly text: string;
  readonly span: Span;
  /** An odd number of `not`s stands above it. */
  readonly negated: boolean;
  /** A `TERM(field=value)`: it stands in the predicate as a test too. */
  readonly asTest?: true;
}

/** A let statement or its like, shown apart from the pipeline. */
export interface Binding {
  readonly name: string;
  readonly kind: 'scalar' | 'list' | 'query' | 'function';
  readonly span: Span;
  /** Its name, parameters and their types: what stands before what it is bound to. */
  readonly head?: Span;
  /** Source text for scalars and lists; empty for queries. */
  readonly value: string;
  /** What a scalar or list stands for. */
  readonly of?: Operand;
  readonly stages?: readonly Stage[];
}

/** A field the alert carries and where it comes from (a column, an expression's text). */
export interface OutputField {
  readonly name: string;
  readonly source: string;
  readonly span: Span;
  /** Used by entity mapping or custom details. */
  readonly used?: true;
}

/** Times are kept apart: see the rule model. `text` as written, such as `10m`. */
export interface TimeBound {
  readonly kind: 'look-back' | 'schedule' | 'bin' | 'maxspan' | 'timespan' | 'history';
  readonly text: string;
  readonly span: Span;
}

/** A table, index pattern or data model the query reads. */
export interface Source {
  readonly name: string;
  readonly span: Span;
  /** The name is that of a query which the text binds to it, and of no table: `let T = T | …` reads the table. */
  readonly bound?: true;
}

/** The whole answer of a language about one query: plain data, spans in the text that was analysed. */
export interface Analysis {
  readonly language: string;
  readonly tokens: readonly Token[];
  readonly sources: readonly Source[];
  readonly stages: readonly Stage[];
  /** Everything the rule demands of its events, resolved over all stages and branches. */
  readonly predicate: Predicate;
  readonly terms: readonly SearchTerm[];
  readonly bindings: readonly Binding[];
  readonly outputs: readonly OutputField[];
  readonly groupBy: readonly string[];
  readonly times: readonly TimeBound[];
  readonly diagnostics: readonly Diagnostic[];
}
