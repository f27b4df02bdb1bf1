import type { Operand } from '../model';

/** Before the names of fields of events that a join brings, with which of its sides they are of: the values of all are looked for together. */
const MARK = '\u0001';
const MARKED = new RegExp(`^${MARK}(\\d+)${MARK}`);

/** A field of the events of a side; those of side 0 keep their name. */
const ofSide = (name: string, side: number): string => (side === 0 ? name : `${MARK}${side}${MARK}${name}`);

/** The side whose events have a field, and what they call it. */
export function sideOf(name: string): { readonly side: number; readonly name: string } {
  const found = MARKED.exec(name);
  return found === null ? { side: 0, name } : { side: Number(found[1]), name: name.slice(found[0].length) };
}

/** Columns of a side, where a name that is no column is a field of its events. */
export class SideColumns extends Map<string, Operand | null> {
  readonly side: number;
  /** What a name stands for that is no column and was not asked for before: a member of an object that was unpacked. */
  unpacked: ((name: string) => Operand | undefined) | null = null;

  constructor(side: number, of?: Iterable<readonly [string, Operand | null]>) {
    super();
    this.side = side;
    for (const [name, operand] of of ?? []) this.set(name, operand);
    // Columns without an entry change nothing, and so are not asked.
    if (side !== 0 && this.size === 0) this.set('', null);
  }

  override get(name: string): Operand | null | undefined {
    const own = super.get(name) ?? (super.has(name) ? null : this.unpacked?.(name));
    if (own !== undefined || this.side === 0 || this.isWithin(name)) return own;
    return { kind: 'field', name: ofSide(name, this.side), span: { start: 0, end: 0 } };
  }

  copy(): SideColumns {
    const copy = new SideColumns(this.side, this.entries());
    copy.unpacked = this.unpacked;
    return copy;
  }

  /** A part of a column, or one that a renaming with a star made. */
  private isWithin(name: string): boolean {
    if (MARKED.test(name)) return true;
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) if (this.has(name.slice(0, dot))) return true;
    return [...this.keys()].some((key) => key.includes('*'));
  }
}

/** Fields of one side as those of another, but those that both have in common. */
export class Moved extends Map<string, Operand | null> {
  readonly from: number;
  readonly to: number;
  readonly common: ReadonlySet<string>;

  constructor(from: number, to: number, common: ReadonlySet<string>) {
    super();
    this.from = from;
    this.to = to;
    this.common = common;
    this.set('', null);
  }

  override get(name: string): Operand | null | undefined {
    const found = sideOf(name);
    if (found.side !== this.from) return undefined;
    return { kind: 'field', name: this.common.has(name) ? name : ofSide(found.name, this.to), span: { start: 0, end: 0 } };
  }
}

/** The rows at a place of a pipeline: what their columns stand for, and which there are; null where the events' own are there too. */
export interface Rows {
  readonly columns: SideColumns;
  readonly closed: ReadonlySet<string> | null;
}

/** The names that are columns once some are added. */
export const withNames = (closed: Rows['closed'], names: readonly string[]): Rows['closed'] => (closed === null ? null : new Set([...closed, ...names]));
