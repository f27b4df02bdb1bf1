import { type TableColumns, columnsOfTable } from '../../../knowledge/tables';
import type { Column } from '../tree';

/** What is known of a column that the query made. */
export interface ColumnInfo {
  /** A Kusto type, or `any`. */
  readonly type: string;
  /** Its values are computed (counted, summed, concluded), not taken from the events: comparisons with it are thresholds. */
  readonly derived: boolean;
  /** The column it only copies, renames or wraps. */
  readonly of?: string;
  /** It was calculated of other columns, or of none. */
  readonly made?: true;
  /** It is, or was taken from, one member of a list that an earlier step made rows of. */
  readonly member?: true;
}

/** The columns at one place of a pipeline: those the query made, and those of the tables it reads. It belongs to one pipeline and changes as that is read. */
export interface Scope {
  own: Map<string, ColumnInfo>;
  bases: readonly TableColumns[];
  /** Columns taken away from the bases. */
  gone: Set<string>;
  /** There may be columns that we cannot know. */
  isOpen: boolean;
  /** After a join the right side's columns that the left has too end in a number. */
  isNumbered: boolean;
  /** After a union a column that has several types stands once for each, with the type behind its name: `Size_long`, `Size_real`. */
  isTyped: boolean;
  /** The columns before the step that left only these. */
  former?: Scope;
}

/** Counts copied columns; false when no more may be copied, so that no query costs more than its length. */
export type Spend = (columns: number) => boolean;

/** Any column may exist. */
export const openScope = (): Scope => ({ own: new Map(), bases: [], gone: new Set(), isOpen: true, isNumbered: false, isTyped: false });

/** Exactly these columns. */
export const scopeOf = (own: Map<string, ColumnInfo>): Scope => ({ own, bases: [], gone: new Set(), isOpen: false, isNumbered: false, isTyped: false });

/** Tables that get more columns as their senders please, or that Defender gives other columns than Log Analytics. */
const GROWING = /^(?:AzureDiagnostics|AzureMetrics|CommonSecurityLog|Event|IdentityInfo|DeviceInfo|AlertInfo|AlertEvidence|DeviceTvm.*|Behavior.*)$/;

/** The columns of a table; open for one we have no list of. */
export function scopeOfTable(name: string): Scope {
  const columns = columnsOfTable(name);
  return columns === null ? openScope() : { own: new Map(), bases: [columns], gone: new Set(), isOpen: GROWING.test(name), isNumbered: false, isTyped: false };
}

export function copyOf(scope: Scope, spend: Spend): Scope {
  if (!spend(scope.own.size + scope.gone.size)) return openScope();
  return { ...scope, own: new Map(scope.own), gone: new Set(scope.gone) };
}

/** What is known of a column; null when it is not known to exist. */
export function columnIn(scope: Scope, name: string): ColumnInfo | null {
  const own = scope.own.get(name);
  if (own !== undefined) return own;
  if (!scope.gone.has(name))
    for (const base of scope.bases) {
      const type = base.get(name);
      if (type !== undefined) return { type, derived: false };
    }
  return marked(scope, name);
}

/** A name's number after a join: names may end in a digit of their own. */
const MOST_DIGITS = 3;
const TYPED = /^(.+)_(bool|datetime|decimal|dynamic|guid|int|long|real|string|timespan)$/;

/** A column that a join or a union gave a name of its own, by the name it had. */
function marked(scope: Scope, name: string): ColumnInfo | null {
  const plain: Scope = { ...scope, isNumbered: false, isTyped: false };
  if (scope.isNumbered)
    for (let digits = 1; digits <= MOST_DIGITS && /\d/.test(name.at(-digits) ?? ''); digits++) {
      const column = columnIn(plain, name.slice(0, -digits));
      if (column !== null) return column;
    }
  const typed = scope.isTyped ? TYPED.exec(name) : null;
  const column = typed === null ? null : columnIn(plain, typed[1]!);
  return column === null ? null : { ...column, type: typed![2]! };
}

/** How many steps are looked back on. */
const MOST_STEPS = 20;

/** Whether a column was there before an earlier step dropped it. */
export function wasIn(scope: Scope, name: string): boolean {
  if (scope.gone.has(name)) return true;
  let at = scope.former;
  for (let step = 0; at !== undefined && step < MOST_STEPS; step++) {
    if (columnIn(at, name) !== null) return true;
    at = at.former;
  }
  return false;
}

/** Every known column with its type, those the query made first. */
export function columnsIn(scope: Scope): ReadonlyMap<string, ColumnInfo> {
  const columns = new Map(scope.own);
  for (const base of scope.bases) for (const [name, type] of base) if (!columns.has(name) && !scope.gone.has(name)) columns.set(name, { type, derived: false });
  return columns;
}

/** Puts the right side's columns beside the left's. */
export function join(left: Scope, right: Scope, spend: Spend): void {
  left.isOpen ||= right.isOpen || !spend(right.own.size);
  if (!left.isOpen) for (const [name, info] of right.own) left.own.set(columnIn(left, name) === null ? name : `${name}1`, info);
  left.bases = [...new Set([...left.bases, ...right.bases])];
  left.isNumbered = true;
  left.isTyped ||= right.isTyped;
}

/** The rows of several tables: every column of each. */
export function unionOf(scopes: readonly Scope[], spend: Spend): Scope {
  const union = scopeOf(new Map());
  for (const scope of scopes) {
    if (!spend(scope.own.size)) return openScope();
    for (const [name, info] of scope.own) if (union.own.get(name)?.derived !== false) union.own.set(name, info);
    union.bases = [...new Set([...union.bases, ...scope.bases])];
    union.isOpen ||= scope.isOpen;
    union.isNumbered ||= scope.isNumbered;
  }
  union.isTyped = true;
  return union;
}

function drop(scope: Scope, name: string): void {
  scope.own.delete(name);
  scope.gone.add(name);
}

/** Takes away the columns whose names fit a pattern in which `*` stands for any text. */
export function dropMatching(scope: Scope, pattern: string): void {
  if (!pattern.includes('*')) return drop(scope, pattern);
  const fits = matcherOf(pattern);
  for (const name of columnsIn(scope).keys()) if (fits(name)) drop(scope, name);
}

/** Keeps only the columns that fit one of the patterns. */
export function keepMatching(scope: Scope, patterns: readonly string[]): Scope {
  const fit = patterns.map(matcherOf);
  const kept = scopeOf(new Map([...columnsIn(scope)].filter(([name]) => fit.some((fits) => fits(name)))));
  kept.isOpen = scope.isOpen;
  return kept;
}

function matcherOf(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  };
}

/** The columns a schema names. */
export const columnsOf = (columns: readonly Column[]): Map<string, ColumnInfo> => new Map(columns.map(({ name, type }) => [name, { type, derived: false }]));
